"""Files come from Slack's own addresses, with the bot's token; no other address ever sees it."""

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

import pytest
from peers import listening

from desk.errors import FileGoneError, InDoubtError, LimitedError, RefusedError, UnreachableError
from desk.slack import fetching
from desk.slack.fetching import Fetching

TOKEN = "xoxb-secret"


@contextmanager
def slack(status=200, body=b"hello", promised=None, **headers):
    """Somebody who has files; yields their address and the tokens that they saw."""
    seen = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append(self.headers.get("Authorization"))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            if promised != -1:
                self.send_header("Content-Length", str(len(body) if promised is None else promised))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with listening(Handler) as url:
        yield url, seen


def fetch(url, path="/files/T1-F1/a.txt", most_bytes=100):
    return Fetching(TOKEN, f"{url}/api/").fetch(url + path, most_bytes)


def test_the_bytes_come_for_the_token():
    with slack() as (url, seen):
        assert fetch(url) == b"hello"
    assert seen == [f"Bearer {TOKEN}"]


def test_no_redirect_is_followed_and_the_token_stays():
    with slack() as (elsewhere, seen), slack(302, Location=f"{elsewhere}/login") as (url, _):
        with pytest.raises(RefusedError, match="file_not_opened"):
            fetch(url)
        assert seen == []


@pytest.mark.parametrize(
    ("status", "headers", "error"),
    [
        (404, {}, FileGoneError),
        (403, {}, RefusedError),
        (429, {"Retry_After": "7"}, LimitedError),
        (503, {}, InDoubtError),
    ],
)
def test_what_slack_answers_is_told(status, headers, error):
    with slack(status, **headers) as (url, _), pytest.raises(error):
        fetch(url)


@pytest.mark.parametrize("promised", [None, -1])
def test_too_much_is_not_read(promised):
    with slack(body=b"x" * 101, promised=promised) as (url, _), pytest.raises(RefusedError, match="file_too_large"):
        fetch(url)


def test_as_much_as_is_allowed_is_read():
    with slack(body=b"x" * 100, promised=-1) as (url, _):
        assert fetch(url) == b"x" * 100


def test_half_a_file_is_none():
    with slack(promised=50) as (url, _), pytest.raises(InDoubtError):
        fetch(url)


def test_a_file_that_takes_for_ever_is_given_up(monkeypatch):
    monkeypatch.setattr(fetching, "SECONDS_IN_ALL", -1.0)
    with slack() as (url, _), pytest.raises(InDoubtError, match="slowly"):
        fetch(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://files.slack.com.evil.example/x",
        "https://evil.example/files.slack.com/x",
        "https://files.slack.com@evil.example/x",
        "https://evil.example\\@files.slack.com/x",
        "https://evil.example#@files.slack.com/x",
        "https://files.slack.com:8443/x",
        "https://user:pw@files.slack.com/x",
        "https://filesXslack.com/x",
        "https://ﬁles.slack.com/x",
        "http://files.slack.com/x",
        "//files.slack.com/x",
        "file:///etc/passwd",
        "https://files.slack.com/x\r\nHost: evil.example",
        "https://[files.slack.com/x",
        "https://127.0.0.1/x",
        "",
    ],
)
def test_an_address_that_is_not_slacks_gets_no_token(url, monkeypatch):
    asked = Fetching(TOKEN, "https://slack.com/api/")
    monkeypatch.setattr(asked._opener, "open", lambda *_, **__: pytest.fail("it was asked"))
    with pytest.raises(RefusedError, match="file_address"):
        asked.fetch(url, 100)


@pytest.mark.parametrize(
    "url", ["https://files.slack.com/files-pri/T1-F1/a.txt", "https://slack.com/x", "https://own.example/x"]
)
def test_slacks_own_addresses_are_asked(url, monkeypatch):
    asked = Fetching(TOKEN, "https://own.example/api/")
    seen = []

    def refuse(request, timeout):
        seen.append(request.full_url)
        raise ConnectionRefusedError

    monkeypatch.setattr(asked._opener, "open", refuse)
    with pytest.raises((UnreachableError, InDoubtError)):
        asked.fetch(url, 100)
    assert seen == [url]


def test_plain_http_is_for_this_machine_only():
    with slack() as (url, seen):
        with pytest.raises(RefusedError, match="file_address"):
            Fetching(TOKEN, "https://slack.com/api/").fetch(f"{url}/x", 100)
        with pytest.raises(RefusedError, match="file_address"):
            Fetching(TOKEN, "http://slack.internal/api/").fetch("http://slack.internal/x", 100)
    assert seen == []
