"""A client of the stream, as the HTML standard describes one, on a socket of its own."""

import json
import socket
import time
from http.client import parse_headers
from io import BytesIO

from reference import hold_event_against_reference

DEADLINE = 10.0


class Ear:
    """Listens. `last_id` is where it would go on, `comments` and `retry` are what it heard besides events."""

    def __init__(self, port, path, *, headers=None, version="1.1", method="GET", before=b"", receive_bytes=None):
        self.connection = socket.socket()
        if receive_bytes is not None:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
        self.connection.connect(("127.0.0.1", port))
        lines = [f"{method} {path} HTTP/{version}", "Host: x", *(f"{k}: {v}" for k, v in (headers or {}).items())]
        self.connection.sendall(before + ("\r\n".join(lines) + "\r\n\r\n").encode())
        self.last_id = None
        self.retry = None
        self.comments = []
        self._heard = b""

    def head(self):
        """Status, headers, and the version that the server speaks."""
        head = self._until(b"\r\n\r\n")
        first, _, rest = head.partition(b"\r\n")
        version, status, _ = first.decode().split(" ", 2)
        self.version = version
        self.status, self.headers = int(status), parse_headers(BytesIO(rest + b"\r\n\r\n"))
        return self

    def opened(self):
        """Let in, and what comes first was heard."""
        self.head()
        assert self.status == 200, self.status
        assert self.block() is None
        return self

    def body(self):
        """All that comes until the end."""
        while not self.ended():
            pass
        return self._heard

    def event(self, seconds=DEADLINE):
        """The next event's data."""
        deadline = time.monotonic() + seconds
        while (event := self.block(deadline - time.monotonic())) is None:
            pass
        return event

    def events(self, number):
        return [self.event() for _ in range(number)]

    def texts(self, number):
        return [event["message"]["text"] for event in self.events(number)]

    def block(self, seconds=DEADLINE):
        """What comes until an empty line: an event's data, or None."""
        data = None
        for line in self._until(b"\n\n", seconds).decode().split("\n"):
            field, _, value = line.partition(": ")
            if field == "":
                self.comments.append(value)
            elif field == "id":
                self.last_id = value
            elif field == "retry":
                self.retry = int(value)
            elif field == "data":
                assert data is None
                data = json.loads(value)
                hold_event_against_reference(value)
            elif line:
                raise AssertionError(line)
        return data

    def silent(self, seconds=0.3):
        """Whether nothing comes for so long; comments are nothing."""
        try:
            return self.event(seconds) is None
        except TimeoutError:
            return True

    def ended(self, seconds=DEADLINE):
        """Whether the connection is closed; what comes before is kept."""
        self.connection.settimeout(seconds)
        try:
            heard = self.connection.recv(65536)
        except ConnectionError:
            return True
        self._heard += heard
        return not heard

    def close(self):
        self.connection.close()

    def __enter__(self):
        """Listen for a while."""
        return self

    def __exit__(self, *_):
        """Hang up."""
        self.close()

    def _until(self, mark, seconds=DEADLINE):
        deadline = time.monotonic() + seconds
        while mark not in self._heard:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError(self._heard)
            self.connection.settimeout(left)
            heard = self.connection.recv(65536)
            if not heard:
                raise EOFError(self._heard)
            self._heard += heard
        found, _, self._heard = self._heard.partition(mark)
        return found
