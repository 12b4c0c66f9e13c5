"""Channels: who may do what to them, and what the app reads of them."""

import pytest

ALICE, BRUNO, ADMIN, GUEST, STRANGER = "UALICE0001", "UBRUNO0001", "UADMIN0001", "UGUEST0001", "USTRANGER1"


def names(answer):
    return [channel["name"] for channel in answer["channels"]]


def test_the_bot_is_in_no_channel_at_first(town):
    assert town.ok("users.conversations")["channels"] == []
    assert not town.ok("conversations.info", channel="CGENERAL01")["channel"]["is_member"]


def test_a_new_channel_has_the_bot_in_it(town):
    channel = town.ok("conversations.create", name="sk-maria")["channel"]
    assert channel["is_member"]
    assert town.ok("conversations.members", channel=channel["id"])["members"] == ["UBOT000001"]


def test_a_name_is_taken_once_by_archived_channels_too(town):
    channel_id = town.channel("sk-maria")
    town.ok("conversations.archive", channel=channel_id)
    assert town.api("conversations.create", name="sk-maria")["error"] == "name_taken"


def test_a_missing_name_has_its_own_error(town):
    assert town.api("conversations.create")["error"] == "invalid_name_required"


def test_an_admin_can_forbid_new_channels(town):
    town.do("act/token", op="restrict_channel_creation")
    assert town.api("conversations.create", name="a")["error"] == "restricted_action"
    town.do("act/token", op="allow_channel_creation")
    town.ok("conversations.create", name="a")


def test_private_channels_need_their_own_scopes(town):
    private = town.channel("secret", is_private=True)
    town.do("act/token", op="drop_scope", scope="groups:write")
    town.do("act/token", op="drop_scope", scope="groups:read")
    assert town.api("conversations.create", name="b", is_private=True)["needed"] == "groups:write"
    assert town.api("conversations.info", channel=private)["error"] == "missing_scope"
    assert town.api("conversations.list", types="private_channel")["error"] == "missing_scope"
    town.ok("conversations.list", types="public_channel")


def test_private_channels_are_seen_by_their_members_alone(town):
    private = town.do("act/channel", user=ALICE, op="create", name="secret", is_private=True)["channel"]["id"]
    for method in ("conversations.info", "conversations.join", "conversations.history", "chat.postMessage"):
        assert town.api(method, channel=private, text="x")["error"] == "channel_not_found"
    town.do("act/channel", user=ALICE, op="invite", channel=private, target="UBOT000001")
    town.ok("conversations.info", channel=private)


def test_a_bot_that_archives_a_channel_cannot_unarchive_it(town):
    channel_id = town.channel("sk-maria", ALICE)
    town.ok("conversations.archive", channel=channel_id)
    assert town.api("conversations.archive", channel=channel_id)["error"] == "already_archived"
    assert town.api("conversations.unarchive", channel=channel_id)["error"] == "not_in_channel"
    assert town.api("conversations.join", channel=channel_id)["error"] == "is_archived"
    members = town.ok("conversations.members", channel=channel_id)["members"]
    assert members == [ALICE]


def test_a_person_unarchives_and_the_bot_stays_outside_until_it_joins(town):
    channel_id = town.channel("sk-maria", ALICE)
    town.ok("conversations.archive", channel=channel_id)
    town.do("act/channel", user=ALICE, op="unarchive", channel=channel_id)
    assert town.api("chat.postMessage", channel=channel_id, text="x")["error"] == "not_in_channel"
    town.ok("conversations.join", channel=channel_id)
    town.ok("chat.postMessage", channel=channel_id, text="x")


def test_an_open_channel_is_not_unarchived(town):
    assert town.api("conversations.unarchive", channel=town.channel())["error"] == "not_archived"


def test_the_general_channel_stays(town):
    town.ok("conversations.join", channel="CGENERAL01")
    assert town.api("conversations.archive", channel="CGENERAL01")["error"] == "cant_archive_general"
    assert town.api("conversations.leave", channel="CGENERAL01")["error"] == "cant_leave_general"
    assert town.api("conversations.kick", channel="CGENERAL01", user=ALICE)["error"] == "cant_kick_from_general"


def test_joining_twice_is_a_warning(town):
    town.ok("conversations.join", channel="CGENERAL01")
    answer = town.ok("conversations.join", channel="CGENERAL01")
    assert answer["warning"] == "already_in_channel"


def test_leaving_twice_is_told(town):
    channel_id = town.channel("sk-maria", ALICE)
    assert town.ok("conversations.leave", channel=channel_id).keys() == {"ok"}
    assert town.ok("conversations.leave", channel=channel_id)["not_in_channel"]


def test_a_kicked_person_is_out(town):
    channel_id = town.channel("sk-maria", ALICE)
    town.ok("conversations.kick", channel=channel_id, user=ALICE)
    assert town.api("conversations.kick", channel=channel_id, user=ALICE)["error"] == "not_in_channel"
    assert town.api("conversations.kick", channel=channel_id, user="UBOT000001")["error"] == "cant_kick_self"
    assert town.api("conversations.kick", channel=channel_id, user="UNOBODY000")["error"] == "user_not_found"


@pytest.mark.parametrize(
    ("users", "error"),
    [
        pytest.param("UNOBODY000", "user_not_found", id="nobody"),
        pytest.param(f"{ALICE},UNOBODY000", "user_not_found", id="one unknown and nobody comes"),
        pytest.param("UBOT000001", "cant_invite_self", id="itself"),
        pytest.param(STRANGER, "cant_invite", id="a stranger"),
        pytest.param(",".join(f"U{number:09}" for number in range(101)), "invalid_arguments", id="101 people"),
        pytest.param("", "no_user", id="empty"),
    ],
)
def test_invitations_are_refused_as_slack_refuses_them(town, users, error):
    channel_id = town.channel()
    answer = town.api("conversations.invite", channel=channel_id, users=users)
    assert answer["error"] == error
    assert town.ok("conversations.members", channel=channel_id)["members"] == ["UBOT000001"]


def test_a_refused_invitation_says_who_could_not_come(town):
    answer = town.api("conversations.invite", channel=town.channel(), users=f"{ALICE},UNOBODY000")
    assert answer["errors"] == [{"user": "UNOBODY000", "ok": False, "error": "user_not_found"}]


def test_force_invites_those_who_can_come(town):
    channel_id = town.channel()
    answer = town.ok("conversations.invite", channel=channel_id, users=f"{ALICE},UNOBODY000,{GUEST}", force=True)
    assert [error["user"] for error in answer["errors"]] == ["UNOBODY000"]
    assert town.ok("conversations.members", channel=channel_id)["members"] == ["UBOT000001", ALICE, GUEST]


def test_somebody_who_is_in_cannot_be_invited(town):
    channel_id = town.channel("sk-maria", ALICE)
    assert town.api("conversations.invite", channel=channel_id, users=ALICE)["error"] == "already_in_channel"


def test_a_deactivated_person_cannot_be_invited(town):
    town.do("act/person", user=BRUNO, op="deactivate")
    assert town.api("conversations.invite", channel=town.channel(), users=BRUNO)["error"] == "user_not_found"
    assert town.ok("users.info", user=BRUNO)["user"]["deleted"]


def test_only_the_creator_renames(town):
    own = town.channel("sk-maria")
    assert town.ok("conversations.rename", channel=own, name="sk-eva")["channel"]["previous_names"] == ["sk-maria"]
    assert town.api("conversations.rename", channel=own, name="general")["error"] == "name_taken"
    town.ok("conversations.join", channel="CRANDOM001")
    assert town.api("conversations.rename", channel="CRANDOM001", name="x")["error"] == "not_authorized"


@pytest.mark.parametrize(
    ("method", "argument"), [("conversations.setTopic", "topic"), ("conversations.setPurpose", "purpose")]
)
def test_topic_and_purpose_hold_250_characters(town, method, argument):
    channel_id = town.channel()
    channel = town.ok(method, channel=channel_id, **{argument: "a" * 250})["channel"]
    assert channel[argument]["value"] == "a" * 250
    assert town.api(method, channel=channel_id, **{argument: "a" * 251})["error"] == "too_long"
    assert town.api(method, channel="CRANDOM001", **{argument: "a"})["error"] == "not_in_channel"
    assert town.ok(method, channel=channel_id, **{argument: ""})["channel"][argument]["value"] == ""


def test_lists_filter_after_paging_so_that_pages_may_be_empty(town):
    for number in range(4):
        town.ok("conversations.archive", channel=town.channel(f"old-{number}"))
    pages, cursor = [], ""
    while True:
        answer = town.ok("conversations.list", limit=2, exclude_archived="true", cursor=cursor)
        pages.append(names(answer))
        if not (cursor := answer["response_metadata"]["next_cursor"]):
            break
    assert pages == [["general", "random"], [], []]


def test_lists_show_the_kinds_asked_for(town):
    town.channel("public")
    town.channel("secret", is_private=True)
    assert names(town.ok("conversations.list")) == ["general", "random", "public"]
    assert names(town.ok("conversations.list", types="private_channel")) == ["secret"]
    assert names(town.ok("users.conversations", types="public_channel,private_channel")) == ["public", "secret"]
    assert town.api("conversations.list", types="party")["error"] == "invalid_types"
    assert town.api("conversations.list", limit="1001")["error"] == "invalid_limit"
    assert town.api("conversations.list", cursor="nonsense")["error"] == "invalid_cursor"


def test_history_has_the_newest_first_and_pages(town):
    channel_id = town.channel()
    stamps = [town.ok("chat.postMessage", channel=channel_id, text=str(number))["ts"] for number in range(5)]
    first = town.ok("conversations.history", channel=channel_id, limit=3)
    assert [message["text"] for message in first["messages"]] == ["4", "3", "2"]
    assert first["has_more"]
    cursor = first["response_metadata"]["next_cursor"]
    second = town.ok("conversations.history", channel=channel_id, limit=3, cursor=cursor)
    assert [message["text"] for message in second["messages"]][:2] == ["1", "0"]
    between = town.ok("conversations.history", channel=channel_id, oldest=stamps[1], latest=stamps[3])
    assert [message["text"] for message in between["messages"]] == ["2"]
    around = town.ok("conversations.history", channel=channel_id, oldest=stamps[1], latest=stamps[3], inclusive=True)
    assert [message["text"] for message in around["messages"]] == ["3", "2", "1"]
    assert town.api("conversations.history", channel=channel_id, oldest="then")["error"] == "invalid_ts_oldest"


def test_history_is_for_members(town):
    assert town.api("conversations.history", channel="CRANDOM001")["error"] == "not_in_channel"


def test_direct_messages_are_opened_once(town):
    town.grant("im:write", "im:read", "mpim:write")
    first = town.ok("conversations.open", users=ALICE)
    again = town.ok("conversations.open", users=ALICE, return_im=True)
    assert again["already_open"]
    assert first["channel"]["id"] == again["channel"]["id"]
    assert again["channel"]["user"] == ALICE
    group = town.ok("conversations.open", users=f"{ALICE},{BRUNO}", return_im=True)["channel"]
    assert group["is_mpim"]
    assert town.api("conversations.open")["error"] == "users_list_not_supplied"
    assert town.api("conversations.archive", channel=first["channel"]["id"])["error"] == (
        "method_not_supported_for_channel_type"
    )


def test_reading_is_marked(town):
    channel_id = town.channel()
    ts = town.ok("chat.postMessage", channel=channel_id, text="x")["ts"]
    town.ok("conversations.mark", channel=channel_id, ts=ts)
    assert town.ok("conversations.info", channel=channel_id)["channel"]["last_read"] == ts
    assert town.api("conversations.mark", channel=channel_id, ts="now")["error"] == "invalid_timestamp"


def test_a_shared_channel_says_so(town):
    channel_id = town.channel("sk-maria", ALICE)
    town.do("act/channel", user=ALICE, op="invite", channel=channel_id, target=STRANGER)
    channel = town.ok("conversations.info", channel=channel_id, include_num_members="true")["channel"]
    assert (channel["is_ext_shared"], channel["num_members"]) == (True, 3)
    assert town.ok("users.info", user=STRANGER)["user"]["is_stranger"]


def test_guests_see_their_own_channels_alone(town):
    channel_id = town.channel()
    assert town.try_to("act/channel", user=GUEST, op="join", channel=channel_id).status_code == 404
    town.ok("conversations.invite", channel=channel_id, users=GUEST)
    town.do("act/message", user=GUEST, channel=channel_id, text="hello")
