"""HTTP on waitress: one thread for all sockets, a pool of threads for the application (decision 0002)."""

import socket
import time
from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask
from waitress.channel import HTTPChannel  # type: ignore[import-untyped]
from waitress.server import TcpWSGIServer  # type: ignore[import-untyped]
from waitress.task import ErrorTask, WSGITask  # type: ignore[import-untyped]

from webhook_server import wording
from webhook_server.api import headers
from webhook_server.api.answers import dump
from webhook_server.arrivals import CROWDED, Request, Spool
from webhook_server.media.store import BODIES_BYTES

THREADS = 32
CONNECTIONS = 4000
BODY_BYTES = 11 * 1024 * 1024
"""Larger bodies are refused before the application sees them: uploads may have 10 MB."""
IDLE_SECONDS = 120
CROWDED_SECONDS = 5
"""Whoever finds no room for a body is asked to come again after this time."""

HAND_OVER = "sk.hand_over"
"""Where the environ has a function by which the application takes the connection over, see `Heir`."""

Heir = Callable[[socket.socket, bytes], None]
"""Gets the connection, with nothing of ours under way on it any more, and the answer's head, which it has to send.

What it has to say follows the head until it closes the connection. It is called if the answer is a 200, and if the
client is still there by then, on the thread that serves all sockets: it must not wait.
"""

CODES = {413: "too_large", 431: "too_large", 500: "internal_error", 501: "not_implemented", CROWDED: "too_busy"}
"""What is answered to requests that never reach the application, by status; `bad_request` to all others of them."""

_POLL_SECONDS = 1.0
_DESCRIPTIONS = {
    413: wording.body_too_large(BODY_BYTES),
    431: wording.headers_too_large(),
    500: wording.something_broke(),
    501: wording.coding_unknown(),
    CROWDED: wording.too_many_bodies(),
}


class _JsonErrorTask(ErrorTask):  # type: ignore[misc] # waitress has no types
    """Answers in JSON what is no request that the application could answer."""

    def execute(self) -> None:
        """Write the answer."""
        error = self.request.error
        description = _DESCRIPTIONS.get(error.code, wording.request_unreadable())
        shape = {"error": {"code": CODES.get(error.code, "bad_request"), "description": description}}
        body = dump(shape).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers.extend([("Content-Type", "application/json"), *self.channel.server.always.items()])
        if error.code == CROWDED:
            self.response_headers.append(("Retry-After", str(CROWDED_SECONDS)))
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class _Task(WSGITask):  # type: ignore[misc] # waitress has no types
    """Answers a request; or makes the head alone, where the application takes the connection over."""

    _heir: Heir | None = None
    _taken_over = False

    def get_environment(self) -> dict[str, Any]:
        """The request, as the application gets it."""
        environ: dict[str, Any] = super().get_environment()
        environ[HAND_OVER] = self._take_over
        return environ

    @property
    def has_body(self) -> bool:
        """Whether waitress has to tell where the body ends. One that is not ours ends with the connection."""
        return bool(super().has_body) and not self._left_to_others

    def finish(self) -> None:
        """End the answer, or leave it to the heir."""
        if not self._left_to_others or self._heir is None or self.wrote_header:
            super().finish()
            return
        self.channel.leave_to(self._heir, self.build_response_header())

    def set_close_on_finish(self) -> None:
        """Close the connection after this answer; but not where waitress only misses a length, and there is no body."""
        if self.wrote_header or not self._ends_with_its_head:
            super().set_close_on_finish()

    @property
    def _ends_with_its_head(self) -> bool:
        """Whether the client, who means to go on, sees by itself where the answer ends: 204 and 304 have no body."""
        going_on = self.version == "1.1" and self.request.headers.get("CONNECTION", "").lower() != "close"
        return going_on and not super().has_body

    @property
    def _left_to_others(self) -> bool:
        return self._taken_over and self.status.startswith("200")

    def _take_over(self, heir: Heir | None) -> None:
        """Have `heir` go on after the head; None: after the head comes nothing, and the connection closes."""
        self._heir, self._taken_over = heir, True


class _Channel(HTTPChannel):  # type: ignore[misc] # waitress has no types
    task_class = _Task
    error_task_class = _JsonErrorTask

    _heir: Heir | None = None
    _head = b""

    def parser_class(self, adj: Any) -> Request:
        """What reads the next request."""
        return Request(adj, self.server.spool)

    def writable(self) -> bool:
        """Whether the thread that serves all sockets has something to send, or to close.

        Not while the request's own thread holds the buffer: it sends by itself, and tells when something is left. To
        look for room meanwhile would find it at once, again and again, and keep the interpreter from that thread.
        """
        if not self.total_outbufs_len:
            return bool(self.will_close or self.close_when_flushed)
        if not self.outbuf_lock.acquire(blocking=False):
            return False
        self.outbuf_lock.release()
        return True

    def write_soon(self, data: Any) -> int:
        """Send what can be sent now; the rest is told of when the buffer is free, so that it is not overlooked."""
        written: int = super().write_soon(data)
        if self.total_outbufs_len:
            self.server.pull_trigger()
        return written

    def leave_to(self, heir: Heir, head: bytes) -> None:
        """When all that was written here is sent, this connection is another's."""
        self._heir, self._head = heir, head

    def handle_close(self) -> None:
        """Give the connection up: let go of it, or close it. On the thread that serves all sockets."""
        heir, self._heir = self._heir, None
        if heir is None or self.total_outbufs_len or not self.connected:
            super().handle_close()
            return
        connection = socket.socket(fileno=self.socket.detach())
        super().handle_close()
        heir(connection, self._head)


class _Server(TcpWSGIServer):  # type: ignore[misc] # waitress has no types
    """`always` are the headers of every answer, `spool` is where bodies are until they are whole."""

    channel_class = _Channel
    always: Mapping[str, str]
    spool: Spool


class HttpServer:
    """Answers on a bound socket. `run`, `drain` and signal handlers that call `stop` belong to one thread.

    `always` are the headers of what is refused before it reaches `app`; if not given, those that `app` has always.
    """

    def __init__(self, app: Flask, listening: socket.socket, always: Mapping[str, str] | None = None) -> None:
        options: dict[str, Any] = {
            "threads": THREADS,
            "connection_limit": CONNECTIONS,
            "max_request_body_size": BODY_BYTES,
            "channel_timeout": IDLE_SECONDS,
            "asyncore_use_poll": True,
            "backlog": 1024,
            "ident": None,
        }
        where = (listening.family, listening.type, listening.proto, listening.getsockname())
        self._server = _Server(app, _sock=listening, bind_socket=False, sockinfo=where, **options)
        self._server.always = headers.of(app) if always is None else always
        self._server.spool = Spool(BODIES_BYTES)
        self._stopping = False

    def run(self) -> None:
        """Answer until `stop`."""
        while not self._stopping:
            self._turn(_POLL_SECONDS)

    def stop(self) -> None:
        """End `run` soon. May be called by a signal handler."""
        self._stopping = True
        self._server.pull_trigger()

    def drain(self, seconds: float) -> None:
        """Take no new connections; what was asked already may be answered within `seconds`."""
        self._server.accepting = False
        self._server.socket.close()
        del self._server._map[self._server._fileno]  # noqa: SLF001 - waitress cannot close the door alone
        until = time.monotonic() + seconds
        while self._busy() and time.monotonic() < until:
            self._turn(0.05)
        self._server.task_dispatcher.shutdown(timeout=0)

    def _turn(self, seconds: float) -> None:
        self._server.asyncore.loop(timeout=seconds, map=self._server._map, use_poll=True, count=1)  # noqa: SLF001 - see above

    def _busy(self) -> bool:
        return any(_under_way(channel) for channel in list(self._server.active_channels.values()))


def _under_way(channel: Any) -> bool:
    """Whether somebody waits for an answer: not those who have not even finished asking for one."""
    asked = channel.request is not None and channel.request.headers_finished
    return bool(channel.requests or asked or channel.total_outbufs_len)
