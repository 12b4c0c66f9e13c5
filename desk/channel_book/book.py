"""ChannelBook on TinyDB: one owner, reads from memory, writes that are on disk when they return."""

import os
import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

import structlog
from tinydb.table import Document

from desk.channel_book import lines, old_layout
from desk.channel_book.index import Index
from desk.channel_book.journal import DamagedError, Journal, TooNewError
from desk.channel_book.owner import become_owner
from desk.channel_book.storage import TABLE, JournalDatabase, JournalStorage
from desk.domain import wording
from desk.errors import ChannelBookError
from desk.memory import Memory
from desk.ports import ChannelEntry
from wire.ids import AppUserId, ChannelId

FILE_NAME = "channels.jsonl"
BACKUP_NAME = "channels.jsonl.bak"
"""The same once more: after a power cut, the last changes may be missing in it until the next start."""
REMEMBERED = 10_000

_log = structlog.get_logger(__name__)


class TinyChannelBook:
    """The channel book in `directory`. Writes that come together go to the disk together.

    `_writing` is held by the one thread that writes, for all that wait; `_guard` guards what readers see and the queue,
    and is never held while the disk is waited for. Who takes both takes `_writing` first.
    """

    def __init__(self, directory: Path) -> None:
        self._path = directory / FILE_NAME
        self._writing = threading.Lock()
        self._guard = threading.RLock()
        self._queue: list[_Change] = []
        self._index = Index()
        # Copies of documents, decoded: the documents own the state, at most REMEMBERED are kept, and one is dropped in
        # the moment in which its document changes. Losing any of them costs decoding it again.
        self._decoded: Memory[int, ChannelEntry] = Memory(REMEMBERED)
        self._owner = become_owner(directory)
        self._journal = Journal(self._path, directory / BACKUP_NAME)
        try:
            self._database = JournalDatabase(self._journal, storage=JournalStorage)
            self._storage: JournalStorage = self._database.storage  # type: ignore[assignment] # named a line above
            self._open(directory)
        except BaseException:
            self._journal.close()
            os.close(self._owner)
            raise

    def of_app_user(self, app_user_id: AppUserId) -> ChannelEntry | None:
        """The app user's line, which is another's where they turned out to be the same."""
        with self._guard:
            return self._entry(self._index.of_app_user(app_user_id))

    def of_channel(self, channel_id: ChannelId) -> ChannelEntry | None:
        """The line that has this channel, now or previously."""
        with self._guard:
            return self._entry(self._index.of_channel(channel_id))

    def keep(self, entry: ChannelEntry, *, instead_of: AppUserId | None = None) -> None:
        """Write the line, and remove that of `instead_of` in the same moment; it is on disk when this returns.

        Raises:
            ChannelBookError: the disk does not take it. Readers get the line as it was then.
        """
        self._carry_out(_Change(entry, instead_of))

    def forget(self, app_user_id: AppUserId) -> None:
        """Remove the line, with all earlier versions of it, and from the backup too.

        Raises:
            ChannelBookError: the disk does not take it.
        """
        self._carry_out(_Change(None, app_user_id))
        with self._writing:
            if self._storage.traces:
                self._rewrite()

    def has_name(self, channel_name: str) -> bool:
        """Whether a line has this channel name."""
        with self._guard:
            return self._index.has_name(channel_name)

    def entries(self) -> list[ChannelEntry]:
        """All lines, oldest first. Decodes each: about a second for 100,000."""
        with self._guard:
            documents = [document for _, document in self._storage.documents.lasting()]
        return [lines.read(document) for document in documents]

    def unfinished(self) -> list[ChannelEntry]:
        """The lines on which something is left to do, oldest first."""
        with self._guard:
            return [entry for entry in map(self._entry, self._index.unfinished()) if entry]

    def close(self) -> None:
        """Let go of the file. Closing twice is harmless."""
        with self._writing:
            self._journal.close()
            if self._owner >= 0:
                os.close(self._owner)
                self._owner = -1

    # --- reading

    def _entry(self, number: int | None) -> ChannelEntry | None:
        """With the guard held: else a document that has just changed could be remembered as it was."""
        if number is None:
            return None
        entry = self._decoded.get(number)
        document = self._storage.documents.of(number)
        if entry is None and document:
            entry = lines.read(document)
            self._decoded.put(number, entry)
        return entry

    def _open(self, directory: Path) -> None:
        path, backup = self._path, directory / BACKUP_NAME
        try:
            if not path.exists():
                path, backup = directory / old_layout.FILE_NAME, directory / old_layout.BACKUP_NAME
                old_layout.convert(directory, self._journal)
                self._journal.close()
            self._storage.load(self._note, self._index.add_ordinary)
        except DamagedError as error:
            way_out = str(backup) if backup.exists() else None
            raise ChannelBookError(wording.book_unreadable(str(path), str(error), way_out)) from error
        except TooNewError as error:
            raise ChannelBookError(wording.book_too_new(str(path))) from error
        except OSError as error:
            raise ChannelBookError(wording.book_not_written(str(path), str(error.strerror))) from error
        self._tidy(directory)

    def _tidy(self, directory: Path) -> None:
        """The file has been read and makes sense: what an earlier process left beside it goes."""
        if self._storage.traces or self._storage.has_much_dead():
            self._rewrite()
        try:
            self._journal.back_up()
            old_layout.remove(directory)
        except OSError as error:
            raise ChannelBookError(wording.book_not_written(str(directory), str(error.strerror))) from error

    def _note(self, number: int, before: lines.Keys | None, now: lines.Keys | None) -> None:
        if before:
            self._index.remove(number, before)
        if now:
            self._index.add(number, now)

    # --- writing

    def _carry_out(self, change: "_Change") -> None:
        with self._guard:
            self._queue.append(change)
        with self._writing:  # whoever gets here first writes for all that wait
            self._write_queue()
        change.written.result()

    def _write_queue(self) -> None:
        with self._guard:
            batch, self._queue = self._queue, []
        if not batch:
            return
        try:
            changed = self._write(batch)
        except (OSError, ValueError, ChannelBookError) as error:
            self._storage.documents.pending = {}
            self._refuse(batch, error)
            return
        self._publish(changed)
        for change in batch:
            change.written.set_result(None)
        if self._storage.has_much_dead():
            try:
                self._rewrite()
            except ChannelBookError as error:  # what was kept is kept: a longer file is a file all the same
                _log.warning("channel book not rewritten", error=str(error))

    def _write(self, batch: "list[_Change]") -> dict[int, bytes | None]:
        if self._owner < 0:
            raise ChannelBookError(wording.book_closed(str(self._path)))
        table = self._database.table(TABLE)
        numbers: dict[AppUserId, int | None] = {}  # as they will be: the index tells how they are

        def number_of(app_user_id: AppUserId) -> int | None:
            return numbers[app_user_id] if app_user_id in numbers else self._index.own(app_user_id)

        for change in batch:
            gone = number_of(change.gone) if change.gone else None
            if change.gone and gone:
                table.remove(doc_ids=[gone])
                numbers[change.gone] = None
            if change.entry:
                number = number_of(change.entry.app_user_id) or self._new_number()
                numbers[change.entry.app_user_id] = number
                if table.contains(doc_id=number):
                    table.remove(doc_ids=[number])
                table.insert(Document(lines.document(change.entry), number))
        return self._storage.flush()

    def _new_number(self) -> int:
        self._storage.last_number += 1
        return self._storage.last_number

    def _publish(self, changed: dict[int, bytes | None]) -> None:
        """Let readers see what is on the disk, in one moment."""
        with self._guard:
            for number in changed:
                before = self._entry(number)
                if before:
                    self._index.remove(number, lines.keys(before))
            for number, document in changed.items():
                self._storage.documents.settle(number, document)
                self._decoded.forget(number)
                entry = self._entry(number)
                if entry:
                    self._index.add(number, lines.keys(entry))

    def _refuse(self, batch: "list[_Change]", error: Exception) -> None:
        _log.error("channel book not written", path=str(self._path), error=str(error))
        for change in batch:
            refusal = ChannelBookError(wording.book_not_written(str(self._path), str(error)))
            refusal.__cause__ = error
            change.written.set_exception(refusal)

    def _rewrite(self) -> None:
        try:
            self._storage.rewrite()
        except OSError as error:
            raise ChannelBookError(wording.book_not_written(str(self._path), str(error))) from error


@dataclass(frozen=True)
class _Change:
    """What is to be written: a line that is kept, and one that goes."""

    entry: ChannelEntry | None
    gone: AppUserId | None
    written: Future[None] = field(default_factory=Future)
