"""Slack's Socket Mode: one line held open, its envelopes handed over in the order in which they came."""

import asyncio
import json
import threading
from collections.abc import Callable, Coroutine
from concurrent import futures
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import aiohttp
import structlog

from desk.errbot_backend import wording_for_operators as wording
from desk.errbot_backend.lines import open_line
from desk.slack.own_machine import is_this_machine

LASTING_SECONDS = 30.0
"""A line that held as long was a good one."""
GRACE_SECONDS = 10.0
"""How long a line that Slack wants replaced is still read, beside its successor."""
SEND_SECONDS = 1.0
PAUSES = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds before the next try, by the number of tries before that failed or did not last; then always the last."""

log = structlog.get_logger(__name__)


class LineGoneError(Exception):
    """Nothing can be sent: no line to Slack is open, or it did not take the frame in time."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One envelope; `kind` is its type. `answer` acknowledges it, from any thread, or raises LineGoneError."""

    envelope_id: str
    kind: str
    payload: dict[str, Any]
    answer: Callable[[dict[str, Any] | None], None]


class SocketMode:
    """Runs an event loop on a thread of its own. `on_frame` is called there, so it must be quick.

    slack_sdk's clients do the same job with a thread pool that loses the order, wait up to 5 s before they notice a
    closed line, and leave a gap when Slack has a line replaced; docs/decisions/0005 has the details.
    """

    def __init__(self, api_url: str, app_token: str, on_frame: Callable[[Frame], None]) -> None:
        self._api_url = api_url
        self._app_token = app_token
        self._on_frame = on_frame
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="socket-mode", daemon=True)
        self._line: aiohttp.ClientWebSocketResponse | None = None
        self._wanted = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._problem: str | None = wording.socket_connecting()

    @property
    def problem(self) -> str | None:
        """Why nothing can arrive now; None: a line is open."""
        return self._problem

    def start(self) -> None:
        """Connect, and stay connected."""
        self._thread.start()

    def after(self, seconds: float, action: Callable[[], None]) -> None:
        """Run `action` on the loop's thread in `seconds`. To be called there."""
        self._loop.call_later(seconds, action)

    def close(self, seconds: float) -> None:
        """Hang up, within `seconds`."""
        if self._thread.is_alive():
            asyncio.run_coroutine_threadsafe(self._hang_up(seconds / 2), self._loop)
            self._thread.join(seconds)

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        async with aiohttp.ClientSession(trust_env=not is_this_machine(self._api_url)) as session:
            keeper = self._spawn(self._stay_connected(session))
            await asyncio.wait([keeper])
            self._problem = wording.socket_closed()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _stay_connected(self, session: aiohttp.ClientSession) -> None:
        failures = 0
        while True:
            opened = self._loop.time()
            asked_to_wait = 0.0
            try:
                await self._connect(session)
                await self._wanted.wait()
            except Exception as error:  # noqa: BLE001 - the edge: whatever it is, the bot must not stay deaf
                asked_to_wait = getattr(error, "seconds", 0.0)
                self._note(str(error) or type(error).__name__)
            if self._loop.time() - opened > LASTING_SECONDS:
                failures = 0
                continue
            # A line that does not last is a failure too: Slack would soon refuse to open so many.
            await asyncio.sleep(max(PAUSES[min(failures, len(PAUSES) - 1)], asked_to_wait))
            failures += 1

    def _note(self, reason: str) -> None:
        if self._line is None:
            self._problem = wording.socket_failed(reason)
        log.warning("no line to Slack", reason=reason)

    async def _connect(self, session: aiohttp.ClientSession) -> None:
        """Open a line and take it into use; its predecessor is read on until it ends."""
        line = await open_line(session, self._api_url, self._app_token)
        predecessor, self._line = self._line, line
        self._problem = None
        self._wanted.clear()
        log.info("line to Slack open")
        self._spawn(self._read(line))
        if predecessor is not None:
            self._spawn(_close_later(predecessor))

    async def _read(self, line: aiohttp.ClientWebSocketResponse) -> None:
        try:
            async for message in line:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._take(line, message.data)
        finally:
            if self._line is line:
                self._line = None
                self._problem = wording.socket_connecting()
                self._wanted.set()
            log.info("line to Slack closed", code=line.close_code)

    def _take(self, line: aiohttp.ClientWebSocketResponse, text: str) -> None:
        try:
            frame = json.loads(text)
        except ValueError:
            log.warning("a frame that is no JSON", length=len(text))
            return
        if frame.get("type") == "disconnect":
            log.info("Slack wants the line replaced", reason=frame.get("reason"))
            if self._line is line:
                self._wanted.set()
        elif "envelope_id" in frame:
            self._hand_over(line, frame)

    def _hand_over(self, line: aiohttp.ClientWebSocketResponse, frame: dict[str, Any]) -> None:
        envelope_id = str(frame["envelope_id"])

        def answer(payload: dict[str, Any] | None) -> None:
            said = {"envelope_id": envelope_id} | ({"payload": payload} if payload is not None else {})
            self._send(line, json.dumps(said))

        payload = frame.get("payload")
        try:
            self._on_frame(
                Frame(envelope_id, str(frame.get("type")), payload if isinstance(payload, dict) else {}, answer)
            )
        except Exception:  # the edge: a fault in handling one envelope must not end the line
            log.exception("an envelope could not be handled", envelope_id=envelope_id)

    def _send(self, line: aiohttp.ClientWebSocketResponse, text: str) -> None:
        """Send over `line`, or over its successor when it is gone. On the loop's thread it is only set going."""
        if threading.current_thread() is self._thread:
            self._spawn(self._send_now(line, text))
            return
        if not self._thread.is_alive():
            raise LineGoneError("the line was hung up")
        try:
            asyncio.run_coroutine_threadsafe(self._send_now(line, text), self._loop).result(SEND_SECONDS)
        except (TimeoutError, ConnectionError, futures.CancelledError) as error:
            raise LineGoneError(repr(error)) from error

    async def _send_now(self, line: aiohttp.ClientWebSocketResponse, text: str) -> None:
        usable = line if not line.closed else self._line
        if usable is None:
            raise ConnectionResetError("no line to Slack is open")
        await usable.send_str(text)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.warning("socket mode", error=repr(error))

    async def _hang_up(self, seconds: float) -> None:
        """Tell Slack, so that it sends nothing more into the void, and end all tasks."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                if self._line is not None:
                    await self._line.close()
        for task in list(self._tasks):
            task.cancel()


async def _close_later(line: aiohttp.ClientWebSocketResponse) -> None:
    await asyncio.sleep(GRACE_SECONDS)
    await line.close()
