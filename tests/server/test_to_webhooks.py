"""Replies and messages on their way to the app's webhooks, and what the bot is told of it."""

import base64
import socket
import threading
from datetime import UTC, datetime
from unittest import mock

import pytest
import requests
import requests_mock as requests_mocks
import standardwebhooks
from server_fakes import FakeBot, HttpPeer, eventually
from server_office import Office

from webhook_server import agents_wording as wording
from webhook_server import webhooks
from webhook_server.courier import courier as courier_module
from webhook_server.domain.retry import WEBHOOK_DELAYS
from webhook_server.media.links import Links
from webhook_server.names import AT_ONCE, Names
from webhook_server.outbound import Outbound, PrivateAddressError, TooSlowError
from wire import messages as wire
from wire.messages import Later, Never, Unknown

HOOK = "/hook"


@pytest.fixture
def ann(busy_office):
    """The `_id` of an app user who has written."""
    busy_office.say("ann", "help", name="Ann")
    return busy_office.user("ann")["_id"]


def receipts(office):
    with office.ledger._readers.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT state, reason, sequence, shown_sequence FROM receipts ORDER BY accepted"
        )
        return [tuple(row) for row in found]


def shown(office):
    """All that the bot has to show is shown, and nothing is under way."""
    return eventually(lambda: receipts(office) and all(row[2] == row[3] for row in receipts(office)), "all shown")


def delivered(office, count=1):
    return eventually(lambda: [row[0] for row in receipts(office)] == ["delivered"] * count and shown(office))


def test_a_reply_arrives_signed_and_the_bot_is_told_once(busy_office, bot, app, ann):
    webhook = busy_office.register(app.url + HOOK, "message:appMaker")
    busy_office.reply(ann, "Sure\n  & <b> 😀", message_id="a" * 24)
    delivered(busy_office)
    ((path, headers, body),) = app.requests
    assert path == HOOK
    assert headers["X-API-Key"] == webhook["secret"]
    assert headers["Content-Type"] == "application/json"
    assert headers["webhook-id"] == "msg_" + "a" * 24
    assert len(base64.b64decode(webhook["secret"].removeprefix("whsec_"))) == 32
    now = datetime.fromtimestamp(busy_office.clock.now(), UTC)
    with mock.patch("standardwebhooks.webhooks.datetime") as clock:
        clock.now.return_value = now
        clock.fromtimestamp = datetime.fromtimestamp
        standardwebhooks.Webhook(webhook["secret"]).verify(body, {name.lower(): headers[name] for name in headers})
    listed = busy_office.as_app("GET", "/v1/appusers/ann/messages").json["messages"]
    assert app.bodies == [
        {
            "trigger": "message:appMaker",
            "app": {"_id": "app"},
            "messages": [listed[1]],
            "appUser": busy_office.user("ann"),
            "version": "v1",
        }
    ]
    (receipt,) = bot.receipts
    assert receipt.model_dump(exclude_none=True) == {
        "message_id": "a" * 24,
        "app_user_id": ann,
        "channel_id": "C1",
        "text": "Sure\n  & <b> 😀",
        "agent": {"agent_id": "UALICE", "name": "Alice", "avatar_url": "https://example.org/alice.png"},
        "state": "delivered",
        "sequence": 1,
        "accepted": busy_office.clock.now(),
        "others": (),
    }


def test_without_a_webhook_the_bot_is_told_that_the_reply_waits(busy_office, bot, ann):
    busy_office.reply(ann, "hi")
    shown(busy_office)
    assert bot.states == ["waiting"]


def test_who_is_told_of_what(busy_office, app, ann):
    for triggers in (["message"], ["message:appUser"], ["message:appMaker"], ["*"], ["conversation:read"]):
        busy_office.register(f"{app.url}/{triggers[0]}", *triggers)
    busy_office.say("ann", "from ann")
    busy_office.reply(ann, "from alice")
    delivered(busy_office)

    def told():
        return sorted({(path, body["trigger"]) for (path, _, _), body in zip(app.requests, app.bodies, strict=True)})

    eventually(lambda: len(told()) == 7)
    assert told() == [
        ("/*", "delivery:success"),
        ("/*", "message:appMaker"),
        ("/*", "message:appUser"),
        ("/message", "message:appMaker"),
        ("/message", "message:appUser"),
        ("/message:appMaker", "message:appMaker"),
        ("/message:appUser", "message:appUser"),
    ]


def test_a_failing_webhook_is_retried_and_the_bot_sees_it(busy_office, bot, app, ann, clock):
    app.next_statuses.extend([500, 302, None])
    busy_office.register(app.url + HOOK)
    busy_office.reply(ann, "hi", message_id="a" * 24)
    eventually(lambda: bot.states == ["sending"])
    for tries, delay in enumerate(WEBHOOK_DELAYS[:3], 1):
        eventually(lambda: len(app.requests) == tries)  # noqa: B023 - asked at once
        eventually(lambda: len(bot.states) == tries)  # noqa: B023 - likewise; later it would hear of the newest alone
        eventually(busy_office.resting)
        clock.turn(delay - 0.1)
        assert len(app.requests) == tries
        clock.turn(0.2)
    delivered(busy_office)
    assert [path for path, _, _ in app.requests] == [HOOK] * 4
    assert {headers["webhook-id"] for _, headers, _ in app.requests} == {"msg_" + "a" * 24}
    assert len({headers["webhook-signature"] for _, headers, _ in app.requests}) == 4
    assert bot.states == ["sending", "sending", "sending", "delivered"]
    assert [receipt.reason for receipt in bot.receipts] == [
        wording.target_answered(500),
        wording.target_answered(302),
        wording.target_dropped(),
        None,
    ]
    assert [receipt.sequence for receipt in bot.receipts] == [1, 2, 3, 4]
    assert bot.receipts[1].place == bot.receipts[2].place is not None


def test_the_same_failure_again_is_no_news(busy_office, bot, app, ann, clock):
    app.next_statuses.extend([500, 500, 500])
    busy_office.register(app.url + HOOK)
    busy_office.reply(ann, "hi")
    eventually(lambda: (clock.turn(5), len(app.requests) == 4)[1])
    delivered(busy_office)
    assert bot.states == ["sending", "delivered"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 406])
def test_some_answers_are_final(busy_office, bot, app, ann, status):
    app.next_statuses.append(status)
    busy_office.register(app.url + HOOK)
    busy_office.reply(ann, "1")
    eventually(lambda: bot.states == ["failed"])
    busy_office.reply(ann, "2")
    eventually(lambda: bot.states == ["failed", "delivered"])
    assert bot.receipts[0].reason == wording.target_answered(status)
    assert app.texts == ["1", "2"]


def test_after_more_than_a_day_it_is_given_up(busy_office, bot, app, ann, clock):
    app.statuses_of["ann"] = 503
    busy_office.register(app.url + HOOK)
    began = clock.now()
    busy_office.reply(ann, "hi")
    for tries, delay in enumerate(WEBHOOK_DELAYS, 1):
        eventually(lambda: len(app.requests) == tries)  # noqa: B023 - asked at once
        eventually(lambda: tries == len(WEBHOOK_DELAYS) + 1 or busy_office.resting())  # noqa: B023 - asked at once
        clock.turn(delay + 1)
    eventually(lambda: bot.states == ["sending", "failed"])
    assert bot.receipts[-1].reason == wording.tried_long_enough(wording.target_answered(503))
    assert clock.now() - began > 86_400


def test_gone_removes_the_webhook_and_what_waited_for_it(busy_office, bot, app, ann, clock):
    app.next_statuses.extend([500, 410])
    webhook = busy_office.register(app.url + HOOK)
    busy_office.reply(ann, "1")
    busy_office.reply(ann, "2")
    eventually(lambda: (clock.turn(2), len(app.requests) == 2)[1])
    eventually(lambda: [row[0] for row in receipts(busy_office)] == ["waiting", "waiting"])
    shown(busy_office)
    assert busy_office.as_app("GET", f"/v1/webhooks/{webhook['_id']}").status_code == 404
    busy_office.reply(ann, "3")
    shown(busy_office)
    assert len(app.requests) == 2


def test_deleting_a_webhook_ends_what_waited_for_it(busy_office, bot, app, ann, clock):
    app.statuses_of["ann"] = 500
    webhook = busy_office.register(app.url + HOOK)
    busy_office.reply(ann, "1")
    eventually(lambda: bot.states == ["sending"])
    assert busy_office.as_app("DELETE", f"/v1/webhooks/{webhook['_id']}").status_code == 200
    eventually(lambda: bot.states == ["sending", "waiting"])
    clock.turn(100)
    assert len(app.requests) == 1


def test_order_holds_and_a_failing_user_holds_back_nobody_else(busy_office, app, ann, clock):
    busy_office.say("bob", "me too")
    bob = busy_office.user("bob")["_id"]
    app.statuses_of["ann"] = 500
    broken, sound = (
        busy_office.register(app.url + "/a", "message:appMaker"),
        busy_office.register(app.url + "/b", "postback"),
    )
    busy_office.as_app("PUT", f"/v1/webhooks/{sound['_id']}", {"triggers": ["message:appMaker"]})
    assert broken["_id"] != sound["_id"]
    for number in range(10):
        busy_office.reply(ann, f"ann{number}")
        busy_office.reply(bob, f"bob{number}")
    eventually(lambda: sum(text.startswith("bob") for text in app.texts) == 20)
    for path in ("/a", "/b"):
        arrived = [
            body["messages"][0]["text"] for (to, _, _), body in zip(app.requests, app.bodies, strict=True) if to == path
        ]
        assert [text for text in arrived if text.startswith("bob")] == [f"bob{number}" for number in range(10)]
        assert {text for text in arrived if text.startswith("ann")} == {"ann0"}
    del app.statuses_of["ann"]
    app.requests.clear()
    clock.turn(2)
    delivered(busy_office, 20)
    for path in ("/a", "/b"):
        arrived = [
            body["messages"][0]["text"] for (to, _, _), body in zip(app.requests, app.bodies, strict=True) if to == path
        ]
        assert arrived == [f"ann{number}" for number in range(10)]


def test_a_failed_reply_can_be_tried_again(busy_office, bot, app, ann):
    app.next_statuses.append(404)
    busy_office.register(app.url + HOOK)
    busy_office.reply(ann, "hi", message_id="a" * 24)
    eventually(lambda: bot.states == ["failed"])
    busy_office.reply(ann, "later one")
    eventually(lambda: bot.states == ["failed", "delivered"])
    asked = busy_office.through_the_door(wire.RETRY, wire.RetryRequest(message_id="a" * 24))
    assert asked.json == {"message_id": "a" * 24, "state": "sending", "repeated": False}
    delivered(busy_office, 2)
    assert bot.states[-1] == "delivered"
    assert [headers["webhook-id"] for _, headers, _ in app.requests][::2] == ["msg_" + "a" * 24] * 2


def test_a_retry_does_not_wait_for_what_failed_after_it(busy_office, bot, app, ann, clock):
    app.next_statuses.extend([404, 500])
    busy_office.register(app.url + HOOK)
    busy_office.reply(ann, "first", message_id="a" * 24)
    eventually(lambda: bot.states == ["failed"])
    busy_office.reply(ann, "second")
    eventually(lambda: bot.states == ["failed", "sending"])
    busy_office.through_the_door(wire.RETRY, wire.RetryRequest(message_id="a" * 24))
    eventually(lambda: app.texts == ["first", "second", "first"])
    clock.turn(2)
    delivered(busy_office, 2)
    assert app.texts == ["first", "second", "first", "second"]


def test_tries_and_their_times_outlive_a_restart(busy_office, app, ann, clock):
    app.next_statuses.extend([500, 500])
    busy_office.register(app.url + HOOK)
    busy_office.reply(ann, "hi")
    eventually(lambda: (clock.turn(1.1), len(app.requests) == 2)[1])
    eventually(lambda: receipts(busy_office)[0][0] == "sending")
    eventually(lambda: busy_office.ledger.read(lambda books: books.handovers.parcels([2]))[0].attempts == 2)
    busy_office.close()
    busy_office.open()
    busy_office.start()
    eventually(lambda: len(busy_office.server.courier._webhooks) == 1)
    assert len(app.requests) == 2
    eventually(lambda: (clock.turn(1), len(app.requests) == 3)[1])
    delivered(busy_office)


def test_a_clock_that_jumps_back_delays_nobody(busy_office, app, ann, clock):
    app.next_statuses.append(500)
    busy_office.register(app.url + HOOK)
    busy_office.reply(ann, "hi")
    eventually(lambda: len(app.requests) == 1)
    eventually(busy_office.resting)
    busy_office.close()
    clock.jump(-3600)
    busy_office.open()
    busy_office.start()
    eventually(lambda: (clock.turn(0.5), len(app.requests) == 2)[1])
    delivered(busy_office)


# ── receipts ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_receipts_wait_for_the_bot_and_only_the_newest_state_is_told(office, app, clock):
    office.say("ann", "help")
    ann = office.user("ann")["_id"]
    office.register(app.url + HOOK)
    office.start()
    app.next_statuses.append(500)
    office.reply(ann, "hi")
    eventually(lambda: (clock.turn(1), [row[0] for row in receipts(office)] == ["delivered"])[1])
    office.close()
    bot = FakeBot("the door's")
    try:
        office.settings = office.settings.model_copy(update={"sk_bot_url": bot.url})
        office.open()
        office.start()
        shown(office)
        assert bot.states == ["delivered"]
        assert bot.receipts[0].sequence == 2
    finally:
        bot.leave()


def test_a_change_while_the_bot_is_told_is_told_next(busy_office, bot, app, ann, clock):
    app.next_statuses.append(500)
    busy_office.register(app.url + HOOK)
    settled = busy_office.server.courier._bot
    eventually(lambda: len(settled) == 0)
    bot.gate.clear()
    busy_office.reply(ann, "hi")
    eventually(lambda: bot.states == ["sending"])
    eventually(lambda: (clock.turn(1), [row[0] for row in receipts(busy_office)] == ["delivered"])[1])
    bot.gate.set()
    shown(busy_office)
    assert bot.states == ["sending", "delivered"]
    assert not bot.overtaken


@pytest.mark.parametrize(
    "answer", [Later(seconds=3, reason="busy"), Unknown(reason="?"), FakeBot.NO_ANSWER, 503, 401, 500]
)
def test_a_receipt_is_told_until_the_bot_shows_it(busy_office, bot, ann, clock, answer):
    bot.next_receipt_outcomes.append(answer)
    busy_office.reply(ann, "hi")
    eventually(lambda: bot.receipts)
    eventually(lambda: (clock.turn(1), len(bot.receipts) == 2)[1])
    shown(busy_office)
    assert bot.states == ["waiting", "waiting"]


def test_a_receipt_that_the_bot_will_never_show_is_dropped(busy_office, bot, ann):
    bot.next_receipt_outcomes.append(Never(reason="the channel is gone"))
    busy_office.reply(ann, "hi")
    shown(busy_office)
    assert bot.states == ["waiting"]


def test_receipts_of_one_conversation_keep_the_order_of_acceptance(busy_office, bot, app, ann):
    busy_office.register(app.url + HOOK)
    for number in range(20):
        busy_office.clock.turn(0.001)
        busy_office.reply(ann, str(number))
    delivered(busy_office, 20)
    assert [receipt.text for receipt in bot.receipts] == [str(number) for number in range(20)]
    assert not bot.overtaken


def test_a_bot_that_asked_to_wait_learns_of_the_receipts_behind_as_well(busy_office, bot, ann, clock):
    bot.next_receipt_outcomes.append(Later(seconds=5, reason="Slack asks to wait"))
    for text in ("1", "2", "long " * 500, "3"):
        clock.turn(0.001)
        busy_office.reply(ann, text)
    eventually(busy_office.resting)
    clock.turn(5)
    shown(busy_office)
    first, again, *rest = bot.receipts
    assert (first.text, first.others) == ("1", ())
    assert (again.text, [other.text for other in again.others]) == ("1", ["2", "3"])
    assert [(receipt.text[:4], receipt.others) for receipt in rest] == [("2", ()), ("long", ()), ("3", ())]


# ── what one try means ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"status_code": 200}, webhooks.Delivered(200)),
        ({"status_code": 204}, webhooks.Delivered(204)),
        ({"status_code": 307}, webhooks.Failed(wording.target_answered(307))),
        ({"status_code": 429}, webhooks.Failed(wording.target_answered(429))),
        ({"status_code": 404}, webhooks.Failed(wording.target_answered(404), final=True)),
        ({"status_code": 410}, webhooks.Failed(wording.target_answered(410), gone=True)),
        ({"exc": requests.ConnectTimeout}, webhooks.Failed(wording.target_unreachable())),
        ({"exc": requests.ReadTimeout}, webhooks.Failed(wording.target_silent(20))),
        ({"exc": requests.ConnectionError}, webhooks.Failed(wording.target_unreachable())),
        ({"exc": requests.exceptions.SSLError}, webhooks.Failed(wording.target_certificate())),
        ({"exc": requests.exceptions.InvalidURL}, webhooks.Failed(wording.target_unreachable())),
        ({"exc": PrivateAddressError("x")}, webhooks.Failed(wording.target_not_public())),
        ({"exc": TooSlowError}, webhooks.Failed(wording.target_silent(20))),
    ],
)
def test_what_an_answer_means(office, answer, expected):
    office.register("https://shop.example/hook")
    office.say("ann", "hello")
    (parcel,) = office.ledger.read(lambda books: books.handovers.parcels([2]))
    links = Links("https://sk.example.org", "secret", office.clock.now)
    with requests_mocks.Mocker() as internet:
        internet.post("https://shop.example/hook", **answer)
        assert webhooks.send(Outbound(allow_private=True), "app", links, parcel, 1.0) == expected


class Dribble(HttpPeer):
    """Answers byte by byte, and never to the end."""

    def arrive(self):
        self._socket = socket.create_server(("127.0.0.1", self._port))
        self._port = self._socket.getsockname()[1]
        self.enough = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        connection, _ = self._socket.accept()
        with connection:
            for byte in b"HTTP/1.1 200 OK\r\nX-Dribble: " + b"x" * 10_000:
                try:
                    connection.send(bytes([byte]))
                except OSError:
                    return
                if self.enough.wait(0.02):
                    return

    def leave(self):
        self.enough.set()
        self._socket.close()


class Silent(HttpPeer):
    """Takes connections, and never says a word."""

    def arrive(self):
        self._socket = socket.create_server(("127.0.0.1", self._port))
        self._port = self._socket.getsockname()[1]

    def leave(self):
        self._socket.close()


def test_an_answer_byte_by_byte_does_not_stretch_the_time_limit():
    target = Dribble()
    try:
        with pytest.raises(TooSlowError):
            Outbound(allow_private=True, seconds=0.3).post(target.url, b"{}", {})
    finally:
        target.leave()


def test_a_target_that_says_nothing_is_given_up():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(TooSlowError):
            Outbound(allow_private=True, seconds=0.3).post(url, b"{}", {})


def test_connections_are_used_again(app):
    outbound = Outbound(allow_private=True)
    body = b'{"appUser":{}}'
    with mock.patch("socket.create_connection", wraps=socket.create_connection) as dialled:
        for _ in range(3):
            assert outbound.post(app.url, body, {}) == 200
    assert dialled.call_count == 1


def test_a_name_that_turns_private_after_the_check_is_not_connected_to(app):
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    outbound = Outbound(allow_private=False, resolve=lambda *_: next(answers))
    port = app.url.rsplit(":", 1)[1]
    assert next(answers) == ["93.184.216.34"]
    with pytest.raises(PrivateAddressError):
        outbound.post(f"http://shop.example:{port}/", b"{}", {})
    assert not app.requests


def test_the_checked_address_is_the_one_that_is_dialled(app):
    port = app.url.rsplit(":", 1)[1]
    outbound = Outbound(allow_private=True, resolve=lambda *_: ["127.0.0.1"])
    assert outbound.post(f"http://no.such.name.example:{port}/x", b'{"appUser":{}}', {}) == 200
    assert app.requests[0][1]["Host"] == f"no.such.name.example:{port}"


def test_addresses_that_do_not_answer_do_not_add_up(monkeypatch):
    dialled = []

    def dial(address, timeout):
        dialled.append(address)
        threading.Event().wait(0.1)
        raise TimeoutError

    monkeypatch.setattr("webhook_server.dialling.socket.create_connection", dial)
    outbound = Outbound(allow_private=True, resolve=lambda *_: [f"10.0.0.{n}" for n in range(200)], seconds=0.3)
    with pytest.raises(TooSlowError):
        outbound.post("http://shop.example/", b"{}", {})
    assert len(dialled) < 10


def test_a_look_up_that_hangs_is_given_up_and_holds_up_few_others():
    hang = threading.Event()

    def resolve(host, port):
        if host == "slow.example":
            hang.wait(10)
        return ["127.0.0.1"]

    names = Names(resolve, seconds=0.2)
    try:
        for _ in range(2):
            with pytest.raises(OSError, match=r"slow\.example could not be looked up in time"):
                names("slow.example", 80)
        assert names("fast.example", 80) == ["127.0.0.1"]
        with pytest.raises(requests.ConnectionError):
            Outbound(allow_private=True, resolve=names).post("http://slow.example/", b"{}", {})
        assert Names(lambda *_: ["::1"], seconds=0.0)("::1", 80) == ["::1"]
    finally:
        hang.set()


def test_look_ups_that_hang_hold_a_bounded_number_of_threads():
    hang = threading.Event()
    names = Names(lambda *_: [hang.wait(10)], seconds=0.01)
    before = threading.active_count()
    try:
        for _ in range(AT_ONCE + 10):
            with pytest.raises(OSError, match="in time"):
                names("slow.example", 80)
        assert threading.active_count() - before <= AT_ONCE
    finally:
        hang.set()


@pytest.fixture
def hasty_office(tmp_path, clock, ids, bot):
    """A webhook server that waits for no target longer than 0.3 s."""
    office = Office(tmp_path / "data", clock, ids, bot.url, webhook_seconds=0.3).start()
    yield office
    office.close()


@pytest.mark.parametrize("target", [Dribble, Silent])
def test_a_target_that_never_finishes_is_retried_and_delivered_when_it_does(hasty_office, clock, bot, app, target):
    office, slow = hasty_office, target()
    try:
        ann = office.say("ann", "hello")["message"]["authorId"]
        webhook = office.register(slow.url, "message:appMaker")
        office.reply(ann, "hi")
        eventually(lambda: "sending" in bot.states)
        assert bot.receipts[-1].reason == "the app's server gave no answer within 0.3 seconds"
        office.as_app("PUT", f"/v1/webhooks/{webhook['_id']}", {"target": app.url})
        clock.turn(2)
        eventually(lambda: bot.states[-1] == "delivered")
        assert app.texts == ["hi"]
    finally:
        slow.leave()


def test_crews_are_small():
    assert courier_module.DELIVERIES_AT_ONCE * 10 + courier_module.CONVERSATIONS_AT_ONCE < 128
