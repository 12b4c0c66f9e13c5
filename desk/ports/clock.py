"""The time, and what is to be done later."""

from collections.abc import Callable
from typing import Protocol


class Clock(Protocol):
    """Time, and what is due later."""

    def now(self) -> float:
        """Seconds since the epoch."""

    def monotonic(self) -> float:
        """Seconds since some moment; never set, and the same in all processes until the machine starts again."""

    def after(self, seconds: float, action: Callable[[], None]) -> Callable[[], None]:
        """Run `action` on another thread in `seconds`. Calling what is returned calls it off, if it is not too late."""
