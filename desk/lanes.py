"""The one way to post into Slack: one call in flight per channel, because concurrent ones arrive in any order."""

from desk.errors import InDoubtError, NotInChannelError
from desk.locks import KeyedLocks
from desk.looks import Looks
from desk.ports import Clock, Found, Mark, Post, Workspace
from wire.ids import ChannelId, Ts


class Lanes:
    """Posts and updates, channel by channel, and what was posted before."""

    def __init__(self, workspace: Workspace, clock: Clock) -> None:
        self._workspace = workspace
        self._looks = Looks(workspace, clock)
        self._locks: KeyedLocks[ChannelId] = KeyedLocks()

    def post(self, channel_id: ChannelId, post: Post) -> Ts:
        """Post, joining the channel first if the bot is not in it.

        Raises:
            WorkspaceError: whatever Slack objects; NotInChannelError where joining does not help.
        """
        with self._locks.hold(channel_id):
            try:
                ts = self._post(channel_id, post)
            except InDoubtError:
                self._looks.doubted(channel_id)
                raise
            self._looks.posted(channel_id, ts, post.mark)
            return ts

    def update(self, channel_id: ChannelId, ts: Ts, post: Post, *, patient: bool = False) -> None:
        """Replace a post; the `patient` leave Slack's limits to others. Raises whatever Slack objects."""
        with self._locks.hold(channel_id):
            self._workspace.update(channel_id, ts, post, patient=patient)

    def remark(self, channel_id: ChannelId, ts: Ts, post: Post) -> None:
        """Replace a post, and its mark. Raises whatever Slack objects."""
        with self._locks.hold(channel_id):
            self._workspace.remark(channel_id, ts, post)

    def standing_at(self, channel_id: ChannelId, ts: Ts) -> Found | None:
        """What stands at `ts`, if it is a post of ours."""
        return self._workspace.marked_at(channel_id, ts)

    def in_thread(self, channel_id: ChannelId, ts: Ts) -> list[Found]:
        """What we have answered in the thread of the post at `ts`, oldest first."""
        return self._workspace.marked_in_thread(channel_id, ts)

    def earlier(self, channel_id: ChannelId, doubt_since: float) -> list[Found]:
        """What tries since `doubt_since` may have posted, oldest first."""
        return self._looks.since(channel_id, doubt_since)

    def standing(self, channel_id: ChannelId, mark: Mark, doubt_since: float | None) -> Ts | None:
        """Where the post with `mark` stands, if a try since `doubt_since` has made it. Without a doubt asks nobody."""
        if doubt_since is None:
            return None
        return next((post.ts for post in self.earlier(channel_id, doubt_since) if post.mark == mark), None)

    def _post(self, channel_id: ChannelId, post: Post) -> Ts:
        try:
            return self._workspace.post(channel_id, post)
        except NotInChannelError:
            self._workspace.join(channel_id)
            return self._workspace.post(channel_id, post)
