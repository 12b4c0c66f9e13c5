"""A crew: the threads that carry what waits for one destination."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Generic, TypeVar

import structlog

from webhook_server.clock import Clock
from webhook_server.courier.hands import Hands
from webhook_server.courier.lanes import Lanes, Sortable
from webhook_server.domain.handovers import TOGETHER
from webhook_server.domain.retry import peer_delay
from webhook_server.ledger import LedgerUnavailableError
from wire.ids import AppUserId

Item = TypeVar("Item", bound=Sortable)

_LEDGER_SECONDS = 1.0
_BROKEN_SECONDS = 5.0

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Trip(Generic[Item]):
    """What came of one trip: the items that need not be carried again, and the lane's delay in seconds.

    `away`: the destination is not there at all, so the whole crew waits a moment. `moved`: what was to be carried is
    this app user's now, and goes on in their lane.
    """

    carried: tuple[Item, ...] = ()
    delay: float | None = None
    away: bool = False
    moved: AppUserId | None = None


class Crew(Generic[Item]):
    """Carries items app user by app user, the oldest of each first, with at most `size` threads, begun as needed.

    With `a_second` no more of them than so many items a second need carry at the same time, see `Hands`.

    `_changed` guards everything here; `carry` runs without it.
    """

    def __init__(
        self,
        name: str,
        carry: Callable[[AppUserId, tuple[Item, ...]], Trip[Item]],
        *,
        size: int,
        clock: Clock,
        a_second: float | None = None,
    ) -> None:
        self._name = name
        self._carry = carry
        self._size = size
        self._clock = clock
        self._changed = threading.Condition()
        self._lanes: Lanes[AppUserId, Item] = Lanes()
        self._threads: list[threading.Thread] = []
        self._hands = Hands(size, a_second)
        self._idle = 0
        self._watched = False
        self._stopping = False
        self._absences = 0
        self._paused_until = 0.0

    def add(self, key: AppUserId, item: Item, seconds: float = 0.0) -> None:
        """Let `item` be carried when its turn comes; where nothing of this app user waits yet, in `seconds`."""
        with self._changed:
            if self._stopping:
                return
            if seconds <= 0:
                self._lanes.add(key, item)
                self._wake()
                return
            first, due = self._lanes.next_due(), self._clock.monotonic() + seconds
            self._lanes.add(key, item, due)
            if first is None or due < first:  # else somebody looks before that anyway
                self._wake(later=True)

    def still(self) -> AbstractContextManager[object]:
        """Nothing new is carried while this is held: what is added or moved meanwhile is there at once."""
        return self._changed

    def follow(self, key: AppUserId, into: AppUserId) -> None:
        """What waits in one app user's lane goes on in another's, after what is on its way there already."""
        with self._changed:
            if not self._stopping and self._lanes.follow(key, into):
                self._wake()

    def hurry(self, key: AppUserId) -> None:
        """What waits in this app user's lane may be gone: look now, whatever it was waiting for."""
        with self._changed:
            if not self._stopping and self._lanes.hurry(key):
                self._wake()

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

    def __contains__(self, key: AppUserId) -> bool:
        """Whether something of this app user's waits or is on its way."""
        with self._changed:
            return key in self._lanes

    def __len__(self) -> int:
        """How many items wait or are on their way."""
        with self._changed:
            return len(self._lanes)

    def _wake(self, *, later: bool = False) -> None:
        """Something may be carried now, or `later`: whoever waits shall look, or a new hand come.

        While the destination is away nobody needs to: whoever saw that looks again when the pause is over. Nor where
        there is no room: whoever comes back looks, and somebody watches for those who do not come back.
        """
        now = self._clock.monotonic()
        if self._idle and now < self._paused_until:
            return
        if self._watched and not self._hands.has_room(now):
            return
        if self._idle:
            self._changed.notify()
            return
        ready = max(self._lanes.ready, 1 if later and not self._threads else 0)
        if ready > len(self._threads) - self._hands.busy and len(self._threads) < self._size:
            self._engage()

    def _engage(self) -> None:
        name = f"courier-{self._name}-{len(self._threads) + 1}"
        thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _work(self) -> None:
        while (taken := self._next()) is not None:
            key, items = taken
            trip = self._try(key, items)
            with self._changed:
                self._settle(key, trip)

    def _next(self) -> tuple[AppUserId, tuple[Item, ...]] | None:
        """The next lane to carry; None when the crew stops."""
        with self._changed:
            while not self._stopping:
                now = self._clock.monotonic()
                room = self._hands.has_room(now)
                taken = self._lanes.take(now, TOGETHER) if room and now >= self._paused_until else None
                if taken is not None:
                    self._hands.begin(threading.get_ident(), now)
                    if self._lanes.ready:  # it may have been this thread that was woken for that
                        self._wake()
                    return taken
                due = self._lanes.next_due() if room else self._hands.room_again(now)
                if now < self._paused_until:
                    due = self._paused_until
                self._wait(None if due is None else due - now, watching=not room)
        return None

    def _wait(self, seconds: float | None, *, watching: bool) -> None:
        """Until something may be carried; `watching` for room while there is none."""
        self._idle += 1
        self._watched |= watching
        self._clock.wait(self._changed, seconds)
        self._watched &= not watching
        self._idle -= 1

    def _try(self, key: AppUserId, items: tuple[Item, ...]) -> Trip[Item]:
        try:
            return self._carry(key, items)
        except LedgerUnavailableError as error:
            _log.error("ledger_unavailable", crew=self._name, error=str(error))
            return Trip(delay=_LEDGER_SECONDS)
        except Exception:  # noqa: BLE001 - the edge: one broken trip must not end the crew
            _log.exception("carrying_broke", crew=self._name)
            return Trip(delay=_BROKEN_SECONDS)

    def _settle(self, key: AppUserId, trip: Trip[Item]) -> None:
        now = self._clock.monotonic()
        self._hands.end(threading.get_ident(), now, len(trip.carried))
        if trip.moved is not None:
            self._lanes.follow(key, trip.moved)
        self._lanes.give_back(key, trip.carried, None if trip.delay is None else now + trip.delay)
        if not trip.away:
            self._absences = 0
        elif now >= self._paused_until:
            self._absences += 1
            self._paused_until = now + peer_delay(self._absences)
        if trip.delay is not None and self._idle:
            self._changed.notify()  # whoever waits may have to wait less
