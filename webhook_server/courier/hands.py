"""How many of a crew's hands carry at the same time."""

from collections import deque

FEWEST = 8
LATELY = 32
"""Trips of which the quickest says how long one takes."""
PATIENCE_SECONDS = 0.25
"""Whoever has been on a trip for longer waits for somebody else, and takes no other's room."""


class Hands:
    """Room for `most` trips at a time; with `a_second`, for no more than so many items a second need.

    What they need is told by the quickest of the last trips, since one that waits for the processor is the slower the
    more there are. More of them carry no more, but are in each other's way, and every lane moves before a second item
    could go along with its first.

    Not safe for threads: its owner holds a lock. Times are whatever the owner's clock says, in seconds.
    """

    def __init__(self, most: int, a_second: float | None = None) -> None:
        self._most = most
        self._a_second = a_second
        self._began: dict[int, float] = {}
        self._lately: deque[float] = deque(maxlen=LATELY)

    @property
    def busy(self) -> int:
        """How many are on a trip."""
        return len(self._began)

    @property
    def room(self) -> int:
        """How many trips go on at the same time, beside those that take long."""
        if self._a_second is None or not self._lately:
            return self._most
        return min(self._most, max(FEWEST, round(self._a_second * min(self._lately))))

    def begin(self, hand: int, now: float) -> None:
        """This one sets out."""
        self._began[hand] = now

    def end(self, hand: int, now: float, items: int) -> None:
        """This one is back, and has carried so many items."""
        took = now - self._began.pop(hand)
        if items:
            self._lately.append(took / items)

    def has_room(self, now: float) -> bool:
        """Whether another may set out."""
        return len(self._began) < self._most and len(self._quick(now)) < self.room

    def room_again(self, now: float) -> float:
        """When one of those on a trip will have been away so long that it takes no room any more."""
        return min(self._quick(now), default=now) + PATIENCE_SECONDS

    def _quick(self, now: float) -> list[float]:
        return [began for began in self._began.values() if now - began < PATIENCE_SECONDS]
