"""Time, as the sandbox sees it: the machine's, or one that a test turns."""

import asyncio
import heapq
import itertools
import threading
import time
from typing import Protocol


class Clock(Protocol):
    """What the sandbox asks of time."""

    def now(self) -> float:
        """Seconds since 1970."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return when so many seconds have passed."""
        ...


class SystemClock:
    """The machine's own time."""

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time()

    async def sleep(self, seconds: float) -> None:
        """Return when so many seconds have passed."""
        await asyncio.sleep(seconds)


class TurnableClock:
    """Stands still until somebody turns it; may be turned from another thread than the sandbox's own."""

    def __init__(self, start: float = 1_700_000_000.0) -> None:
        self._now = start
        self._sleepers: list[tuple[float, int, asyncio.AbstractEventLoop, asyncio.Future[None]]] = []
        self._serial = itertools.count()
        self._lock = threading.Lock()

    @property
    def sleepers(self) -> int:
        """How many tasks wait for the clock to be turned."""
        with self._lock:
            return sum(not future.done() for *_, future in self._sleepers)

    def now(self) -> float:
        """Seconds since 1970, as far as the clock has been turned."""
        return self._now

    def turn(self, seconds: float) -> None:
        """Let so many seconds pass at once, and wake whoever slept through them."""
        with self._lock:
            self._now += seconds
            while self._sleepers and self._sleepers[0][0] <= self._now:
                _, _, loop, future = heapq.heappop(self._sleepers)
                loop.call_soon_threadsafe(_wake, future)

    async def sleep(self, seconds: float) -> None:
        """Return when the clock has been turned so far."""
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        with self._lock:
            heapq.heappush(self._sleepers, (self._now + seconds, next(self._serial), loop, future))
        await future


def _wake(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)
