"""Changing a part of a dispatch notice as it stands in Slack, where this process cannot know all that it says."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

import structlog

from desk.dispatch.sheets import Key, Sheets, whose
from desk.domain.announcements import Started, spoken
from desk.domain.notices import Block
from desk.domain.standing_notice import part_of_case, with_situation, with_told, without
from desk.errors import PostSealedError, RefusedError
from desk.lanes import Lanes
from desk.ports import Mark, Post
from wire.ids import AppUserId
from wire.messages import Place

ANNOUNCEMENT = "sk_announcement"

Change = Callable[[Sequence[Block], Sequence[Key]], tuple[Block, ...]]
"""From a notice's blocks, and the keys of its parts, to other blocks."""

_log = structlog.get_logger(__name__)


class Rewriting:
    """Reads a notice and writes it anew. `team_id` tells the workspace's ID as far as it is known, and asks nobody."""

    def __init__(self, lanes: Lanes, sheets: Sheets, team_id: Callable[[], str | None]) -> None:
        self._lanes = lanes
        self._sheets = sheets
        self.team_id = team_id

    def tell(self, place: Place, wanted: Sequence[Key], line: Started) -> bool:
        """Let the sentence in the first part that is `wanted` be that of `line`. Whether there is such a notice.

        Hold `writing`. Raises PostSealedError where it may not be changed any more.
        """

        def change(blocks: Sequence[Block], keys: Sequence[Key]) -> tuple[Block, ...]:
            return with_told(blocks, keys, _first(wanted, keys), line, self.team_id())

        return self._rework(place, change)

    def show(self, place: Place, key: Key, line: Started, *, patient: bool) -> bool:
        """Let the part of the case of `line`, or of `key`, say how it stands. Whether there is such a notice.

        Hold `writing`. The `patient` leave Slack's limits to others. Raises PostSealedError like `tell`.
        """

        def change(blocks: Sequence[Block], keys: Sequence[Key]) -> tuple[Block, ...]:
            found = part_of_case(blocks, keys, line.situation.case_id) if line.situation else None
            return with_situation(blocks, keys, found or _first((key,), keys), line, self.team_id())

        return self._rework(place, change, patient=patient)

    def retire(self, place: Place, line: Started) -> None:
        """The case of `line` is told of elsewhere now: the notice at `place` says no more of it than how it began.

        Raises:
            WorkspaceError: Slack did not take it now.
        """
        case_id = line.situation.case_id if line.situation else -1
        silent = replace(line, situation=None)

        def silence(blocks: Sequence[Block], keys: Sequence[Key]) -> tuple[Block, ...]:
            key = part_of_case(blocks, keys, case_id)
            if key is None:
                return tuple(blocks)
            self._note(key, lambda known: replace(known, situation=None))
            return with_situation(blocks, keys, key, silent, self.team_id())

        self._rework_quietly(place, silence)

    def lead_elsewhere(self, place: Place, app_user_id: AppUserId, line: Started) -> None:
        """Let what the notice at `place` tells of an app user be `line`; what it says of their case stays.

        One that is gone misleads nobody.

        Raises:
            WorkspaceError: Slack did not take it now.
        """

        def lead(blocks: Sequence[Block], keys: Sequence[Key]) -> tuple[Block, ...]:
            for key in [key for key in keys if whose(key) == app_user_id]:
                blocks = with_told(blocks, keys, key, line, self.team_id())
                self._note(key, lambda known: replace(line, situation=known.situation))
            return tuple(blocks)

        self._rework_quietly(place, lead)

    def leave_out(self, place: Place, app_user_ids: Collection[AppUserId]) -> None:
        """Let the notice at `place` tell nothing of these app users; it tells of others, too.

        Raises:
            WorkspaceError: Slack did not take it now.
        """
        with self._sheets.writing():
            found = self._lanes.standing_at(place.channel_id, place.ts)
            if found is None:
                return
            keys = found.mark.ids
            gone = [key for key in keys if whose(key) in app_user_ids]
            blocks = without(found.blocks, keys, gone)
            mark = Mark(ANNOUNCEMENT, tuple(key for key in keys if key not in gone))
            self._lanes.remark(place.channel_id, place.ts, Post(spoken(blocks), mark, blocks))

    def _note(self, key: Key, change: Callable[[Started], Started]) -> None:
        """What this process has written there changes with it."""
        sheet = self._sheets.of(key)
        if sheet and key in sheet.lines:
            sheet.lines[key] = change(sheet.lines[key])

    def _rework_quietly(self, place: Place, change: Change) -> None:
        with self._sheets.writing():
            try:
                stands = self._rework(place, change)
            except PostSealedError:
                stands = False
        if not stands:
            _log.info("dispatch notice not changed", channel_id=place.channel_id, ts=place.ts)

    def _rework(self, place: Place, change: Change, *, patient: bool = False) -> bool:
        """Whether the notice is there. Raises PostSealedError where it may not be changed any more."""
        try:
            found = self._lanes.standing_at(place.channel_id, place.ts)
            if found is None:
                return False
            for other in found.mark.ids:  # who will not have to ask where they stand
                self._sheets.overtaken(other)
                self._sheets.adopt(other, place)
            blocks = change(found.blocks, found.mark.ids)
            if list(blocks) != list(found.blocks):
                post = Post(spoken(blocks), found.mark, blocks)
                self._lanes.update(place.channel_id, place.ts, post, patient=patient)
        except PostSealedError:
            raise
        except RefusedError:
            return False
        return True


def _first(wanted: Sequence[Key], keys: Sequence[Key]) -> Key:
    """Of a notice's parts the first that is wanted; where there is only one, that is it."""
    only = keys[0] if len(keys) == 1 else wanted[0]
    return next((key for key in wanted if key in keys), only)
