"""Posts that follow what was done already: in order, once each, tried again until Slack takes or refuses them."""

import threading
from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass

import structlog

from desk.errors import BlockedError, InDoubtError, LimitedError, UnreachableError, WorkspaceError
from desk.lanes import Lanes
from desk.outcomes import BLOCKED_SECONDS, UNREACHABLE_SECONDS
from desk.ports import Clock, OwedNote, OwedPost, Post
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

    `note` keeps the posts for the next process, which can post them; whom to tell of those in vain it does not know.
    `_guard` guards the queues; whoever has the channel's appointment works on its queue alone.
    """

    def __init__(self, lanes: Lanes, note: OwedNote, clock: Clock) -> None:
        self._lanes = lanes
        self._note = note
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
        now = self._clock.now()
        self._note.add(OwedPost(channel_id, post, now if doubt_since is None else doubt_since))
        self._queue(channel_id, _Owed(post, now + seconds, doubt_since, in_vain))

    def resume(self) -> None:
        """Bring what an earlier process owed, if it has not: its tries may have brought it without knowing."""
        until = self._clock.now() + NEWS_FOR
        for each in self._note.read():
            self._queue(each.channel_id, _Owed(each.post, until, each.since, _nothing))

    def _queue(self, channel_id: ChannelId, owed: _Owed) -> None:
        with self._guard:
            self._owed.setdefault(channel_id, deque()).append(owed)
            self._appoint(channel_id, 0.0)

    def forget(self, channel_ids: Collection[ChannelId]) -> None:
        """Nothing is owed to these channels any more; nothing of it is kept."""
        with self._guard:
            for channel_id in channel_ids:
                self._owed.pop(channel_id, None)
        self._note.forget(channel_ids)

    def close(self) -> None:
        """Bring nothing any more: the next process does."""
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
            if self._closed:  # whatever it says: the next process tries again
                return None
            if isinstance(error, InDoubtError):
                owed.doubt_since = owed.doubt_since or began
            seconds = _wait(error)
            if seconds is not None and began + seconds < owed.until:
                return seconds
            _log.warning("a post was given up", channel_id=channel_id, ids=owed.post.mark.ids, reason=repr(error))
            owed.in_vain()
        self._note.settle(channel_id, owed.post.mark)
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
