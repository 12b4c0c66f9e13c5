"""The client of the internal API tells apart what cannot have been carried out from what may have been."""

import socket
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

import pytest
from peers import listening
from pydantic import TypeAdapter

from wire.client import DoorClient, Fetched, NoAnswerError, PeerAwayError, RefusedError, TooMuchError
from wire.ids import AppUserId, MessageId
from wire.messages import MEDIA, OUTCOME, PROFILE, Done, KeptFile, Later, MediaRequest, ProfileRequest
from wire.signature import SIGNATURE_HEADER, TIMESTAMP_HEADER, verify

SECRET = "s3cret"
REQUEST = ProfileRequest(app_user_id=AppUserId("a" * 24))


@contextmanager
def peer(
    status=200, body=b'{"result": "later", "seconds": 2, "reason": "busy"}', *, drop=False, headers=None, promised=None
):
    """A real HTTP peer; yields its URL and the requests it saw."""
    seen = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            content = self.rfile.read(int(self.headers["Content-Length"]))
            seen.append((self.path, dict(self.headers), content))
            if drop:
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            self.send_response(status)
            self.send_header("Content-Length", str(promised or len(body)))
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with listening(Handler) as url:
        yield url, seen


def test_an_answer_is_read_and_the_request_was_signed():
    with peer() as (url, seen):
        answer = DoorClient(url, SECRET, now=lambda: 1000.0).call(PROFILE, REQUEST, OUTCOME)
    assert answer == Later(seconds=2, reason="busy")
    [(path, headers, body)] = seen
    verify(
        SECRET,
        "POST",
        path,
        body,
        timestamp=headers[TIMESTAMP_HEADER],
        signature=headers[SIGNATURE_HEADER],
        now=1000.0,
    )


def test_bytes_are_handed_over_as_they_are_and_signed():
    kept = KeptFile(media_id="1" * 32, name="a.bin", type="application/octet-stream", size=3)
    with peer(body=kept.model_dump_json().encode()) as (url, seen):
        client = DoorClient(url, SECRET, now=lambda: 1000.0)
        assert client.hand_over("/x", b"\x00\n\xff", TypeAdapter(KeptFile), answer_seconds=5) == kept
    [(path, headers, body)] = seen
    assert (body, headers["Content-Type"]) == (b"\x00\n\xff", "application/octet-stream")
    signed = {"timestamp": headers[TIMESTAMP_HEADER], "signature": headers[SIGNATURE_HEADER]}
    verify(SECRET, "POST", path, body, now=1000.0, **signed)


def test_nobody_listening_means_that_nothing_was_sent():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        client = DoorClient(f"http://127.0.0.1:{unused.getsockname()[1]}", SECRET)
        with pytest.raises(PeerAwayError):
            client.call(PROFILE, REQUEST, OUTCOME)


REFUSAL = b'{"error": {"code": "user_not_found", "description": "No such user."}}'


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        pytest.param(503, REFUSAL, PeerAwayError, id="not ready for work"),
        pytest.param(404, REFUSAL, RefusedError, id="refused"),
        pytest.param(500, REFUSAL, NoAnswerError, id="it may have happened before the failure"),
        pytest.param(503, b"<html>", NoAnswerError, id="not our peer's words"),
        pytest.param(200, b"{}", NoAnswerError, id="an answer without sense"),
    ],
)
def test_each_answer_has_its_error(status, body, expected):
    with peer(status, body) as (url, _), pytest.raises(expected):
        DoorClient(url, SECRET).call(PROFILE, REQUEST, OUTCOME)


def test_a_refusal_carries_its_code_and_sentence():
    with peer(404, REFUSAL) as (url, _), pytest.raises(RefusedError) as caught:
        DoorClient(url, SECRET).call(PROFILE, REQUEST, OUTCOME)
    assert (caught.value.status, caught.value.code) == (404, "user_not_found")
    assert caught.value.description == "No such user."


def test_a_dropped_connection_leaves_it_open_what_happened():
    with peer(drop=True) as (url, seen), pytest.raises(NoAnswerError):
        DoorClient(url, SECRET).call(PROFILE, REQUEST, OUTCOME)
    assert len(seen) == 1


def test_a_peer_that_never_answers_is_given_up_after_the_time_allowed():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        client = DoorClient(f"http://127.0.0.1:{silent.getsockname()[1]}", SECRET, answer_seconds=0.1)
        with pytest.raises(NoAnswerError):
            client.call(PROFILE, REQUEST, OUTCOME)


def test_an_outcome_of_a_newer_peer_is_understood_by_what_is_known_of_it():
    said = b'{"result": "done", "place": {"channel_id": "C1", "ts": "1.2", "more": 1}, "more": 2}'
    with peer(200, said) as (url, _):
        assert isinstance(DoorClient(url, SECRET).call(PROFILE, REQUEST, OUTCOME), Done)


@pytest.mark.parametrize("url", ["", "127.0.0.1:80", "ftp://host"])
def test_a_base_url_must_be_one(url):
    with pytest.raises(ValueError, match="no http URL"):
        DoorClient(url, SECRET)


PICTURE = {"Content-Type": "image/png", "Content-Disposition": "attachment; filename*=UTF-8''Zo%C3%AB.png"}
FILE_OF = MediaRequest(message_id=MessageId("b" * 24))


def fetch(url, most_bytes=10):
    return DoorClient(url, SECRET).fetch(MEDIA, FILE_OF, most_bytes=most_bytes)


def test_bytes_are_fetched_with_their_name_and_type():
    with peer(body=b"0123456789", headers=PICTURE) as (url, _):
        assert fetch(url) == Fetched(b"0123456789", "Zoë.png", "image/png")


def test_no_more_bytes_are_taken_than_asked_for():
    with peer(body=b"0123456789", headers=PICTURE) as (url, _), pytest.raises(TooMuchError):
        fetch(url, most_bytes=9)


def test_bytes_that_broke_off_are_no_answer():
    with peer(body=b"01234", promised=9) as (url, _), pytest.raises(NoAnswerError):
        fetch(url)


def test_a_refused_fetch_says_why():
    body = b'{"error": {"code": "media_not_found", "description": "no file"}}'
    with peer(404, body) as (url, _), pytest.raises(RefusedError, match="media_not_found"):
        fetch(url, most_bytes=1000)
