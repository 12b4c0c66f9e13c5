"""What Slack answered and what therefore is not even asked before its time: `Retry-After`, obeyed, and refusals."""

from desk.errors import BlockedError, LimitedError
from desk.memory import Memory
from desk.ports import Clock

CAPACITY = 10_000
BLOCKED_SECONDS = 4.5
"""People have to mend what blocks the bot: so long Slack is not asked whether they did."""


class Brake:
    """Remembers per kind of call (a method, or a method in one channel) until when it has to wait."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: Memory[tuple[str, str], tuple[float, LimitedError | BlockedError]] = Memory(CAPACITY)

    def check(self, key: tuple[str, str]) -> None:
        """Raises LimitedError, or the BlockedError that was answered, if it is not time yet."""
        until, error = self._until.get(key) or (0.0, None)
        if error is None:
            return
        remaining = until - self._clock.monotonic()
        if remaining <= 0:
            self._until.forget(key)
        elif isinstance(error, BlockedError):
            raise BlockedError(error.code)
        else:
            raise LimitedError(remaining)

    def hold(self, key: tuple[str, str], error: LimitedError | BlockedError) -> None:
        """Slack asked to wait, or does not let the bot do it."""
        seconds = error.seconds if isinstance(error, LimitedError) else BLOCKED_SECONDS
        self._until.put(key, (self._clock.monotonic() + seconds, error))
