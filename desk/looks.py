"""What stands in channels by our own hand: looked up where this process cannot know it, once, and then remembered."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from desk.ports import Clock, Found, Mark, Workspace
from wire.ids import ChannelId, Ts

CLOCK_MARGIN = 3_700.0
"""Seconds by which Slack's clock and ours may differ: an hour, because clocks are set, and a little."""
OWN_MARGIN = 5.0
"""Seconds by which the clocks of our two processes may differ as long as nobody sets them."""
CHANNELS_REMEMBERED = 10_000
POSTS_REMEMBERED = 200
"""In each channel."""


@dataclass
class _Known:
    """A channel's posts. `whole_since`: of what was tried since then none is missing, if it is set at all.

    `doubts` counts the posts that Slack never answered.
    """

    whole_since: float | None
    doubts: int = 0
    posts: OrderedDict[Ts, Mark] = field(default_factory=OrderedDict)


class Looks:
    """Slack lets channels be read seldom: it is asked for what earlier processes did, and for what it never answered.

    The channel book has one owner: since this process began nobody else has posted. `_guard` guards what is
    remembered; Slack is asked without it.
    """

    def __init__(self, workspace: Workspace, clock: Clock) -> None:
        self._workspace = workspace
        self._clock = clock
        self._began, self._ticks = clock.now(), clock.monotonic()
        self._alone_since: float | None = self._began + OWN_MARGIN
        self._guard = threading.Lock()
        self._channels: OrderedDict[ChannelId, _Known] = OrderedDict()

    def posted(self, channel_id: ChannelId, ts: Ts, mark: Mark) -> None:
        """This process posted there."""
        with self._guard:
            self._remember(self._known(channel_id), ts, mark)

    def doubted(self, channel_id: ChannelId) -> None:
        """This process may have posted there: Slack's answer never came."""
        with self._guard:
            known = self._known(channel_id)
            known.whole_since = None
            known.doubts += 1

    def since(self, channel_id: ChannelId, doubt_since: float) -> list[Found]:
        """What tries since `doubt_since` have posted, oldest first. Raises what Slack objects, if it is asked."""
        with self._guard:
            known = self._known(channel_id)
            if known.whole_since is not None and known.whole_since <= doubt_since and self._plausible(doubt_since):
                return [Found(ts, known.posts[ts]) for ts in sorted(known.posts, key=float)]
            doubts = known.doubts
        found = self._workspace.marked(channel_id, doubt_since - CLOCK_MARGIN)
        with self._guard:
            known = self._known(channel_id)
            for post in found:
                self._remember(known, post.ts, post.mark)
            if known.doubts == doubts:  # nothing became doubtful meanwhile
                known.whole_since = min(doubt_since, known.whole_since or doubt_since)
        return found

    def _plausible(self, doubt_since: float) -> bool:
        """Whether times can be compared: no clock has been set since."""
        now = self._clock.now()
        drift = (now - self._began) - (self._clock.monotonic() - self._ticks)
        return abs(drift) < OWN_MARGIN and doubt_since < now + OWN_MARGIN

    def _known(self, channel_id: ChannelId) -> _Known:
        known = self._channels.setdefault(channel_id, _Known(self._alone_since))
        self._channels.move_to_end(channel_id)
        if len(self._channels) > CHANNELS_REMEMBERED:
            self._channels.popitem(last=False)
            self._alone_since = None  # a channel that is new here may be one that was forgotten
        return known

    @staticmethod
    def _remember(known: _Known, ts: Ts, mark: Mark) -> None:
        known.posts[ts] = mark
        if len(known.posts) > POSTS_REMEMBERED:
            forgotten = min(known.posts, key=float)
            del known.posts[forgotten]
            if known.whole_since is not None:
                known.whole_since = max(known.whole_since, float(forgotten) + CLOCK_MARGIN)
