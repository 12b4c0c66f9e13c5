"""Too much, too fast, too slow, too large, or to the wrong place: service goes on, nothing accepted is lost."""

import html
import json
import resource
import socket
import sys
import threading
import time
from contextlib import ExitStack, closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import jwt
import psutil
import pytest
import requests
from people import ALICE, App, shown_all, unique
from processes import Stack, wait_for

from webhook_server import intake
from webhook_server.domain.values import AppUser, AuthorId, Conversation, ConversationId, Draft, UserId
from webhook_server.ledger import Ledger
from wire.ids import AppUserId, MessageId
from wire.messages import Done, Later, Place

sys.path.insert(0, str(Path(__file__).parents[1] / "server"))

from server_fakes import FakeBot

SANE_SECONDS = 8.0
"""So quickly others are served meanwhile, on a machine that is busy with the abuse itself, and with other tests."""


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    """A stack of this module's own, because it is abused."""
    stack = Stack(tmp_path_factory.mktemp("backpressure"), SK_INVITE=ALICE)
    try:
        yield stack.start()
    finally:
        stack.end()


def served(app):
    """Something else is written to the ledger meanwhile; returns how long it took."""
    began = time.monotonic()
    app.create(unique("else"))
    return time.monotonic() - began


def raw(stack, said):
    connection = socket.create_connection(("127.0.0.1", int(stack.settings["SK_PORT"])), timeout=20)
    connection.sendall(said)
    return connection


def head(app, user_id, *more):
    lines = [
        f"POST /v1/appusers/{user_id}/messages HTTP/1.1",
        "Host: x",
        f"Authorization: {app.backend['Authorization']}",
        "Content-Type: application/json",
        *more,
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def status_of(connection):
    """Status and JSON body of what comes back; the connection must be kept open for it."""
    received = b""
    while b"\r\n\r\n" not in received or not received.rstrip().endswith(b"}"):
        chunk = connection.recv(65536)
        if not chunk:
            break
        received += chunk
    first, _, rest = received.partition(b"\r\n")
    return int(first.split()[1]), json.loads(rest.partition(b"\r\n\r\n")[2])


# ── too large, too much ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("chunked", [False, True], ids=["with a length", "chunked"])
def test_a_body_over_a_megabyte_is_refused_and_nothing_of_it_is_kept(app, chunked):
    user_id = unique("large")
    app.create(user_id)
    body = json.dumps({"role": "appUser", "text": "x" * 1_100_000}).encode()
    data = (body[start : start + 65536] for start in range(0, len(body), 65536)) if chunked else body
    answer = requests.post(
        f"{app.base}/appusers/{user_id}/messages",
        data=data,
        headers={**app.backend, "Content-Type": "application/json"},
        timeout=20,
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")
    assert app.messages(user_id) == []
    assert served(app) < SANE_SECONDS


def test_a_long_text_is_whole_in_slack(app, slack):
    text = "".join(f"Wort{number} & <{number}> \N{WOMAN}\N{ZERO WIDTH JOINER}\N{ROCKET} " for number in range(5000))
    text = text.encode()[: 64 * 1024].decode(errors="ignore").rstrip()
    app.write(unique("long"), text, name="Lena Long")
    channel_id = slack.channel_named("sk-lena-long")["id"]

    def joined():
        return "".join(html.unescape(message["text"]) for message in slack.relayed(channel_id))

    wait_for(lambda: len(joined()) >= len(text), "all of the text")
    assert joined() == text
    posts = slack.relayed(channel_id)
    assert len(posts) > 1
    assert len({json.dumps(message["metadata"]["event_payload"].get("message_ids")) for message in posts}) == 1
    assert not [mention for message in posts for mention in message["x_live_mentions"]]


class PatientBot(FakeBot):
    """A bot that lets each conversation wait once it has begun, as Slack's limits do, and then takes what waits."""

    def __init__(self, secret, each):
        self._each = each
        self.shown = {}
        super().__init__(secret)

    def _carry_out(self, said, path):
        del path
        with self._lock:
            shown = self.shown.setdefault(said.app_user_id, [])
            if len(said.messages) == 1 and len(shown) < self._each - 1:
                return Later(seconds=0.0, reason="Slack's limits")
            shown.extend(message.text for message in said.messages)
        return Done(place=Place(channel_id="C1", ts="1.1"))


@contextmanager
def server_alone(directory, bot_url):
    stack = Stack(directory, SK_BOT_URL=bot_url, SK_INTERNAL_SECRET="the door's")
    try:
        yield stack
    finally:
        stack.server.end()


def fill(path, users, each):
    """`each` messages of every user in the ledger, as if they had been accepted while no server runs."""
    path.parent.mkdir(parents=True)
    ledger = Ledger(f"sqlite:///{path}")

    def job(books, user_number):
        user = AppUser(
            AppUserId(f"{user_number:024x}"),
            Conversation(ConversationId(f"c{user_number:023x}")),
            UserId(f"u{user_number}"),
        )
        books.app_users.add(user, time.time())
        for number in range(each):
            draft = Draft("appUser", AuthorId(user.id), f"{number}")
            message_id = MessageId(f"{user_number:012x}{number:012x}")
            user = intake.accept(books, user, message_id, draft, time.time()).app_user

    for user_number in range(users):
        ledger.write(lambda books, n=user_number: job(books, n))
    ledger.close()


def test_ten_thousand_messages_wait_while_the_bot_is_away_and_come_in_order(tmp_path):
    users, each = 95, 100
    bot = PatientBot("the door's", each + 5)
    bot.leave()
    with server_alone(tmp_path, bot.url) as stack:
        fill(Path(stack.settings["SK_DATA_DIR"]) / "ledger.sqlite3", users, each)
        stack.server.start()
        app, took = App(stack.server_url, stack.settings), []
        with requests.Session() as session:
            for number in range(each, each + 5):
                for user in range(users):
                    began = time.monotonic()
                    body, url = {"role": "appUser", "text": str(number)}, f"{app.base}/appusers/u{user}/messages"
                    answer = session.post(url, json=body, headers=app.backend, timeout=10)
                    took.append(time.monotonic() - began)
                    assert answer.status_code == 201
        assert sorted(took)[len(took) * 95 // 100] < 0.5
        assert psutil.Process(stack.server.popen.pid).memory_info().rss < 250 * 1024 * 1024
        bot.arrive()
        try:
            wanted = [str(number) for number in range(each + 5)]
            wait_for(lambda: sum(map(len, bot.shown.values())) >= users * (each + 5), "all of them with the bot", 40)
            assert all(texts == wanted for texts in bot.shown.values())
            assert len(bot.shown) == users
        finally:
            bot.leave()


def test_a_flood_from_one_user_is_told_to_wait_and_others_are_served(stack, app, slack):
    user_id, other = unique("flood"), unique("calm")
    app.create(other)

    def credentials(who):
        claims = {"scope": "appUser", "userId": who}
        token = jwt.encode(claims, stack.settings["SK_SECRET"], "HS256", headers={"kid": stack.settings["SK_KEY_ID"]})
        return {"Authorization": f"Bearer {token}"}

    app.create(user_id, givenName="Flo", surname="Flood")
    accepted, refused = [], None
    with requests.Session() as session:
        for number in range(1000):
            body = {"role": "appUser", "text": f"flood {number:03d}"}
            url = f"{app.base}/appusers/{user_id}/messages"
            answer = session.post(url, json=body, headers=credentials(user_id), timeout=10)
            if answer.status_code == 429:
                refused = answer
                break
            assert answer.status_code == 201
            accepted.append(body["text"])
        assert refused is not None
        assert 200 <= len(accepted) < 600
        assert refused.json()["error"]["code"] == "too_many_requests"
        assert session.get(f"{app.base}/appusers/{other}", headers=credentials(other), timeout=10).status_code == 200
        assert served(app) < SANE_SECONDS
        threading.Event().wait(float(refused.headers["Retry-After"]))  # as it was told
        assert session.get(url, headers=credentials(user_id), timeout=10).status_code == 200
    channel_id = slack.channel_named("sk-flo-flood")["id"]

    def lines():
        found = [line for message in slack.relayed(channel_id) for line in message["text"].splitlines()]
        return [line.removeprefix("• ") for line in found]

    wait_for(lambda: len(lines()) >= len(accepted), "all that was accepted in Slack", 30)
    assert lines() == accepted


# ── too slow, too idle ────────────────────────────────────────────────────────────────────────────────────────────


def test_slow_clients_are_served_in_the_end_and_hold_up_nobody(stack, app):
    user_id, count = unique("slow"), 40
    bodies = [json.dumps({"role": "appUser", "text": f"slowly {number:02d}"}).encode() for number in range(count)]
    with ExitStack() as open_ones:
        slow = [
            open_ones.enter_context(closing(raw(stack, head(app, user_id, f"Content-Length: {len(body)}"))))
            for body in bodies
        ]
        for place in range(len(bodies[0])):  # byte by byte, all of them side by side
            for connection, body in zip(slow, bodies, strict=True):
                connection.sendall(body[place : place + 1])
            if place % 10 == 0:
                assert served(app) < SANE_SECONDS
        assert [status_of(connection)[0] for connection in slow] == [201] * count
    assert sorted(message["text"] for message in app.messages(user_id)) == [f"slowly {n:02d}" for n in range(count)]


def test_a_thousand_idle_connections_hold_up_nobody(stack, app):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 2000:
        pytest.skip(f"ONLY {hard} OPEN FILES ALLOWED: a thousand connections are not tested")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2000), hard))
    with ExitStack() as open_ones:
        for number in range(1000):
            said = (b"", b"GET /healthz HT", head(app, "x", "Content-Length: 50") + b"{")[number % 3]
            open_ones.enter_context(closing(raw(stack, said)))
        assert max(served(app) for _ in range(20)) < SANE_SECONDS
        assert requests.get(f"{stack.server_url}/readyz", timeout=5).status_code == 200
        assert requests.get(f"{stack.bot_url}/readyz", timeout=5).status_code == 200
    assert served(app) < SANE_SECONDS


# ── targets of webhooks ───────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def target(behave):
    """A webhook's target; `behave` gets the handler after the request was read. Yields its URL and the paths asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            asked.append(self.path)
            behave(self)

        def log_message(self, *_):
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_):
            pass

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def hang(handler):
    threading.Event().wait(30)
    handler.close_connection = True


def dribble(handler):
    for byte in b"HTTP/1.1 200 OK\r\nX: " + b"x" * 300:
        handler.wfile.write(bytes([byte]))
        handler.wfile.flush()
        threading.Event().wait(0.1)


@pytest.mark.parametrize("behave", [hang, dribble])
def test_a_target_that_does_not_answer_holds_up_no_other_and_the_notice_says_so(app, slack, receiver, behave):
    """Other webhooks, other app users and Slack go on; tests/server shows that it is given up after a time."""
    with target(behave) as (url, asked):
        bad, good = app.webhook(url), app.webhook(receiver.url)
        try:
            name = f"Tess {behave.__name__.title()}"
            app.write(unique("target"), "hello", name=name)
            channel_id = slack.conversation("sk-" + name.lower().replace(" ", "-"))
            for number in range(3):
                slack.command(ALICE, channel_id, f"{name} {number}")
            wait_for(lambda: receiver.texts() == [f"{name} {number}" for number in range(3)], "the other webhook")
            wait_for(lambda: "sending" in shown_all(slack.notices(channel_id)), "the notice", 10)
            assert len(asked) == 1
            assert served(app) < SANE_SECONDS
        finally:
            for webhook in (bad, good):
                app.call("DELETE", f"/webhooks/{webhook['_id']}")
    wait_for(lambda: "sending" not in shown_all(slack.notices(channel_id)), "true notices", 15)
    assert "✓ delivered" in shown_all(slack.notices(channel_id))


def test_a_redirect_is_a_failure_and_is_not_followed(app, slack, receiver):
    def redirect(handler):
        handler.send_response(307)
        handler.send_header("Location", receiver.url)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    with target(redirect) as (url, asked):
        webhook = app.webhook(url)
        try:
            app.write(unique("redirect"), "hello", name="Rita Redirect")
            channel_id = slack.conversation("sk-rita-redirect")
            slack.command(ALICE, channel_id, "follow me not")
            wait_for(lambda: "answered 307" in shown_all(slack.notices(channel_id)), "the reason in the notice")
            wait_for(lambda: len(asked) >= 2, "the next try", 10)
            assert receiver.tries == []
        finally:
            app.call("DELETE", f"/webhooks/{webhook['_id']}")


def test_private_addresses_are_refused_unless_allowed(tmp_path):
    stack = Stack(tmp_path, SK_ALLOW_PRIVATE_TARGETS="0")
    try:
        stack.server.start()
        app = App(stack.server_url, stack.settings)
        for host in ("127.0.0.1", "localhost", "[::1]", "10.0.0.1", "169.254.169.254", "[::ffff:127.0.0.1]", "0.0.0.0"):
            body = {"target": f"http://{host}:8080/hook"}
            answer = requests.post(f"{app.base}/webhooks", json=body, headers=app.backend, timeout=20)
            assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_request"), host
            assert "SK_ALLOW_PRIVATE_TARGETS" in answer.json()["error"]["description"]
        assert app.webhook("http://93.184.216.34/hook")["target"] == "http://93.184.216.34/hook"
    finally:
        stack.end()
