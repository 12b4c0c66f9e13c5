"""What Slack reports about app users' channels, and the book notes of it."""

from dataclasses import replace

import structlog

from desk.domain import wording
from desk.errors import ChannelBookError, WorkspaceError
from desk.lanes import Lanes
from desk.locks import KeyedLocks
from desk.ports import ChannelBook, ChannelEntry, Mark, Post
from desk.values import ChannelChange
from wire.ids import AppUserId

LEADS_ON = "sk_leads_on"

_log = structlog.get_logger(__name__)


class ChannelChanges:
    """Keeps the book true, and lets an earlier channel that is opened again lead to the one that goes on."""

    def __init__(self, book: ChannelBook, lanes: Lanes, locks: KeyedLocks[AppUserId]) -> None:
        self._book = book
        self._lanes = lanes
        self._locks = locks

    def note(self, change: ChannelChange) -> None:
        """Take note of it, if the channel is or was an app user's."""
        entry = self._book.of_channel(change.channel_id)
        if entry is None:
            return
        log = _log.bind(channel_id=change.channel_id, kind=change.kind)
        with self._locks.hold(entry.app_user_id):
            entry = self._book.of_channel(change.channel_id)
            if entry and entry.channel_id != change.channel_id:
                self._lead_on(entry, change)
            changed = _after(entry, change) if entry else None
            if changed is None or changed == entry:
                return
            try:
                self._book.keep(changed)
            except ChannelBookError as error:  # the next post to the channel finds out anew
                log.error("channel change not kept", error=str(error))  # noqa: TRY400 - the text says it all
                return
        log.info("channel changed")

    def _lead_on(self, entry: ChannelEntry, change: ChannelChange) -> None:
        """A channel of an earlier conversation changed: if it is open again, it leads to the one that goes on."""
        if change.kind != "unarchived" or not entry.channel_id:
            return
        mark = Mark(LEADS_ON, (entry.app_user_id, entry.channel_id))
        try:
            self._lanes.post(change.channel_id, Post(wording.goes_on(f"<#{entry.channel_id}>"), mark))
        except WorkspaceError as error:  # private, and nobody has invited the bot again
            _log.info("no link from the earlier channel", channel_id=change.channel_id, reason=str(error))


def _after(entry: ChannelEntry, change: ChannelChange) -> ChannelEntry:
    """The line of the book after what Slack reported. A bot that was removed finds out when it posts."""
    if entry.channel_id != change.channel_id:
        closed = change.kind in {"archived", "deleted"}
        joined = tuple(each for each in entry.joined if not closed or each != change.channel_id)
        return replace(entry, joined=joined)
    match change.kind:
        case "archived":
            return replace(entry, state="archived")
        case "deleted":
            return replace(entry, state="gone")
        case "unarchived" if entry.state == "archived":
            return replace(entry, state="open" if entry.linked else "opening")
        case "renamed" if change.name:
            return replace(entry, channel_name=change.name)
        case _:
            return entry
