"""What a Home tab shows, put together: cases from the app's side, channels from the channel book."""

from collections.abc import Callable
from dataclasses import replace

import structlog

from desk.cases.situations import situation_of
from desk.commands.waiting import Quoted
from desk.domain.home import Row, Rows, Tab
from desk.domain.naming import title
from desk.domain.situation import Target, buttons, state_elements
from desk.ports import AppSide, ChannelBook
from wire.cases import Case, CaseList, CasesRequest
from wire.client import NoAnswerError, PeerAwayError, RefusedError
from wire.ids import AgentId

SECONDS = 1.0
"""For an answer of the app's side: whoever opened their tab waits for two."""
MOST_WAITING = 100
MOST_OWN = 50

_log = structlog.get_logger(__name__)


class AwayError(Exception):
    """The app's side does not answer."""


class HomeBoard:
    """Asks the app's side, in `SECONDS` at most. Raises AwayError, nothing else.

    `team_id` tells the workspace's, as far as it is known; `quoted` is what may be read of an app user's first words
    outside of their channel.
    """

    def __init__(self, app_side: AppSide, book: ChannelBook, team_id: Callable[[], str | None], quoted: Quoted) -> None:
        self._quoted = quoted
        self._app_side = app_side
        self._book = book
        self._team_id = team_id

    def waiting(self) -> CaseList:
        """All cases in which somebody waits."""
        return self._ask(CasesRequest(most=MOST_WAITING))

    def tab(self, agent_id: AgentId, waiting: CaseList, notice: str) -> Tab:
        """What `agent_id` sees: their own cases, and what else waits."""
        own = self._ask(CasesRequest(agent_id=agent_id, most=MOST_OWN))
        mine = {case.case_id for case in own.cases}
        others = [case for case in waiting.cases if case.case_id not in mine]
        left = waiting.total - (len(waiting.cases) - len(others))
        return Tab(
            Rows(tuple(self._row(case, own=True) for case in own.cases), own.total),
            Rows(tuple(self._row(case, own=False) for case in others), left),
            wait=waiting.total,
            longest=waiting.cases[0].waiting_since if waiting.cases else None,
            notice=notice,
        )

    def _ask(self, asked: CasesRequest) -> CaseList:
        try:
            return self._app_side.open_cases(asked, seconds=SECONDS)
        except (PeerAwayError, NoAnswerError, RefusedError) as error:
            _log.warning("open cases not known", reason=str(error))
            raise AwayError from error

    def _row(self, case: Case, *, own: bool) -> Row:
        entry = self._book.of_app_user(case.app_user_id)
        known_as = entry.title if entry else None
        channel_id = entry.channel_id if entry and entry.state == "open" else None
        situation = situation_of(case)
        target = Target(case.app_user_id, channel_id, self._team_id(), situation)
        name, words = title(case.name, known_as, case.app_user_id), self._quoted(entry, case.first_words)
        state = replace(situation, claimed_by=None) if own else situation  # whose it is, its heading says
        return Row(name, words, channel_id, state_elements(state), buttons(target, own=own))
