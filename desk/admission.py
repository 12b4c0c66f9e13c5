"""Whether somebody may speak to an app user from a channel."""

from desk.dispatch.channels import Dispatches
from desk.domain import wording
from desk.people import MayNotSpeakError, People
from desk.ports import ChannelBook, ChannelEntry, Person
from wire.ids import AgentId, ChannelId


class NotAdmittedError(Exception):
    """They may not, or not from there; the text is the sentence for them, in mrkdwn."""


class Admission:
    """Knows whose each channel is, and who may speak there."""

    def __init__(self, *, book: ChannelBook, people: People, dispatches: Dispatches) -> None:
        self._book = book
        self._people = people
        self._dispatches = dispatches

    def admit(self, channel_id: ChannelId, agent_id: AgentId) -> tuple[ChannelEntry, Person]:
        """The line of the channel's app user, and who it is that speaks.

        Raises:
            NotAdmittedError: the channel is none of an app user's, or an earlier one; or the person may not speak.
        """
        entry = self._book.of_channel(channel_id)
        refused = self.objection(channel_id, entry)
        if entry is None or refused:
            raise NotAdmittedError(refused)
        try:
            return entry, self._people.speaker(agent_id)
        except MayNotSpeakError as error:
            raise NotAdmittedError(wording.may_not_send(error.why)) from error

    def objection(self, channel_id: ChannelId, entry: ChannelEntry | None, command: str = "") -> str | None:
        """Why this channel, whose line is `entry`, is not one for `command`, or where that is empty, for TEXT."""
        if entry is None:
            here = any(each.means(channel_id) for each in self._dispatches)
            return wording.wrong_place(None if here else self._dispatches.default.link(), command)
        if entry.erasure:
            return wording.nothing_done_erased() if command else wording.being_erased()
        if channel_id not in {entry.channel_id, *entry.joined}:
            link = f"<#{entry.channel_id}>" if entry.channel_id else self._dispatches.default.link()
            return wording.moved_on(link, command)
        return None
