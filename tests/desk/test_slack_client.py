"""Calls of Slack share connections, and what breaks on a kept one means what it means on a new one."""

import socket
import threading
from contextlib import contextmanager

import pytest
from desk_fakes import TurnableClock

from desk.errors import InDoubtError, LimitedError, UnreachableError
from desk.ports import Mark, Post
from desk.slack.workspace import SlackWorkspace

POST = Post("hello", Mark("sk_message", ("1",)))
OK = b'{"ok": true, "ts": "1.2"}'


def answer(status="200 OK", body=OK, headers=""):
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{headers}\r\n".encode() + body


TORN = answer()[:-3]


class _Slack:
    """A Slack that answers the n-th request it gets with the n-th answer; None: it hangs up instead.

    Where it is to `hang_up`, it does so after each answer, without saying so before.
    """

    def __init__(self, *answers, hang_up=False):
        self._answers = list(answers)
        self._hang_up = hang_up
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.connections = 0
        self.requests = []
        self.hung_up = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}/api/"
        self.workspace = SlackWorkspace("xoxb-1", self.url, TurnableClock())

    def post(self):
        return self.workspace.post("C1", POST)

    def stop(self):
        self.workspace.close()
        self._listening.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)
        self._listening.close()

    def _serve(self):
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            with connection:
                self._answer(connection)
            self.hung_up.set()

    def _answer(self, connection):
        while request := connection.recv(65536):
            while not request.rstrip().endswith(b"}"):
                request += connection.recv(65536)
            self.requests.append(request)
            said = self._answers.pop(0)
            if said is None:
                return
            connection.sendall(said)
            if self._hang_up or said == TORN:
                return


@contextmanager
def slack_that_says(*answers, **how):
    there = _Slack(*answers, **how)
    try:
        yield there
    finally:
        there.stop()


def test_calls_share_a_connection_and_the_token_goes_with_each():
    with slack_that_says(answer(), answer(), answer()) as slack:
        assert [slack.post() for _ in range(3)] == ["1.2"] * 3
        assert slack.connections == 1
        assert all(b"Authorization: Bearer xoxb-1" in request for request in slack.requests)


def test_a_connection_that_slack_closed_while_it_was_idle_is_no_error():
    with slack_that_says(answer(), answer(), hang_up=True) as slack:
        slack.post()
        assert slack.hung_up.wait(5)
        slack.post()
        assert slack.connections == 2


@pytest.mark.parametrize("broken", [None, TORN], ids=["no answer", "half an answer"])
def test_a_kept_connection_that_breaks_after_the_request_leaves_a_doubt_and_nothing_is_sent_twice(broken):
    with slack_that_says(answer(), broken) as slack:
        slack.post()
        with pytest.raises(InDoubtError):
            slack.post()
        assert (slack.connections, len(slack.requests)) == (1, 2)


def test_a_refusal_keeps_the_connection_and_is_understood():
    refusal = answer("429 Too Many Requests", b'{"ok": false, "error": "ratelimited"}', "Retry-After: 7\r\n")
    with slack_that_says(refusal, answer()) as slack:
        with pytest.raises(LimitedError) as limited:
            slack.post()
        assert limited.value.seconds == 7
        slack.workspace.update("C1", "1.2", POST)
        assert slack.connections == 1


def test_no_redirect_is_followed():
    with (
        slack_that_says(answer()) as elsewhere,
        slack_that_says(answer("302 Found", b"", f"Location: {elsewhere.url}x\r\n")) as slack,
    ):
        with pytest.raises(InDoubtError):
            slack.post()
        assert elsewhere.requests == []


def test_a_name_that_leads_nowhere_and_tls_that_fails_mean_that_nothing_was_sent():
    with pytest.raises(UnreachableError):
        SlackWorkspace("xoxb-1", "http://nowhere.invalid/api/", TurnableClock()).post("C1", POST)
    with socket.create_server(("127.0.0.1", 0)) as plain:

        def say_something_else():
            connection, _ = plain.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = threading.Thread(target=say_something_else)
        thread.start()
        url = f"https://127.0.0.1:{plain.getsockname()[1]}/api/"
        with pytest.raises(UnreachableError):
            SlackWorkspace("xoxb-1", url, TurnableClock()).post("C1", POST)
        thread.join(5)


def test_a_proxy_is_asked_where_there_is_one(monkeypatch):
    with slack_that_says(answer()) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.setenv("no_proxy", "")
        assert SlackWorkspace("xoxb-1", "http://slack.invalid/api/", TurnableClock()).post("C1", POST) == "1.2"
        assert proxy.requests[0].startswith(b"POST http://slack.invalid/api/chat.postMessage")
