"""What the bot gets when it asks for a message's file."""

import io
import threading
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pictures import png
from server_office import Office

from webhook_server import outbound
from webhook_server.media import elsewhere
from wire import messages as wire


class FileServer:
    """A server on the internet. `files` are status, headers and body by path; a body may be a list that dribbles."""

    def __init__(self):
        self.files = {}
        self.asked = []
        self.hold = threading.Event()
        there = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                there.asked.append((self.path, dict(self.headers.items())))
                status, headers, body = there.files[self.path]
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if isinstance(body, bytes) and "Content-Length" not in headers:
                    self.send_header("Content-Length", str(len(body)))
                self.send_header("Connection", "close")
                self.end_headers()
                self.close_connection = True
                for piece in [body] if isinstance(body, bytes) else body:
                    self.wfile.write(piece)
                    if not isinstance(body, bytes):
                        there.hold.wait(10)

            def log_message(self, *_):
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                pass

        self._http = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://files.example:{self._http.server_address[1]}"
        self.inside = f"http://inside.example:{self._http.server_address[1]}"
        threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True).start()

    def close(self):
        self.hold.set()
        self._http.shutdown()
        self._http.server_close()


@pytest.fixture
def internet():
    server = FileServer()
    yield server
    server.close()


@pytest.fixture
def careful(tmp_path, clock, ids, monkeypatch):
    """A server that may not look inside: 127.0.0.1 stands for the internet, 127.0.0.2 for what is private."""
    monkeypatch.setattr(outbound, "is_public", lambda address: address == "127.0.0.1")
    office = Office(tmp_path / "data", clock, ids, SK_ALLOW_PRIVATE_TARGETS="0")
    office.names |= {"files.example": ["127.0.0.1"], "inside.example": ["127.0.0.2"]}
    yield office
    office.close()


def ask(office, message_id):
    return office.through_the_door(wire.MEDIA, wire.MediaRequest(message_id=message_id))


def ask_for(office, url):
    return ask(office, office.say("ann", "look", mediaUrl=url)["message"]["_id"])


def refusal(response):
    said = wire.RefusalBody.model_validate(response.json).error
    return response.status_code, said.code, said.description


def name_of(response):
    head = Message()
    head["Content-Disposition"] = response.headers["Content-Disposition"]
    return head.get_filename()


def send(office, content, name):
    return office.as_app(
        "POST",
        "/v1/appusers/ann/images",
        data={"source": (io.BytesIO(content), name), "role": "appUser"},
        content_type="multipart/form-data",
    ).json["message"]


def test_an_upload_is_handed_over_with_its_type_and_name(office):
    response = ask(office, send(office, png(), "Grüße 🌻.png")["_id"])
    assert (response.status_code, response.content_type) == (200, "image/png")
    assert name_of(response) == "Grüße 🌻.png"
    assert response.data.startswith(b"\x89PNG")


def test_only_the_bot_gets_it(office):
    asked = wire.MediaRequest(message_id=send(office, b"x", "a")["_id"])
    response = office.through_the_door(wire.MEDIA, asked, secret="another")
    assert refusal(response)[:2] == (401, "bad_signature")


def test_what_is_not_there_is_refused(office):
    text = office.say("ann", "hello")["message"]["_id"]
    assert refusal(ask(office, text))[:2] == (404, "media_not_found")
    assert refusal(ask(office, "f" * 24))[:2] == (404, "message_not_found")
    image = send(office, png(), "a.png")
    office.as_app("POST", "/v1/attachments/remove", {"mediaUrl": image["mediaUrl"]})
    assert refusal(ask(office, image["_id"]))[:2] == (404, "media_not_found")


def test_a_lost_file_is_refused(office):
    image = send(office, png(), "a.png")
    for path in (office.settings.sk_data_dir / "media").iterdir():
        path.unlink()
    assert refusal(ask(office, image["_id"]))[:2] == (404, "media_not_found")


def test_a_file_that_lies_elsewhere_is_fetched_and_recognised(careful, internet):
    internet.files["/x/my%20photo.jpg?size=1"] = (200, {"Content-Type": "text/html"}, png())
    response = ask_for(careful, internet.url + "/x/my%20photo.jpg?size=1")
    assert (response.status_code, response.content_type, response.data) == (200, "image/png", png())
    assert name_of(response) == "my photo.png"
    (_, headers) = internet.asked[0]
    assert headers["Accept-Encoding"] == "identity"
    assert "Cookie" not in headers


def test_nobodys_cookies_come_along(careful, internet):
    internet.files["/a"] = (200, {"Set-Cookie": "who=ann; Path=/"}, b"hello")
    assert ask_for(careful, internet.url + "/a").status_code == 200
    assert ask_for(careful, internet.url + "/a").status_code == 200
    assert not any("Cookie" in headers for _, headers in internet.asked)


def test_private_addresses_are_not_asked(careful, internet):
    internet.files["/a"] = (200, {}, b"secret")
    assert refusal(ask_for(careful, internet.inside + "/a"))[1:] == (
        "media_not_found",
        "The file lies at a private address.",
    )
    assert internet.asked == []


def test_redirects_are_followed_and_each_is_checked(careful, internet):
    internet.files["/a"] = (302, {"Location": "/b"}, b"")
    internet.files["/b"] = (307, {"Location": internet.url + "/c"}, b"")
    internet.files["/c"] = (200, {}, b"hello")
    assert ask_for(careful, internet.url + "/a").data == b"hello"
    internet.files["/c"] = (302, {"Location": internet.inside + "/secret"}, b"")
    assert "private" in refusal(ask_for(careful, internet.url + "/a"))[2]
    assert all(path != "/secret" for path, _ in internet.asked)


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        pytest.param(404, {}, b"no", id="not there"),
        pytest.param(302, {"Location": "/a"}, b"", id="round and round"),
        pytest.param(302, {"Location": "file:///etc/passwd"}, b"", id="another scheme"),
        pytest.param(302, {"Location": "http://[x"}, b"", id="no URL"),
        pytest.param(302, {"Location": "http://nowhere.example/"}, b"", id="no address"),
        pytest.param(302, {}, b"", id="nowhere"),
        pytest.param(200, {"Content-Length": "100"}, b"half", id="cut off"),
        pytest.param(200, {"Content-Length": "x"}, b"", id="no length"),
    ],
)
def test_what_cannot_be_had_is_refused(careful, internet, status, headers, body):
    internet.files["/a"] = (status, headers, body)
    assert refusal(ask_for(careful, internet.url + "/a"))[:2] == (404, "media_not_found")


@pytest.mark.parametrize("told", [True, False], ids=["as told", "without a length"])
def test_what_is_too_large_is_not_read_to_its_end(careful, internet, told):
    body = b"x" * (elsewhere.MOST_BYTES + 1)
    internet.files["/a"] = (200, {}, body) if told else (200, {"Transfer-Encoding": "identity"}, body)
    assert "larger" in refusal(ask_for(careful, internet.url + "/a"))[2]


def test_what_dribbles_is_given_up(careful, internet, monkeypatch):
    monkeypatch.setattr(elsewhere, "SECONDS", 0.3)
    internet.files["/a"] = (200, {}, [b"x"] * 100)
    assert refusal(ask_for(careful, internet.url + "/a"))[:2] == (404, "media_not_found")


def test_a_packed_answer_is_not_unpacked(careful, internet):
    packed = b"\x1f\x8b\x08\x00" + bytes(50)
    internet.files["/a.png"] = (200, {"Content-Encoding": "gzip"}, packed)
    response = ask_for(careful, internet.url + "/a.png")
    assert (response.data, response.content_type) == (packed, "application/x-gzip")
