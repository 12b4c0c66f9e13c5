"""Posts that follow what was done already: in order, once each, tried again until Slack takes or refuses them."""

import threading
from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass

import structlog

from desk.errors import BlockedError, InDoubtError, LimitedError, UnreachableError, WorkspaceError
from desk.lanes import Lanes
from desk.outcomes import BLOCKED_SECONDS, UNREACHABLE_SECONDS
from desk.ports import Clock, Post
from wire.ids import ChannelId

NEWS_FOR = 3600.0
"""Seconds after which a post is no news any more."""

_log = structlog.get_logger(__name__)


def _nothing() -> None:
    """Nobody has to be told."""


@dataclass
class _Owed:
    """`doubt_since`: since when it may have been posted; `in_vain` is called if it never can be, or not by `until`."""

    post: Post
    until: float
    doubt_since: float | None
    in_vain: Callable[[], None]


class Outbox:
    """What is owed to channels. Nobody waits here: Slack is asked on the clock's threads, one a channel.

    `_guard` guards the queues; whoever has the channel's appointment works on its queue alone.
    """

    def __init__(self, lanes: Lanes, clock: Clock) -> None:
        self._lanes = lanes
        self._clock = clock
        self._guard = threading.Lock()
        self._owed: dict[ChannelId, deque[_Owed]] = {}
        self._appointments: dict[ChannelId, Callable[[], None]] = {}
        self._closed = False

    def put(
        self,
        channel_id: ChannelId,
        post: Post,
        *,
        doubt_since: float | None = None,
        seconds: float = NEWS_FOR,
        in_vain: Callable[[], None] = _nothing,
    ) -> None:
        """Bring `post` into the channel within so many seconds, behind those before it; else call `in_vain`.

        Its mark is like no other: by that it is looked for if a try may have brought it, since `doubt_since` or here.
        """
        owed = _Owed(post, self._clock.now() + seconds, doubt_since, in_vain)
        with self._guard:
            self._owed.setdefault(channel_id, deque()).append(owed)
            self._appoint(channel_id, 0.0)

    def forget(self, channel_ids: Collection[ChannelId]) -> None:
        """Nothing is owed to these channels any more."""
        with self._guard:
            for channel_id in channel_ids:
                self._owed.pop(channel_id, None)

    def close(self) -> None:
        """Bring nothing any more: what was done is told elsewhere, too."""
        with self._guard:
            self._closed = True
            appointments = list(self._appointments.values())
            self._owed.clear()
        for call_off in appointments:
            call_off()

    def _appoint(self, channel_id: ChannelId, seconds: float) -> None:
        """See to the channel in a while, unless somebody does. Hold the guard."""
        if channel_id not in self._appointments and not self._closed:
            self._appointments[channel_id] = self._clock.after(seconds, lambda: self._due(channel_id))

    def _due(self, channel_id: ChannelId) -> None:
        while (owed := self._oldest(channel_id)) is not None:
            seconds = self._bring(channel_id, owed)
            with self._guard:
                if seconds is not None:
                    del self._appointments[channel_id]
                    self._appoint(channel_id, seconds)
                    return
                queue = self._owed.get(channel_id)
                if queue and queue[0] is owed:
                    queue.popleft()

    def _oldest(self, channel_id: ChannelId) -> _Owed | None:
        """What comes next; with nothing left, the appointment is over."""
        with self._guard:
            queue = self._owed.get(channel_id)
            if queue:
                return queue[0]
            self._owed.pop(channel_id, None)
            self._appointments.pop(channel_id, None)
            return None

    def _bring(self, channel_id: ChannelId, owed: _Owed) -> float | None:
        """Post it. Returns in how many seconds to try again; None: that is settled."""
        began = self._clock.now()
        try:
            if self._lanes.standing(channel_id, owed.post.mark, owed.doubt_since) is None:
                self._lanes.post(channel_id, owed.post)
        except WorkspaceError as error:
            if isinstance(error, InDoubtError):
                owed.doubt_since = owed.doubt_since or began
            seconds = _wait(error)
            if seconds is not None and began + seconds < owed.until:
                return seconds
            _log.warning("a post was given up", channel_id=channel_id, ids=owed.post.mark.ids, reason=repr(error))
            owed.in_vain()
        return None


def _wait(error: WorkspaceError) -> float | None:
    match error:
        case LimitedError():
            return error.seconds
        case BlockedError():
            return BLOCKED_SECONDS
        case UnreachableError() | InDoubtError():
            return UNREACHABLE_SECONDS
        case _:
            return None
