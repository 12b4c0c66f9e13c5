"""Reminders on their way to the bot: none soon after another, and none while nobody is there to be reminded."""

import threading
from math import inf

import structlog

from webhook_server.casework import keep
from webhook_server.clock import Clock
from webhook_server.courier.crew import Trip
from webhook_server.domain.cases import Case
from webhook_server.domain.reminders import APART_SECONDS
from webhook_server.domain.timers import taken_back, unheard
from webhook_server.ledger import Books, Ledger


class ReminderPace:
    """Keeps the distance also where the bot was away while reminders were given. `_lock` guards `_not_before`."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock
        self._lock = threading.Lock()
        self._not_before = -inf

    def hold(self, case: Case, *, doubted: bool) -> Trip[int] | None:
        """What is done with a case instead of telling of it; None: it may be told.

        Outside office hours its reminder is taken back, and given when they begin, unless the bot may have heard of
        it: then it is `doubted`.
        """
        if not unheard(case):
            return None
        if not doubted and not self._ledger.policy.hours.is_open(self._clock.now()):
            self._ledger.write(lambda books: self._take_back(books, case))
            return Trip()
        now = self._clock.monotonic()
        with self._lock:
            if now < self._not_before:
                return Trip(delay=self._not_before - now)
            self._not_before = now + APART_SECONDS
        return None

    def _take_back(self, books: Books, seen: Case) -> None:
        case = books.cases.find(seen.id)
        if case is not None and unheard(case):
            keep(books, case, taken_back(case, self._clock.now()))
            structlog.get_logger().info("reminder_put_off", case_id=case.id, app_user_id=case.app_user_id)
