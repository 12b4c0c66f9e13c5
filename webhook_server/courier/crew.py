"""A crew: the threads that carry what waits for one destination."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import structlog

from webhook_server.clock import Clock
from webhook_server.courier.lanes import Lanes, Sortable
from webhook_server.domain.retry import peer_delay
from webhook_server.ledger import LedgerUnavailableError

Key = TypeVar("Key")
Item = TypeVar("Item", bound=Sortable)

TOGETHER = 20
"""A carrier is offered so many of a lane's oldest items."""

_LEDGER_SECONDS = 1.0
_BROKEN_SECONDS = 5.0

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Trip(Generic[Item]):
    """What came of one trip: the items that need not be carried again, and the lane's delay in seconds.

    `away`: the destination is not there at all, so the whole crew waits a moment.
    """

    carried: tuple[Item, ...] = ()
    delay: float | None = None
    away: bool = False


class Crew(Generic[Key, Item]):
    """Carries items lane by lane, the oldest of each first, with at most `size` threads, begun as they are needed.

    `_changed` guards everything here; `carry` runs without it.
    """

    def __init__(
        self, name: str, carry: Callable[[Key, tuple[Item, ...]], Trip[Item]], *, size: int, clock: Clock
    ) -> None:
        self._name = name
        self._carry = carry
        self._size = size
        self._clock = clock
        self._changed = threading.Condition()
        self._lanes: Lanes[Key, Item] = Lanes()
        self._threads: list[threading.Thread] = []
        self._idle = 0
        self._stopping = False
        self._absences = 0
        self._paused_until = 0.0

    def add(self, key: Key, item: Item) -> None:
        """Let `item` be carried when its turn comes."""
        with self._changed:
            if self._stopping:
                return
            self._lanes.add(key, item)
            if self._idle:
                self._changed.notify()
            elif len(self._threads) < self._size:
                name = f"courier-{self._name}-{len(self._threads) + 1}"
                thread = threading.Thread(target=self._work, name=name, daemon=True)
                self._threads.append(thread)
                thread.start()

    def resume(self) -> None:
        """The destination is there: do not wait any longer."""
        with self._changed:
            if self._paused_until:
                self._paused_until, self._absences = 0.0, 0
                self._changed.notify_all()

    def stop(self) -> None:
        """Take nothing more. What is under way may finish."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()

    def join(self, deadline: float) -> None:
        """Wait for what is under way, until `deadline` (monotonic) at most."""
        for thread in self._threads:
            thread.join(max(0.0, deadline - self._clock.monotonic()))

    def __len__(self) -> int:
        """How many items wait or are on their way."""
        with self._changed:
            return len(self._lanes)

    def _work(self) -> None:
        while (taken := self._next()) is not None:
            key, items = taken
            trip = self._try(key, items)
            with self._changed:
                self._settle(key, trip)

    def _next(self) -> tuple[Key, tuple[Item, ...]] | None:
        """The next lane to carry; None when the crew stops."""
        with self._changed:
            while not self._stopping:
                now = self._clock.monotonic()
                taken = self._lanes.take(now, TOGETHER) if now >= self._paused_until else None
                if taken is not None:
                    return taken
                due = self._lanes.next_due()
                if now < self._paused_until:
                    due = self._paused_until
                self._idle += 1
                self._clock.wait(self._changed, None if due is None else due - now)
                self._idle -= 1
        return None

    def _try(self, key: Key, items: tuple[Item, ...]) -> Trip[Item]:
        try:
            return self._carry(key, items)
        except LedgerUnavailableError as error:
            _log.error("ledger_unavailable", crew=self._name, error=str(error))
            return Trip(delay=_LEDGER_SECONDS)
        except Exception:  # noqa: BLE001 - the edge: one broken trip must not end the crew
            _log.exception("carrying_broke", crew=self._name)
            return Trip(delay=_BROKEN_SECONDS)

    def _settle(self, key: Key, trip: Trip[Item]) -> None:
        now = self._clock.monotonic()
        self._lanes.give_back(key, trip.carried, None if trip.delay is None else now + trip.delay)
        if not trip.away:
            self._absences = 0
        elif now >= self._paused_until:
            self._absences += 1
            self._paused_until = now + peer_delay(self._absences)
        if trip.delay is not None and self._idle:
            self._changed.notify()  # whoever waits may have to wait less
