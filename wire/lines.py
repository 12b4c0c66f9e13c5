"""Connections to one place, kept for the calls that follow."""

import http.client
import select
import threading
import time
from collections.abc import Callable
from typing import Any

MOST_IDLE = 64
"""More connections than that are not kept; there may be as many as there are calls at the same time."""
IDLE_SECONDS = 30.0
"""A connection of which nothing was asked for so long is not used again: well before either of our servers ends it."""


class _InOnePiece:
    """Sends a request's head and body together: the other side need not wake for each."""

    _pieces: list[bytes] | None = None

    def request(self, *args: Any, **options: Any) -> None:
        """As http.client's. Where it raises, the last byte of the request was not sent."""
        self._pieces = pieces = list[bytes]()
        try:
            super().request(*args, **options)  # type: ignore[misc] # of the connection this is mixed into
        finally:
            self._pieces = None
        self.send(b"".join(pieces))

    def send(self, data: Any) -> None:
        """Part of a request that is being made, or all of it."""
        if self._pieces is None:
            super().send(data)  # type: ignore[misc] # likewise
        else:
            self._pieces.append(data)


class PlainLine(_InOnePiece, http.client.HTTPConnection):
    """A connection over HTTP."""


class SecureLine(_InOnePiece, http.client.HTTPSConnection):
    """A connection over TLS."""


class Lines:
    """Connections that `open_one` makes. Safe to use from many threads: a connection is one caller's at a time.

    Whoever took a connection gives it back if the answer was read to its end, and closes it otherwise.
    """

    def __init__(
        self,
        open_one: Callable[[], http.client.HTTPConnection],
        *,
        idle_seconds: float = IDLE_SECONDS,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._open = open_one
        self._idle_seconds = idle_seconds
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._idle: list[tuple[http.client.HTTPConnection, float]] = []  # since when; who came last goes first
        self._closed = False

    def take(self) -> http.client.HTTPConnection:
        """A connection on which nothing is under way.

        Raises:
            OSError: there is no idle one, and no new one could be had. Nothing was sent.
        """
        while (idle := self._pop()) is not None:
            if _quiet(idle):
                return idle
            idle.close()
        connection = self._open()
        try:
            connection.connect()
        except BaseException:
            connection.close()
            raise
        return connection

    def give_back(self, connection: http.client.HTTPConnection) -> None:
        """The answer was read to its end: keep the connection, unless the other side closes it."""
        if connection.sock is None:  # http.client has let go of it already
            return
        now = self._monotonic()
        with self._lock:
            kept = not self._closed and len(self._idle) < MOST_IDLE
            if kept:
                self._idle.append((connection, now))
            too_old = self._too_old(now)
        for one in too_old if kept else [*too_old, connection]:
            one.close()

    def close(self) -> None:
        """Keep nothing any more. Calls under way, and later ones, have connections of their own."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection, _ in idle:
            connection.close()

    def _pop(self) -> http.client.HTTPConnection | None:
        with self._lock:
            too_old = self._too_old(self._monotonic())
            idle = self._idle.pop()[0] if self._idle else None
        for connection in too_old:
            connection.close()
        return idle

    def _too_old(self, now: float) -> list[http.client.HTTPConnection]:
        """Takes out what was idle for too long: those at the bottom."""
        count = 0
        while count < len(self._idle) and self._idle[count][1] + self._idle_seconds <= now:
            count += 1
        found = [connection for connection, _ in self._idle[:count]]
        del self._idle[:count]
        return found


def _quiet(connection: http.client.HTTPConnection) -> bool:
    """Whether the other side said nothing since its last answer: it could only be that it has closed, or rubbish."""
    try:
        poll = select.poll()
        poll.register(connection.sock, select.POLLIN | select.POLLPRI)
        return not poll.poll(0)
    except (OSError, ValueError):
        return False
