"""Telling the dispatch channel of conversations: once each, together where Slack's limits hold them back, and truly."""

import threading
from collections.abc import Collection, Sequence
from dataclasses import replace

import structlog

from desk.dispatch.channel import Dispatch
from desk.dispatch.rewriting import ANNOUNCEMENT, Rewriting
from desk.dispatch.sheets import REMEMBERED, Key, Sheet, Sheets, key_of, whose
from desk.domain.announcements import Started, announcement_blocks, announcement_text, room_taken
from desk.errors import InDoubtError, PostSealedError, RefusedError
from desk.lanes import Lanes
from desk.memory import Memory
from desk.ports import ChannelEntry, Clock, Mark, Post
from wire.ids import AppUserId
from wire.messages import Place

MOST_TOGETHER = 16
"""Three blocks each; Slack takes 50."""
ROOM = 12_500
"""Characters of one notice; a message's blocks hold some 13,000."""

_log = structlog.get_logger(__name__)


class Announcing:
    """The dispatch channel's board. Whoever comes first writes for all that wait. `_guard` guards what waits."""

    def __init__(self, lanes: Lanes, dispatch: Dispatch, sheets: Sheets, rewriting: Rewriting, clock: Clock) -> None:
        self._lanes = lanes
        self._dispatch = dispatch
        self._sheets = sheets
        self._rewriting = rewriting
        self._clock = clock
        self._guard = threading.Lock()
        self._waiting: dict[Key, Started] = {}
        self._doubts: Memory[Key, float] = Memory(REMEMBERED)

    def announce(self, entry: ChannelEntry, line: Started, doubt_since: float | None) -> Place:
        """Where the notice stands that tells of `entry`, with a link if `line` has a channel.

        Raises:
            DispatchError: the dispatch channel cannot be used.
            WorkspaceError: Slack did not take it now.
        """
        key = key_of(entry)
        if entry.announced:
            self._sheets.adopt(key, entry.announced)
        # whoever turned out to be this one may have been told of under their own ID
        others = [f"{merged_id}:{number}" for merged_id in entry.merged for number in range(len(entry.previous) + 1)]
        self._find(key, doubt_since, others)
        self._sheets.note(key, line)
        return self._said(key, line, others)

    def tell(self, key: Key, line: Started, doubt_since: float | None, others: Sequence[Key] = ()) -> Place:
        """Where the notice stands of a case that has none, as far as is known. Raises like `announce`.

        `others`: what it may be known by, because its app user was somebody else then.
        """
        self._find(key, doubt_since, others)
        self._sheets.note(key, line)
        sheet = self._sheets.of(key)
        stands = self.show(key, line, sheet.place) if sheet else None
        return stands or self._said(key, line)

    def show(self, key: Key, line: Started, place: Place, *, patient: bool = False) -> Place | None:
        """Let a notice say how the case of `line` stands: where it stands, or None: somebody has deleted it.

        `place` is where it was last; this process may know better. The `patient` leave Slack's limits to others.

        Raises:
            WorkspaceError: Slack did not take it now.
        """
        key = self._sheets.key_for(line) or key
        sheet = self._sheets.adopt(key, place)
        known = sheet.lines.get(key)
        if known and not sheet.adopted:
            line = replace(known, situation=line.situation)
        line = self._sheets.learn(sheet, key, line)
        if known and known.situation == line.situation and not sheet.stale:
            return sheet.place
        with self._sheets.writing():
            stands = self._shown(sheet, key, line, patient=patient)
        if not stands:
            self._sheets.drop(key)
        return sheet.place if stands else None

    def deleted(self, key: Key) -> None:
        """Somebody has deleted the notice with this part."""
        self._sheets.drop(key)

    def forget(self, app_user_ids: Collection[AppUserId]) -> None:
        """Say nothing more of these app users, and remember nothing."""
        with self._guard:
            for key in [key for key in self._waiting if whose(key) in app_user_ids]:
                del self._waiting[key]
        self._sheets.forget(app_user_ids)
        self._doubts.forget_where(lambda key, _: whose(key) in app_user_ids)

    # --- writing; the board's one writer

    def _said(self, key: Key, line: Started, others: Sequence[Key] = ()) -> Place:
        """Note what the board shall say, and bring it up to date, as far as `key` is concerned at least."""
        with self._guard:
            sheet = self._sheets.of(key)
            if sheet is None:
                self._waiting[key] = line
            elif not sheet.adopted:
                self._link(sheet, key, line)
        with self._sheets.writing():
            sheet = self._sheets.of(key)
            if sheet and key not in self._waiting:
                self._linked(sheet, key, line, others)
            while not (sheet := self._sheets.of(key)) or key in self._waiting:
                if key not in self._waiting:
                    raise InDoubtError("the answer to a notice that told of several got lost")
                self._post_waiting()
        return sheet.place

    def _link(self, sheet: Sheet, key: Key, line: Started) -> None:
        """Its channel has appeared; what was heard of its case meanwhile stays."""
        known = sheet.lines.get(key)
        if known and line.channel_id and known.channel_id != line.channel_id:
            self._sheets.learn(sheet, key, replace(line, situation=known.situation or line.situation))

    def _linked(self, sheet: Sheet, key: Key, line: Started, others: Sequence[Key]) -> None:
        """Let the notice have its link. If it is gone, or edits are forbidden, the links need a notice of their own."""
        lines = dict(sheet.lines)
        try:
            if not sheet.adopted:
                self._update(sheet)
                return
            known = lines.setdefault(key, line)
            linked = known is not line and known.channel_id == line.channel_id
            if line.channel_id is None or linked or self._rewriting.tell(sheet.place, (key, *others), line):
                # what an adopted notice says of the case, only Slack knows
                sheet.lines[key] = known if linked else replace(line, situation=None)
                return
        except RefusedError:
            _log.info("dispatch notice not changed", ts=sheet.place.ts)
        with self._guard:
            for each, told in lines.items():
                self._sheets.drop(each)
                if told.channel_id:
                    self._waiting[each] = told

    def _shown(self, sheet: Sheet, key: Key, line: Started, *, patient: bool) -> bool:
        """Whether there is such a notice; it says how the case stands then, unless edits are forbidden."""
        try:
            if not sheet.adopted:
                self._update(sheet, patient=patient)
            elif not self._rewriting.show(sheet.place, key, line, patient=patient):
                return False
            else:
                told = sheet.lines.get(key)
                sheet.lines[key] = replace(line, channel_id=told.channel_id if told else None)
        except PostSealedError:
            _log.info("dispatch notice may not be changed", ts=sheet.place.ts)
        except RefusedError:
            return False
        return True

    def _post_waiting(self) -> None:
        """Post the oldest lines that wait, as many as one post holds."""
        with self._guard:
            batch = fitting(self._waiting)
        dispatch_id = self._dispatch.channel_id()
        began = self._clock.now()
        try:
            ts = self._lanes.post(dispatch_id, self._as_post(batch))
        except InDoubtError:
            with self._guard:  # each is looked for when its order comes again
                for key in batch:
                    self._waiting.pop(key, None)
                    self._doubts.put(key, began)
            raise
        except RefusedError as error:
            raise self._dispatch.lost() from error
        sheet = Sheet(Place(channel_id=dispatch_id, ts=ts), batch)
        with self._guard:
            for key, line in list(batch.items()):
                self._sheets.put(key, sheet)
                self._doubts.forget(key)
                latest = self._waiting.pop(key, line)
                self._sheets.learn(sheet, key, latest)  # its channel may have appeared while it was being posted

    def _update(self, sheet: Sheet, *, patient: bool = False) -> None:
        lines = self._sheets.take_stale(sheet)
        if not lines:
            return
        try:
            self._lanes.update(sheet.place.channel_id, sheet.place.ts, self._as_post(lines), patient=patient)
        except BaseException as error:
            sheet.stale = not isinstance(error, RefusedError)
            raise

    def _as_post(self, lines: dict[Key, Started]) -> Post:
        blocks = announcement_blocks(lines, self._rewriting.team_id())
        return Post(announcement_text(list(lines.values())), Mark(ANNOUNCEMENT, tuple(lines)), blocks)

    def _find(self, key: Key, doubt_since: float | None, others: Sequence[Key] = ()) -> None:
        """Look for a notice that an earlier try may have posted; without a doubt asks nobody."""
        doubts = [since for since in (doubt_since, self._doubts.get(key)) if since is not None]
        if not doubts or self._sheets.of(key):
            return
        dispatch_id = self._dispatch.channel_id()
        try:
            found = self._lanes.earlier(dispatch_id, min(doubts))
        except RefusedError as error:
            raise self._dispatch.lost() from error
        self._doubts.forget(key)
        for post in found:
            if post.mark.kind == ANNOUNCEMENT and any(each in post.mark.ids for each in (key, *others)):
                self._sheets.adopt(key, Place(channel_id=dispatch_id, ts=post.ts))
                with self._guard:
                    self._waiting.pop(key, None)
                return


def fitting(waiting: dict[Key, Started]) -> dict[Key, Started]:
    """The oldest lines that wait, as many as one post holds, whatever becomes of their cases."""
    batch: dict[Key, Started] = {}
    room = ROOM
    for key, line in waiting.items():
        room -= room_taken(line)
        if batch and (room < 0 or len(batch) == MOST_TOGETHER):
            break
        batch[key] = line
    return batch
