"""HomeNote as a small file beside the channel book: whose Home tabs are kept up to date."""

import json
from collections.abc import Sequence
from pathlib import Path

import structlog

from wire.ids import AgentId

FILE_NAME = "home.json"

_log = structlog.get_logger(__name__)


class HomeNoteFile:
    """The note in `directory`. Whatever is wrong with it, a Home tab is brought up to date when it is opened."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / FILE_NAME

    def read(self) -> tuple[AgentId, ...]:
        """Who has opened their Home tab, whoever did last at the end."""
        try:
            noted = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return ()
        except (OSError, ValueError) as error:
            _log.warning("home note not read", path=str(self._path), error=str(error))
            return ()
        agents = noted.get("agents") if isinstance(noted, dict) else None
        return tuple(AgentId(each) for each in agents if isinstance(each, str)) if isinstance(agents, list) else ()

    def write(self, agents: Sequence[AgentId]) -> None:
        """Replace the file by one that is whole. Not waiting for the disk: whose tab is forgotten opens it again."""
        temporary = self._path.with_suffix(".json.new")
        try:
            temporary.write_text(json.dumps({"agents": list(agents)}), encoding="utf-8")
            temporary.replace(self._path)
        except OSError as error:
            _log.warning("home note not written", path=str(self._path), error=str(error))
