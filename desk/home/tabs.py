"""One agent's Home tab: asked for, laid out, published; and the dialogs that its buttons open."""

import json
from hashlib import sha256

import structlog

from desk.domain.home import Block, dialog, home_blocks, sentence_blocks
from desk.domain.pictures import pictured, without_pictures
from desk.domain.wording import home as words
from desk.domain.wording.answers import may_not_look
from desk.errors import RefusedError, WorkspaceError
from desk.home.board import AwayError, HomeBoard
from desk.locks import KeyedLocks
from desk.memory import Memory
from desk.people import MayNotSpeakError, People
from desk.ports import Workspace
from desk.values import Answer
from wire.cases import CaseList
from wire.ids import AgentId

PRINTS_REMEMBERED = 400

_log = structlog.get_logger(__name__)


class HomeTabs:
    """Publishes Home tabs: one at a time for each agent, and, where nobody is known to look, only what is new."""

    def __init__(self, workspace: Workspace, board: HomeBoard, people: People) -> None:
        self._workspace = workspace
        self._board = board
        self._people = people
        self._locks: KeyedLocks[AgentId] = KeyedLocks()
        self._prints: Memory[AgentId, str] = Memory(PRINTS_REMEMBERED)

    def waiting(self) -> CaseList | None:
        """All cases in which somebody waits; None: the app's side does not answer."""
        try:
            return self._board.waiting()
        except AwayError:
            return None

    def refresh(self, agent_id: AgentId, waiting: CaseList | None, notice: str = "", *, patient: bool = False) -> bool:
        """Publish a tab as it is now, `notice` on top. Returns whether the app's side was there.

        `patient`: only if it is new, and Slack has room.

        Raises:
            WorkspaceError: whatever Slack objects.
        """
        with self._locks.hold(agent_id):
            blocks, there = self._blocks(agent_id, waiting, notice)
            shown = sha256(json.dumps(blocks).encode()).hexdigest()
            if patient and self._prints.get(agent_id) == shown:
                return there
            self._prints.forget(agent_id)
            self._workspace.publish_home(agent_id, blocks, patient=patient)
            self._prints.put(agent_id, shown)
        _log.info("home tab shown", agent_id=agent_id, blocks=len(blocks))
        return there

    def clear(self, agent_id: AgentId) -> None:
        """Let nothing stand in a tab that is not kept up to date any more."""
        try:
            with self._locks.hold(agent_id):
                self._prints.forget(agent_id)
                self._workspace.publish_home(agent_id, sentence_blocks(words.resting()), patient=True)
        except WorkspaceError as error:
            _log.warning("home tab not cleared", agent_id=agent_id, reason=str(error))

    def open_dialog(self, trigger_id: str, answer: Answer) -> bool:
        """Show an answer's blocks in a dialog. Returns whether that worked."""
        try:
            try:
                self._workspace.open_form(trigger_id, dialog(answer.blocks))
            except RefusedError:  # perhaps because it could not load a picture
                if not pictured(answer.blocks):
                    raise
                self._workspace.open_form(trigger_id, dialog(without_pictures(answer.blocks)))
        except WorkspaceError as error:
            _log.warning("dialog not opened", reason=str(error))
            return False
        return True

    def _blocks(self, agent_id: AgentId, waiting: CaseList | None, notice: str) -> tuple[list[Block], bool]:
        """What somebody may see, and whether the app's side was there."""
        try:
            self._people.speaker(agent_id)
            tab = None if waiting is None else self._board.tab(agent_id, waiting, notice)
        except MayNotSpeakError as error:
            return sentence_blocks(may_not_look(error.why), notice), True
        except AwayError:
            tab = None
        return (sentence_blocks(words.away(), notice), False) if tab is None else (home_blocks(tab), True)
