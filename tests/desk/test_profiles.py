"""`!profile`: the app user as they are now, to the caller alone or to the channel."""

import pytest
from desk_fakes import ALICE, LOST, SILENT
from desk_office import USER

from desk.domain.wording import profiles as words
from desk.errors import BadBlocksError, ChannelArchivedError
from wire.client import PeerAwayError

PICTURE = "https://a.example/zoe.png"


def test_the_profile_is_shown_with_all_fields_and_properties_as_they_are_now(office, app_side):
    channel_id = office.opened()
    app_side.profiles[USER] = {
        "user_id": "zoe@example.com",
        "given_name": "Zoë",
        "email": "zoe@example.com",
        "properties": {"plan": "<!channel> *pro* :tada:", "age": 7, "vip": True},
    }
    answer = office.types(channel_id, "!profile")
    assert answer.carried_out
    assert answer.text == "Profile of Zoë"
    texts = [field["text"] for block in answer.blocks for field in block.get("fields", ())]
    assert "User ID\nzoe@example.com" in texts
    assert not [text for text in texts if text.startswith("Surname")]
    assert len(texts) == 5
    standing, properties = [block["text"] for block in answer.blocks if block["type"] == "section" and "text" in block]
    assert "only says" in standing["text"]
    assert properties == {
        "type": "plain_text",
        "text": "plan: &lt;!channel&gt; *pro* :tada:\nage: 7\nvip: true",
        "emoji": False,
    }


@pytest.mark.parametrize("typing", [True, False])
def test_the_profile_says_who_types_now(office, app_side, typing):
    channel_id = office.opened()
    app_side.profiles[USER] = {"given_name": "Zoë", "typing": typing}
    assert ("✎ Zoë is typing now" in str(office.types(channel_id, "!profile").blocks)) == typing


def test_a_profile_that_cannot_be_had_is_not_invented(office, app_side):
    channel_id = office.opened()
    assert "there is no such &lt;user&gt;" in office.types(channel_id, "!profile").text
    app_side.order(PeerAwayError("gone"), SILENT)
    for _ in range(2):
        answer = office.types(channel_id, "!profile")
        assert "cannot be shown" in answer.text
        assert not answer.carried_out


def shown(office, app_side, **profile):
    """The profile's blocks as the caller sees them."""
    app_side.profiles[USER] = profile
    return office.types(office.opened(), "!profile").blocks


def picture(blocks):
    return [block["accessory"]["image_url"] for block in blocks if "accessory" in block]


@pytest.mark.parametrize(
    ("profile", "sentence"),
    [
        pytest.param({"user_id": "zoe", "verified": True}, words.verified(), id="with a token of their own"),
        pytest.param({"user_id": "zoe"}, words.claimed(), id="somebody says so"),
        pytest.param({}, words.anonymous(), id="nobody says so"),
    ],
)
def test_the_profile_tells_whether_they_are_who_they_say(office, app_side, profile, sentence):
    assert sentence in str(shown(office, app_side, **profile))


@pytest.mark.parametrize(
    ("avatar_url", "pictures"),
    [
        pytest.param(PICTURE, [PICTURE], id="one that slack can load"),
        pytest.param("http://127.0.0.1/zoe.png", [], id="one that it cannot reach"),
        pytest.param("https://a.example/" + "x" * 3000, [], id="too long an address"),
        pytest.param("https://a.example/a b.png", [], id="no address"),
        pytest.param(None, [], id="none"),
    ],
)
def test_the_profile_has_a_picture_if_slack_can_load_it(office, app_side, avatar_url, pictures):
    assert picture(shown(office, app_side, avatar_url=avatar_url)) == pictures


def test_the_profile_tells_devices_times_and_counts(office, app_side):
    blocks = shown(
        office,
        app_side,
        devices=[
            {"platform": "web", "last_seen": 1_700_000_000.5, "app_version": "4.2", "page": "https://shop/<cart>"},
            {"platform": "ios", "last_seen": 1_600_000_000},
        ],
        more_devices=3,
        first_seen=1_500_000_000.0,
        last_seen=1_700_000_000.5,
        counts={"messages": 12, "replies": 1, "conversations": 3},
    )
    [devices] = [block for block in blocks if block["type"] == "rich_text"]
    first, second = devices["elements"][0]["elements"]
    assert first["elements"][0]["text"] == "web · app 4.2 · on https://shop/<cart> · seen "
    assert (first["elements"][1]["type"], first["elements"][1]["timestamp"]) == ("date", 1_700_000_000)
    assert second["elements"][0]["text"] == "ios · seen "
    small = [block["elements"][0]["text"] for block in blocks if block["type"] == "context"]
    assert "… and 3 more devices" in small
    [seen] = [text for text in small if "First seen" in text]
    assert "<!date^1500000000^" in seen
    assert seen.endswith("3 conversations · 12 messages from them · 1 reply")


def test_what_follows_the_command_is_share_or_nothing(office, app_side, workspace):
    app_side.profiles[USER] = {}
    answer = office.types(office.opened(), "!profile now")
    assert (answer.text, answer.carried_out) == (words.share_or_nothing(), False)
    assert workspace.calls == [("person", ALICE.agent_id)]


def test_a_shared_profile_stands_in_the_channel_once_a_request(office, app_side, workspace):
    app_side.profiles[USER] = {"given_name": "Zoë", "avatar_url": PICTURE}
    channel_id = office.opened()
    for _ in range(2):
        answer = office.types(channel_id, "!profile Share")
        assert (answer.text, answer.blocks, answer.carried_out) == ("", (), True)
    [post] = [post for post in workspace.posts(channel_id) if post.mark.kind == "sk_profile"]
    assert post.text == "Alice Adams shared the profile of Zoë"
    assert "Alice Adams shared" in str(post.blocks[0])
    assert picture(post.blocks) == [PICTURE]
    office.types(channel_id, "!profile share", request="slash:2")
    assert workspace.count("post") == 2


def test_a_picture_that_slack_could_not_load_keeps_no_profile_back(office, app_side, workspace):
    app_side.profiles[USER] = {"avatar_url": PICTURE}
    channel_id = office.opened()
    workspace.order("post", BadBlocksError("invalid_blocks"))
    assert office.types(channel_id, "!profile share").carried_out
    assert picture(workspace.posts(channel_id)[-1].blocks) == []


def test_a_profile_that_slack_does_not_take_is_not_called_shared(office, app_side, workspace):
    app_side.profiles[USER] = {}
    channel_id = office.opened()
    workspace.order("post", ChannelArchivedError("is_archived"), LOST)
    assert "was not shared" in office.types(channel_id, "!profile share").text
    assert office.types(channel_id, "!profile share").text == words.perhaps_shared()
    assert office.types(channel_id, "!profile share").carried_out
