"""The one way to post into Slack: one call in flight per channel, because concurrent ones arrive in any order."""

from desk.errors import NotInChannelError
from desk.locks import KeyedLocks
from desk.ports import Found, Mark, Post, Workspace
from wire.ids import ChannelId, Ts

CLOCK_MARGIN = 3_700.0
"""Seconds by which Slack's clock and ours may differ: an hour, because clocks are set, and a little."""


class Lanes:
    """Posts and updates, channel by channel, and what was posted before."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._locks: KeyedLocks[ChannelId] = KeyedLocks()

    def post(self, channel_id: ChannelId, post: Post) -> Ts:
        """Post, joining the channel first if the bot is not in it.

        Raises:
            WorkspaceError: whatever Slack objects; NotInChannelError where joining does not help.
        """
        with self._locks.hold(channel_id):
            try:
                return self._workspace.post(channel_id, post)
            except NotInChannelError:
                self._workspace.join(channel_id)
                return self._workspace.post(channel_id, post)

    def update(self, channel_id: ChannelId, ts: Ts, post: Post) -> None:
        """Replace a post. Raises whatever Slack objects."""
        with self._locks.hold(channel_id):
            self._workspace.update(channel_id, ts, post)

    def standing_at(self, channel_id: ChannelId, ts: Ts) -> Found | None:
        """What stands at `ts`, if it is a post of ours."""
        return self._workspace.marked_at(channel_id, ts)

    def earlier(self, channel_id: ChannelId, doubt_since: float) -> list[Found]:
        """What tries since `doubt_since` may have posted, oldest first."""
        return self._workspace.marked(channel_id, doubt_since - CLOCK_MARGIN)

    def standing(self, channel_id: ChannelId, mark: Mark, doubt_since: float | None) -> Ts | None:
        """Where the post with `mark` stands, if a try since `doubt_since` has made it. Without a doubt asks nobody."""
        if doubt_since is None:
            return None
        return next((post.ts for post in self.earlier(channel_id, doubt_since) if post.mark == mark), None)
