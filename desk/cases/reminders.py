"""Reminders of app users who wait: each once, in the thread of the case's dispatch notice."""

from collections.abc import Sequence

import structlog

from desk.domain.wording import board as wording
from desk.domain.wording.times import MINUTE, span
from desk.lanes import Lanes
from desk.memory import Memory
from desk.ports import ChannelEntry, Clock, Mark, Post
from wire.cases import Case, CaseNews
from wire.messages import Place

REMINDER = "sk_reminder"
REMEMBERED = 5_000

_log = structlog.get_logger(__name__)


class Reminders:
    """Posts reminders. They name the channel and nobody else, so that they mean something wherever they are read.

    `on_call` are Slack's IDs of user groups and people.
    """

    def __init__(self, lanes: Lanes, on_call: Sequence[str], clock: Clock) -> None:
        self._lanes = lanes
        self._called = " ".join(f"<!subteam^{each}>" if each.startswith("S") else f"<@{each}>" for each in on_call)
        self._clock = clock
        self._told: Memory[tuple[int, int], bool] = Memory(REMEMBERED)

    def remind(self, place: Place, entry: ChannelEntry, news: CaseNews) -> None:
        """Let the reminder that `news` asks for stand below the notice at `place`, if there still is a reason for it.

        Raises:
            PostGoneError: the notice is gone.
            WorkspaceError: Slack did not take it now.
        """
        text = self._text(entry, news)
        number = (news.case.case_id, news.reminders)
        if text is None or self._told.get(number):
            return
        mark = Mark(REMINDER, (news.case.app_user_id, *map(str, number)))
        if not (news.doubt_since is not None and self._stands(place, mark)):
            self._lanes.post(place.channel_id, Post(text, mark, thread_ts=place.ts))
            _log.info("reminded", case_id=news.case.case_id, reminder=news.reminder, number=news.reminders)
        self._told.put(number, value=True)

    def _stands(self, place: Place, mark: Mark) -> bool:
        """Whether an earlier try got so far, perhaps when the app user was known by another ID."""
        found = self._lanes.in_thread(place.channel_id, place.ts)
        return any(post.mark.kind == REMINDER and post.mark.ids[1:] == mark.ids[1:] for post in found)

    def _text(self, entry: ChannelEntry, news: CaseNews) -> str | None:
        link = f"<#{entry.channel_id}>"
        waits = _waits(news.case)
        waited = self._clock.now() - (news.case.waiting_since or self._clock.now())
        after = span(waited if waited < MINUTE else round(waited / MINUTE) * MINUTE)
        match news.reminder:
            case "waiting" if waits:
                return wording.nobody_answered(link, after)
            case "on_call" if waits:
                called = self._called
                return wording.still_nobody(called, link, after) if called else wording.nobody_answered(link, after)
            case "snooze_over" if news.case.closed is None:
                return wording.snooze_over(link)
        return None


def _waits(case: Case) -> bool:
    return case.waiting_since is not None and case.closed is None
