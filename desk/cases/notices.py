"""What becomes of cases, told in the dispatch channel: one notice a case, true to how it stands, and reminders."""

from collections.abc import Callable
from dataclasses import replace

import structlog

from desk.cases.reminders import Reminders
from desk.cases.situations import situation_of
from desk.conversations.erasing import refusal
from desk.conversations.residents import resident
from desk.dispatch.channel import DispatchError
from desk.dispatch.rewriting import Rewriting
from desk.dispatch.routing import Routing
from desk.dispatch.sheets import REMEMBERED, Key, key_of, key_of_case
from desk.domain.announcements import Started, first_words
from desk.domain.naming import clean
from desk.domain.wording import board as wording
from desk.errors import ChannelBookError, PostGoneError, WorkspaceError
from desk.locks import KeyedLocks
from desk.memory import Memory
from desk.outcomes import BLOCKED_SECONDS, Setback, setback
from desk.ports import ChannelBook, ChannelEntry
from wire.cases import Case, CaseNews
from wire.ids import AppUserId, ChannelId, Ts
from wire.messages import Done, Later, Place, Unknown

NOWHERE = Place(channel_id=ChannelId(""), ts=Ts(""))
"""Of a case of which nobody had to be told."""
CHANNELLESS_SECONDS = 60.0
"""Slack may have refused all that the app user wrote; then there is no channel until somebody has it tried again."""

_log = structlog.get_logger(__name__)


class CaseNotices:
    """Keeps the notices of cases true. An app user's lock is held, so that an opening tells of its case first."""

    def __init__(
        self,
        *,
        book: ChannelBook,
        routing: Routing,
        rewriting: Rewriting,
        reminders: Reminders,
        locks: KeyedLocks[AppUserId],
        gone: Callable[[AppUserId], bool],
    ) -> None:
        self._book = book
        self._routing = routing
        self._rewriting = rewriting
        self._reminders = reminders
        self._locks = locks
        self._gone = gone
        self._newest: Memory[int, tuple[int, Place]] = Memory(REMEMBERED)

    def tell(self, news: CaseNews) -> Done | Setback:
        """Make the notice of a case say how it stands, and remind people if they are to be reminded."""
        with resident(self._locks, self._book, news.case.app_user_id) as app_user_id:
            if self._gone(app_user_id):
                return refusal()
            newest = self._newest.get(news.case.case_id)
            if newest and newest[0] > news.sequence:  # an order that was given up by who gave it, and lived on here
                return Done(place=newest[1])
            outcome = self._carry_out(app_user_id, news)
            if isinstance(outcome, Done):
                self._newest.put(news.case.case_id, (news.sequence, outcome.place))
        _report(news, outcome)
        return outcome

    def _carry_out(self, app_user_id: AppUserId, news: CaseNews) -> Done | Setback:
        entry = self._book.of_app_user(app_user_id)
        if entry is None or (entry.state == "opening" and not entry.announced):
            seconds = BLOCKED_SECONDS if entry else CHANNELLESS_SECONDS
            return Later(seconds=seconds, reason=wording.not_open_yet())
        posted: list[Place] = []
        try:
            return self._told(entry, news, posted)
        except (WorkspaceError, DispatchError, ChannelBookError) as error:
            outcome = setback(error)
            if posted and isinstance(outcome, Later):
                return Unknown(reason=outcome.reason)  # "nothing was done" would not be true
            return outcome

    def _told(self, entry: ChannelEntry, news: CaseNews, posted: list[Place]) -> Done | Later:
        """Bring the notice up to date; `posted` grows with each that is made."""
        own = entry.announced if entry.case_id == news.case.case_id else None
        before = news.place if news.place and news.place.ts else None
        key = key_of(entry) if own else key_of_case(entry.app_user_id, news.case.case_id)
        line = self._line(entry, news.case, again=own is None)
        last = own or before
        board = self._routing.board(entry)
        place = board.show(key, line, last, patient=news.reminder == "none") if last else None
        if place is None:
            if not _worth_telling(news.case, told_before=last is not None):
                return Done(place=last or NOWHERE)
            if entry.state != "open":
                return Later(seconds=BLOCKED_SECONDS, reason=wording.not_open_yet())
            place = self._anew(entry, key, line, news.doubt_since, posted)
        if before and before != place:
            self._rewriting.retire(before, line)
        if news.reminder != "none" and entry.channel_id is None:  # nobody could answer yet
            return Later(seconds=BLOCKED_SECONDS, reason=wording.not_open_yet())
        try:
            self._reminders.remind(place, entry, news)
        except PostGoneError:  # somebody deleted the notice, and nothing has changed in it since
            self._routing.board(entry).deleted(key)
            place = self._anew(entry, key, line, None, posted)
            self._reminders.remind(place, entry, news)
        return Done(place=place)

    def _anew(
        self, entry: ChannelEntry, key: Key, line: Started, doubt_since: float | None, posted: list[Place]
    ) -> Place:
        case_id = line.situation.case_id if line.situation else -1
        others = [key_of_case(merged_id, case_id) for merged_id in entry.merged]
        entry, place = self._routing.told(entry, lambda board, _: board.tell(key, line, doubt_since, others))
        posted.append(place)
        if entry.case_id == case_id and entry.announced:
            self._book.keep(replace(entry, announced=place))
        return place

    def _line(self, entry: ChannelEntry, case: Case, *, again: bool) -> Started:
        return Started(
            clean(case.name or "") or entry.title if again else entry.title,
            self._routing.quoted(entry, first_words(case.first_words)),
            entry.channel_id,
            app_user_id=entry.app_user_id,
            again=again,
            begun_by=case.opened_by.name if case.opened_by else None,
            situation=situation_of(case),
        )


def _report(news: CaseNews, outcome: Done | Setback) -> None:
    log = _log.bind(case_id=news.case.case_id, sequence=news.sequence, reminder=news.reminder)
    if isinstance(outcome, Done):
        log.info("case told", channel_id=outcome.place.channel_id, ts=outcome.place.ts)
    else:
        log.info("case not told", outcome=outcome.result, reason=outcome.reason)


def _worth_telling(case: Case, *, told_before: bool) -> bool:
    """Whether a case without a notice gets one: somebody who deleted it wants to read of it only if it waits."""
    return case.closed is None and (case.waiting_since is not None or not told_before)
