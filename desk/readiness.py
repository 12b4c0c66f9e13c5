"""Whether the desk can do its job, asked sparingly."""

import threading
from collections.abc import Iterable

import structlog

from desk.dispatch.channel import Dispatch, DispatchError
from desk.domain import wording
from desk.errors import BlockedError, WorkspaceError
from desk.ports import Clock, Workspace

ASK_AGAIN = 5.0
"""Seconds between two questions to Slack while something is wrong."""
BELIEVED = 60.0
"""Seconds for which success is believed without asking."""

_log = structlog.get_logger(__name__)


class Readiness:
    """Asks Slack who we are and where the dispatch channels are, and remembers the answer."""

    def __init__(self, workspace: Workspace, dispatches: Iterable[Dispatch], clock: Clock) -> None:
        self._workspace = workspace
        self._dispatches = dispatches
        self._clock = clock
        self._asking = threading.Lock()
        self._problems = [wording.not_asked_yet()]
        self._asked = 0.0
        self._due = 0.0

    def problems(self) -> list[str]:
        """Why the desk cannot work; empty = it can. One caller asks, others meanwhile get what was known before."""
        if self._clock.now() >= self._due and self._asking.acquire(blocking=False):
            try:
                before, self._problems = self._problems, self._ask()
                self._asked = self._clock.now()
                self._due = self._asked + (ASK_AGAIN if self._problems else BELIEVED)
            finally:
                self._asking.release()
            if self._problems != before:
                _log.info("readiness changed", problems=self._problems)
        return list(self._problems)

    def doubt(self) -> None:
        """Something went wrong that may concern everything: ask again soon."""
        self._due = min(self._due, self._asked + ASK_AGAIN)

    def _ask(self) -> list[str]:
        try:
            self._workspace.identity()
            return [problem for dispatch in self._dispatches if (problem := _problem(dispatch))]
        except BlockedError as error:
            return [wording.slack_blocks(error.code)]
        except WorkspaceError as error:
            return [wording.slack_unanswered(str(error))]


def _problem(dispatch: Dispatch) -> str | None:
    try:
        dispatch.channel_id()
    except DispatchError as error:
        return str(error)
    return None
