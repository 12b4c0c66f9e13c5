"""A limit on the whole time of an exchange: socket time-outs only limit each wait, and a peer may send byte by byte."""

import contextlib
import heapq
import socket
import threading
import time
from collections.abc import Iterator
from itertools import count


class Limit:
    """The time that one exchange may take. `_lock` keeps a late expiry from a socket that serves the next one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._over = False
        self.expired = False

    def attach(self, used: socket.socket) -> None:
        """This is the socket to cut off when the time is up."""
        with self._lock:
            self._socket = used
            if self.expired:
                _cut(used)

    def expire(self) -> None:
        """The time is up: whoever waits on the socket sees its end."""
        with self._lock:
            if self._over:
                return
            self.expired = True
            if self._socket is not None:
                _cut(self._socket)

    def release(self) -> None:
        """The exchange ended by itself."""
        with self._lock:
            self._over, self._socket = True, None


class Watchdog:
    """Limits exchanges, with one thread for all of them, begun with the first. `_changed` guards the heap."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._limits: list[tuple[float, int, Limit]] = []
        self._turns = count()
        self._thread: threading.Thread | None = None
        self._of_thread = threading.local()

    @contextlib.contextmanager
    def limit(self, seconds: float) -> Iterator[Limit]:
        """What this thread does inside must end within `seconds`."""
        limit = Limit()
        self._watch(time.monotonic() + seconds, limit)
        self._of_thread.limit = limit
        try:
            yield limit
        finally:
            self._of_thread.limit = None
            limit.release()

    def attach(self, used: socket.socket) -> None:
        """The current thread's exchange goes over this socket."""
        limit: Limit | None = getattr(self._of_thread, "limit", None)
        if limit is not None:
            limit.attach(used)

    def expired(self) -> bool:
        """Whether the current thread's exchange has had its time."""
        limit: Limit | None = getattr(self._of_thread, "limit", None)
        return limit is not None and limit.expired

    def _watch(self, until: float, limit: Limit) -> None:
        with self._changed:
            heapq.heappush(self._limits, (until, next(self._turns), limit))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="watchdog", daemon=True)
                self._thread.start()
            elif self._limits[0][2] is limit:
                self._changed.notify()

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._limits or self._limits[0][0] > time.monotonic():
                    left = self._limits[0][0] - time.monotonic() if self._limits else None
                    self._changed.wait(left)
                limit = heapq.heappop(self._limits)[2]
            limit.expire()


def _cut(used: socket.socket) -> None:
    with contextlib.suppress(OSError):  # it is closed already
        used.shutdown(socket.SHUT_RDWR)
