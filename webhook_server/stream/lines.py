"""The one thread that holds all listening clients' connections: it writes, keeps them warm, and notices who is gone."""

import contextlib
import selectors
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import structlog

from webhook_server.stream.client import Client
from webhook_server.stream.frames import HEARTBEAT, Frame
from webhook_server.stream.wheel import Wheel
from wire.ids import MessageId

SAID_BYTES = 16 * 1024
"""A client that says so much has mistaken us for somebody else."""

_HEARTBEAT = Frame(HEARTBEAT)

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds. From outside, so that tests need not wait.

    `stalled`: a client that takes nothing for so long, while something waits for it, is closed; it may come back and go
    on. `life`: then a client has to come back in any case, and show that its credential is still good; sooner where it
    said when that expires.
    """

    heartbeat: float = 15.0
    stalled: float = 30.0
    life: float = 3600.0


class Crowd(Protocol):
    """Who is told about clients. Called on the lines' thread: nothing here may wait."""

    def gone(self, client: Client) -> None:
        """A client's connection is closed."""
        ...

    def drained(self) -> None:
        """All that waited for some client that is `behind` was written."""
        ...

    def got(self, replies: Iterable[MessageId]) -> None:
        """These replies were written to clients' connections."""
        ...


class Lines:
    """Connections of clients. What is called from outside is carried out in that order, on the lines' own thread."""

    def __init__(self, crowd: Crowd, timing: Timing) -> None:
        self._crowd = crowd
        self._timing = timing
        self._selector = selectors.DefaultSelector()
        self._waking, self._woken = socket.socketpair()
        self._waking.settimeout(0)
        self._selector.register(self._woken, selectors.EVENT_READ)
        self._called = False
        self._calls: deque[tuple[Client, Callable[[Client], None]]] = deque()
        self._wheel: Wheel[Client] = Wheel(timing.heartbeat)
        self._got: list[MessageId] = []
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="stream-lines", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def hold(self, client: Client, beginning: Frame) -> None:
        """Take up a new client's line, and send `beginning` before anything else."""
        self._call(client, partial(self._hold, beginning=beginning))

    def put(self, client: Client, frames: tuple[Frame, ...]) -> None:
        """Send these after all others."""
        self._call(client, partial(self._put, frames=frames))

    def hang_up(self, client: Client) -> None:
        """Close a line, after what can be sent at once."""
        self._call(client, self._close)

    def stop(self, deadline: float) -> None:
        """Send what can be sent at once, close everything, and end; return at `deadline` (monotonic) at the latest."""
        self._stopping = True
        self._wake()
        if self._thread.is_alive():
            self._thread.join(max(0.0, deadline - time.monotonic()))
        elif not self._thread.ident:  # it never began
            self._end()

    def _call(self, client: Client, what: Callable[[Client], None]) -> None:
        self._calls.append((client, what))
        self._wake()

    def _wake(self) -> None:
        """`_called` is cleared before the calls are looked through: whoever comes later wakes again."""
        if not self._called:
            self._called = True
            with contextlib.suppress(OSError):  # it has ended
                self._waking.send(b"x")

    def _run(self) -> None:
        while not self._stopping:
            for key, events in self._selector.select(self._wheel.wait()):
                if key.data is None:
                    self._woken.recv(64)
                else:
                    self._carefully(key.data, partial(self._serve, events=events))
            self._carry_out_calls()
            for client in self._wheel.due():
                self._carefully(client, self._beat)
            self._tell()
        self._end()

    def _end(self) -> None:
        self._carry_out_calls()
        for client in [key.data for key in self._selector.get_map().values() if key.data is not None]:
            self._close(client)
        self._tell()
        for closable in (self._selector, self._waking, self._woken):
            closable.close()

    def _carry_out_calls(self) -> None:
        self._called = False
        while self._calls:
            self._carefully(*self._calls.popleft())

    def _carefully(self, client: Client, what: Callable[[Client], None]) -> None:
        if client.closed:
            return
        try:
            what(client)
        except OSError:  # the client is gone
            self._close(client)
        except Exception:  # noqa: BLE001 - the edge: one client must not end all others
            _log.exception("stream_broke", app_user_id=client.listening.app_user_id)
            self._close(client)

    def _tell(self) -> None:
        if self._got:
            self._crowd.got(self._got)
            self._got = []

    def _hold(self, client: Client, beginning: Frame) -> None:
        self._selector.register(client.connection, selectors.EVENT_READ, client)
        self._wheel.add(client)
        self._put(client, (beginning,))

    def _put(self, client: Client, frames: tuple[Frame, ...]) -> None:
        client.outgoing.extend(frames)
        if client.blocked_since is None:
            self._flush(client)

    def _serve(self, client: Client, events: int) -> None:
        if events & selectors.EVENT_READ:
            with contextlib.suppress(BlockingIOError):
                said = client.connection.recv(4096)
                client.heard += len(said)
                if not said or client.heard > SAID_BYTES:
                    self._close(client)
                    return
        if events & selectors.EVENT_WRITE:
            self._flush(client)

    def _flush(self, client: Client) -> None:
        """Send as much as the client takes."""
        if client.expired(time.monotonic()):
            self._close(client)
            return
        try:
            while client.outgoing:
                self._send(client, client.outgoing[0])
        except BlockingIOError:
            self._block(client)
            return
        if client.blocked_since is not None:
            client.blocked_since = None
            self._selector.modify(client.connection, selectors.EVENT_READ, client)
        if client.behind:
            self._crowd.drained()

    def _send(self, client: Client, frame: Frame) -> None:
        client.sent += client.connection.send(memoryview(frame.data)[client.sent :])
        if client.blocked_since is not None:
            client.blocked_since = time.monotonic()
        if client.sent < len(frame.data):
            return
        client.sent = 0
        client.outgoing.popleft()
        if frame is not _HEARTBEAT:
            client.written += len(frame.data)
        if frame.reply is not None:
            self._got.append(frame.reply)

    def _block(self, client: Client) -> None:
        if client.blocked_since is None:
            client.blocked_since = time.monotonic()
            self._selector.modify(client.connection, selectors.EVENT_READ | selectors.EVENT_WRITE, client)

    def _beat(self, client: Client) -> None:
        now = time.monotonic()
        if client.blocked_since is not None:
            if now - client.blocked_since > self._timing.stalled:
                _log.info("stream_stalled", app_user_id=client.listening.app_user_id)
                self._close(client)
        elif now - client.opened > self._timing.life or client.expired(now):
            self._close(client)
        else:
            self._put(client, (_HEARTBEAT,))

    def _close(self, client: Client) -> None:
        client.closed = True
        with contextlib.suppress(KeyError, ValueError):  # it never was held
            self._selector.unregister(client.connection)
        self._wheel.discard(client)
        client.outgoing.clear()
        client.connection.close()
        self._crowd.gone(client)
