"""Files go where Slack said, without token, and are never sent on from there."""

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

import pytest
from peers import listening

from desk.errors import InDoubtError, LimitedError, RefusedError, UnreachableError
from desk.slack.sending import Sending


@contextmanager
def slack(status=200, **headers):
    """Somebody who takes files; yields their address and what they got."""
    got = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            got.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    with listening(Handler) as url:
        yield f"{url}/upload", got


def test_the_bytes_arrive_without_a_token():
    with slack() as (url, got):
        Sending(url).send(url, b"hello")
    [(headers, content)] = got
    assert content == b"hello"
    assert "Authorization" not in headers


def test_no_redirect_is_followed():
    with slack() as (elsewhere, got), slack(302, Location=elsewhere) as (url, _):
        with pytest.raises(RefusedError, match="upload_302"):
            Sending(url).send(url, b"hello")
        assert got == []


@pytest.mark.parametrize(
    ("status", "headers", "error"),
    [
        (400, {}, RefusedError),
        (429, {"Retry_After": "7"}, LimitedError),
        (503, {}, InDoubtError),
    ],
)
def test_what_slack_answers_is_told(status, headers, error):
    with slack(status, **headers) as (url, _), pytest.raises(error):
        Sending(url).send(url, b"hello")


@pytest.mark.parametrize("url", ["http://files.example/x", "file:///etc/passwd", "ftp://127.0.0.1/x", ""])
def test_a_file_goes_to_no_unsafe_address(url):
    with pytest.raises((RefusedError, UnreachableError)):
        Sending("https://slack.com/api/").send(url, b"hello")


def test_plain_http_is_for_this_machine_only():
    with slack() as (url, got), pytest.raises(RefusedError, match="upload_address"):
        Sending("https://slack.com/api/").send(url, b"hello")
    assert got == []
