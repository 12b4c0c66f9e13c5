"""The heartbeat: everybody's turn comes once in a given time, without a timer for each."""

import time
from itertools import count
from typing import Generic, TypeVar

Whose = TypeVar("Whose")

SLOTS = 15
"""Turns are spread over so many moments."""


class Wheel(Generic[Whose]):
    """Turns once in `seconds`. Not safe for threads. An empty one stands still."""

    def __init__(self, seconds: float) -> None:
        self._tick = seconds / SLOTS
        self._slots: tuple[set[Whose], ...] = tuple(set() for _ in range(SLOTS))
        self._places: dict[Whose, int] = {}
        self._arrivals = count()
        self._at = 0
        self._next = 0.0

    def add(self, whose: Whose) -> None:
        """Give somebody a turn."""
        if not self._places:
            self._next = time.monotonic() + self._tick
        self._places[whose] = place = next(self._arrivals) % SLOTS
        self._slots[place].add(whose)

    def discard(self, whose: Whose) -> None:
        """Nobody waits for this turn any longer."""
        place = self._places.pop(whose, None)
        if place is not None:
            self._slots[place].discard(whose)

    def wait(self) -> float | None:
        """Seconds until the next turn; None: there is none."""
        return max(0.0, self._next - time.monotonic()) if self._places else None

    def due(self) -> tuple[Whose, ...]:
        """Those whose turn it is. A wheel that was late does not hurry afterwards."""
        now = time.monotonic()
        if not self._places or now < self._next:
            return ()
        self._next = max(self._next + self._tick, now)
        self._at = (self._at + 1) % SLOTS
        return tuple(self._slots[self._at])
