"""The file: lines are added at its end, and last when they were. What is no longer needed goes when it is rewritten."""

import contextlib
import json
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

import structlog

from desk.disk import keep_names

VERSION = 2
"""Of the file's layout. A file of a later version is refused, not misread."""
COMPARED = 1 << 20
TOGETHER = 1 << 16
"""Bytes of lines that are read together, about."""

_log = structlog.get_logger(__name__)


class DamagedError(Exception):
    """The file makes no sense; the text says where and why."""


class TooNewError(Exception):
    """A later version wrote the file."""


class Journal:
    """The file at `path`, and beside it the same once more at `backup`. One thread at a time; nobody else writes them.

    The first line tells the version, and how often the file was rewritten: so a backup is known to go on where the file
    ends, though it must not, from one that was left from before a rewrite. `length` counts bytes.
    """

    def __init__(self, path: Path, backup: Path) -> None:
        self._path = path
        self._backup_path = backup
        self._rewritten = 0
        self._torn = False
        self._file = self._backup = -1
        self.length = 0

    def load(self, take: Callable[[list[bytes]], bool], note: Callable[[bytes], None]) -> None:
        """Give each line to `note`, which raises ValueError where it makes no sense. Writing is possible afterwards.

        `take` gets many lines before; those that it takes, all or none, `note` does not get. A last line that makes no
        sense was never acknowledged: it goes.

        Raises:
            DamagedError: lines make no sense, or are missing. The file is left alone.
            TooNewError: see there.
            OSError: the disk does not do it.
        """
        torn = self._read(take, note)
        if _goes_on(self._backup_path, self._path, self.length):
            raise DamagedError("lines are missing at its end, which its backup has")
        for leftover in (self._path, self._backup_path):
            _beside(leftover).unlink(missing_ok=True)  # a rewrite that a kill interrupted
        self._file = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CLOEXEC)
        if torn:
            _log.warning("a change that was never acknowledged is dropped", path=str(self._path), reason=torn)
            self._torn = True
            self._mend()

    def append(self, line: bytes) -> None:
        """Add a line; it is on the disk when this returns. Raises OSError, and then the file is as it was."""
        self._mend()
        try:
            _write(self._file, line)
            os.fdatasync(self._file)
        except OSError:
            self._torn = True
            with contextlib.suppress(OSError):  # the next append tries again before it writes
                self._mend()
            raise
        self.length += len(line)
        self._append_to_backup(line)

    def rewrite(self, lines: Iterable[bytes]) -> None:
        """Replace the file, then the backup. Raises OSError, and then the file is the old one or the new one, whole."""
        temporary = _beside(self._path)
        file = os.open(temporary, os.O_CREAT | os.O_RDWR | os.O_TRUNC | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            length = _write(file, b'{"version":%d,"rewritten":%d}\n' % (VERSION, self._rewritten + 1))
            for block in lines:
                length += _write(file, block)
            os.fsync(file)
            temporary.replace(self._path)
        except BaseException:
            os.close(file)
            temporary.unlink(missing_ok=True)
            raise
        if self._file >= 0:
            os.close(self._file)
        self._file, self.length, self._torn = file, length, False
        self._rewritten += 1
        keep_names(self._path.parent)
        self.back_up()

    def back_up(self) -> None:
        """Let the backup be the same as the file, and follow it from now on. Raises OSError."""
        if not _same(self._path, self._backup_path):
            self._leave_backup()
            temporary = _beside(self._backup_path)
            with self._path.open("rb") as source, os.fdopen(_new(temporary), "wb") as target:
                shutil.copyfileobj(source, target, COMPARED)
                target.flush()
                os.fsync(target.fileno())
            temporary.replace(self._backup_path)
            keep_names(self._path.parent)
        if self._backup < 0:
            self._backup = os.open(self._backup_path, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)

    def close(self) -> None:
        """Let go of both files. Closing twice is harmless."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
        self._leave_backup()

    def _read(self, take: Callable[[list[bytes]], bool], note: Callable[[bytes], None]) -> str:
        """Read all lines. Returns why the last one has to go, if so."""
        with self._path.open("rb") as file:
            self._read_head(file.readline())
            count = 1
            while block := file.readlines(TOGETHER):
                if take(block):
                    self.length += sum(map(len, block))
                    torn = ""
                else:
                    torn = self._read_each(count, block, note, lambda: not file.read(1))
                if torn:
                    return torn
                count += len(block)
        return ""

    def _read_each(
        self, count: int, block: list[bytes], note: Callable[[bytes], None], at_end: Callable[[], bool]
    ) -> str:
        for each, line in enumerate(block, 1):
            try:
                _whole(line)
                note(line)
            except ValueError as error:
                reason = f"line {count + each}: {type(error).__name__}"
                if each < len(block) or not at_end():
                    raise DamagedError(reason) from error
                return reason
            self.length += len(line)
        return ""

    def _read_head(self, line: bytes) -> None:
        try:
            _whole(line)
            head = json.loads(line)
            version, self._rewritten = int(head["version"]), int(head.get("rewritten", 0))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise DamagedError(f"line 1: {type(error).__name__}") from error
        if version > VERSION:
            raise TooNewError
        self.length = len(line)

    def _mend(self) -> None:
        """Take away what a write left that failed. Nothing may be added before this has succeeded."""
        if self._torn:
            os.ftruncate(self._file, self.length)
            os.fdatasync(self._file)
            self._torn = False

    def _append_to_backup(self, line: bytes) -> None:
        """Not synced: after a power cut the next start makes the backup anew, from the file, which is."""
        if self._backup < 0:
            return
        try:
            _write(self._backup, line)
        except OSError as error:  # it stays behind until the next start or rewrite
            _log.warning("backup of the channel book not written", path=str(self._backup_path), error=str(error))
            self._leave_backup()

    def _leave_backup(self) -> None:
        if self._backup >= 0:
            os.close(self._backup)
            self._backup = -1


def _whole(line: bytes) -> None:
    if not line.endswith(b"\n"):
        raise ValueError("cut off")


def _goes_on(backup: Path, path: Path, length: int) -> bool:
    """Whether the backup has a whole line after all that makes sense in the file: the file had it too, then."""
    if not backup.exists() or backup.stat().st_size <= length:
        return False
    with backup.open("rb") as copy, path.open("rb") as file:
        return _begin_alike(copy, file, length) and copy.readline().endswith(b"\n")


def _same(path: Path, other: Path) -> bool:
    size = path.stat().st_size
    if not other.exists() or other.stat().st_size != size:
        return False
    with path.open("rb") as file, other.open("rb") as copy:
        return _begin_alike(file, copy, size)


def _begin_alike(one: BinaryIO, other: BinaryIO, length: int) -> bool:
    while length:
        size = min(COMPARED, length)
        if one.read(size) != other.read(size):
            return False
        length -= size
    return True


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.new")


def _new(path: Path) -> int:
    return os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_CLOEXEC, 0o600)


def _write(file: int, content: bytes) -> int:
    """Write all of it: a disk that gets full takes a part first, and says so with the next."""
    left = memoryview(content)
    while left:
        left = left[os.write(file, left) :]
    return len(content)
