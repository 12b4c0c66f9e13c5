"""Carries news of cases to the bot, which keeps their dispatch notices up to date."""

import threading
from collections.abc import Iterable
from typing import NamedTuple

import structlog

from webhook_server import telling
from webhook_server.clock import Clock
from webhook_server.courier.asking import judged, outcome_of
from webhook_server.courier.crew import Trip
from webhook_server.courier.reminder_pace import ReminderPace
from webhook_server.domain.cases import Case
from webhook_server.domain.receipts import Place as KnownPlace
from webhook_server.domain.retry import peer_delay
from webhook_server.ledger import Books, Ledger
from wire import cases as wire
from wire.client import DoorClient
from wire.ids import AppUserId
from wire.messages import OUTCOME, Done, Later, Never, Place, Unknown

ARRIVING_SECONDS = 60.0
"""A case is told of when its first words are in Slack. If nobody says that they are, it is looked at after so long."""

_log = structlog.get_logger()


class CaseOrders:
    """Tells how one case stands until the bot says that it shows that; of several states, the newest.

    `in_doubt` are cases that may have been told of when the process last ended. `_lock` guards what is remembered.
    """

    def __init__(self, ledger: Ledger, door: DoorClient, clock: Clock, *, in_doubt: Iterable[int] = ()) -> None:
        self._ledger = ledger
        self._door = door
        self._clock = clock
        self._pace = ReminderPace(ledger, clock)
        self._lock = threading.Lock()
        self._in_doubt = set(in_doubt)
        self._arriving: set[AppUserId] = set()
        self._failures: dict[AppUserId, int] = {}

    def awaits(self, app_user_id: AppUserId) -> bool:
        """Whether news of this app user wait for a message of theirs to be in Slack."""
        return app_user_id in self._arriving

    def carry(self, whose: AppUserId, ids: tuple[int, ...]) -> Trip[int]:
        """Tell of the first of `ids`."""
        first = ids[:1]
        began = self._clock.now()
        case, told, arriving = self._look(whose, ids[0], began)
        if case is None:
            return Trip(first)
        if case.app_user_id != whose:
            return Trip(moved=case.app_user_id)
        if arriving:
            return Trip(delay=ARRIVING_SECONDS)
        if told is None:
            return Trip(delay=case.quiet(began))
        held = self._pace.hold(case, doubted=self._doubt_since(case) is not None)
        if held is not None:
            return held
        said = self._said(case, told)
        outcome = outcome_of(lambda: self._door.call(wire.CASE, said, OUTCOME), judged)
        return Trip(away=True) if outcome is None else self._conclude(whose, case, outcome, began)

    def _look(self, whose: AppUserId, case_id: int, now: float) -> "_News":
        with self._lock:
            self._arriving.add(whose)  # before it is looked at, so that an arrival in between is noticed
        news = self._ledger.read(lambda books: _news(books, case_id, now))
        with self._lock:
            if news.arriving:
                self._in_doubt.discard(case_id)  # nobody was told of it yet
            else:
                self._arriving.discard(whose)
        return news

    def _conclude(
        self, whose: AppUserId, case: Case, outcome: Done | Later | Never | Unknown, began: float
    ) -> Trip[int]:
        log = _log.bind(app_user_id=whose, case_id=case.id, sequence=case.sequence)
        match outcome:
            case Done(place=place):
                log.info("case_shown")
                return self._settled(whose, case, KnownPlace(place.channel_id, place.ts))
            case Never(reason=reason):
                log.warning("case_refused", reason=reason)
                return self._settled(whose, case, None)
            case Later(seconds=seconds, reason=reason):
                log.info("case_held_back", seconds=seconds, reason=reason)
                return Trip(delay=max(0.0, seconds))
            case Unknown(reason=reason):
                if case.doubt_since is None:
                    self._ledger.write(lambda books: books.cases.doubt(case, began))
                delay = peer_delay(self._failed(whose))
                log.warning("case_in_doubt", reason=reason, seconds=delay)
                return Trip(delay=delay)

    def _settled(self, whose: AppUserId, case: Case, place: KnownPlace | None) -> Trip[int]:
        """The bot has shown how `case` stands. What changed meanwhile is told next."""
        with self._lock:
            self._failures.pop(whose, None)
            self._in_doubt.discard(case.id)

        def job(books: Books) -> Case | None:
            books.cases.told(case, place)
            return books.cases.find(case.id)

        now = self._ledger.write(job)
        return Trip() if now is not None and now.has_news else Trip((case.id,))

    def _said(self, case: Case, told: wire.Case) -> wire.CaseNews:
        return wire.CaseNews(
            case=told,
            sequence=case.sequence,
            reminder=case.reminder,
            reminders=case.reminders,
            place=Place(channel_id=case.place.channel_id, ts=case.place.ts) if case.place else None,
            doubt_since=self._doubt_since(case),
        )

    def _doubt_since(self, case: Case) -> float | None:
        if case.doubt_since is None and case.id in self._in_doubt:
            return case.untold_since
        return case.doubt_since

    def _failed(self, whose: AppUserId) -> int:
        with self._lock:
            self._failures[whose] = self._failures.get(whose, 0) + 1
            return self._failures[whose]


class _News(NamedTuple):
    """A case that the bot has to show, if it does not yet; `told` is absent where it is to be told later.

    `arriving`: its first message has yet to be in Slack.
    """

    case: Case | None = None
    told: wire.Case | None = None
    arriving: bool = False


def _news(books: Books, case_id: int, now: float) -> _News:
    case = books.cases.find(case_id)
    if case is None or not case.has_news:
        return _News()
    if case.quiet(now):
        return _News(case)
    if not case.told and case.first_message_id and books.handovers.to_bot(case.first_message_id) == "waiting":
        return _News(case, arriving=True)
    told = telling.told(books, case)
    return _News(case, told) if told else _News()
