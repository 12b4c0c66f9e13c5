"""Webhooks as an app's backend gets them: shapes, order and signatures of what a real server sends."""

import json
from types import SimpleNamespace

import contract_shapes as shapes
import pytest
from contract_process import Server
from people import Receiver, unique
from processes import wait_for
from standardwebhooks import Webhook, WebhookVerificationError

TOLD = {
    "trigger": shapes.is_text,
    "app": shapes.shape({"_id": shapes.is_text}),
    "appUser": shapes.app_user,
    "version": shapes.one_of("v1"),
}
REFERENCE = shapes.shape({"_id": shapes.is_id})
HAPPENED = {"conversation": REFERENCE, "timestamp": shapes.is_seconds}
DELIVERY = {
    **TOLD,
    **HAPPENED,
    "message": REFERENCE,
    "destination": shapes.shape({"type": shapes.one_of("slack", "webhook")}),
    "isFinalEvent": shapes.is_flag,
}
SOURCE = {"source": shapes.shape({"type": shapes.is_text})}
MESSAGE = shapes.shape({**TOLD, "messages": shapes.many(shapes.message)})
PAYLOADS = {
    "message:appUser": MESSAGE,
    "message:appMaker": MESSAGE,
    "conversation:start": shapes.shape({**TOLD, **HAPPENED}, SOURCE),
    "conversation:read": shapes.shape({**TOLD, **HAPPENED}, SOURCE),
    "delivery:success": shapes.shape(DELIVERY),
    "delivery:failure": shapes.shape(
        {**DELIVERY, "error": shapes.shape({"code": shapes.is_text, "message": shapes.is_text})}
    ),
    "merge:appUser": shapes.shape(
        {
            **TOLD,
            "surviving": shapes.app_user,
            "discarded": shapes.many(REFERENCE),
            "timestamp": shapes.is_seconds,
        }
    ),
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The real process."""
    server = Server(tmp_path_factory.mktemp("server"))
    try:
        yield server.start()
    finally:
        server.end()


@pytest.fixture
def hook(server):
    """Registers webhooks and keeps what they are told; they go in the end."""
    registered = []
    with Receiver().running() as receiver:

        def register(*triggers):
            body = {"target": receiver.url} | ({"triggers": list(triggers)} if triggers else {})
            status, _, answer = server.ask("POST", "/v1/webhooks", body)
            assert status == 201, answer
            registered.append(answer["webhook"])
            return SimpleNamespace(
                receiver=receiver,
                secret=answer["webhook"]["secret"],
                told=lambda: [json.loads(body) for _, body in list(receiver.received)],
            )

        yield register
        for webhook in registered:
            server.ask("DELETE", f"/v1/webhooks/{webhook['_id']}")


def of(told, trigger):
    return [body for body in told if body["trigger"] == trigger]


def test_everything_is_told_in_the_contracts_shapes(server, hook):
    everything, user, device = hook("*"), unique("hook"), {"id": unique("phone"), "platform": "ios"}
    token = {"app-token": server.settings["SK_APP_TOKEN"]}
    server.say(user, "known")
    anonymous = server.ask("POST", "/v1/init", {"device": device}, headers=token)[2]["appUser"]["_id"]
    server.ask("POST", f"/v1/appusers/{anonymous}/messages", {"role": "appUser", "text": "who?"}, headers=token)
    server.say(user, "an answer", role="appMaker")
    server.ask("POST", f"/v1/appusers/{user}/conversation/read")
    merged = server.ask("POST", "/v1/init", {"device": device, "userId": user})[2]["appUser"]
    expected = set(PAYLOADS) - {"delivery:failure", "delivery:success"}  # there is no Slack here
    wait_for(lambda: {body["trigger"] for body in everything.told()} >= expected, "every trigger")
    told = everything.told()
    for body in told:
        assert PAYLOADS[body["trigger"]](body), body["trigger"]
        assert body["app"] == {"_id": "app"}
        assert shapes.no_nulls(body)
    assert [body["messages"][0]["text"] for body in of(told, "message:appMaker")] == ["an answer"]
    [merge] = of(told, "merge:appUser")
    assert merge["surviving"]["_id"] == merged["_id"]
    assert merge["discarded"] == [{"_id": anonymous}]
    assert len(of(told, "conversation:start")) == 2
    assert len(of(told, "conversation:read")) == 1


@pytest.mark.parametrize(
    ("triggers", "heard"),
    [
        ((), ["one", "two"]),
        (("message",), ["one", "two"]),
        (("message:appUser",), ["one"]),
        (("message:appMaker",), ["two"]),
        (("postback", "typing:appUser"), []),
    ],
)
def test_a_webhook_hears_what_it_asked_for(server, hook, triggers, heard):
    asked, last = hook(*triggers), hook("conversation:read")
    user = unique("asked")
    server.say(user, "one")
    server.say(user, "two", role="appMaker")
    server.ask("POST", f"/v1/appusers/{user}/conversation/read")
    wait_for(lambda: of(last.told(), "conversation:read"), "the last event")
    wait_for(lambda: [m["text"] for body in asked.told() for m in body.get("messages", ())] == heard, "the messages")


def test_requests_are_signed_over_the_bytes_sent(server, hook):
    signed = hook("message")
    server.say(unique("signed"), "Häl\u2028lo \N{GRINNING FACE}")
    [(headers, body)] = wait_for(lambda: list(signed.receiver.received), "the message")
    assert headers["X-API-Key"] == signed.secret
    assert headers["Content-Type"] == "application/json"
    verified = Webhook(signed.secret).verify(body, headers)
    assert verified["messages"][0]["text"] == "Häl\u2028lo \N{GRINNING FACE}"
    lowered = {name.lower(): value for name, value in headers.items()}
    for wrong in (body + b" ", body.replace(b"message", b"massage")):
        with pytest.raises(WebhookVerificationError):
            Webhook(signed.secret).verify(wrong, lowered)


def test_a_repeat_has_the_same_id_and_is_signed_anew(server, hook):
    again = hook("message")
    again.receiver.answers = [500]
    server.say(unique("again"), "hello")
    wait_for(lambda: again.receiver.received, "the second try")
    (first, body), (second, same) = again.receiver.tries
    assert (first["webhook-id"], body) == (second["webhook-id"], same)
    assert int(second["webhook-timestamp"]) >= int(first["webhook-timestamp"])
    for headers in (first, second):
        Webhook(again.secret).verify(body, headers)


def test_fifty_messages_come_in_order(server, hook):
    ordered, user = hook("message"), unique("ordered")
    ordered.receiver.answers = [500, 200, 200, 503]
    for number in range(50):
        server.say(user, str(number), role="appUser" if number % 3 else "appMaker")
    wait_for(lambda: len(ordered.receiver.received) == 50, "all of them", 40)
    assert ordered.receiver.texts() == [str(number) for number in range(50)]
    assert len({headers["webhook-id"] for headers, _ in ordered.receiver.received}) == 50
