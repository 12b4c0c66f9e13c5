"""The real process: start, stop, kill, and what it says."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import jwt
import pytest
import requests
from processes import free_port
from server_fakes import FakeBot, eventually

ROOT = Path(__file__).parents[2]


class Process:
    """`python -m webhook_server` on a free port and data of its own."""

    def __init__(self, data_dir, **environ):
        self.port = free_port()
        self.environ = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "SK_DATA_DIR": str(data_dir),
            "SK_PORT": str(self.port),
            "SK_BOT_PORT": str(free_port()),
            "SK_SANDBOX_PORT": str(free_port()),
            "SK_SECRET": "a secret of some length, for tests",
            "SK_KEY_ID": "key1",
            "SK_INTERNAL_SECRET": "the door's",
            **environ,
        }
        token = jwt.encode({"scope": "app"}, self.environ["SK_SECRET"], "HS256", {"kid": "key1"})
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.process = None

    def start(self):
        """Start and wait until it says that it listens."""
        self.process = self.run(text=True)
        self.said = self.process.stdout.readline().strip()
        assert self.said, self.process.stderr.read()
        threading.Thread(target=self.process.stderr.read, daemon=True).start()
        return self

    def run(self, *arguments, **options):
        command = [sys.executable, "-m", "webhook_server", *arguments]
        return subprocess.Popen(
            command,
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.environ["SK_DATA_DIR"],
            **options,
        )

    def end(self, number=signal.SIGTERM):
        """Returns the exit status and how long it took."""
        began = time.monotonic()
        self.process.send_signal(number)
        status = self.process.wait(10)
        return status, time.monotonic() - began

    def request(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            data = None if body is None else json.dumps(body)
            connection.request(method, path, data, self.headers | headers)
            response = connection.getresponse()
            return response.status, json.loads(response.read() or b"null")
        finally:
            connection.close()

    def say(self, user, text):
        return self.request("POST", f"/v1/appusers/{user}/messages", {"role": "appUser", "text": text})[0]

    def texts(self, user):
        return [message["text"] for message in self.request("GET", f"/v1/appusers/{user}/messages")[1]["messages"]]

    @contextmanager
    def raw(self, said):
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(said)
            yield connection


@pytest.fixture
def process(tmp_path):
    process = Process(tmp_path)
    yield process
    if process.process and process.process.poll() is None:
        process.process.kill()
        process.process.wait()


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """A process for tests that leave it as it is."""
    process = Process(tmp_path_factory.mktemp("data")).start()
    yield process
    assert process.end()[0] == 0


def answer_of(connection):
    response = http.client.HTTPResponse(connection)
    response.begin()
    return response.status, response.headers, json.loads(response.read())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_one_line_and_ends_in_good_order(process, number):
    process.start()
    assert process.said == f"webhook server listening on http://127.0.0.1:{process.port}"
    assert process.request("GET", "/healthz")[0] == 200
    assert process.request("GET", "/readyz")[0] == 200
    with process.raw(b"GET /heal"), process.raw(b""):
        status, seconds = process.end(number)
    assert (status, process.process.stdout.read()) == (0, "")
    assert seconds < 5


def test_what_was_accepted_survives_a_kill_and_reaches_the_bot(process):
    process.start()
    accepted = [str(number) for number in range(20) if process.say("ann", str(number)) == 201]
    stop = threading.Event()

    def write():
        number = 100
        with suppress(OSError, http.client.HTTPException):
            while not stop.is_set():
                if process.say("ann", str(number)) == 201:
                    accepted.append(str(number))
                number += 1

    writer = threading.Thread(target=write)
    writer.start()
    eventually(lambda: len(accepted) > 30)
    process.end(signal.SIGKILL)
    stop.set()
    writer.join()
    bot = FakeBot("the door's")
    try:
        process.environ["SK_BOT_URL"] = bot.url
        process.start()
        listed = process.texts("ann")
        assert listed[: len(accepted)] == accepted
        assert len(listed) - len(accepted) in {0, 1}  # the one whose answer the kill swallowed
        eventually(lambda: bot.texts == listed)
    finally:
        bot.leave()


def test_a_request_under_way_is_answered_before_the_end(process):
    process.start()
    body = json.dumps({"role": "appUser", "text": "x" * 1000})
    head = (
        f"POST /v1/appusers/ann/messages HTTP/1.1\r\nHost: x\r\nAuthorization: {process.headers['Authorization']}\r\n"
    )
    head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    with process.raw((head + body[:-1]).encode()) as connection:
        connection.settimeout(5)
        process.request("GET", "/healthz")
        process.process.send_signal(signal.SIGTERM)
        eventually(lambda: refused(process.port))
        connection.sendall(body[-1:].encode())
        assert answer_of(connection)[0] == 201
    assert process.process.wait(5) == 0


def test_what_hangs_does_not_keep_the_process_from_ending_and_is_taken_up_again(process):
    bot = FakeBot("the door's")
    bot.gate.clear()  # it takes the message, and does not answer
    process.environ["SK_BOT_URL"] = bot.url
    try:
        process.start()
        process.say("ann", "hello")
        eventually(lambda: bot.texts == ["hello"])
        with process.raw(b"POST /v1/appusers/ann/messages HTTP/1.1\r\nContent-Length: 9\r\n\r\n{"):
            status, seconds = process.end()
        assert status == 0
        assert seconds < 5
        bot.gate.set()
        process.start()
        eventually(lambda: len(bot.incoming) == 2)
        assert bot.incoming[1].doubt_since is not None
    finally:
        bot.gate.set()
        bot.leave()


def refused(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except ConnectionRefusedError:
        return True
    return False


def test_chunked_bodies_and_connections_that_close(running):
    head = "POST /v1/appusers/a%2Fb/messages HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n"
    head += f"Authorization: {running.headers['Authorization']}\r\nContent-Type: application/json\r\n\r\n"
    body = json.dumps({"role": "appUser", "text": "in chunks"}).encode()
    chunks = b"".join(b"1\r\n%c\r\n" % byte for byte in body) + b"0\r\n\r\n"
    with running.raw(head.encode() + chunks) as connection:
        status, headers, _ = answer_of(connection)
        assert (status, headers["Connection"], connection.recv(1)) == (201, "close", b"")
    assert running.request("GET", "/v1/appusers/a%2Fb")[1]["appUser"]["userId"] == "a/b"
    too_much = b"100000\r\n" + b" " * 0x100000 + b"\r\n100000\r\n" + b" " * 0x100000 + b"\r\n0\r\n\r\n"
    with running.raw(head.encode() + too_much) as connection:
        status, _, content = answer_of(connection)
        assert (status, content["error"]["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    ("said", "status"),
    [
        pytest.param(b"nonsense\r\n\r\n", 400, id="no http"),
        pytest.param(b"GET / HTTP/1.1\r\nBad Header: x\r\n\r\n", 400, id="a bad header"),
        pytest.param(b"GET / HTTP/1.1\r\nX: " + b"x" * 300_000 + b"\r\n\r\n", 431, id="a huge header"),
        pytest.param(b"POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", 413, id="a huge body"),
        pytest.param(b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 501, id="an unknown coding"),
    ],
)
def test_what_is_no_request_is_answered_in_json(running, said, status):
    with running.raw(said) as connection:
        answered, headers, content = answer_of(connection)
    assert (answered, headers["Content-Type"]) == (status, "application/json")
    assert set(content["error"]) == {"code", "description"}


def test_silent_and_slow_clients_hold_up_nobody(running):
    head = (
        f"POST /v1/appusers/ann/messages HTTP/1.1\r\nHost: x\r\nAuthorization: {running.headers['Authorization']}\r\n"
    )
    slow = (head + "Content-Type: application/json\r\nContent-Length: 40\r\n\r\n{").encode()
    connections = []
    try:
        for said in (b"", b"GET / HT", slow):
            for _ in range(60):
                connection = socket.create_connection(("127.0.0.1", running.port))
                connection.sendall(said)
                connections.append(connection)
        assert running.say("bob", "hello") == 201
    finally:
        for connection in connections:
            connection.close()


def test_a_second_server_on_the_same_data_is_refused(running):
    second = Process(running.environ["SK_DATA_DIR"]).run(text=True)
    out, err = second.communicate(timeout=10)
    assert second.returncode == 2
    assert (out, err.count("\n")) == ("", 1)
    assert "Another webhook server works on" in err
    assert running.request("GET", "/readyz")[0] == 200


def test_a_port_in_use_is_told(process, tmp_path):
    with socket.create_server(("127.0.0.1", process.port)):
        ended = process.run(text=True)
        out, err = ended.communicate(timeout=10)
    assert (ended.returncode, out) == (1, "")
    assert f"Cannot listen on 127.0.0.1:{process.port}" in err


def test_wrong_settings_are_told_all_at_once(tmp_path):
    process = Process(tmp_path, SK_PORT="http", SK_PUBLIC_URL="here").run(text=True)
    out, err = process.communicate(timeout=10)
    assert (process.returncode, out) == (2, "")
    assert "SK_PORT" in err
    assert "SK_PUBLIC_URL" in err
    assert "Traceback" not in err


def test_a_wrong_database_is_told(tmp_path):
    process = Process(tmp_path, SK_DATABASE_URL="mysql://x/y").run(text=True)
    out, err = process.communicate(timeout=10)
    assert (process.returncode, out) == (2, "")
    assert err.startswith("SK_DATABASE_URL: ")
    assert err.count("\n") == 1


def test_unknown_arguments_are_told(tmp_path):
    process = Process(tmp_path).run("nonsense", text=True)
    assert "usage" in process.communicate(timeout=10)[1]
    assert process.returncode == 2


def test_the_printed_credentials_and_curl_work(process):
    printed, err = process.run("credentials", text=True).communicate(timeout=10)
    assert err == ""
    secrets = (process.environ["SK_DATA_DIR"] + "/secrets.env", "SK_APP_TOKEN")
    assert re.search(r"app token: +(apt_\w+)", printed)[1] in Path(secrets[0]).read_text()
    process.start()
    curl = printed[printed.index("curl -sS") :]
    said = subprocess.run(["/bin/sh", "-c", curl], capture_output=True, check=True, timeout=10).stdout
    assert json.loads(said)["message"]["text"] == "Hello!"
    token = re.search(r"the bearer token of (http\S+/metrics):\n +(met_\w+)\n", printed)
    page = requests.get(token[1], headers={"Authorization": f"Bearer {token[2]}"}, timeout=5)
    assert "err_sk_waiting 1.0" in page.text


def test_the_printed_exports_set_what_is_printed(process):
    printed = process.run("credentials", text=True).communicate(timeout=10)[0]
    exports = "\n".join(line for line in printed.splitlines() if line.strip().startswith("export "))
    names = ("SK_URL", "SK_JWT", "SK_APP_TOKEN", "SK_KEY_ID", "SK_SECRET")
    told = "".join(f'echo "${name}"; ' for name in names)
    set_to = subprocess.run(
        ["/bin/sh", "-c", f"{exports}\n{told}"], capture_output=True, text=True, check=True, timeout=10
    )
    url, jwt_, *others = set_to.stdout.splitlines()
    assert url == f"http://127.0.0.1:{process.port}"
    assert jwt.decode(jwt_, process.environ["SK_SECRET"], ["HS256"]) == {"scope": "app"}
    labels = ("app token", "key ID", "secret")
    assert others == [re.search(rf"^{label}: +(.+)$", printed, re.MULTILINE)[1] for label in labels]


@pytest.mark.parametrize("command", [["credentials"], ["keys"], ["export", "ann"], ["deliveries"], ["--help"]])
def test_a_command_whose_reader_has_seen_enough_ends_quietly(process, command):
    process.start()
    process.say("ann", "x" * 200_000)
    process.say("ann", "x" * 200_000)
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "webhook_server", *command],
        env=process.environ,
        stdout=write,
        stderr=subprocess.PIPE,
        timeout=20,
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (128 + signal.SIGPIPE, b"")


def test_logs_hold_ids_and_no_texts_or_secrets(process):
    process.environ["PYTHONUNBUFFERED"] = "1"
    running = process.run(text=True)
    process.process = running
    assert "listening" in running.stdout.readline()
    process.say("ann", "my deepest secret")
    process.request("POST", "/v1/appusers", {"userId": "bob", "email": "bob@example.org"})
    process.request("GET", "/v1/appusers/ann", Authorization="Bearer wrong.token.x")
    process.end()
    log = running.stderr.read()
    accepted = r"event=message_accepted role=appUser message_id=[0-9a-f]{24} app_user_id=[0-9a-f]{24}$"
    assert re.search(r"^timestamp=\S+ level=info " + accepted, log, re.MULTILINE)
    for private in ("deepest", "bob@", "wrong.token", process.environ["SK_SECRET"], "the door's"):
        assert private not in log
