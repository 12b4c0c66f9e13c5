"""Who people in Slack are: asked once in a while, remembered in between."""

import structlog

from desk.domain.slack_text import Names
from desk.domain.speakers import objection
from desk.domain.wording.answers import Standing
from desk.errors import NoSuchPersonError, RefusedError, WorkspaceError
from desk.memory import Memory
from desk.ports import Clock, Person, Workspace
from wire.ids import AgentId

LIFE_SPAN = 300.0
"""Seconds after which Slack is asked again: so long a new guest may still pass for a member."""
STALE_SPAN = 3600.0
"""Seconds for which somebody known is believed where Slack cannot be asked again."""
NAMES_WITHIN = 0.4
"""Seconds after which no more names are looked up for mentions."""
CAPACITY = 5000

_log = structlog.get_logger(__name__)


class MayNotSpeakError(Exception):
    """This person may not speak to app users."""

    def __init__(self, why: Standing) -> None:
        super().__init__(why)
        self.why = why


class People:
    """Looks people up, at most once in LIFE_SPAN."""

    def __init__(self, workspace: Workspace, clock: Clock) -> None:
        self._workspace = workspace
        self._clock = clock
        self._known: Memory[AgentId, tuple[float, Person]] = Memory(CAPACITY)
        self._changes = 0

    def speaker(self, agent_id: AgentId) -> Person:
        """Somebody who may speak to app users and see their profiles.

        Raises:
            MayNotSpeakError: this person may not, or Slack does not say who it is.
        """
        try:
            person = self.find(agent_id)
        except NoSuchPersonError as error:
            raise MayNotSpeakError("outsider") from error
        except WorkspaceError as error:
            _log.warning("person not found out", agent_id=agent_id, error=str(error))
            raise MayNotSpeakError("unknown") from error
        objected = objection(person)
        if objected:
            raise MayNotSpeakError(objected)
        return person

    def find(self, agent_id: AgentId) -> Person:
        """Who it is. Raises whatever Slack objects; NoSuchPersonError where it shows nobody."""
        asked, known = self._known.get(agent_id) or (0.0, None)
        age = self._clock.now() - asked
        if known and age < LIFE_SPAN:
            return known
        changes = self._changes
        try:
            person = self._workspace.person(agent_id)
        except RefusedError:
            self._known.forget(agent_id)
            raise
        except WorkspaceError:
            if known and age < STALE_SPAN:
                return known
            raise
        self._known.put(agent_id, (self._clock.now(), person))
        if self._changes != changes:  # somebody changed while Slack was asked: the answer may be older than that
            self._known.forget(agent_id)
        return person

    def name(self, agent_id: AgentId) -> str | None:
        """How the workspace calls somebody; `None` where it does not say."""
        try:
            return self.find(agent_id).name
        except WorkspaceError as error:
            _log.info("name not found out", agent_id=agent_id, error=str(error))
            return None

    def names(self, deadline: float) -> Names:
        """Looks up the names of those who are mentioned, as long as there is time."""
        last = min(deadline, self._clock.now() + NAMES_WITHIN)
        return Names(lambda agent_id: self.name(AgentId(agent_id)) if self._clock.now() < last else None)

    def forget(self, agent_id: AgentId) -> None:
        """Ask Slack anew about this person."""
        self._changes += 1
        self._known.forget(agent_id)
