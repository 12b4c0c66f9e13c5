"""Lines in a channel that tell all what somebody did: each once, and later where Slack does not take it now."""

from collections.abc import Collection

import structlog

from desk.errors import InDoubtError, LimitedError, UnreachableError, WorkspaceError
from desk.lanes import Lanes
from desk.memory import Memory
from desk.ports import Clock, Post
from wire.ids import ChannelId

UNREACHABLE_SECONDS = 5.0
GIVEN_UP_AFTER = 3600.0
"""Seconds after which a line is no news any more."""
REMEMBERED = 5_000

_log = structlog.get_logger(__name__)

_Key = tuple[ChannelId, str, tuple[str, ...]]


class Lines:
    """Posts lines. The mark of each tells it apart: the same line said twice stands in the channel once."""

    def __init__(self, lanes: Lanes, clock: Clock) -> None:
        self._lanes = lanes
        self._clock = clock
        self._said: Memory[_Key, bool] = Memory(REMEMBERED)
        self._closed = False

    def say(self, channel_id: ChannelId, post: Post) -> None:
        """Post it, now if Slack takes it, else as soon as it does."""
        key = (channel_id, post.mark.kind, post.mark.ids)
        if self._said.get(key):
            return
        self._said.put(key, value=True)
        self._try(channel_id, post, self._clock.now(), None)

    def forget(self, channel_ids: Collection[ChannelId]) -> None:
        """Say nothing more in these channels."""
        self._said.forget_where(lambda key, _: key[0] in channel_ids)

    def close(self) -> None:
        """Try no more: the dispatch notice tells the same."""
        self._closed = True

    def _try(self, channel_id: ChannelId, post: Post, since: float, doubt_since: float | None) -> None:
        """Post it unless it stands there; `since` is when it was said."""
        key = (channel_id, post.mark.kind, post.mark.ids)
        began = self._clock.now()
        if self._closed or not self._said.get(key) or began - since > GIVEN_UP_AFTER:
            return
        try:
            if self._lanes.standing(channel_id, post.mark, doubt_since) is None:
                self._lanes.post(channel_id, post)
        except InDoubtError:
            doubt_since = doubt_since or began
            seconds = UNREACHABLE_SECONDS
        except LimitedError as error:
            seconds = error.seconds
        except UnreachableError:
            seconds = UNREACHABLE_SECONDS
        except WorkspaceError as error:
            _log.info("line not posted", channel_id=channel_id, reason=str(error))
            return
        else:
            return
        self._clock.after(seconds, lambda: self._try(channel_id, post, since, doubt_since))
