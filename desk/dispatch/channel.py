"""A dispatch channel: found once, joined, and told of new conversations."""

import re
import threading

import structlog

from desk.domain import wording
from desk.errors import ChannelArchivedError, ChannelGoneError, InDoubtError, NotInChannelError, RefusedError
from desk.ports import Channel, Clock, DispatchNote, Workspace
from desk.values import ChannelChange
from wire.ids import ChannelId

_ID = re.compile(r"[CG][A-Z0-9]{6,}")

_log = structlog.get_logger(__name__)


class DispatchError(Exception):
    """The dispatch channel cannot be used. The text says what to do about it."""


class Dispatch:
    """The channel that a setting names.

    Finding a name means listing all channels. So `note` keeps what was found for the next process, which believes it
    if one question to Slack confirms it. One that cannot be used is looked for again after `ask_again` seconds.
    `variable` is where people set it.
    """

    def __init__(
        self,
        workspace: Workspace,
        setting: str,
        note: DispatchNote,
        *,
        variable: str = "SK_DISPATCH_CHANNEL",
        clock: Clock | None = None,
        ask_again: float = 0.0,
    ) -> None:
        self._variable = variable
        self._workspace = workspace
        self._setting = setting.removeprefix("#")
        self._clock = clock
        self._ask_again = ask_again
        self._failed: tuple[float, DispatchError] | None = None
        self._note = note
        self._note_counts = not _ID.fullmatch(self._setting)
        self._finding = threading.Lock()
        self._channel_id: ChannelId | None = None

    def channel_id(self) -> ChannelId:
        """The channel's ID; asks Slack only as long as it is not known.

        Raises:
            DispatchError: there is no such channel, or the bot cannot post there.
            WorkspaceError: Slack does not tell.
        """
        with self._finding:
            if self._channel_id is None:
                self._channel_id = self._find_in_time()
            return self._channel_id

    @property
    def setting(self) -> str:
        """What names it: an ID, or a name without `#`."""
        return self._setting

    def is_known_as(self, channel_id: ChannelId) -> bool:
        """Whether it was found to be this channel. Asks nobody."""
        return self._channel_id == channel_id

    def means(self, channel_id: ChannelId) -> bool:
        """Whether it is this channel, as far as that is known. Asks nobody."""
        return channel_id in {self._channel_id, self._setting}

    def link(self) -> str:
        """The channel in mrkdwn. Asks nobody, so it may be a mere name."""
        if self._channel_id is not None:
            return f"<#{self._channel_id}>"
        return f"<#{self._setting}>" if _ID.fullmatch(self._setting) else f"#{self._setting}"

    def lost(self) -> DispatchError:
        """The channel took no post: look for it anew, the next time it is needed. Returns the error to raise."""
        self._look_anew()
        return DispatchError(wording.dispatch_lost(self._setting))

    def changed(self, change: ChannelChange) -> bool:
        """Slack reported a change of some channel. Returns whether it was this one: it is looked for again then."""
        if change.channel_id != self._channel_id:
            return False
        self._look_anew()
        return True

    def _look_anew(self) -> None:
        self._note_counts = False
        self._channel_id = None

    def _find_in_time(self) -> ChannelId:
        now = self._clock.monotonic() if self._clock else 0.0
        if self._failed and now < self._failed[0]:
            raise self._failed[1]
        self._failed = None
        try:
            return self._find()
        except DispatchError as error:
            self._failed = (now + self._ask_again, error)
            raise

    def _find(self) -> ChannelId:
        noted = self._confirm_note() if self._note_counts else None
        return noted or self._find_anew()

    def _confirm_note(self) -> ChannelId | None:
        """The channel that an earlier process found, if it is still what the setting means and takes posts."""
        channel_id = self._note.read(self._setting)
        if channel_id is None:
            return None
        try:
            channel = self._workspace.channel(channel_id)
        except (RefusedError, InDoubtError):  # gone, or Slack is slow: looking has more patience
            return None
        usable = channel.name == self._setting.lower() and channel.member and not channel.archived
        return channel_id if usable else None

    def _find_anew(self) -> ChannelId:
        try:
            channel = self._look()
        except ChannelGoneError:
            channel = None
        if channel is None:
            raise DispatchError(wording.dispatch_missing(self._setting, self._variable))
        if channel.archived:
            raise DispatchError(wording.dispatch_archived(self._setting, self._variable))
        if not channel.member:
            self._join(channel)
        if not _ID.fullmatch(self._setting):
            self._note.write(self._setting, channel.channel_id)
        _log.info("dispatch channel found", channel_id=channel.channel_id)
        return channel.channel_id

    def _look(self) -> Channel | None:
        if _ID.fullmatch(self._setting):
            return self._workspace.channel(ChannelId(self._setting))
        return self._workspace.find_channel(self._setting.lower())

    def _join(self, channel: Channel) -> None:
        try:
            self._workspace.join(channel.channel_id)
        except (NotInChannelError, ChannelGoneError) as error:
            raise DispatchError(wording.dispatch_closed(self._setting)) from error
        except ChannelArchivedError as error:
            raise DispatchError(wording.dispatch_archived(self._setting, self._variable)) from error
