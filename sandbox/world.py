"""The sandbox as a whole: the workspace, and the machinery around it that time, limits and faults drive."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

import structlog

from sandbox.calls import CallLog
from sandbox.clock import Clock, SystemClock
from sandbox.faults import Faults
from sandbox.files import UploadTickets
from sandbox.identifiers import IdFactory
from sandbox.limits import Limits
from sandbox.response_urls import ResponseUrls
from sandbox.socket_mode import SocketMode
from sandbox.triggers import Triggers
from sandbox.updates import Updates
from sandbox.workspace import Workspace, fresh_workspace

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class AppAccess:
    """Where the app user's chat finds the App API; no token: the page asks for one."""

    server_url: str = ""
    app_id: str = "app"
    app_token: str | None = None


@dataclass(slots=True)
class World:
    """Everything one running sandbox has; `base_url` is set when it listens.

    `file_processing_seconds`: how long Slack takes to look into an uploaded file.
    """

    clock: Clock = field(default_factory=SystemClock)
    ids: IdFactory = field(default_factory=IdFactory)
    limits_enabled: bool = True
    file_processing_seconds: float = 0.0
    app_access: AppAccess = field(default_factory=AppAccess)
    base_url: str = ""
    workspace: Workspace = field(init=False)
    limits: Limits = field(init=False)
    faults: Faults = field(default_factory=Faults)
    calls: CallLog = field(default_factory=CallLog)
    triggers: Triggers = field(init=False)
    response_urls: ResponseUrls = field(init=False)
    upload_tickets: UploadTickets = field(init=False)
    socket: SocketMode = field(init=False)
    updates: Updates = field(init=False)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Furnish the world around a fresh workspace."""
        self.workspace = fresh_workspace(self.clock.now())
        self.limits = Limits(self.clock, enabled=self.limits_enabled)
        self.triggers = Triggers(self.clock, self.ids)
        self.response_urls = ResponseUrls(self.clock, self.ids)
        self.upload_tickets = UploadTickets(self.ids)
        self.updates = Updates()
        self.socket = SocketMode(self.clock, self.ids, self.spawn, lambda: self.updates.publish("socket"))

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Let work go on by itself until it is done or the sandbox stops."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)

    def reset(self) -> None:
        """Begin again with a fresh workspace; connections and switches stay as they are."""
        self.workspace = fresh_workspace(self.clock.now())
        self.faults.clear()
        self.calls.clear()
        self.limits.forget()
        self.socket.forget()
        self.updates.publish("reset")

    async def stop(self) -> None:
        """End everything that still goes on."""
        self.updates.close()
        await self.socket.lines.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception():
            log.error("background work failed", exc_info=task.exception())
