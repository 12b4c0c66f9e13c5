"""Lines in a channel that tell all what somebody did: in order, and later where Slack does not take them now."""

import threading
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass

import structlog

from desk.errors import InDoubtError, LimitedError, UnreachableError, WorkspaceError
from desk.lanes import Lanes
from desk.ports import Clock, Post
from wire.ids import ChannelId

UNREACHABLE_SECONDS = 5.0
GIVEN_UP_AFTER = 3600.0
"""Seconds after which a line is no news any more."""

_log = structlog.get_logger(__name__)


@dataclass
class _Line:
    post: Post
    since: float
    doubt_since: float | None = None


class Lines:
    """Posts lines, each under a mark that no other has: where Slack's answer got lost, it is looked for by that.

    Nobody waits for Slack here. `_guard` guards the queues; a channel that has one has a thread or a timer at work.
    """

    def __init__(self, lanes: Lanes, clock: Clock) -> None:
        self._lanes = lanes
        self._clock = clock
        self._guard = threading.Lock()
        self._queues: dict[ChannelId, deque[_Line]] = {}
        self._closed = False

    def say(self, channel_id: ChannelId, post: Post) -> None:
        """Post it as soon as Slack takes it, behind those before it."""
        with self._guard:
            idle = channel_id not in self._queues
            self._queues.setdefault(channel_id, deque()).append(_Line(post, self._clock.now()))
        if idle:
            self._clock.after(0.0, lambda: self._work(channel_id))

    def forget(self, channel_ids: Collection[ChannelId]) -> None:
        """Say nothing more in these channels."""
        with self._guard:
            for channel_id in channel_ids:
                if channel_id in self._queues:
                    self._queues[channel_id].clear()

    def close(self) -> None:
        """Try no more: the dispatch notice tells the same."""
        self._closed = True

    def _work(self, channel_id: ChannelId) -> None:
        while line := self._first(channel_id):
            seconds = self._tried(channel_id, line)
            if seconds is not None:
                self._clock.after(seconds, lambda: self._work(channel_id))
                return
            with self._guard:
                queue = self._queues[channel_id]
                if queue and queue[0] is line:
                    queue.popleft()

    def _first(self, channel_id: ChannelId) -> _Line | None:
        with self._guard:
            queue = self._queues[channel_id]
            if queue and not self._closed:
                return queue[0]
            del self._queues[channel_id]
            return None

    def _tried(self, channel_id: ChannelId, line: _Line) -> float | None:
        """In how many seconds it is to be tried again; None: it stands there, or never will."""
        began = self._clock.now()
        if began - line.since > GIVEN_UP_AFTER:
            return None
        try:
            if self._lanes.standing(channel_id, line.post.mark, line.doubt_since) is None:
                self._lanes.post(channel_id, line.post)
        except InDoubtError:
            line.doubt_since = line.doubt_since or began
            return UNREACHABLE_SECONDS
        except LimitedError as error:
            return error.seconds
        except UnreachableError:
            return UNREACHABLE_SECONDS
        except WorkspaceError as error:
            _log.info("line not posted", channel_id=channel_id, reason=str(error))
        return None
