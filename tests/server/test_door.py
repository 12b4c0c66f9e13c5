"""What the bot calls."""

import json

import pytest

from wire import messages as wire


@pytest.fixture
def ann(office):
    """The `_id` of an app user who has written."""
    office.say("ann", "help")
    return office.user("ann")["_id"]


def error(response):
    wire.RefusalBody.model_validate(response.json)
    return response.status_code, response.json["error"]["code"]


def test_a_reply_is_in_the_conversation(office, ann):
    response = office.reply(ann, "Sure\n  & <b>", message_id="a" * 24)
    assert response.status_code == 200
    assert response.json == {"message_id": "a" * 24, "state": "waiting", "repeated": False}
    page = office.as_app("GET", "/v1/appusers/ann/messages").json
    message = page["messages"][1]
    assert message == {
        "_id": "a" * 24,
        "authorId": message["authorId"],
        "role": "appMaker",
        "type": "text",
        "name": "Alice",
        "text": "Sure\n  & <b>",
        "avatarUrl": "https://example.org/alice.png",
        "received": message["received"],
    }
    assert page["conversation"]["appMakers"] == [message["authorId"]]
    assert page["conversation"]["unreadCount"] == 1


def test_with_a_webhook_that_asks_for_it_a_reply_is_being_sent(office, ann):
    office.register("https://example.org/hook", "message:appUser")
    assert office.reply(ann, "1").json["state"] == "waiting"
    office.register("https://example.org/hook", "message:appMaker")
    assert office.reply(ann, "2").json["state"] == "sending"


def test_the_same_reply_twice_is_one(office, ann):
    office.reply(ann, "once", message_id="a" * 24)
    again = office.reply(ann, "once", message_id="a" * 24)
    assert again.json == {"message_id": "a" * 24, "state": "waiting", "repeated": True}
    assert office.texts("ann") == ["help", "once"]


def test_another_reply_under_a_known_id_is_refused(office, ann):
    office.say("bob", "hello")
    office.reply(ann, "once", message_id="a" * 24)
    assert error(office.reply(ann, "other", message_id="a" * 24)) == (409, "message_id_taken")
    assert error(office.reply(office.user("bob")["_id"], "once", message_id="a" * 24)) == (409, "message_id_taken")
    assert office.texts("ann") == ["help", "once"]


def test_an_app_users_message_id_is_no_reply(office, ann):
    message_id = office.as_app("GET", "/v1/appusers/ann/messages").json["messages"][0]["_id"]
    assert error(office.reply(ann, "help", message_id=message_id)) == (409, "message_id_taken")
    assert error(office.through_the_door(wire.RETRY, wire.RetryRequest(message_id=message_id))) == (
        404,
        "message_not_found",
    )


def test_replies_to_nobody_are_refused(office):
    assert error(office.reply("b" * 24, "hello")) == (404, "user_not_found")


def test_empty_replies_are_refused(office, ann):
    assert error(office.reply(ann, " \n")) == (400, "bad_request")


def test_the_profile_is_as_it_is_now(office):
    office.as_app("POST", "/v1/appusers", {"userId": "ann", "givenName": "Ann", "properties": {"plan": "free"}})
    ann = office.user("ann")["_id"]
    office.as_app("PUT", "/v1/appusers/ann", {"properties": {"plan": "pro"}, "signedUpAt": "2026-01-02"})
    profile = profile_of(office, ann)
    assert (profile.user_id, profile.given_name, profile.surname) == ("ann", "Ann", None)
    assert (profile.signed_up_at, profile.properties) == ("2026-01-02T00:00:00.000Z", {"plan": "pro"})
    assert (profile.avatar_url, profile.verified, profile.devices, profile.more_devices) == (None, False, (), 0)
    assert profile.first_seen == profile.last_seen == office.clock.now()
    assert profile.counts == wire.Counts()


def profile_of(office, app_user_id):
    asked = office.through_the_door(wire.PROFILE, wire.ProfileRequest(app_user_id=app_user_id))
    assert asked.status_code == 200, asked.text
    return wire.Profile.model_validate(asked.json)


def test_nobodys_profile_is_not_found(office):
    asked = office.through_the_door(wire.PROFILE, wire.ProfileRequest(app_user_id="b" * 24))
    assert error(asked) == (404, "user_not_found")


@pytest.mark.parametrize("path", [wire.REPLIES, wire.PROFILE, wire.RETRY])
def test_only_what_is_signed_is_heard(office, path):
    asked = wire.ProfileRequest(app_user_id="b" * 24)
    assert error(office.client.post(path, data=b"{}")) == (401, "bad_signature")
    assert error(office.through_the_door(path, asked, secret="another")) == (401, "bad_signature")
    assert error(office.through_the_door(path, asked, now=office.clock.now() - 301)) == (401, "bad_signature")
    assert error(office.as_app("POST", path, {})) == (401, "bad_signature")


def test_what_makes_no_sense_is_refused(office):
    assert error(office.through_the_door(wire.REPLIES, b"[]")) == (400, "bad_request")
    assert error(office.through_the_door(wire.REPLIES, json.dumps({"text": "x"}).encode())) == (400, "bad_request")


def test_retrying_what_did_not_fail_changes_nothing(office, ann):
    office.reply(ann, "once", message_id="a" * 24)
    asked = office.through_the_door(wire.RETRY, wire.RetryRequest(message_id="a" * 24))
    assert asked.json == {"message_id": "a" * 24, "state": "waiting", "repeated": True}


def said_again(office, ann, message_id, **more):
    agent = wire.Agent(agent_id=more.pop("agent_id", "UALICE"), name="Alice")
    where = {"app_user_id": ann, "channel_id": more.pop("channel_id", "C1")}
    return office.through_the_door(
        wire.REPLIES, wire.Reply(message_id=message_id, text=more.pop("text", "hi"), agent=agent, **where, **more)
    )


def test_the_same_text_within_a_minute_is_not_taken_for_another_reply(office, ann, clock):
    office.reply(ann, "hi", message_id="a" * 24)
    sent = clock.now()
    clock.turn(59)
    refused = said_again(office, ann, "b" * 24)
    assert error(refused) == (409, wire.ALREADY_SENT)
    assert refused.json["error"]["at"] == sent
    office.close()
    office.open()  # the ledger knows, whoever forgot
    assert error(said_again(office, ann, "b" * 24)) == (409, wire.ALREADY_SENT)
    assert office.texts("ann") == ["help", "hi"]
    assert said_again(office, ann, "a" * 24).json["repeated"]


def test_who_wants_the_same_text_again_gets_it_once_more(office, ann):
    office.reply(ann, "hi", message_id="a" * 24)
    for repeated in (False, True):
        assert said_again(office, ann, "b" * 24, again=True).json["repeated"] is repeated
    assert office.texts("ann") == ["help", "hi", "hi"]


@pytest.mark.parametrize(
    ("different", "seconds"),
    [({"text": "hi!"}, 0), ({"agent_id": "UBRUNO"}, 0), ({"channel_id": "C2"}, 0), ({}, 61)],
    ids=["another text", "another agent", "another channel", "a minute later"],
)
def test_what_is_another_reply_is_not_asked_about(office, ann, clock, different, seconds):
    office.reply(ann, "hi", message_id="a" * 24)
    clock.turn(seconds)
    assert said_again(office, ann, "b" * 24, **different).status_code == 200


def test_the_last_messages_of_a_conversation_are_told_with_their_names(office, ann, clock):
    office.as_app("PUT", "/v1/appusers/ann", {"givenName": "Ann", "surname": "Lee"})
    office.reply(ann, "hi")
    office.as_app("POST", "/v1/appusers/ann/messages", {"role": "appMaker", "text": "a note", "name": "Robot"})
    last = office.say("ann", "more", name="Annie")["message"]
    asked = wire.RecentRequest(app_user_id=ann, before=last["received"])
    told = wire.Recent.model_validate(office.through_the_door(wire.RECENT, asked).json).messages
    assert [(message.name, message.text, message.by_agent) for message in told] == [
        ("Ann Lee", "help", False),
        ("Alice", "hi", True),
        ("Robot (sent by the app)", "a note", False),
    ]
    few = wire.RecentRequest(app_user_id=ann, before=last["received"] + 1, most=2)
    told = wire.Recent.model_validate(office.through_the_door(wire.RECENT, few).json).messages
    assert [message.text for message in told] == ["a note", "more"]


def test_nobody_has_a_past_whom_nobody_knows(office):
    asked = wire.RecentRequest(app_user_id="f" * 24, before=1.0)
    assert error(office.through_the_door(wire.RECENT, asked)) == (404, "user_not_found")
