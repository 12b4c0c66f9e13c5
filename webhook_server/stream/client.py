"""A client that listens: its connection, what waits to go over it, and how far it was told."""

import contextlib
import socket
from collections import deque

from webhook_server.domain.stream import Listening
from webhook_server.stream.frames import Frame

SEND_BYTES = 64 * 1024
"""What the kernel may hold back for one client. Left to itself it would take megabytes for each that does not read."""
UNHEARD_SECONDS = 60
"""A client that acknowledges nothing for so long is not there any more."""


class Client:
    """One listening client.

    The feeder's: `told`, the last event that was put on its way; `behind`, whether there may be others after it that it
    has to read for this client alone; `known`, whether it looked whom the client listens to; `queued`. All else is the
    lines'. `queued` and `written` count bytes of events; each is changed by one thread, and may be read by the other.
    """

    __slots__ = (
        "behind",
        "blocked_since",
        "closed",
        "connection",
        "heard",
        "known",
        "listening",
        "opened",
        "outgoing",
        "queued",
        "sent",
        "told",
        "written",
    )

    def __init__(self, connection: socket.socket, listening: Listening, now: float) -> None:
        self.connection = connection
        self.listening = listening
        self.told = listening.start.cursor
        self.behind = True
        self.known = False
        self.queued = 0
        self.written = 0
        self.outgoing = deque[Frame]()
        self.sent = 0  # of the first outgoing frame
        self.heard = 0
        self.opened = now
        self.closed = False
        self.blocked_since: float | None = None

    @property
    def unwritten(self) -> int:
        """Bytes that wait to be written."""
        return self.queued - self.written

    def expired(self, now: float) -> bool:
        """Whether what it showed when it was let in is no longer good."""
        return now >= self.listening.until


def prepare(connection: socket.socket) -> None:
    """Let a connection be one among many that live long: it never makes anybody wait, and takes little."""
    connection.settimeout(0)
    with contextlib.suppress(OSError):  # it is gone, which shows soon enough
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BYTES)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNHEARD_SECONDS * 1000)
