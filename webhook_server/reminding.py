"""People are reminded of app users who wait: timers in the ledger, and the thread that fires them."""

import threading
from collections.abc import Callable
from math import inf

import structlog

from webhook_server.casework import keep
from webhook_server.clock import Clock
from webhook_server.domain import reminders
from webhook_server.domain.errands import NOTHING, Errands
from webhook_server.domain.reminders import APART_SECONDS, Policy
from webhook_server.domain.timers import reminded, wait_of
from webhook_server.ledger import Books, Ledger, LedgerUnavailableError

LOOK_SECONDS = 60.0
"""The clock is looked at as often, in memory alone: it may be set, or the machine may sleep."""
LEDGER_SECONDS = 5.0
"""What the ledger did not let be done is tried again after so long."""

_log = structlog.get_logger()


class Reminding:
    """Fires timers, the one that is due longest first, and none within 10 s of another.

    That people were reminded is on disk, with the time, before anybody is told. `errands` takes what the bot is to
    be told. `_changed` guards `_due`, the time of the next timer, and `_stopping`.
    """

    def __init__(self, ledger: Ledger, clock: Clock, errands: Callable[[Errands], None]) -> None:
        self._ledger = ledger
        self._clock = clock
        self._errands = errands
        self._changed = threading.Condition()
        self._due = -inf
        self._not_before = 0.0
        self._stopping = False
        self._thread = threading.Thread(target=self._work, name="reminding", daemon=True)
        ledger.tell_timers(self._set)

    def start(self) -> None:
        """Set all timers by the settings as they are now, and fire them when they are due.

        Raises:
            LedgerUnavailableError: the ledger cannot be written.
        """
        self.resume()
        self._thread.start()

    def resume(self) -> None:
        """Set all timers anew, and keep the distance to the reminder that an earlier process gave last."""

        def job(books: Books) -> float | None:
            books.cases.set_timers()
            return books.team.reminded_at()

        last = self._ledger.write(job)
        if last is not None:
            passed = max(0.0, self._clock.now() - last)  # the clock may have been set back since
            self._not_before = self._clock.monotonic() + max(0.0, APART_SECONDS - passed)

    def stop(self) -> None:
        """Fire no more timers."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()

    def join(self, seconds: float) -> None:
        """Wait until the timer that is being fired, if one is, is on disk; `seconds` at most."""
        if self._thread.is_alive():
            self._thread.join(seconds)

    def fire(self) -> bool:
        """Fire the timer that is due longest, if one is. Returns whether people are reminded.

        Raises:
            LedgerUnavailableError: the ledger cannot be written.
        """
        now, started = self._clock.now(), self._clock.monotonic()
        with self._changed:
            self._due = inf  # what is set from here on is earlier

        def job(books: Books) -> tuple[Errands, float | None]:
            return _fire(books, self._ledger.policy, now), books.cases.next_due()

        errands, due = self._ledger.write(job)
        if errands.untold:
            self._not_before = started + APART_SECONDS  # from the time that is on disk, as after a restart
        if due is not None:
            self._set(due)
        if not errands.untold:
            return False
        self._errands(errands)
        _log.info("reminded", case_id=errands.untold[0].case_id, app_user_id=errands.untold[0].app_user_id)
        return True

    def seconds(self) -> float:
        """How long nothing has to be done."""
        return max(self._due - self._clock.now(), self._not_before - self._clock.monotonic(), 0.0)

    def _set(self, due: float) -> None:
        with self._changed:
            if due < self._due:
                self._due = due
                self._changed.notify_all()

    def _work(self) -> None:
        while self._wait():
            try:
                self.fire()
            except LedgerUnavailableError as error:
                _log.error("ledger_unavailable", crew="reminding", error=str(error))
                self._try_again()
            except Exception:  # noqa: BLE001 - the edge: one broken case must not end all reminders
                _log.exception("reminding_broke")
                self._try_again()

    def _wait(self) -> bool:
        """Until a timer is due; False: they are fired no more."""
        with self._changed:
            while not self._stopping and (seconds := self.seconds()) > 0:
                self._clock.wait(self._changed, min(seconds, LOOK_SECONDS))
            return not self._stopping

    def _try_again(self) -> None:
        self._not_before = self._clock.monotonic() + LEDGER_SECONDS
        self._set(-inf)


def _fire(books: Books, policy: Policy, now: float) -> Errands:
    """Remind people of the case whose timer is due longest, if its wait is still such that they are to be."""
    case = books.cases.due(now)
    if case is None:
        return NOTHING
    wait = wait_of(case)
    verdict = reminders.judge(wait, policy, now) if wait else reminders.Verdict()
    if verdict.reminder == "none":
        books.cases.look_at(case, verdict.next_at)
        return NOTHING
    books.team.reminded(now)
    return Errands(untold=keep(books, case, reminded(case, verdict.reminder, now)))
