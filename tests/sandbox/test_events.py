"""What the app is told, and what not."""

import pytest

ALICE, BRUNO, ADMIN = "UALICE0001", "UBRUNO0001", "UADMIN0001"


@pytest.fixture
def channel_id(town):
    return town.quiet_channel("sk-maria", ALICE)


def do_channel(town, op, channel_id, user=ALICE, **fields):
    return town.do("act/channel", user=user, op=op, channel=channel_id, **fields)


def test_a_persons_message(town, channel_id, app_socket):
    ts = town.do("act/message", user=ALICE, channel=channel_id, text="a <b> & @bruno")["ts"]
    payload = app_socket.next_event("message")
    event = payload["event"]
    assert (payload["type"], payload["team_id"], payload["api_app_id"]) == (
        "event_callback",
        "T0SANDBOX1",
        "A0SANDBOX1",
    )
    assert payload["authorizations"][0]["is_bot"]
    assert (event["user"], event["channel"], event["channel_type"]) == (ALICE, channel_id, "channel")
    assert (event["ts"], event["event_ts"]) == (ts, ts)
    assert event["text"] == f"a &lt;b&gt; &amp; <@{BRUNO}>"
    assert [one["type"] for one in event["blocks"][0]["elements"][0]["elements"]] == ["text", "user"]


def test_the_bots_own_post_comes_back(town, channel_id, app_socket):
    town.ok("chat.postMessage", channel=channel_id, text="mine")
    event = app_socket.next_event("message")["event"]
    assert (event["user"], event["bot_id"], event["app_id"]) == ("UBOT000001", "BBOT000001", "A0SANDBOX1")


def test_the_bots_own_post_under_another_name_comes_back_without_a_user(town, channel_id, app_socket):
    town.ok("chat.postMessage", channel=channel_id, text="!profile", username="Maria")
    event = app_socket.next_event("message", "bot_message")["event"]
    assert (event["bot_id"], event["app_id"], event["username"]) == ("BBOT000001", "A0SANDBOX1", "Maria")
    assert "user" not in event


def test_an_edit_tells_what_it_was_before(town, channel_id, app_socket):
    ts = town.do("act/message", user=ALICE, channel=channel_id, text="one")["ts"]
    town.do("act/message", "PUT", user=ALICE, channel=channel_id, ts=ts, text="two")
    event = app_socket.next_event("message", "message_changed")["event"]
    assert (event["previous_message"]["text"], event["message"]["text"]) == ("one", "two")
    assert event["message"]["edited"]["user"] == ALICE
    assert event["hidden"]
    assert event["ts"] != event["message"]["ts"] == ts


def test_an_unfurled_link_changes_a_message_without_an_edit(town, channel_id, app_socket):
    town.do("act/message", user=ALICE, channel=channel_id, text="!sk https://x.example/a")
    event = app_socket.next_event("message", "message_changed")["event"]
    assert event["message"]["attachments"][0]["from_url"] == "https://x.example/a"
    assert "edited" not in event["message"]


def test_a_deletion_tells_what_is_gone(town, channel_id, app_socket):
    ts = town.do("act/message", user=ALICE, channel=channel_id, text="oops")["ts"]
    town.do("act/message", "DELETE", user=ALICE, channel=channel_id, ts=ts)
    event = app_socket.next_event("message", "message_deleted")["event"]
    assert (event["deleted_ts"], event["previous_message"]["text"]) == (ts, "oops")


def test_a_file_comes_with_its_message(town, channel_id, app_socket):
    town.do("act/message", user=ALICE, channel=channel_id, text="", files=[{"name": "a.txt", "content": "hello"}])
    event = app_socket.next_event("message", "file_share")["event"]
    assert (event["files"][0]["name"], event["files"][0]["size"]) == ("a.txt", 5)


def test_coming_and_going(town, channel_id, app_socket):
    do_channel(town, "join", channel_id, user=BRUNO)
    assert app_socket.next_event("message", "channel_join")["event"]["user"] == BRUNO
    joined = app_socket.next_event("member_joined_channel")["event"]
    assert (joined["user"], joined["channel"], joined["channel_type"], joined["team"]) == (
        BRUNO,
        channel_id,
        "C",
        "T0SANDBOX1",
    )
    do_channel(town, "kick", channel_id, target=BRUNO)
    assert app_socket.next_event("member_left_channel")["event"]["user"] == BRUNO


def test_an_invitation_names_the_inviter(town, channel_id, app_socket):
    do_channel(town, "invite", channel_id, target=BRUNO)
    assert app_socket.next_event("member_joined_channel")["event"]["inviter"] == ALICE


def test_the_bot_hears_that_it_was_removed(town, channel_id, app_socket):
    do_channel(town, "kick", channel_id, target="UBOT000001")
    assert app_socket.next_event("member_left_channel")["event"]["user"] == "UBOT000001"


@pytest.mark.parametrize(("is_private", "family"), [(False, "channel"), (True, "group")])
def test_what_becomes_of_a_channel(town, app_socket, is_private, family):
    channel_id = town.channel("sk-eva", ALICE, is_private=is_private)
    do_channel(town, "rename", channel_id, name="sk-ewa")
    assert app_socket.next_event(f"{family}_rename")["event"]["channel"]["name"] == "sk-ewa"
    do_channel(town, "archive", channel_id)
    assert app_socket.next_event("message", "channel_archive")["event"]["channel"] == channel_id
    assert app_socket.next_event(f"{family}_archive")["event"]["user"] == ALICE


def test_an_unarchived_public_channel_is_told_to_a_bot_outside(town, app_socket):
    channel_id = town.channel("sk-eva", ALICE)
    do_channel(town, "archive", channel_id)
    do_channel(town, "unarchive", channel_id)
    assert app_socket.next_event("channel_unarchive")["event"].keys() == {"type", "channel", "user", "event_ts"}
    do_channel(town, "delete", channel_id, user=ADMIN)
    assert app_socket.next_event("channel_deleted")["event"]["actor_id"] == ADMIN


def test_a_new_public_channel_is_told_to_those_who_subscribed(town, app_socket):
    do_channel(town, "create", "", name="quiet")
    town.grant(events=["channel_created"])
    do_channel(town, "create", "", name="loud")
    do_channel(town, "create", "", name="secret", is_private=True)
    assert app_socket.next_event("channel_created")["event"]["channel"]["name"] == "loud"
    assert app_socket.is_silent()


def test_messages_in_channels_without_the_bot_are_not_told(town, app_socket):
    town.do("act/message", user=ALICE, channel="CGENERAL01", text="among us")
    assert app_socket.is_silent()


def test_without_the_scope_there_are_no_events(town, channel_id, app_socket):
    town.do("act/token", op="drop_scope", scope="channels:history")
    town.do("act/message", user=ALICE, channel=channel_id, text="hello")
    assert app_socket.is_silent()


def test_a_revoked_token_is_told_and_then_silence(town, channel_id, app_socket):
    town.do("act/token", op="revoke")
    tokens = app_socket.next_event("tokens_revoked")["event"]["tokens"]
    assert tokens == {"oauth": [], "bot": ["UBOT000001"]}
    town.do("act/message", user=ALICE, channel=channel_id, text="hello")
    assert app_socket.is_silent()
    assert town.api("auth.test")["error"] == "token_revoked"
    town.do("act/token", op="restore")
    town.ok("auth.test")


def test_an_account_that_is_deactivated_is_told(town, app_socket):
    town.do("act/person", user=BRUNO, op="deactivate")
    assert app_socket.next_event("user_change")["event"]["user"]["deleted"]
    town.do("act/person", user=BRUNO, op="reactivate")
    assert not app_socket.next_event("user_change")["event"]["user"]["deleted"]


def test_opening_the_home_tab_is_told_with_the_view_once_there_is_one(town, app_socket):
    town.do("act/home", user=ALICE)
    event = app_socket.next_event("app_home_opened")["event"]
    assert (event["user"], event["tab"], "view" in event) == (ALICE, "home", False)
    town.ok("views.publish", user_id=ALICE, view={"type": "home", "blocks": []})
    town.do("act/home", user=ALICE)
    assert app_socket.next_event("app_home_opened")["event"]["view"]["type"] == "home"


def test_a_shared_channels_events_say_so(town, channel_id, app_socket):
    do_channel(town, "invite", channel_id, target="USTRANGER1")
    assert app_socket.next_event("member_joined_channel")["event"]["team"] == "T0OTHERORG"
    town.do("act/message", user="USTRANGER1", channel=channel_id, text="hello")
    payload = app_socket.next_event("message")
    assert payload["is_ext_shared_channel"]
    assert payload["event"]["team"] == "T0OTHERORG"
