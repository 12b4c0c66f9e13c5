"""Telling the dispatch channel of new conversations: once each, together where Slack's limits hold them back."""

import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

import structlog

from desk.dispatch import Dispatch
from desk.domain.announcements import (
    Started,
    announcement_blocks,
    announcement_text,
    room_taken,
    spoken,
    with_line,
)
from desk.errors import InDoubtError, LimitedError, RefusedError
from desk.lanes import Lanes
from desk.memory import Memory
from desk.ports import ChannelEntry, Clock, Mark, Post
from wire.ids import AppUserId, ChannelId
from wire.messages import Place

ANNOUNCEMENT = "sk_announcement"
MOST_TOGETHER = 20
ROOM = 9_000
"""Characters of one notice; a message's blocks hold some 13,000."""
REMEMBERED = 5_000
PATIENCE = 1.0
"""Seconds to wait for others who are telling; then the order comes again, and its thread serves somebody else."""

LINK = ":link"
"""Ends the key of a line that brings the link to what an earlier notice told."""

Key = str

_log = structlog.get_logger(__name__)


@dataclass
class _Sheet:
    """A notice in the dispatch channel and what it shall say; `stale`: it does not say it yet.

    `partial`: it tells of others too, and nobody here knows what, because an earlier process wrote it.
    """

    place: Place
    lines: dict[Key, Started]
    stale: bool = False
    partial: bool = False


class Announcing:
    """The dispatch channel's board. Whoever comes first writes for all that wait.

    `_posting` is held while Slack is asked, so that the board has one writer. `_guard` guards what is remembered.
    """

    def __init__(self, lanes: Lanes, dispatch: Dispatch, clock: Clock) -> None:
        self._lanes = lanes
        self._dispatch = dispatch
        self._clock = clock
        self._posting = threading.Lock()
        self._guard = threading.Lock()
        self._waiting: dict[Key, Started] = {}
        self._sheets: Memory[Key, _Sheet] = Memory(REMEMBERED)
        self._doubts: Memory[Key, float] = Memory(REMEMBERED)

    def announce(
        self,
        entry: ChannelEntry,
        channel_id: ChannelId | None,
        first_words: str,
        doubt_since: float | None,
    ) -> Place:
        """Where the notice stands that tells of `entry`, with a link to `channel_id` if there is a channel yet.

        Raises:
            DispatchError: the dispatch channel cannot be used.
            WorkspaceError: Slack did not take it now.
        """
        key = f"{entry.app_user_id}:{len(entry.previous)}"
        line = Started(entry.title, first_words, channel_id)
        if entry.announced and not self._sheets.get(key):
            self._adopt(key, replace(line, channel_id=None), entry.announced)
        # whoever turned out to be this one may have been told of under their own ID
        others = [f"{merged_id}:{number}" for merged_id in entry.merged for number in range(len(entry.previous) + 1)]
        self._find(key, line, doubt_since, others)
        sheet = self._sheets.get(key)
        if sheet and sheet.partial:
            if channel_id is None:
                return sheet.place
            key, line = f"{key}{LINK}", replace(line, first_words="", told_before=True)
            self._find(key, line, doubt_since)
        self._say(key, line)
        with self._writing():
            return self._written(key)

    def lead_elsewhere(self, place: Place, app_user_id: AppUserId, line: Started) -> None:
        """Let what the notice at `place` tells of an app user be `line`. One that is gone misleads nobody.

        Raises:
            WorkspaceError: Slack did not take it now.
        """
        self._change(place, app_user_id, line)

    def leave_out(self, place: Place, app_user_ids: Collection[AppUserId]) -> None:
        """Let the notice at `place` tell nothing of these app users; it tells of others, too.

        Raises:
            WorkspaceError: Slack did not take it now.
        """
        with self._writing():
            found = self._lanes.standing_at(place.channel_id, place.ts)
            if found is None:
                return
            blocks, left = found.blocks, list(found.mark.ids)
            for key in [key for key in left if _of(key) in app_user_ids]:
                blocks = with_line(blocks, left.index(key), None)
                left.remove(key)
            self._lanes.remark(
                place.channel_id, place.ts, Post(spoken(blocks), Mark(ANNOUNCEMENT, tuple(left)), blocks)
            )

    def forget(self, app_user_ids: Collection[AppUserId]) -> None:
        """Say nothing more of these app users, and remember nothing."""
        with self._guard:
            for key in [key for key in self._waiting if _of(key) in app_user_ids]:
                del self._waiting[key]
            for key, sheet in self._sheets.forget_where(lambda key, _: _of(key) in app_user_ids):
                sheet.lines.pop(key, None)
            self._doubts.forget_where(lambda key, _: _of(key) in app_user_ids)

    def _change(self, place: Place, app_user_id: AppUserId, line: Started) -> None:
        try:
            with self._writing():
                found = self._lanes.standing_at(place.channel_id, place.ts)
                if found is None:
                    return
                ids, blocks = list(found.mark.ids), found.blocks
                for key in [key for key in ids if _of(key) == app_user_id]:
                    blocks = with_line(blocks, ids.index(key), line)
                    sheet = self._sheets.get(key)
                    if sheet and key in sheet.lines:
                        sheet.lines[key] = line
                self._lanes.update(place.channel_id, place.ts, Post(spoken(blocks), found.mark, blocks))
        except RefusedError as error:
            _log.info("dispatch notice not changed", reason=error.code)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Be the board's one writer; whoever does not get to it in time comes again."""
        if not self._posting.acquire(timeout=PATIENCE):
            raise LimitedError(PATIENCE)
        try:
            yield
        finally:
            self._posting.release()

    def _adopt(self, key: Key, told: Started, place: Place) -> None:
        """Take over the notice of an earlier process. Only Slack knows for sure whether it tells of others too."""
        try:
            found = self._lanes.standing_at(place.channel_id, place.ts)
        except RefusedError as error:
            raise self._dispatch.lost() from error
        partial = found is not None and len(found.mark.ids) > 1
        for other in found.mark.ids if found and partial else ():  # who will not have to ask
            if other not in self._waiting and not self._sheets.get(other) and not other.endswith(LINK):
                self._sheets.put(other, _Sheet(place, {}, partial=True))
        self._sheets.put(key, _Sheet(place, {key: told}, partial=partial))

    def _say(self, key: Key, line: Started) -> None:
        """Note what the board shall say."""
        with self._guard:
            sheet = self._sheets.get(key)
            if sheet is None:
                self._waiting[key] = line
            elif line.channel_id and sheet.lines[key].channel_id != line.channel_id:
                sheet.lines[key] = line
                sheet.stale = True

    def _written(self, key: Key) -> Place:
        """Bring the board up to date, as far as `key` is concerned at least."""
        sheet = self._sheets.get(key)
        if sheet and sheet.stale:
            self._update(sheet)
        while not (sheet := self._sheets.get(key)):
            if key not in self._waiting:
                raise InDoubtError("the answer to a notice that told of several got lost")
            self._post_waiting()
        return sheet.place

    def _post_waiting(self) -> None:
        """Post the oldest lines that wait, as many as one post holds."""
        with self._guard:
            batch = _fitting(self._waiting)
        dispatch_id = self._dispatch.channel_id()
        began = self._clock.now()
        try:
            ts = self._lanes.post(dispatch_id, _as_post(batch))
        except InDoubtError:
            with self._guard:  # each is looked for when its order comes again
                for key in batch:
                    self._waiting.pop(key, None)
                    self._doubts.put(key, began)
            raise
        except RefusedError as error:
            raise self._dispatch.lost() from error
        self._note(_Sheet(Place(channel_id=dispatch_id, ts=ts), batch))

    def _note(self, sheet: _Sheet) -> None:
        with self._guard:
            for key, line in sheet.lines.items():
                latest = self._waiting.pop(key, line)
                if latest != line:  # its channel appeared while it was being posted
                    sheet.lines[key] = latest
                    sheet.stale = True
                self._sheets.put(key, sheet)
                self._doubts.forget(key)

    def _update(self, sheet: _Sheet) -> None:
        with self._guard:
            lines, sheet.stale = dict(sheet.lines), False
        try:
            self._lanes.update(sheet.place.channel_id, sheet.place.ts, _as_post(lines))
        except RefusedError:  # somebody removed it, or edits are forbidden: the links need a notice of their own
            with self._guard:
                for key, line in lines.items():
                    self._sheets.forget(key)
                    if line.channel_id:
                        self._waiting[key] = line
        except BaseException:
            sheet.stale = True
            raise

    def _find(self, key: Key, line: Started, doubt_since: float | None, others: Sequence[Key] = ()) -> None:
        """Look for a notice that an earlier try may have posted; without a doubt asks nobody."""
        doubts = [since for since in (doubt_since, self._doubts.get(key)) if since is not None]
        if not doubts or self._sheets.get(key):
            return
        dispatch_id = self._dispatch.channel_id()
        try:
            found = self._lanes.earlier(dispatch_id, min(doubts))
        except RefusedError as error:
            raise self._dispatch.lost() from error
        for post in found:
            if post.mark.kind == ANNOUNCEMENT and any(each in post.mark.ids for each in (key, *others)):
                told = line if line.told_before else replace(line, channel_id=None)
                place = Place(channel_id=dispatch_id, ts=post.ts)
                self._note(_Sheet(place, {key: told}, partial=len(post.mark.ids) > 1))
                return
        self._doubts.forget(key)


def _of(key: Key) -> AppUserId:
    return AppUserId(key.partition(":")[0])


def _fitting(waiting: dict[Key, Started]) -> dict[Key, Started]:
    batch: dict[Key, Started] = {}
    room = ROOM
    for key, line in waiting.items():
        room -= room_taken(line)
        if batch and (room < 0 or len(batch) == MOST_TOGETHER):
            break
        batch[key] = line
    return batch


def _as_post(lines: dict[Key, Started]) -> Post:
    started = list(lines.values())
    return Post(announcement_text(started), Mark(ANNOUNCEMENT, tuple(lines)), announcement_blocks(started))
