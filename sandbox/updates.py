"""The feed of everything that changes, for pages and whoever else listens."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sandbox.identifiers import JsonObject

BACKLOG = 1_000


class Updates:
    """Hands each update to everyone who listens then (who falls far behind loses the oldest), and to `on_change`."""

    def __init__(self) -> None:
        self.on_change: Callable[[], None] | None = None
        self._listeners: set[asyncio.Queue[JsonObject | None]] = set()

    def publish(self, kind: str, **what: object) -> None:
        """Tell that something has changed."""
        if self.on_change:
            self.on_change()
        for listener in self._listeners:
            _put(listener, {"type": kind, **what})

    @contextmanager
    def listening(self) -> Iterator[asyncio.Queue[JsonObject | None]]:
        """A queue of updates from now on; None means that the sandbox stops."""
        queue: asyncio.Queue[JsonObject | None] = asyncio.Queue(BACKLOG)
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    def close(self) -> None:
        """Send everyone home."""
        for listener in self._listeners:
            _put(listener, None)


def _put(queue: asyncio.Queue[JsonObject | None], update: JsonObject | None) -> None:
    if queue.full():
        queue.get_nowait()
    queue.put_nowait(update)
