"""Slack's `Retry-After`, obeyed: what was limited is not even asked before its time."""

from desk.errors import LimitedError
from desk.memory import Memory
from desk.ports import Clock

CAPACITY = 10_000


class Brake:
    """Remembers per kind of call (a method, or a method in one channel) until when it has to wait."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: Memory[tuple[str, str], float] = Memory(CAPACITY)

    def check(self, key: tuple[str, str]) -> None:
        """Raises LimitedError if it is not time yet."""
        until = self._until.get(key)
        if until is None:
            return
        remaining = until - self._clock.now()
        if remaining > 0:
            raise LimitedError(remaining)
        self._until.forget(key)

    def hold(self, key: tuple[str, str], seconds: float) -> None:
        """Slack asked to wait."""
        self._until.put(key, self._clock.now() + seconds)
