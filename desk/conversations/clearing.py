"""What the bot put into Slack about an app user is taken away again: posts, files, names; and what stays is counted."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import structlog

from desk.cases.reminders import REMINDER
from desk.conversations.stranded import STRANDED
from desk.dispatch.channel import DispatchError
from desk.dispatch.channels import Dispatches
from desk.dispatch.rewriting import ANNOUNCEMENT, Rewriting
from desk.dispatch.sheets import whose
from desk.domain import wording
from desk.errors import (
    BlockedError,
    ChannelArchivedError,
    InDoubtError,
    NameTakenError,
    NotInChannelError,
    PostGoneError,
    RefusedError,
)
from desk.outcomes import NO_CHANNEL, concerns_one_thing
from desk.ports import Channel, ChannelEntry, Clock, Erasure, FileId, Page, Standing, Workspace
from wire.ids import AppUserId, ChannelId, Ts
from wire.messages import Place

NEUTRAL = "sk-erased-"
PIECE = 20
"""So many are deleted before it is written down: what a killed process did not write down it has not counted."""

_log = structlog.get_logger(__name__)


@dataclass
class Step:
    """A piece of an erasure: until when it takes things in hand (monotonic seconds), and what it has deleted."""

    deadline: float
    deleted: int = 0


class Clearing:
    """Clears one page of a channel, or one channel's name, at a time. Doing any of it twice does no harm."""

    def __init__(self, *, workspace: Workspace, dispatches: Dispatches, rewriting: Rewriting, clock: Clock) -> None:
        self._workspace = workspace
        self._dispatches = dispatches
        self._rewriting = rewriting
        self._clock = clock

    def go_on(self, entry: ChannelEntry, erasure: Erasure, step: Step) -> ChannelEntry:
        """The line after the next piece was done: channels first, then dispatch channels, then files in no post.

        Raises:
            WorkspaceError: not now; the same piece is to be done again.
            DispatchError: likewise.
        """
        if erasure.channels:
            return replace(entry, erasure=self._channel(erasure, erasure.channels[0], step))
        if not erasure.dispatch_done or erasure.boards:
            return replace(entry, erasure=self._board(entry, erasure, step))
        refused = erasure.refused
        for upload in entry.uploads:
            refused += self._file(FileId(upload.partition(":")[2]))
        return replace(entry, uploads=(), erasure=replace(erasure, refused=refused, finished=self._clock.now()))

    # --- an app user's channel

    def _channel(self, erasure: Erasure, channel_id: ChannelId, step: Step) -> Erasure:
        try:
            page = self._page(channel_id, erasure.before)
        except ChannelArchivedError:
            if erasure.swept and self._workspace.channel(channel_id).name.startswith(NEUTRAL):
                return _cleared(erasure, channel_id, wording.erasure_former_name(channel_id))  # we did, and died
            return _next_channel(erasure, wording.erasure_archived(channel_id))
        except NO_CHANNEL:
            return _next_channel(erasure, wording.erasure_closed(channel_id))
        before = step.deleted
        erasure, through = self._went_through(erasure, channel_id, page, step)
        if not through or (page.more and not erasure.swept):
            return erasure
        if not erasure.swept or step.deleted > before:  # something may have come while we were at the older ones
            return replace(erasure, before=None, swept=True)
        return _cleared(erasure, channel_id, *self._nameless(channel_id))

    def _went_through(self, erasure: Erasure, channel_id: ChannelId, page: Page, step: Step) -> tuple[Erasure, bool]:
        """Delete what is the bot's on a page and count the rest. Whether there was time for all of it."""
        for standing in page.standing:
            if self._clock.monotonic() >= step.deadline or step.deleted >= PIECE:
                return erasure, False
            if standing.own:
                erasure = self._post(erasure, channel_id, standing, step)
            elif standing.by_people and not erasure.swept:
                erasure = replace(erasure, people=erasure.people + 1 + standing.replies)
            if not erasure.swept:
                erasure = replace(erasure, before=standing.ts)
        return erasure, True

    def _page(self, channel_id: ChannelId, before: Ts | None) -> Page:
        try:
            return self._workspace.page(channel_id, before)
        except NotInChannelError:
            self._workspace.join(channel_id)
            return self._workspace.page(channel_id, before)

    def _post(self, erasure: Erasure, channel_id: ChannelId, standing: Standing, step: Step) -> Erasure:
        refused = tuple(sentence for file_id in standing.file_ids for sentence in self._file(file_id))
        erasure = replace(erasure, refused=tuple(dict.fromkeys((*erasure.refused, *refused))))
        try:
            step.deleted += self._deleted(channel_id, standing.ts)
        except NO_CHANNEL:
            raise
        except RefusedError as error:
            _log.warning("post not deleted", channel_id=channel_id, ts=standing.ts, reason=error.code)
            return erasure if erasure.swept else replace(erasure, kept=erasure.kept + 1)
        return erasure

    def _deleted(self, channel_id: ChannelId, ts: Ts) -> bool:
        """Whether it was there, and is not any more."""
        try:
            self._workspace.delete(channel_id, ts)
        except PostGoneError:
            return False
        except InDoubtError:
            try:
                self._workspace.delete(channel_id, ts)
            except PostGoneError:
                return True
        return True

    def _nameless(self, channel_id: ChannelId) -> tuple[str, ...]:
        """Take a channel's name and description, and close it. What Slack does not allow, and what it keeps anyway."""
        channel = self._workspace.channel(channel_id)
        told: tuple[str, ...] = ()
        if channel.described:
            told += self._tried(wording.erasure_described, channel_id, self._workspace.clear_description)
        if not channel.name.startswith(NEUTRAL):
            refused = self._tried(wording.erasure_named, channel_id, lambda _: self._rename(channel))
            told += refused or (wording.erasure_former_name(channel_id),)
        else:  # an earlier step did it, and nobody heard
            told += (wording.erasure_former_name(channel_id),)
        return told + self._tried(wording.erasure_open, channel_id, self._workspace.archive)

    def _rename(self, channel: Channel) -> None:
        name = NEUTRAL + channel.channel_id[-6:].lower()
        try:
            self._workspace.rename(channel.channel_id, name)
        except NameTakenError:
            self._workspace.rename(channel.channel_id, NEUTRAL + channel.channel_id.lower())

    def _tried(
        self, sentence: Callable[[str, str], str], channel_id: ChannelId, deed: Callable[[ChannelId], None]
    ) -> tuple[str, ...]:
        try:
            deed(channel_id)
        except (RefusedError, BlockedError) as error:
            if not concerns_one_thing(error):
                raise
            return (sentence(channel_id, error.code),)
        return ()

    # --- elsewhere

    def _board(self, entry: ChannelEntry, erasure: Erasure, step: Step) -> Erasure:
        """One page of a dispatch channel: of that of the settings, then of the others that may tell of the app user."""
        try:
            dispatch_id = self._dispatch_id(erasure)
            if dispatch_id is None:
                return _next_board(erasure)
            page = self._page(dispatch_id, erasure.before)
            for standing in page.standing:
                self._notice(entry, Place(channel_id=dispatch_id, ts=standing.ts), standing, step)
        except (DispatchError, *NO_CHANNEL) as error:
            return _next_board(erasure, wording.erasure_dispatch(str(error)))
        if page.more:
            return replace(erasure, before=page.standing[-1].ts)
        return _next_board(erasure)

    def _dispatch_id(self, erasure: Erasure) -> ChannelId | None:
        """The dispatch channel whose turn it is; None: it was gone through under another name."""
        if not erasure.dispatch_done:
            return self._dispatches.default.channel_id()
        dispatch_id = self._dispatches.id_of(erasure.boards[0])
        return None if self._dispatches.default.is_known_as(dispatch_id) else dispatch_id

    def _notice(self, entry: ChannelEntry, place: Place, standing: Standing, step: Step) -> None:
        ids: set[AppUserId] = {entry.app_user_id, *entry.merged}
        mark = standing.mark
        if mark is None:
            return
        told = {whose(key) for key in mark.ids} if mark.kind == ANNOUNCEMENT else set()
        stranded = mark.kind == STRANDED and bool(ids.intersection(map(AppUserId, mark.ids)))
        if told & ids and standing.replies:
            self._reminders(place, ids, step)
        if stranded or (told and told <= ids):
            step.deleted += self._deleted(place.channel_id, place.ts)
        elif told & ids:
            self._rewriting.leave_out(place, ids)
            step.deleted += 1

    def _reminders(self, place: Place, ids: set[AppUserId], step: Step) -> None:
        """What was said of them in the thread of a notice: first, because the thread cannot be read without it."""
        for found in self._workspace.marked_in_thread(place.channel_id, place.ts):
            if found.mark.kind == REMINDER and ids.intersection(map(AppUserId, found.mark.ids)):
                step.deleted += self._deleted(place.channel_id, found.ts)

    def _file(self, file_id: FileId) -> tuple[str, ...]:
        try:
            self._workspace.delete_file(file_id)
        except (RefusedError, BlockedError) as error:
            if not concerns_one_thing(error):
                raise
            return (wording.erasure_file(file_id, error.code),)
        return ()


def _cleared(erasure: Erasure, channel_id: ChannelId, *refused: str) -> Erasure:
    if erasure.people:
        refused = (wording.erasure_people(channel_id, erasure.people), *refused)
    if erasure.kept:
        refused = (wording.erasure_kept(channel_id, erasure.kept), *refused)
    return _next_channel(erasure, *refused)


def _next_channel(erasure: Erasure, *refused: str) -> Erasure:
    told = (*erasure.refused, *refused)
    return Erasure(
        erasure.channels[1:], boards=erasure.boards, refused=told, deleted=erasure.deleted, counted=erasure.counted
    )


def _next_board(erasure: Erasure, *refused: str) -> Erasure:
    left = erasure.boards[1:] if erasure.dispatch_done else erasure.boards
    told = (*erasure.refused, *refused)
    return replace(erasure, dispatch_done=True, boards=left, before=None, refused=tuple(dict.fromkeys(told)))
