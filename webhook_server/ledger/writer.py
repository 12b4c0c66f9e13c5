"""One write at a time, and one commit for all that wait together."""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DataError, IntegrityError, ProgrammingError, SQLAlchemyError

from webhook_server import wording
from webhook_server.ledger.errors import LedgerUnavailableError

Result = TypeVar("Result")

TOGETHER = 64
"""At most so many jobs share a commit."""

KEPT_SECONDS = 1.0
"""A connection that nobody used for longer goes back to the pool, which sees whether the database still knows it."""

_OWN_FAULT = (DataError, IntegrityError, ProgrammingError)
"""What the database finds wrong with one statement, rather than with itself."""


class _Ticket:
    """One job on its way. Written by whoever leads, read by its owner when woken. `_asleep` is held until then."""

    __slots__ = ("_asleep", "done", "error", "job", "result")

    def __init__(self, job: Callable[[Connection], Any]) -> None:
        self.job = job
        self.done = False
        self.result: Any = None
        self.error: Exception | None = None
        self._asleep = threading.Lock()
        self._asleep.acquire()

    def wait(self) -> None:
        """Until it is done, or its owner's turn to lead."""
        self._asleep.acquire()

    def wake(self) -> None:
        self._asleep.release()

    def finish(self, result: Any = None, error: Exception | None = None) -> None:
        self.result, self.error, self.done = result, error, True


class Writer:
    """Runs jobs in transactions on one connection.

    Threads that come while a commit is under way queue up. Then the first of them leads: it runs all their jobs in one
    transaction, so that a slow disk is waited for once for many, lets the next one lead and wakes those whose jobs are
    done. So each is woken once, and nobody whose job is done waits for the next commit. A thread that comes alone
    pays nothing for it.

    `_lock` guards the connection, `_guard` the queue and whether somebody leads.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._guard = threading.Lock()
        self._queue: deque[_Ticket] = deque()
        self._led = False
        self._connection: Connection | None = None
        self._last = 0.0

    def run(self, job: Callable[[Connection], Result]) -> Result:
        """Run `job` in a transaction; when this returns, what it wrote is on disk.

        `job` may run more than once (with nothing left of the earlier runs): it must touch the connection only. What
        it raises is raised here, and nothing of it is written.

        Raises:
            LedgerUnavailableError: the database cannot be written.
        """
        ticket = _Ticket(job)
        with self._guard:
            self._queue.append(ticket)
            leads, self._led = not self._led, True
        if not leads:
            ticket.wait()
        if not ticket.done:
            self._lead(ticket)
        if ticket.error is not None:
            raise ticket.error
        return cast("Result", ticket.result)

    def alone(self, deed: Callable[[Any], Result]) -> Result:
        """Do `deed` with the database driver's own connection, between two transactions."""
        with self._lock:
            return deed(self._connected().connection.driver_connection)

    def close(self) -> None:
        """Wait for the write under way and close the connection."""
        with self._lock:
            self._let_go()
            self._engine.dispose()

    def _lead(self, own: _Ticket) -> None:
        """Carry out what waits, the oldest of which is one's own."""
        done: list[_Ticket] = []
        try:
            with self._lock:
                with self._guard:
                    done += [self._queue.popleft() for _ in range(min(len(self._queue), TOGETHER))]
                self._carry_out(done)
        finally:
            with self._guard:
                following = self._queue[0] if self._queue else None
                self._led = following is not None
            if following:
                following.wake()
            for ticket in done:
                if ticket is not own:
                    ticket.wake()

    def _carry_out(self, tickets: list[_Ticket]) -> None:
        """One transaction for all; when one of them fails by its own fault, one for each."""
        try:
            self._together(tickets)
        except _OWN_FAULT as error:
            self._one_by_one(tickets, error)
        except SQLAlchemyError as error:
            # Of a commit that failed nobody knows whether another would do: all their askers decide.
            for ticket in tickets:
                ticket.finish(error=unavailable(error))
        except Exception as error:  # noqa: BLE001 - a job's own error belongs to its asker
            self._one_by_one(tickets, error)
        except BaseException:
            for ticket in tickets:
                ticket.finish(error=LedgerUnavailableError(wording.ledger_interrupted()))
            raise

    def _together(self, tickets: list[_Ticket]) -> None:
        connection = self._connected()
        try:
            with connection.begin():
                results = [ticket.job(connection) for ticket in tickets]
        except BaseException:
            self._let_go()  # the pool knows what to do with it
            raise
        for ticket, result in zip(tickets, results, strict=True):
            ticket.finish(result)

    def _connected(self) -> Connection:
        """The connection, kept from one commit to the next, and asked for anew where it may have been lost since."""
        now = time.monotonic()
        if self._connection is not None and now - self._last > KEPT_SECONDS:
            self._let_go()
        self._last = now
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def _let_go(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _one_by_one(self, tickets: list[_Ticket], error: Exception) -> None:
        if len(tickets) == 1:
            tickets[0].finish(error=error)
            return
        for ticket in tickets:
            self._carry_out([ticket])


def unavailable(error: SQLAlchemyError) -> LedgerUnavailableError:
    """What the rest of the house hears when the database does not do its part."""
    translated = LedgerUnavailableError(wording.ledger_unavailable(str(getattr(error, "orig", error))))
    translated.__cause__ = error
    return translated
