"""Who waits for an answer, how long, and who takes care of it."""

from collections.abc import Callable

import structlog

from desk.asking import Asked
from desk.domain import wording as common
from desk.domain.naming import clean, title
from desk.domain.slack_text import escape, quoted_word
from desk.domain.waiting import SHOWN, Row, list_blocks, list_text
from desk.domain.wording import times
from desk.domain.wording import waiting as wording
from desk.ports import AppSide, ChannelBook, ChannelEntry, Clock
from desk.values import Answer
from wire.cases import Case, CasesRequest
from wire.client import NoAnswerError, PeerAwayError, RefusedError
from wire.ids import AgentId

MINE = "mine"

Quoted = Callable[[ChannelEntry | None, str], str]

_log = structlog.get_logger(__name__)


class WaitingList:
    """Shows the conversations that wait, or those that are an agent's.

    `quoted` is what may be read of an app user's first words outside of their channel.
    """

    def __init__(self, *, app_side: AppSide, book: ChannelBook, clock: Clock, quoted: Quoted) -> None:
        self._quoted = quoted
        self._app_side = app_side
        self._book = book
        self._clock = clock

    def show(self, asked: Asked) -> Answer:
        """All that wait, or, for `mine`, the caller's own; the longest waiting first."""
        word = asked.argument.casefold()
        if word not in {"", MINE}:
            return Answer(wording.mine_or_nothing(quoted_word(asked.argument)))
        mine = asked.person.agent_id if word else None
        try:
            found = self._app_side.open_cases(
                CasesRequest(agent_id=mine, most=SHOWN), seconds=asked.within.left(self._clock.now())
            )
        except (PeerAwayError, NoAnswerError) as error:
            _log.warning("waiting list not shown", reason=str(error))
            return Answer(common.not_shown_away())
        except RefusedError as error:
            _log.warning("waiting list not shown", reason=error.code)
            return Answer(common.not_shown_refused(escape(error.description)))
        if not found.cases:
            return Answer(wording.none_yours() if mine else wording.nobody_waits(), carried_out=True)
        total = max(found.total, len(found.cases))
        head = wording.your_cases(total) if mine else wording.who_waits(total)
        rows = [self._row(case, mine) for case in found.cases[:SHOWN]]
        more = total - len(rows)
        return Answer(list_text(head, rows, more), list_blocks(head, rows, more), carried_out=True)

    def _row(self, case: Case, mine: AgentId | None) -> Row:
        entry = self._book.of_app_user(case.app_user_id)
        name = title(case.name, entry.title if entry else None, case.app_user_id)
        channel_id = entry.channel_id if entry else None
        if case.waiting_since is None:
            how_long = wording.answered()
        else:
            span = times.span(self._clock.now() - case.waiting_since)
            how_long = wording.waits_so_long(span) if mine else span
        whose = wording.nobodys()
        if case.claimed_by:
            whose = wording.theirs(clean(case.claimed_by.name))
        if case.snoozed_until is not None and case.snoozed_until > self._clock.now():
            whose = f"{whose}, {wording.put_off()}"
        return Row(name, channel_id, how_long, whose, self._quoted(entry, case.first_words))
