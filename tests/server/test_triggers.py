"""Events on their way to webhooks: what fires them, in which order, with what in them."""

import base64
import json
import time
from datetime import UTC, datetime

import pytest
import standardwebhooks
import structlog
from hypothesis import given
from hypothesis import strategies as st
from server_fakes import eventually

from webhook_server import agents_wording as wording
from webhook_server import webhooks
from webhook_server.domain.values import Webhook, WebhookId
from wire import messages as wire
from wire import operators
from wire.messages import Never

NOW = 1_700_000_000.0
_STORABLE = st.characters(codec="utf-8")


def told(app, trigger):
    """What the app was told under this trigger."""
    return [body for body in app.bodies if body["trigger"] == trigger]


def triggers_told(app):
    return [body["trigger"] for body in app.bodies]


def quiet(office, turned=0):
    """Nothing waits, for Slack or for a webhook; time passes by `turned` seconds until then."""

    def settled():
        office.clock.turn(turned)
        with office.ledger._readers.connect() as connection:
            left = connection.exec_driver_sql("SELECT count(*) FROM handovers WHERE state = 'waiting'").scalar_one()
            unshown = connection.exec_driver_sql(
                "SELECT count(*) FROM receipts WHERE shown_sequence < sequence"
            ).scalar_one()
        return not left and not unshown

    eventually(settled, "quiet")


def test_a_conversation_starts_before_its_first_message_and_once(busy_office, bot, app):
    busy_office.register(app.url, "conversation:start", "message:appUser")
    said = busy_office.say("ann", "hello")
    busy_office.say("ann", "again")
    quiet(busy_office)
    assert triggers_told(app) == ["conversation:start", "message:appUser", "message:appUser"]
    assert app.bodies[0] == {
        "trigger": "conversation:start",
        "app": {"_id": "app"},
        "conversation": {"_id": said["conversation"]["_id"]},
        "source": {"type": "api"},
        "timestamp": NOW,
        "appUser": busy_office.user("ann"),
        "version": "v1",
    }


def test_what_the_app_says_first_starts_a_conversation_too(busy_office, bot, app):
    busy_office.register(app.url, "conversation:start")
    busy_office.say("ann", "welcome", role="appMaker", name="Shop")
    quiet(busy_office)
    assert triggers_told(app) == ["conversation:start"]


def test_an_app_users_message_in_slack_is_a_delivery(busy_office, bot, app):
    busy_office.register(app.url, "delivery:success", "delivery:failure")
    said = busy_office.say("ann", "hello")
    quiet(busy_office)
    [body] = app.bodies
    assert body["trigger"] == "delivery:success"
    assert body["message"] == {"_id": said["message"]["_id"]}
    assert body["messages"] == [said["message"]]
    assert body["conversation"] == {"_id": said["conversation"]["_id"]}
    assert (body["destination"], body["isFinalEvent"], body["timestamp"]) == ({"type": "slack"}, True, NOW)
    assert "error" not in body


def test_an_app_users_message_that_slack_refuses_is_a_failure(busy_office, bot, app):
    busy_office.register(app.url, "delivery:success", "delivery:failure")
    bot.next_outcomes.append(Never(reason="msg_too_long"))
    said = busy_office.say("ann", "hello")
    quiet(busy_office)
    [body] = app.bodies
    assert body["trigger"] == "delivery:failure"
    assert body["message"] == {"_id": said["message"]["_id"]}
    assert body["error"] == {"code": "slack_refused", "message": "msg_too_long"}


def test_a_reply_is_delivered_once_all_its_webhooks_have_it(busy_office, bot, app, clock):
    busy_office.say("ann", "hello")
    ann = busy_office.user("ann")["_id"]
    eventually(lambda: bot.texts == ["hello"])
    busy_office.register(app.url + "/slow", "message:appMaker")
    app.next_statuses.append(500)
    busy_office.reply(ann, "hi", message_id="a" * 24)
    eventually(lambda: bot.states == ["sending"])
    busy_office.register(app.url + "/told", "delivery:success")
    clock.turn(2)
    eventually(lambda: told(app, "delivery:success"))
    [body] = told(app, "delivery:success")
    assert (body["message"]["_id"], body["destination"]) == ("a" * 24, {"type": "webhook"})
    assert body["messages"][0]["text"] == "hi"
    quiet(busy_office)
    assert bot.states[-1] == "delivered"


def test_a_reply_that_a_webhook_refuses_for_good_is_a_failure_and_again_after_a_retry(busy_office, bot, app, clock):
    busy_office.say("ann", "hello")
    ann = busy_office.user("ann")["_id"]
    eventually(lambda: bot.texts == ["hello"])
    busy_office.register(app.url + "/messages", "message:appMaker")
    busy_office.register(app.url + "/events", "delivery:success", "delivery:failure")
    app.next_statuses.append(404)
    busy_office.reply(ann, "hi", message_id="a" * 24)
    eventually(lambda: told(app, "delivery:failure"))
    assert told(app, "delivery:failure")[0]["error"] == {
        "code": "webhook_failed",
        "message": wording.target_answered(404),
    }
    clock.turn(5)
    app.next_statuses.append(404)
    busy_office.through_the_door(wire.RETRY, wire.RetryRequest(message_id="a" * 24))
    eventually(lambda: len(told(app, "delivery:failure")) == 2)
    assert (
        len({headers["webhook-id"] for _, headers, _ in app.requests if headers["webhook-id"].startswith("evt_")}) == 2
    )
    clock.turn(5)
    busy_office.through_the_door(wire.RETRY, wire.RetryRequest(message_id="a" * 24))
    eventually(lambda: told(app, "delivery:success"))


def test_events_have_ids_of_their_own_that_stay_the_same_over_every_try(busy_office, bot, app, clock):
    busy_office.register(app.url, "conversation:start")
    app.next_statuses.extend([500, None])
    busy_office.say("ann", "hello")
    eventually(lambda: (clock.turn(6), len(app.requests) == 3)[1])
    ids = {headers["webhook-id"] for _, headers, _ in app.requests}
    assert len(ids) == 1
    assert ids.pop().startswith("evt_")
    assert len({body for _, _, body in app.requests}) == 1


def test_an_event_that_was_given_up_can_be_replayed(busy_office, bot, app, clock):
    busy_office.register(app.url, "conversation:start")
    app.next_statuses.append(404)
    busy_office.say("ann", "hello")
    quiet(busy_office)
    answer = busy_office.through_the_door(operators.REPLAY, operators.ReplayRequest())
    assert len(answer.json["delivery_ids"]) == 1
    quiet(busy_office)
    assert len(app.requests) == 2
    assert len({headers["webhook-id"] for _, headers, _ in app.requests}) == 1


def test_an_event_that_fails_is_no_delivery(busy_office, bot, app):
    busy_office.register(app.url, "*")
    app.next_statuses.extend([404] * 3)
    busy_office.say("ann", "hello")
    quiet(busy_office)
    assert sorted(triggers_told(app)) == ["conversation:start", "delivery:success", "message:appUser"]


def test_where_nobody_asks_for_events_none_are_written(busy_office, bot, app):
    busy_office.register(app.url, "message")
    busy_office.say("ann", "hello")
    busy_office.reply(busy_office.user("ann")["_id"], "hi")
    quiet(busy_office)
    with busy_office.ledger._readers.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM handovers").scalar_one() == 3
    assert all("messages" in body for body in app.bodies)


def test_a_failing_event_holds_back_the_messages_behind_it_and_no_other_user(busy_office, bot, app, clock):
    busy_office.register(app.url, "conversation:start", "message:appUser")
    app.statuses_of["ann"] = 500
    busy_office.say("ann", "from ann")
    busy_office.say("bob", "from bob")
    eventually(
        lambda: (
            [body["trigger"] for body in app.bodies if body["appUser"]["userId"] == "bob"]
            == [
                "conversation:start",
                "message:appUser",
            ]
        )
    )
    assert {body["trigger"] for body in app.bodies if body["appUser"]["userId"] == "ann"} == {"conversation:start"}
    del app.statuses_of["ann"]
    eventually(lambda: (clock.turn(2), "from ann" in str(app.bodies))[1])


def test_fifty_deliveries_to_a_flaky_target_come_in_order_signed_and_whole(busy_office, bot, app, clock):
    """Through the real courier: every third answer is an error, a dropped connection or a redirect."""
    hook = busy_office.register(app.url, "message:appUser")
    busy_office.say("ann", "0")
    eventually(lambda: len(app.requests) == 1)
    app.next_statuses.extend([200, 500, 200, None, 200, 302] * 20)
    for number in range(1, 51):
        busy_office.say("ann", str(number))

    for number in range(51):
        eventually(lambda: (clock.turn(7), str(number) in app.texts)[1], f"message {number}")  # noqa: B023 - asked at once
    quiet(busy_office, turned=7)
    seen = list(dict.fromkeys(app.texts))
    assert seen == [str(number) for number in range(51)]
    assert app.texts == sorted(app.texts, key=int)
    assert len(app.requests) > 60
    judge = standardwebhooks.Webhook(hook["secret"])
    for _, headers, body in app.requests:
        assert headers["X-API-Key"] == hook["secret"]
        expected = webhooks.headers(
            Webhook(WebhookId("1" * 24), app.url, (), hook["secret"]),
            headers["webhook-id"],
            body,
            float(headers["webhook-timestamp"]),
        )
        assert headers["webhook-signature"] == expected["webhook-signature"]
        assert judge.sign(headers["webhook-id"], _moment(headers), body.decode()) == headers["webhook-signature"]


def _moment(headers):
    return datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(_STORABLE),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(_STORABLE), inner, max_size=5),
    max_leaves=20,
)
bodies = json_values.map(lambda value: json.dumps({"said": value}, ensure_ascii=False).encode())
secrets = st.binary(min_size=32, max_size=32).map(lambda key: "whsec_" + base64.b64encode(key).decode())


def signed(secret, body):
    hook = Webhook(WebhookId("1" * 24), "http://shop.example", (), secret)
    return webhooks.headers(hook, "msg_" + "a" * 24, body, time.time())


@given(body=bodies, secret=secrets)
def test_every_body_is_signed_as_standard_webhooks_has_it(body, secret):
    assert standardwebhooks.Webhook(secret).verify(body, signed(secret, body)) == json.loads(body)


@given(body=bodies, secret=secrets, place=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_a_body_that_was_tampered_with_is_refused(body, secret, place, bit):
    tampered = bytearray(body)
    tampered[place % len(body)] ^= 1 << bit
    with pytest.raises((standardwebhooks.WebhookVerificationError, UnicodeDecodeError)):
        standardwebhooks.Webhook(secret).verify(bytes(tampered), signed(secret, body))


@given(body=bodies, secret=secrets, other=secrets, header=st.sampled_from(["webhook-id", "webhook-timestamp"]))
def test_another_secret_id_or_time_is_refused(body, secret, other, header):
    headers = signed(secret, body)
    if other != secret:
        with pytest.raises(standardwebhooks.WebhookVerificationError):
            standardwebhooks.Webhook(other).verify(body, headers)
    changed = {"webhook-id": "msg_other", "webhook-timestamp": str(int(headers["webhook-timestamp"]) + 1)}[header]
    with pytest.raises(standardwebhooks.WebhookVerificationError):
        standardwebhooks.Webhook(secret).verify(body, {**headers, header: changed})


def test_what_waits_goes_to_where_the_webhook_is_by_then(busy_office, bot, app, clock):
    hook = busy_office.register(app.url + "/old", "message:appUser")
    app.next_statuses.append(500)
    busy_office.say("ann", "one")
    busy_office.say("ann", "two")
    eventually(busy_office.resting)
    moved = busy_office.as_app("PUT", f"/v1/webhooks/{hook['_id']}", {"target": app.url + "/new"}).json["webhook"]
    assert moved == {**hook, "target": app.url + "/new"}
    clock.turn(2)
    quiet(busy_office)
    assert [path for path, _, _ in app.requests] == ["/old", "/new", "/new"]
    assert {headers["X-API-Key"] for _, headers, _ in app.requests} == {hook["secret"]}


def test_changed_triggers_hold_from_the_next_event_on(busy_office, bot, app):
    hook = busy_office.register(app.url, "message:appMaker")
    busy_office.say("ann", "one")
    quiet(busy_office)
    busy_office.as_app("PUT", f"/v1/webhooks/{hook['_id']}", {"triggers": ["conversation:start", "postback"]})
    busy_office.say("ann", "two")
    busy_office.say("bob", "three")
    quiet(busy_office)
    assert [(body["trigger"], body["appUser"]["userId"]) for body in app.bodies] == [("conversation:start", "bob")]


def test_a_target_that_is_gone_takes_events_along(busy_office, bot, app):
    hook = busy_office.register(app.url, "*")
    app.next_statuses.append(410)
    busy_office.say("ann", "one")
    eventually(lambda: busy_office.as_app("GET", f"/v1/webhooks/{hook['_id']}").status_code == 404)
    quiet(busy_office)
    assert len(app.requests) == 1


def test_a_reply_whose_last_failing_webhook_is_deleted_is_delivered(busy_office, bot, app, clock):
    busy_office.say("ann", "hello")
    ann = busy_office.user("ann")["_id"]
    quiet(busy_office)
    app.next_statuses.append(500)
    broken = busy_office.register(app.url + "/broken", "message:appMaker")
    busy_office.reply(ann, "hi")
    eventually(lambda: bot.states == ["sending"])
    busy_office.register(app.url + "/sound", "message:appMaker", "delivery:success")
    busy_office.reply(ann, "more")
    eventually(lambda: "more" in str(app.bodies))
    busy_office.as_app("DELETE", f"/v1/webhooks/{broken['_id']}")
    quiet(busy_office)
    assert [body["messages"][0]["text"] for body in told(app, "delivery:success")] == ["more"]
    eventually(lambda: sorted(bot.states[-2:]) == ["delivered", "waiting"])


def test_the_log_says_nothing_of_what_was_said_and_by_whom(busy_office, bot, app, clock):
    with structlog.testing.capture_logs() as lines:
        busy_office.register(app.url, "*")
        app.next_statuses.extend([500, 404])
        bot.next_outcomes.append(Never(reason="msg_too_long"))
        path = "/v1/appusers/hush%40shop.example"
        busy_office.as_app("PUT", path, {"email": "hush@shop.example"})
        busy_office.say("hush@shop.example", "hush", name="Hush")
        who = busy_office.user("hush@shop.example")["_id"]
        busy_office.reply(who, "hush hush")
        quiet(busy_office, turned=7)
        busy_office.as_app("POST", path + "/conversation/read")
        busy_office.as_app("POST", path + "/conversation/activity", {"role": "appUser", "type": "typing:start"})
        told = busy_office.as_app("POST", path + "/events", {"name": "hush@shop.example said hush"})
        assert told.status_code == 200
        busy_office.as_app("DELETE", path + "/messages")
        busy_office.as_app("DELETE", path + "/profile")
        busy_office.through_the_door(operators.ERASURE, operators.ErasureRequest(user="hush@shop.example", erase=True))
        eventually(lambda: bot.erased)
    assert len(lines) > 10
    assert {line["app_user_id"] for line in lines if line["event"] in {"message_accepted", "reply_accepted"}} == {who}
    assert "hush" not in str(lines).lower()


def test_what_breaks_is_logged_without_who_it_was(office, monkeypatch):
    office.say("hush", "hello")
    monkeypatch.setattr("webhook_server.api.shapes.app_user", None)
    with structlog.testing.capture_logs() as lines:
        assert office.as_app("GET", "/v1/appusers/hush").status_code == 500
    [line] = lines
    assert line["event"] == "request_broke"
    assert line["route"] == "/v1/appusers/<id:ref>"
    assert "hush" not in str(line)
