"""Time and chance, from outside: what production takes from the system, and tests turn by hand."""

import random
import secrets
import threading
import time
from collections.abc import Callable
from typing import Protocol

NewId = Callable[[], str]
"""Makes an identifier of 24 hexadecimal digits that was never used before."""

Jitter = Callable[[], float]
"""A number from 0 up to, but not including, 1."""


class Clock(Protocol):
    """The time, and waiting for it."""

    def now(self) -> float:
        """Seconds since the epoch. May jump."""
        ...

    def monotonic(self) -> float:
        """Seconds since some moment. Never jumps."""
        ...

    def wait(self, condition: threading.Condition, seconds: float | None) -> None:
        """Wait on `condition`, which the caller holds, until it is notified or `seconds` have passed."""
        ...


class SystemClock:
    """The system's time."""

    def now(self) -> float:
        """Seconds since the epoch."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds that never jump."""
        return time.monotonic()

    def wait(self, condition: threading.Condition, seconds: float | None) -> None:
        """Wait until notified, at most `seconds`."""
        condition.wait(seconds)


def new_id() -> str:
    """A random identifier."""
    return secrets.token_hex(12)


def jitter() -> float:
    """A random number."""
    return random.random()  # noqa: S311 - spreads retries, guards nothing
