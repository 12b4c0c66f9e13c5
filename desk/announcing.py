"""Telling the dispatch channel of new conversations: once each, with a link as soon as there is a channel."""

from desk.dispatch import Dispatch
from desk.domain.announcements import announcement_blocks, announcement_text
from desk.errors import RefusedError
from desk.lanes import Lanes
from desk.ports import ChannelEntry, Mark, Post
from wire.ids import ChannelId
from wire.messages import Place

ANNOUNCEMENT = "sk_announcement"


class Announcing:
    """Posts the dispatch notice, and gives it its link."""

    def __init__(self, lanes: Lanes, dispatch: Dispatch) -> None:
        self._lanes = lanes
        self._dispatch = dispatch

    def announce(
        self, entry: ChannelEntry, channel_id: ChannelId | None, first_words: str, doubt_since: float | None
    ) -> Place:
        """Where the notice stands that tells of `entry`, with a link to `channel_id` if there is a channel yet.

        Raises:
            DispatchError: the dispatch channel cannot be used.
            WorkspaceError: Slack did not take it now.
        """
        mark = Mark(ANNOUNCEMENT, (entry.app_user_id, str(len(entry.previous))))
        text = announcement_text(entry.title, first_words, channel_id)
        post = Post(text, mark, announcement_blocks(entry.title, first_words, channel_id))
        place = self._linked(entry.announced, post) if entry.announced else None
        return place or self._post(post, doubt_since)

    def _linked(self, place: Place, post: Post) -> Place | None:
        """The place of the notice that got its link, or nothing where it cannot get one any more."""
        try:
            self._lanes.update(place.channel_id, place.ts, post)
        except RefusedError:
            return None
        return place

    def _post(self, post: Post, doubt_since: float | None) -> Place:
        dispatch_id = self._dispatch.channel_id()
        try:
            standing = self._lanes.standing(dispatch_id, post.mark, doubt_since)
            if standing:
                self._lanes.update(dispatch_id, standing, post)
            return Place(channel_id=dispatch_id, ts=standing or self._lanes.post(dispatch_id, post))
        except RefusedError as error:
            raise self._dispatch.lost() from error
