"""Agents' Home tabs: shown when they are opened, and again when something changes."""

import threading

import structlog

from desk.domain.wording import home as words
from desk.errors import LimitedError, RefusedError, WorkspaceError
from desk.home.tabs import HomeTabs
from desk.ports import Clock, HomeNote
from desk.values import Answer, Press
from wire.ids import AgentId

QUIET_SECONDS = 2.0
"""What changes meanwhile is shown at once."""
AWAY_SECONDS = 30.0
"""So long a webhook server that does not answer is not asked again, unless it speaks or somebody opens their tab."""
MOST_AGENTS = 200
"""Home tabs that are kept up to date: those that were opened last."""

_log = structlog.get_logger(__name__)


class Home:
    """All Home tabs. `_guard` guards what is due; nobody is asked under it.

    `_due` are agents whose tab may be out of date, who has waited longest first; `_at` is when they are seen to.
    """

    def __init__(self, *, tabs: HomeTabs, clock: Clock, note: HomeNote) -> None:
        self._tabs = tabs
        self._clock = clock
        self._note = note
        self._guard = threading.Lock()
        self._agents: dict[AgentId, None] = dict.fromkeys(note.read()[-MOST_AGENTS:])
        self._due: dict[AgentId, None] = {}
        self._at: float | None = None
        self._call_off = _nothing
        self._working = False
        self._hurry = False
        self._closed = False
        self.changed()  # whatever it was that happened while no process was there

    def opened(self, agent_id: AgentId) -> None:
        """Somebody looks at their Home tab: show it as it is now, and keep it up to date from now on."""
        retired = self._remember(agent_id)
        self._show(agent_id)
        if retired:
            self._tabs.clear(retired)

    def changed(self) -> None:
        """Something changed about some case: the tabs of all follow in a moment."""
        with self._guard:
            self._due |= self._agents
            self._hurry = True
        self._appoint(QUIET_SECONDS)

    def answered(self, press: Press, answer: Answer) -> Answer:
        """A button in a Home tab was pressed: show what came of it there, or in a dialog. Returns what is left to say.

        Blocks need room, and open a dialog; a sentence stands on top of the tab until the next change.
        """
        notice = answer.text
        if answer.blocks:
            notice = "" if self._tabs.open_dialog(press.trigger_id, answer) else words.no_dialog()
        if notice or not answer.blocks:
            self._show(press.agent_id, notice)
        return Answer("", carried_out=answer.carried_out)

    def close(self) -> None:
        """Show nothing new any more."""
        with self._guard:
            self._closed = True
            call_off = self._call_off
        call_off()

    def _show(self, agent_id: AgentId, notice: str = "") -> None:
        """Show one tab to somebody who looks at it."""
        try:
            if not self._tabs.refresh(agent_id, self._tabs.waiting(), notice):
                self._owe(agent_id, AWAY_SECONDS)
        except LimitedError as error:
            self._owe(agent_id, error.seconds)
        except WorkspaceError as error:
            _log.warning("home tab not shown", agent_id=agent_id, reason=str(error))

    def _remember(self, agent_id: AgentId) -> AgentId | None:
        """Returns whose tab is not kept up to date any more."""
        with self._guard:
            if next(reversed(self._agents), None) == agent_id:
                return None
            self._agents.pop(agent_id, None)
            self._agents[agent_id] = None
            retired = next(iter(self._agents)) if len(self._agents) > MOST_AGENTS else None
            if retired:
                del self._agents[retired]
                self._due.pop(retired, None)
            self._note.write(tuple(self._agents))
        return retired

    def _forget(self, agent_id: AgentId) -> None:
        with self._guard:
            if agent_id in self._agents:
                del self._agents[agent_id]
                self._note.write(tuple(self._agents))

    def _owe(self, agent_id: AgentId, seconds: float) -> None:
        with self._guard:
            self._due[agent_id] = None
        self._appoint(seconds)

    def _appoint(self, seconds: float) -> None:
        """See to what is due in `seconds`, or sooner if that was planned; a round under way sees to it at its end."""
        at = self._clock.monotonic() + seconds
        with self._guard:
            if self._closed or self._working or not self._due or (self._at is not None and self._at <= at):
                return
            self._call_off()
            self._at, self._call_off = at, self._clock.after(seconds, self._see_to_it)

    def _see_to_it(self) -> None:
        with self._guard:
            self._at, self._call_off = None, _nothing
            self._working, self._hurry = True, False
            due = [] if self._closed else [*self._due]
        pause = QUIET_SECONDS
        try:
            pause = self._round(due)
        finally:
            with self._guard:
                self._working = False
                pause = min(pause, QUIET_SECONDS) if self._hurry else pause
            self._appoint(pause)

    def _round(self, agents: list[AgentId]) -> float:
        """Bring these tabs up to date. Returns in how many seconds to come again, if anything is due then."""
        waiting = self._tabs.waiting() if agents else None
        for agent_id in agents:
            with self._guard:
                self._due.pop(agent_id, None)
            try:
                if not self._tabs.refresh(agent_id, waiting, patient=True):
                    self._owe(agent_id, AWAY_SECONDS)
            except LimitedError as error:
                self._owe(agent_id, error.seconds)
                return error.seconds
            except RefusedError as error:  # whoever opens it again is kept up to date again
                _log.warning("home tab given up", agent_id=agent_id, reason=error.code)
                self._forget(agent_id)
            except WorkspaceError as error:
                _log.warning("home tab not shown", agent_id=agent_id, reason=str(error))
        return AWAY_SECONDS if waiting is None else QUIET_SECONDS


def _nothing() -> None:
    """Nothing is planned."""
