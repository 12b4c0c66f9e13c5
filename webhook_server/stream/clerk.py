"""Writes down, beside the streams, what clients got, and forgets events that are too old."""

import threading
from collections.abc import Callable, Iterable

import structlog

from webhook_server import outcomes
from webhook_server.clock import Clock
from webhook_server.domain.errands import Errands
from webhook_server.domain.stream import KEPT_SECONDS
from webhook_server.ledger import Ledger, LedgerUnavailableError
from wire.ids import MessageId

TIDY_SECONDS = 600.0
TOGETHER = 200
"""Replies that are written down, and events that are forgotten, in one transaction: others want to write as well."""

_AGAIN_SECONDS = 1.0

_log = structlog.get_logger()


class Clerk:
    """One thread. `_changed` guards everything here; nothing is written while it is held."""

    def __init__(self, ledger: Ledger, clock: Clock, run: Callable[[Errands], None]) -> None:
        self._ledger = ledger
        self._clock = clock
        self._run_errands = run
        self._changed = threading.Condition()
        self._got: dict[MessageId, None] = {}
        self._stopping = False
        self._tidy_at = clock.monotonic()
        self._thread = threading.Thread(target=self._run, name="stream-clerk", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def got(self, replies: Iterable[MessageId]) -> None:
        """The app user's client has these replies, or other messages."""
        with self._changed:
            self._got.update(dict.fromkeys(replies))
            if self._got:
                self._changed.notify()

    def stop(self, deadline: float) -> None:
        """Write down what is known, and end; return at `deadline` (monotonic) at the latest."""
        with self._changed:
            self._stopping = True
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join(max(0.0, deadline - self._clock.monotonic()))

    def _run(self) -> None:
        while (replies := self._next()) is not None:
            try:
                if replies:
                    self._write_down(replies)
                elif self._clock.monotonic() >= self._tidy_at:
                    self._tidy()
            except LedgerUnavailableError as error:
                _log.error("ledger_unavailable", stream=True, error=str(error))
                self._put_off(replies)
            except Exception:  # noqa: BLE001 - the edge: the clerk has other things to write as well
                _log.exception("writing_down_broke", replies=replies)

    def _next(self) -> list[MessageId] | None:
        """What to write down next, nothing when it is time to tidy; None when all is done and it is time to end."""
        with self._changed:
            while not self._got and self._clock.monotonic() < self._tidy_at:
                if self._stopping:
                    return None
                self._clock.wait(self._changed, self._tidy_at - self._clock.monotonic())
            if self._stopping and not self._got:
                return None
            replies = list(self._got)[:TOGETHER]
            for message_id in replies:
                del self._got[message_id]
            return replies

    def _write_down(self, replies: list[MessageId]) -> None:
        if self._ledger.read(lambda books: books.receipts.waiting(replies)):
            self._run_errands(self._ledger.write(lambda books: outcomes.fetched(books, replies)))

    def _tidy(self) -> None:
        now = self._clock.now()
        self._tidy_at = self._clock.monotonic() + TIDY_SECONDS
        if self._ledger.write(lambda books: books.stream_events.forget(now - KEPT_SECONDS, now, TOGETHER)):
            self._tidy_at = self._clock.monotonic()

    def _put_off(self, replies: list[MessageId]) -> None:
        """Try again in a moment, unless this is the end: then these go on waiting until somebody fetches them."""
        with self._changed:
            if not self._stopping:
                self._got.update(dict.fromkeys(replies))
                self._clock.wait(self._changed, _AGAIN_SECONDS)
