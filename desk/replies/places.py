"""Where the notices of replies belong: the channel in which they were typed, as long as it takes posts."""

from desk.lanes import Lanes
from desk.outcomes import NO_CHANNEL
from desk.ports import ChannelBook, Found
from wire.ids import ChannelId, MessageId

NOTICE = "sk_notice"


class Places:
    """Finds channels for notices, and notices in channels."""

    def __init__(self, lanes: Lanes, book: ChannelBook) -> None:
        self._lanes = lanes
        self._book = book

    def channel_for(self, channel_id: ChannelId, closed: ChannelId | None = None) -> ChannelId:
        """The channel for notices of replies typed in this one: another one, if it was archived, or is `closed`."""
        entry = self._book.of_channel(channel_id)
        if entry is None or entry.channel_id is None or entry.state != "open":
            return channel_id
        return channel_id if channel_id in entry.joined and channel_id != closed else entry.channel_id

    def standing(self, channel_id: ChannelId, message_id: MessageId, since: float) -> tuple[ChannelId, Found] | None:
        """The notice of a reply typed in this channel that a try since then may have posted, and where."""
        for each in dict.fromkeys((channel_id, self.channel_for(channel_id, closed=channel_id))):
            try:
                found = self._lanes.earlier(each, since)
            except NO_CHANNEL:
                continue
            for post in found:
                if post.mark.kind == NOTICE and message_id in post.mark.ids:
                    return each, post
        return None
