"""App users' messages come into Slack: each once, in order, under their name."""

import threading

import pytest
from desk_fakes import DISPATCH, LOST
from desk_office import USER, message_id

from desk.errors import (
    BlockedError,
    ChannelArchivedError,
    LimitedError,
    RefusedError,
    UnreachableError,
)
from wire.messages import Done, Later, Never, Unknown


def test_the_first_message_opens_a_channel_introduces_it_and_tells_the_dispatch_channel(office, workspace):
    outcome = office.receive("hello & <b>", name="Zoë")
    channel_id = outcome.place.channel_id
    assert workspace.channels[channel_id].info.name == "sk-zoe"
    introduction, message = workspace.posts(channel_id)
    assert "conversation with Zoë" in introduction.text
    assert (message.text, message.username) == ("hello &amp; &lt;b&gt;", "Zoë")
    [notice] = workspace.posts(DISPATCH)
    assert notice.text == f"Zoë started a conversation in <#{channel_id}>\nhello &amp; &lt;b&gt;"
    assert outcome == Done(place=outcome.place)


def test_each_further_message_costs_one_slack_call(office, workspace):
    channel_id = office.opened()
    for number in range(5):
        assert isinstance(office.receive(f"{number}"), Done)
    assert workspace.calls == [("post", channel_id)] * 5
    assert office.relayed(channel_id) == ["hello", "0", "1", "2", "3", "4"]


def test_a_message_that_comes_again_is_posted_once(office, workspace):
    first = office.receive("hello")
    workspace.calls.clear()
    assert office.receive("hello") == first
    assert office.receive("hello", doubt_since=office.clock.now()) == first
    assert workspace.calls == []


def test_several_messages_share_one_post_each_recognisable(office, workspace):
    channel_id = office.opened()
    place = office.receive("one", "two\nlines", "three").place
    assert workspace.texts(channel_id)[-1] == "• one\n• two\nlines\n• three"
    assert workspace.posts(channel_id)[-1].mark.ids == tuple(map(message_id, ("one", "two\nlines", "three")))
    assert office.receive("three").place == place


def test_several_messages_that_nothing_holds_back_get_a_post_each(office, workspace):
    channel_id = office.opened()
    outcome = office.receive("one", "two\nlines", "three", apart=True)
    assert workspace.calls == [("post", channel_id)] * 3
    assert office.relayed(channel_id) == ["hello", "one", "two\nlines", "three"]
    assert outcome == Done(place=office.receive("three").place)


def test_the_first_of_several_messages_is_announced_before_the_others_are_posted(office, workspace):
    outcome = office.receive("one", "two", apart=True)
    posted = [where for what, where in workspace.calls if what == "post"]
    channel_id = outcome.place.channel_id
    assert posted == [channel_id, channel_id, DISPATCH, channel_id]  # introduction, first message, notice, second
    assert office.relayed(channel_id) == ["one", "two"]


def test_what_slack_takes_too_long_over_is_left_for_another_request(office, workspace, monkeypatch):
    channel_id = office.opened()
    post = workspace.post

    def slowly(*args):
        office.clock.turn(0.4)
        return post(*args)

    monkeypatch.setattr(workspace, "post", slowly)
    outcome = office.receive("1", "2", "3", "4", "5", apart=True)
    assert (outcome.left, office.relayed(channel_id)) == (2, ["hello", "1", "2", "3"])
    assert office.receive("4", "5", apart=True).left == 0
    assert office.relayed(channel_id) == ["hello", "1", "2", "3", "4", "5"]


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize(
    ("error", "kind"),
    [(LimitedError(9), Later), (RefusedError("no_text"), Never), (LOST, Unknown)],
    ids=["limited", "refused", "answer lost"],
)
def test_what_came_into_slack_before_a_setback_is_told(office, workspace, error, kind, *, apart):
    channel_id = office.opened()
    workspace.order("post", None, error)
    long = "word " * 7_800
    texts = ("one", "two", "three") if apart else ("one", long, "three")
    outcome = office.receive(*texts, apart=apart)
    assert (type(outcome), outcome.shown) == (kind, 1)
    assert office.relayed(channel_id) == ["hello", "one"]
    assert isinstance(office.receive(*texts[1:], apart=apart), Done)
    assert office.relayed(channel_id)[:2] == ["hello", "one"]
    assert sum("three" in text for text in office.relayed(channel_id)) == 1


def test_of_several_messages_one_that_is_half_in_slack_is_in_doubt_and_those_before_it_are_not(office, workspace):
    channel_id = office.opened()
    long = "word " * 20_000
    workspace.order("post", None, None, LimitedError(30))
    outcome = office.receive("one", long, apart=True)
    assert (type(outcome), outcome.shown) == (Unknown, 1)
    assert isinstance(office.receive(long, apart=True), Done)
    one, *pieces = office.relayed(channel_id)[1:]
    assert (one, "".join(pieces)) == ("one", long)


def test_no_message_counts_as_shown_before_its_conversation_is_announced(office, workspace):
    workspace.order("post", None, None, LimitedError(3))  # introduction and message are posted, the notice is not
    outcome = office.receive("one", "two", apart=True)
    assert (type(outcome), outcome.shown) == (Unknown, 0)
    place = office.receive("one", "two", apart=True).place
    assert office.relayed(place.channel_id) == ["one", "two"]
    assert len(workspace.posts(DISPATCH)) == 1


def test_a_text_beyond_slacks_limit_is_posted_whole_in_several_posts(office, workspace):
    channel_id = office.opened()
    text = "word & " * 10_000
    office.receive(text)
    pieces = office.relayed(channel_id)[1:]
    assert len(pieces) == 3
    assert "".join(pieces).replace("&amp;", "&") == text


def test_a_long_text_that_was_interrupted_goes_on_where_it_stopped(office, workspace):
    channel_id = office.opened()
    text = "word " * 20_000
    workspace.order("post", None, LimitedError(30))
    outcome = office.receive(text)
    assert isinstance(outcome, Unknown)  # a part of it is in Slack
    assert isinstance(office.receive(text), Done)
    assert "".join(office.relayed(channel_id)[1:]) == text


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        pytest.param(LimitedError(17), Later(seconds=17, reason=""), id="limited"),
        pytest.param(UnreachableError("refused"), Later(seconds=1, reason=""), id="no connection"),
        pytest.param(BlockedError("token_revoked"), Later(seconds=5, reason=""), id="blocked"),
        pytest.param(LOST, Unknown(reason=""), id="answer lost"),
        pytest.param(RefusedError("no_text"), Never(reason=""), id="refused"),
    ],
)
def test_what_slack_answers_becomes_the_truth_for_the_server(office, workspace, error, outcome):
    office.opened()
    workspace.order("post", error)
    answered = office.receive("next")
    assert answered.reason
    assert answered.model_copy(update={"reason": ""}) == outcome


def test_after_a_lost_answer_the_history_is_asked_before_anything_is_posted_again(office, workspace):
    channel_id = office.opened()
    began = office.clock.now()
    workspace.order("post", LOST, effect=True)
    assert isinstance(office.receive("in doubt"), Unknown)
    assert isinstance(office.receive("in doubt", doubt_since=began), Done)
    assert office.relayed(channel_id) == ["hello", "in doubt"]
    assert workspace.count("marked") == 1


def test_what_was_never_posted_is_posted_after_the_history_was_asked(office, workspace):
    channel_id = office.opened()
    workspace.order("post", LOST)
    assert isinstance(office.receive("in doubt"), Unknown)
    assert isinstance(office.receive("in doubt", doubt_since=office.clock.now()), Done)
    assert office.relayed(channel_id) == ["hello", "in doubt"]


def test_a_doubt_outlives_answers_that_say_later(office, workspace):
    channel_id = office.opened()
    workspace.order("post", LOST, effect=True)
    workspace.order("marked", LimitedError(5))
    assert isinstance(office.receive("in doubt"), Unknown)
    assert isinstance(office.receive("in doubt"), Later)
    assert isinstance(office.receive("in doubt"), Done)
    assert office.relayed(channel_id) == ["hello", "in doubt"]


def test_a_doubt_outlives_the_process(office, workspace):
    channel_id = office.opened()
    began = office.clock.now()
    workspace.order("post", LOST, effect=True)
    office.receive("in doubt")
    office.open()
    assert isinstance(office.receive("in doubt", "and more", doubt_since=began), Done)
    assert office.relayed(channel_id) == ["hello", "in doubt", "and more"]


def test_an_archived_channel_gets_a_successor_that_links_it(office, workspace):
    old = office.opened()
    workspace.archive(old)
    new = office.receive("back again").place.channel_id
    assert new != old
    introduction, message = workspace.posts(new)
    assert f"The earlier conversation is in <#{old}>" in introduction.text
    assert message.text == "back again"
    assert f"<#{new}>" in workspace.texts(DISPATCH)[-1]
    assert office.book.of_channel(old).channel_id == new
    assert workspace.channels[new].info.name == "sk-zoe-2"


def test_a_deleted_channel_gets_a_successor(office, workspace):
    old = office.opened()
    del workspace.channels[old]
    new = office.receive("back again").place.channel_id
    assert "earlier" not in workspace.texts(new)[0]
    assert office.relayed(new) == ["back again"]


def test_a_public_channel_that_the_bot_was_removed_from_is_joined_again(office, workspace):
    channel_id = office.opened()
    workspace.kick_bot(channel_id)
    assert office.receive("still there?").place.channel_id == channel_id


def test_a_private_channel_that_the_bot_was_removed_from_gets_a_successor(office, workspace):
    office.open(private=True)
    old = office.opened()
    assert workspace.channels[old].info.private
    workspace.kick_bot(old)
    assert office.receive("still there?").place.channel_id != old


def test_a_successor_that_closes_at_once_keeps_the_message_waiting(office, workspace):
    office.opened()
    workspace.order("post", ChannelArchivedError("is_archived"), ChannelArchivedError("is_archived"))
    assert isinstance(office.receive("hello?"), Later)
    assert isinstance(office.receive("hello?"), Done)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        pytest.param({"name": "Zoë", "profile_name": "Other"}, "Zoë", id="the message's name"),
        pytest.param({"name": None, "profile_name": "Profile Name"}, "Profile Name", id="else the profile's"),
        pytest.param({"name": None}, f"User {USER[-6:]}", id="else a short ID"),
        pytest.param({"name": " \n\u202eevil\u200b  name "}, "evil name", id="without invisible tricks"),
    ],
)
def test_messages_carry_the_name(office, workspace, given, shown):
    place = office.receive("hello", **given).place
    assert workspace.posts(place.channel_id)[-1].username == shown


def test_only_https_pictures_are_shown(office, workspace):
    channel_id = office.opened()
    office.receive("1", avatar_url="https://example.com/z.png")
    office.receive("2", avatar_url="http://10.0.0.1/z.png")
    office.receive("3", avatar_url="data:image/png;base64,xyz")
    assert [post.icon_url for post in workspace.posts(channel_id)[2:]] == ["https://example.com/z.png", None, None]


def test_a_file_is_shown_with_its_address(office, workspace):
    channel_id = office.opened()
    office.receive("", media_url="https://example.com/a.png?b&c")
    office.receive("look", media_url="https://example.com/a.png")
    office.receive(" ")
    assert office.relayed(channel_id)[1:] == [
        "https://example.com/a.png?b&amp;c",
        "look\nhttps://example.com/a.png",
        "(a message without text)",
    ]


def test_many_at_once_of_one_new_user_make_one_channel_and_come_once_each(office, workspace):
    texts = [f"{number:02}" for number in range(20)]
    threads = [threading.Thread(target=office.receive, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert workspace.count("create_channel") == 1
    assert len(workspace.posts(DISPATCH)) == 1
    assert sorted(office.relayed(workspace.named("sk-zoe").info.channel_id)) == texts
