"""The workspace on disk: loaded at the start, saved a moment after each change and at the end, atomically."""

import asyncio
import contextlib
import os
from pathlib import Path

import structlog
from pydantic import TypeAdapter, ValidationError

from sandbox.credentials import Credentials
from sandbox.workspace import Workspace
from sandbox.world import World

QUIET_SECONDS = 1.0
FORMAT = TypeAdapter(Workspace)

log = structlog.get_logger(__name__)


class Keeper:
    """Keeps a world's workspace in a file."""

    def __init__(self, world: World, path: Path) -> None:
        self._world = world
        self._path = path
        self._changed = asyncio.Event()

    def load(self) -> None:
        """Take the workspace from the file, if there is one; the app is installed anew, as its manifest says now.

        A file that cannot be read is set aside, and the workspace begins afresh.
        """
        if not self._path.exists():
            return
        try:
            workspace = FORMAT.validate_json(self._path.read_bytes())
        except ValidationError:
            aside = self._path.with_suffix(".unreadable")
            self._path.replace(aside)
            log.warning("the kept workspace cannot be read: beginning afresh", set_aside=str(aside))
            return
        workspace.credentials = Credentials()
        self._world.workspace = workspace
        log.info("workspace loaded", path=str(self._path), channels=len(workspace.channels))

    def keep(self) -> None:
        """Save after each change from now on."""
        self._world.updates.on_change = self._changed.set
        self._world.spawn(self._save_after_changes())

    def save(self) -> None:
        """Write the file: first beside it, then in its place."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        beside = self._path.with_suffix(".new")
        with beside.open("wb") as file:
            file.write(FORMAT.dump_json(self._world.workspace))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._path)

    async def _save_after_changes(self) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            while True:
                await self._changed.wait()
                await asyncio.sleep(QUIET_SECONDS)
                self._changed.clear()
                self.save()
