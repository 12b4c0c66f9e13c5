"""What the desk relies on of the app's side: the fake keeps it, and so does the internal API's client."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from desk_fakes import FakeAppSide

from desk.app_side import InternalApi
from wire.client import NoAnswerError, PeerAwayError, RefusedError
from wire.messages import (
    ALREADY_SENT,
    PROFILE,
    RECENT,
    REPLIES,
    RETRY,
    Agent,
    ProfileRequest,
    Recent,
    RecentMessage,
    RecentRequest,
    Reply,
    RetryRequest,
)
from wire.signature import SIGNATURE_HEADER, TIMESTAMP_HEADER, verify
from wire.uploads import UPLOADS, unpack

SECRET = "s3cret"
USER = "a" * 24
REPLY = Reply(
    message_id="1" * 24,
    app_user_id=USER,
    channel_id="C1",
    text="hello\nwörld & <b>",
    agent=Agent(agent_id="UALICE0001", name="Alice Adams"),
)


class Peer:
    """A webhook server of a few lines: it checks the signature and does what the fake does."""

    def __init__(self) -> None:
        self.fake = FakeAppSide()
        peer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                verify(
                    SECRET,
                    "POST",
                    self.path,
                    body,
                    timestamp=self.headers[TIMESTAMP_HEADER],
                    signature=self.headers[SIGNATURE_HEADER],
                    now=time.time(),
                )
                peer.answer(self, body)

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def answer(self, request, body) -> None:
        try:
            said = self._carry_out(request.path, body)
        except NoAnswerError:
            request.connection.close()
            return
        except PeerAwayError as error:
            self._send(request, 503, {"error": {"code": "not_ready", "description": str(error)}})
        except RefusedError as error:
            self._send(
                request, error.status, {"error": {"code": error.code, "description": error.description, "at": error.at}}
            )
        else:
            self._send(request, 200, said.model_dump(mode="json", exclude_none=True))

    def _carry_out(self, path, body):
        if path == REPLIES:
            return self.fake.reply(Reply.model_validate_json(body), seconds=1)
        if path == PROFILE:
            return self.fake.profile(ProfileRequest.model_validate_json(body).app_user_id, seconds=1)
        if path == RECENT:
            asked = RecentRequest.model_validate_json(body)
            return Recent(messages=self.fake.recent(asked.app_user_id, asked.before, seconds=1))
        if path == UPLOADS:
            upload, content = unpack(body)
            return self.fake.upload(upload.name, bytes(content), seconds=1)
        assert path == RETRY
        return self.fake.retry(RetryRequest.model_validate_json(body).message_id, seconds=1)

    @staticmethod
    def _send(request, status, content) -> None:
        payload = json.dumps(content).encode()
        request.send_response(status)
        request.send_header("Content-Length", str(len(payload)))
        request.end_headers()
        request.wfile.write(payload)

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture(params=["fake", "internal API"])
def both(request):
    """The fake that decides, and the port that is asked."""
    if request.param == "fake":
        fake = FakeAppSide()
        yield fake, fake
        return
    peer = Peer()
    yield peer.fake, InternalApi(peer.url, SECRET)
    peer.close()


def test_a_reply_arrives_as_it_is_and_once(both):
    fake, port = both
    first, second = (port.reply(REPLY, seconds=2) for _ in range(2))
    assert (first.message_id, first.state, first.repeated) == (REPLY.message_id, "sending", False)
    assert second.repeated
    assert list(fake.replies.values()) == [REPLY]


def test_a_profile_comes_with_everything(both):
    fake, port = both
    fake.profiles[USER] = {"user_id": "zoe", "properties": {"plan": "<!channel>", "age": 7, "vip": True}}
    profile = port.profile(USER, seconds=2)
    assert (profile.user_id, profile.surname) == ("zoe", None)
    assert profile.properties == {"plan": "<!channel>", "age": 7, "vip": True}


def test_a_failed_reply_is_sent_again(both):
    fake, port = both
    port.reply(REPLY, seconds=2)
    assert port.retry(REPLY.message_id, seconds=2).state == "sending"
    assert fake.retried == [REPLY.message_id]


def test_the_past_comes_in_order_and_only_what_was_before(both):
    fake, port = both
    said = [RecentMessage(message_id=f"{n:024x}", text=f"{n} <b>", received=float(n), name="Zoë") for n in range(1, 4)]
    fake.past[USER] = said
    assert port.recent(USER, 3.0, seconds=2) == tuple(said[:2])


def test_a_file_is_kept_byte_for_byte(both):
    fake, port = both
    content = bytes(range(256)) * 4_000
    kept = port.upload("Maße\n{1}.txt", content, seconds=2)
    assert fake.kept == [("Maße\n{1}.txt", content)]
    assert (kept.name, kept.type, kept.size) == ("Maße\n{1}.txt", "text/plain", len(content))


def test_a_file_that_is_refused_says_why(both):
    fake, port = both
    fake.upload_faults += [RefusedError(400, "image_unreadable", "broken"), PeerAwayError("starting")]
    with pytest.raises(RefusedError) as refused:
        port.upload("a.png", b"x", seconds=2)
    assert refused.value.code == "image_unreadable"
    with pytest.raises(PeerAwayError):
        port.upload("a.png", b"x", seconds=2)


def test_a_refusal_may_say_when(both):
    fake, port = both
    fake.order(RefusedError(409, ALREADY_SENT, "a moment ago", 1234.5))
    with pytest.raises(RefusedError) as refused:
        port.reply(REPLY, seconds=2)
    assert (refused.value.code, refused.value.at) == (ALREADY_SENT, 1234.5)


def test_refusals_say_why(both):
    _, port = both
    for ask in (port.profile, port.retry):
        with pytest.raises(RefusedError) as refused:
            ask("f" * 24, seconds=2)
        assert refused.value.status == 404
        assert refused.value.description


def test_a_lost_answer_is_told_apart_from_nothing_sent(both):
    fake, port = both
    fake.order(NoAnswerError("lost"), effect=True)
    fake.order(PeerAwayError("starting"))
    with pytest.raises(NoAnswerError):
        port.reply(REPLY, seconds=2)
    with pytest.raises(PeerAwayError):
        port.reply(REPLY, seconds=2)
    assert port.reply(REPLY, seconds=2).repeated
