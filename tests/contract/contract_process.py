"""The webhook server as a process of its own, asked over sockets, byte for byte where it matters."""

import http.client
import json
import socket
from contextlib import contextmanager
from urllib.parse import urlsplit

import jwt
from processes import Stack


class Server:
    """`python -m webhook_server`; without a bot what it accepts waits."""

    def __init__(self, directory, **settings):
        self._stack = Stack(directory, SK_ALLOW_PRIVATE_TARGETS="1", **settings)
        self.settings = self._stack.settings
        self.url = self._stack.server_url
        self.process = self._stack.server
        self.port = urlsplit(self.url).port

    def start(self, *, whole=False):
        """Start the server; `whole`: with the local workspace and the bot."""
        if whole:
            self._stack.start()
        else:
            self.process.start()
        return self

    def end(self):
        self._stack.end()

    def logs(self):
        return self._stack.logs()

    def token(self, **claims):
        key = {"kid": self.settings["SK_KEY_ID"]}
        return jwt.encode(claims or {"scope": "app"}, self.settings["SK_SECRET"], "HS256", key)

    def bearer(self, **claims):
        return {"Authorization": f"Bearer {self.token(**claims)}"}

    def ask(self, method, path, body=None, *, headers=None, chunked=False):
        """Status, headers and JSON of an answer. A body that is not bytes goes as JSON; an iterable goes in chunks."""
        headers = dict(self.bearer() if headers is None else headers)
        if isinstance(body, dict):
            body = json.dumps(body).encode()
            headers.setdefault("Content-Type", "application/json")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body, headers, encode_chunked=chunked)
            response = connection.getresponse()
            return response.status, response.headers, json.loads(response.read() or b"null")
        finally:
            connection.close()

    def say(self, user, text, **fields):
        status, _, answer = self.ask(
            "POST", f"/v1/appusers/{user}/messages", {"role": "appUser", "text": text, **fields}
        )
        assert status == 201, answer
        return answer["message"]

    @contextmanager
    def raw(self, said):
        """A connection over which `said` has gone."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as connection:
            connection.sendall(said)
            yield connection

    @contextmanager
    def stream(self, path, headers):
        """The events of a stream, as they come."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            yield response, events(response)
        finally:
            connection.close()


def events(response):
    """Server-sent events: of each its ID and data."""
    event_id, data = None, []
    for raw in response:
        line = raw.decode().rstrip("\r\n")
        if not line and data:
            yield event_id, json.loads("\n".join(data))
            data = []
        elif line.startswith("id:"):
            event_id = line[3:].strip()
        elif line.startswith("data:"):
            data.append(line[5:].removeprefix(" "))


def answer_of(connection):
    """Status, headers and JSON of the answer on a raw connection."""
    response = http.client.HTTPResponse(connection)
    response.begin()
    return response.status, response.headers, json.loads(response.read())


def multipart(content, boundary=b"x-boundary-x", *, file_name="dot.png", media_type="image/png", **fields):
    """A multipart body, in pieces: fields first, then the file."""
    for name, value in fields.items():
        yield b'--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (
            boundary,
            name.encode(),
            value.encode(),
        )
    yield b'--%s\r\nContent-Disposition: form-data; name="source"; filename="%s"\r\nContent-Type: %s\r\n\r\n' % (
        boundary,
        file_name.encode(),
        media_type.encode(),
    )
    for start in range(0, len(content), 65_536):
        yield content[start : start + 65_536]
    yield b"\r\n--%s--\r\n" % boundary


MULTIPART = "multipart/form-data; boundary=x-boundary-x"
