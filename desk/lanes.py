"""The one way to post into Slack: one call in flight per channel, because concurrent ones arrive in any order."""

from desk.locks import KeyedLocks
from desk.ports import NotInChannelError, Post, Workspace
from wire.ids import ChannelId, Ts


class Lanes:
    """Posts and updates, channel by channel."""

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
