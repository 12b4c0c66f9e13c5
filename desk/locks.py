"""One lock a key, made when it is needed and gone when nobody wants it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

Key = TypeVar("Key")


class BusyError(Exception):
    """The lock could not be had in time."""


class _Held:
    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.wanted = 0


class KeyedLocks(Generic[Key]):
    """Keeps what belongs together (one app user, one channel) one after the other, and nothing else."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._held: dict[Key, _Held] = {}

    @contextmanager
    def hold(self, key: Key, seconds: float = -1) -> Iterator[None]:
        """Hold the lock of `key`; the thread that holds it may do so again.

        Raises:
            BusyError: others held it for `seconds`. Without `seconds` this waits as long as it takes.
        """
        with self._guard:
            held = self._held.setdefault(key, _Held())
            held.wanted += 1
        try:
            if not held.lock.acquire(timeout=seconds):
                raise BusyError
            try:
                yield
            finally:
                held.lock.release()
        finally:
            with self._guard:
                held.wanted -= 1
                if not held.wanted:
                    del self._held[key]
