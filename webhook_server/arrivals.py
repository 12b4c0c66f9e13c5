"""Requests on their way to us, before anybody has looked who sends them: never more than there is room for."""

import threading
from io import BytesIO
from typing import IO, Any

from waitress.buffers import OverflowableBuffer  # type: ignore[import-untyped]
from waitress.parser import HTTPRequestParser  # type: ignore[import-untyped]
from waitress.utilities import Error  # type: ignore[import-untyped]

from webhook_server.api.bodies import JSON_BYTES
from webhook_server.api.paths import may_bring_file

FREE_BYTES = 64 * 1024
"""So much of every body is taken in any case: messages get through while others send large files."""
CROWDED = 503
"""The status of those for whose body there was no room."""


class Spool:
    """Room for `most_bytes` of bodies, beyond what is free of each. `_lock` guards `_taken`."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._lock = threading.RLock()  # a body that is collected as garbage gives back, on whichever thread that is
        self._taken = 0

    def take(self, size: int) -> bool:
        """Take room for `size` bytes; False if there is not so much."""
        with self._lock:
            if self._taken + size > self._most_bytes:
                return False
            self._taken += size
            return True

    def give_back(self, size: int) -> None:
        """There is room again."""
        with self._lock:
            self._taken -= size


class Request(HTTPRequestParser):  # type: ignore[misc] # waitress has no types
    """A request on its way. Nothing of its body is kept beyond what its path may need, and what there is room for."""

    error: Error | None

    def __init__(self, adj: Any, spool: Spool) -> None:
        super().__init__(adj)
        self._spool = spool
        self._body: SpooledBody | None = None

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head, and get ready for the body."""
        super().parse_header(header_plus)
        if self.body_rcv is not None:
            most_bytes = self.adj.max_request_body_size if may_bring_file(self.path) else JSON_BYTES
            self._body = self.body_rcv.buf = SpooledBody(self.adj.inbuf_overflow, most_bytes, self._spool)

    def received(self, data: bytes) -> int:
        """Take more of it. Returns how much of `data` belongs to it."""
        consumed: int = super().received(data)
        if self.completed and not self.error and self._body is not None and self._body.crowded_out:
            self.error = _CrowdedOutError("")
        return consumed


class SpooledBody(OverflowableBuffer):  # type: ignore[misc] # waitress has no types
    """A body in memory, or in the temporary directory when it is large.

    One that is larger than `most_bytes` is forgotten and only counted from then on: whoever it is for refuses it by its
    length, and its sender, having sent it to its end, can read the answer. One for which there is no room is
    `crowded_out` and forgotten as well.
    """

    def __init__(self, overflow: int, most_bytes: int, spool: Spool) -> None:
        super().__init__(overflow)
        self.crowded_out = False
        self._most_bytes = most_bytes
        self._spool = spool
        self._size = 0
        self._taken = 0
        self._forgotten = False

    def __len__(self) -> int:
        """How many bytes came, whether they are still here or not."""
        return self._size

    def __del__(self) -> None:
        """Whoever leaves in the middle of a body closes nothing."""
        self._give_back()

    def append(self, data: bytes) -> None:
        """More of it came."""
        self._size += len(data)
        if self._forgotten:
            return
        if self._size > self._most_bytes:
            self._forget()
        elif not self._has_room():
            self._crowd_out()
        else:
            try:
                super().append(data)
            except OSError:  # the disk is full
                self._crowd_out()

    def getfile(self) -> IO[bytes]:
        """What is here of it."""
        if self._forgotten:
            return BytesIO()
        file: IO[bytes] = super().getfile()
        return file

    def close(self) -> None:
        """Nobody needs it any more."""
        super().close()
        self._give_back()

    def _has_room(self) -> bool:
        more = self._size - FREE_BYTES - self._taken
        if more > 0:
            if not self._spool.take(more):
                return False
            self._taken += more
        return True

    def _crowd_out(self) -> None:
        self.crowded_out = True
        self._forget()

    def _forget(self) -> None:
        self._forgotten = True
        self.close()
        self.buf: Any = None
        self.strbuf = b""

    def _give_back(self) -> None:
        taken, self._taken = self._taken, 0
        if taken:
            self._spool.give_back(taken)


class _CrowdedOutError(Error):  # type: ignore[misc] # waitress has no types
    code = CROWDED
    reason = "Service Unavailable"
