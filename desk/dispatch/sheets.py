"""What stands on the dispatch channel's board by our own hand, as far as this process knows it."""

import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from desk.domain.announcements import Started
from desk.domain.situation import settle
from desk.errors import LimitedError
from desk.memory import Memory
from desk.ports import ChannelEntry
from wire.ids import AppUserId
from wire.messages import Place

REMEMBERED = 5_000
PATIENCE = 1.0
"""Seconds to wait for others who are writing; then the order comes again, and its thread serves somebody else."""

Key = str
"""What one part of a notice is known by, in the notice's mark and its blocks; it begins with an app user's ID."""


def key_of(entry: ChannelEntry) -> Key:
    """The part that tells of an app user's channel, or of the one to come."""
    return f"{entry.app_user_id}:{len(entry.previous)}"


def key_of_case(app_user_id: AppUserId, case_id: int) -> Key:
    """The part that tells of a case that began in a channel which was open already."""
    return f"{app_user_id}:c{case_id}"


def whose(key: Key) -> AppUserId:
    """The app user of a part."""
    return AppUserId(key.partition(":")[0])


@dataclass
class Sheet:
    """A notice in the dispatch channel and what it shall say; `stale`: it does not say it yet.

    `adopted`: an earlier process wrote it, or nobody knows what came of writing it. Only Slack knows all that it says;
    `lines` are those that this process has written there since.
    """

    place: Place
    lines: dict[Key, Started]
    stale: bool = False
    adopted: bool = False


class Sheets:
    """Remembers notices by the keys of their parts. Safe to use from many threads.

    `writing` is held while Slack is asked, so that the board has one writer. `_guard` guards what a sheet shall say.
    """

    def __init__(self) -> None:
        self._posting = threading.Lock()
        self._guard = threading.Lock()
        self._sheets: Memory[Key, Sheet] = Memory(REMEMBERED)
        self._keys: Memory[int, Key] = Memory(REMEMBERED)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the board's one writer. Raises LimitedError: whoever does not get to it in time comes again."""
        if not self._posting.acquire(timeout=PATIENCE):
            raise LimitedError(PATIENCE)
        try:
            yield
        finally:
            self._posting.release()

    def of(self, key: Key) -> Sheet | None:
        """The notice with this part."""
        return self._sheets.get(key)

    def put(self, key: Key, sheet: Sheet) -> None:
        """From now on this is the notice with this part."""
        self._sheets.put(key, sheet)

    def adopt(self, key: Key, place: Place) -> Sheet:
        """The notice with this part; an earlier process has put it there, unless this one knows better."""
        with self._guard:
            sheet = self._sheets.get(key)
            if sheet is None:
                sheet = Sheet(place, {}, adopted=True)
                self._sheets.put(key, sheet)
            return sheet

    def overtaken(self, key: Key) -> None:
        """The notice with this part is about to be changed where it stands: what was to be written is not any more."""
        with self._guard:
            sheet = self._sheets.get(key)
            if sheet and not sheet.adopted:
                sheet.adopted = True
                if sheet.stale:
                    sheet.stale = False
                    sheet.lines.clear()

    def key_for(self, line: Started) -> Key | None:
        """Which part tells of the case of `line`, as far as this process has written it."""
        return self._keys.get(line.situation.case_id) if line.situation else None

    def note(self, key: Key, line: Started) -> None:
        """This part tells of the case of `line` from now on."""
        if line.situation:
            self._keys.put(line.situation.case_id, key)

    def learn(self, sheet: Sheet, key: Key, line: Started) -> Started:
        """The line as it is to be shown, which a notice of this process's own shall say from now on.

        What an opening knows of a case is older than what was heard of it before.
        """
        with self._guard:
            known = sheet.lines.get(key)
            if known and line.situation:
                line = replace(line, situation=settle(known.situation, line.situation))
            if known and not sheet.adopted and known != line:
                sheet.lines[key] = line
                sheet.stale = True
            return line

    def take_stale(self, sheet: Sheet) -> dict[Key, Started]:
        """What a notice shall say and does not; it counts as said."""
        with self._guard:
            lines = dict(sheet.lines) if sheet.stale else {}
            sheet.stale = False
            return lines

    def drop(self, key: Key) -> None:
        """Somebody has deleted the notice with this part."""
        sheet = self._sheets.take(key)
        for other in list(sheet.lines) if sheet else ():
            self._sheets.forget(other)

    def forget(self, app_user_ids: Collection[AppUserId]) -> None:
        """Remember nothing of these app users."""
        with self._guard:
            for key, sheet in self._sheets.forget_where(lambda key, _: whose(key) in app_user_ids):
                sheet.lines.pop(key, None)
            self._keys.forget_where(lambda _, key: whose(key) in app_user_ids)
