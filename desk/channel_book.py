"""ChannelBook on TinyDB: one owner, reads from memory, writes that are on disk, whole, when they return."""

import contextlib
import fcntl
import json
import os
import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog
from pydantic import TypeAdapter, ValidationError
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document

from desk.domain import wording
from desk.errors import ChannelBookError, ChannelBookTakenError
from desk.ports import ChannelEntry
from wire.ids import AppUserId, ChannelId

FILE_NAME = "channels.json"
BACKUP_NAME = "channels.json.bak"
"""The last good file but one: at most the last change is missing in it."""
VERSION = 1
"""Of the file's layout. A file of a later version is refused, not misread."""

_ENTRY = TypeAdapter(ChannelEntry)
_log = structlog.get_logger(__name__)


class TinyChannelBook:
    """The channel book in `directory`. Writes that come together go to the disk together."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / FILE_NAME
        self._writing = threading.Lock()
        self._guard = threading.RLock()
        self._queue: list[_Change] = []
        self._entries: dict[AppUserId, ChannelEntry] = {}
        self._of_channel: dict[ChannelId, AppUserId] = {}
        self._names: dict[str, set[AppUserId]] = {}
        self._aliases: dict[AppUserId, AppUserId] = {}
        self._numbers: dict[AppUserId, int] = {}
        self._last_number = 0
        self._owner = _own(directory)
        try:
            self._storage, self._database = _open(self._path)
            self._load()
            self._storage.back_up()
        except BaseException:
            os.close(self._owner)
            raise

    def of_app_user(self, app_user_id: AppUserId) -> ChannelEntry | None:
        """The app user's line, which is another's where they turned out to be the same."""
        with self._guard:
            return self._entries.get(self._aliases.get(app_user_id, app_user_id))

    def of_channel(self, channel_id: ChannelId) -> ChannelEntry | None:
        """The line that has this channel, now or previously."""
        with self._guard:
            app_user_id = self._of_channel.get(channel_id)
            return self._entries.get(app_user_id) if app_user_id else None

    def keep(self, entry: ChannelEntry, *, instead_of: AppUserId | None = None) -> None:
        """Write the line, and remove that of `instead_of` in the same moment; it is on disk when this returns.

        Raises:
            ChannelBookError: the disk does not take it. Readers get the line as it was then.
        """
        self._carry_out(_Change(entry, instead_of))

    def forget(self, app_user_id: AppUserId) -> None:
        """Remove the line, from the backup too.

        Raises:
            ChannelBookError: the disk does not take it.
        """
        self._carry_out(_Change(None, app_user_id))
        with self._writing:
            self._storage.back_up()

    def has_name(self, channel_name: str) -> bool:
        """Whether a line has this channel name."""
        with self._guard:
            return channel_name in self._names

    def entries(self) -> list[ChannelEntry]:
        """All lines, oldest first."""
        with self._guard:
            return list(self._entries.values())

    def close(self) -> None:
        """Let go of the file. Closing twice is harmless."""
        with self._writing:
            if self._owner >= 0:
                os.close(self._owner)
                self._owner = -1

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
            self._write(batch)
        except (OSError, ChannelBookError) as error:
            self._refuse(batch, error)
            return
        for change in batch:
            if change.gone:
                self._drop(change.gone)
            if change.entry:
                self._index(change.entry)
            change.written.set_result(None)

    def _write(self, batch: "list[_Change]") -> None:
        if self._owner < 0:
            raise ChannelBookError(wording.book_closed(str(self._path)))
        lines = self._database.table("channels")
        for change in batch:
            number = self._numbers.pop(change.gone, None) if change.gone else None
            if number and lines.contains(doc_id=number):
                lines.remove(doc_ids=[number])
            if change.entry:
                number = self._number(change.entry.app_user_id)
                lines.upsert(Document(_ENTRY.dump_python(change.entry, mode="json"), number))
        self._storage.flush()

    def _number(self, app_user_id: AppUserId) -> int:
        if app_user_id not in self._numbers:
            self._last_number += 1
            self._numbers[app_user_id] = self._last_number
        return self._numbers[app_user_id]

    def _refuse(self, batch: "list[_Change]", error: OSError | ChannelBookError) -> None:
        _log.error("channel book not written", path=str(self._path), error=str(error))
        for change in batch:
            refusal = ChannelBookError(wording.book_not_written(str(self._path), str(error)))
            refusal.__cause__ = error
            change.written.set_exception(refusal)

    def _load(self) -> None:
        try:
            for document in self._database.table("channels"):
                entry = _ENTRY.validate_python(document)
                self._numbers[entry.app_user_id] = document.doc_id
                self._last_number = max(self._last_number, document.doc_id)
                self._index(entry)
        except (ValidationError, TypeError, ValueError, AttributeError) as error:
            raise _unreadable(self._path, type(error).__name__) from error

    def _drop(self, app_user_id: AppUserId) -> None:
        with self._guard:
            entry = self._entries.pop(app_user_id, None)
            if entry is None:
                return
            self._release_name(entry)
            owned = [key for key, owner in self._of_channel.items() if owner == app_user_id]
            for channel_id in owned:
                del self._of_channel[channel_id]
            for merged_id in entry.merged:
                self._aliases.pop(merged_id, None)

    def _release_name(self, entry: ChannelEntry) -> None:
        owners = self._names.get(entry.channel_name, set())
        owners.discard(entry.app_user_id)
        if not owners:
            self._names.pop(entry.channel_name, None)

    def _index(self, entry: ChannelEntry) -> None:
        with self._guard:
            before = self._entries.get(entry.app_user_id)
            if before:
                self._release_name(before)
            self._entries[entry.app_user_id] = entry
            for merged_id in entry.merged:
                self._aliases[merged_id] = entry.app_user_id
            if entry.channel_name:
                self._names.setdefault(entry.channel_name, set()).add(entry.app_user_id)
            for channel_id in (*entry.previous, entry.channel_id):
                if channel_id:
                    self._of_channel[channel_id] = entry.app_user_id


@dataclass(frozen=True)
class _Change:
    """What is to be written: a line that is kept, and one that goes."""

    entry: ChannelEntry | None
    gone: AppUserId | None
    written: Future[None] = field(default_factory=Future)


class AtomicStorage(Storage):
    """TinyDB's data in memory; `flush` replaces the file, so that a reader finds the old one or the new one, whole.

    The file that was replaced stays beside it as the backup.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._data: dict[str, dict[str, Any]] | None = None
        if path.exists():
            self._data = json.loads(path.read_text(encoding="utf-8"))

    def read(self) -> dict[str, dict[str, Any]] | None:
        """What was written last, flushed or not."""
        return self._data

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Take note; `flush` puts it on the disk."""
        self._data = data

    def flush(self) -> None:
        """Put what was written on the disk. Raises OSError and leaves the file as it was."""
        temporary = self._path.with_suffix(".new")
        _write(temporary, json.dumps(self._data, ensure_ascii=False, separators=(",", ":")).encode())
        self._keep_replaced()
        temporary.replace(self._path)
        _sync(self._path.parent)

    def back_up(self) -> None:
        """The file has been read and makes sense: copy it. Raises ChannelBookError."""
        if not self._path.exists():
            return
        backup = self._path.with_name(BACKUP_NAME)
        temporary = backup.with_suffix(".new")
        try:
            _write(temporary, self._path.read_bytes())
            temporary.replace(backup)
            _sync(self._path.parent)
        except OSError as error:
            raise ChannelBookError(wording.book_not_written(str(backup), str(error.strerror))) from error

    def _keep_replaced(self) -> None:
        link = self._path.with_name(BACKUP_NAME).with_suffix(".link")
        with contextlib.suppress(OSError):  # no file yet, or a file system without links: the copy has to do
            link.unlink(missing_ok=True)
            os.link(self._path, link)
            link.replace(self._path.with_name(BACKUP_NAME))


def _own(directory: Path) -> int:
    """Become the only user of `directory`: the descriptor of its lock, which the system gives back when we die."""
    path = directory / "channels.lock"
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise ChannelBookError(wording.book_not_written(str(path), str(error.strerror))) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        raise ChannelBookTakenError(wording.book_taken(str(directory))) from error
    return descriptor


def _open(path: Path) -> tuple[AtomicStorage, TinyDB]:
    try:
        database = TinyDB(path, storage=AtomicStorage)
        storage: AtomicStorage = database.storage  # type: ignore[assignment] # the class was named a line above
        heads = database.table("book").all()
        version = heads[0]["version"] if heads else VERSION
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unreadable(path, str(error)) from error
    if version != VERSION:
        raise ChannelBookError(wording.book_too_new(str(path)))
    if not heads:
        database.table("book").insert({"version": VERSION})
    return storage, database


def _unreadable(path: Path, reason: str) -> ChannelBookError:
    backup = path.with_name(BACKUP_NAME)
    return ChannelBookError(wording.book_unreadable(str(path), reason, str(backup) if backup.exists() else None))


def _write(path: Path, content: bytes) -> None:
    """A file whose content is on the disk, under a name that nobody relies on yet."""
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)


def _sync(directory: Path) -> None:
    """Make a file's new name last."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
