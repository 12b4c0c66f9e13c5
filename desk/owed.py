"""OwedNote as a small file beside the channel book: it outlives the process, and a power cut."""

import json
import os
import threading
from collections.abc import Collection
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import structlog
from pydantic import TypeAdapter

from desk.disk import keep_names
from desk.ports import Mark, OwedPost
from wire.ids import ChannelId

FILE_NAME = "owed.jsonl"
MOST = 2_000
"""Posts that are kept; with more, the oldest are known to this process alone."""

_OWED = TypeAdapter(OwedPost)
_log = structlog.get_logger(__name__)


class OwedFile:
    """The note in `directory`, a line a post, written anew with each change: few are owed, and seldom.

    `_guard` guards everything here, the file too.
    """

    def __init__(self, directory: Path) -> None:
        self._path = directory / FILE_NAME
        self._guard = threading.Lock()
        self._owed = {(each.channel_id, each.post.mark): each for each in self._legible()}
        self._behind = False  # whether the file says something else
        self._closed = False

    def read(self) -> tuple[OwedPost, ...]:
        """All that is owed."""
        with self._guard:
            return tuple(self._owed.values())

    def add(self, owed: OwedPost) -> None:
        """Keep it; it is on the disk when this returns, if the disk takes it."""
        with self._guard:
            if (owed.channel_id, owed.post.mark) in self._owed:
                return
            self._owed[owed.channel_id, owed.post.mark] = owed
            if len(self._owed) > MOST:
                channel_id, mark = oldest = next(iter(self._owed))
                del self._owed[oldest]
                _log.warning("too much is owed: a restart now loses a post", channel_id=channel_id, ids=mark.ids)
            self._write()

    def settle(self, channel_id: ChannelId, mark: Mark) -> None:
        """This post is not owed any more."""
        with self._guard:
            if self._owed.pop((channel_id, mark), None) or self._behind:
                self._write()

    def forget(self, channel_ids: Collection[ChannelId]) -> None:
        """Nothing is owed to these channels any more; the disk does not have it either when this returns."""
        with self._guard:
            theirs = [key for key in self._owed if key[0] in channel_ids]
            for key in theirs:
                del self._owed[key]
            if theirs or self._behind:
                self._write()

    def close(self) -> None:
        """Change nothing any more: another process may have the file."""
        with self._guard:
            self._closed = True

    def _legible(self) -> list[OwedPost]:
        try:
            lines = self._path.read_bytes().splitlines()
        except FileNotFoundError:
            return []
        except OSError as error:
            _log.warning("what is owed was not read", path=str(self._path), error=str(error))
            return []
        owed = []
        for number, line in enumerate(lines, 1):
            try:
                owed.append(_OWED.validate_python(json.loads(line)))
            except (ValueError, RecursionError) as error:
                _log.warning("what is owed is illegible", path=str(self._path), line=number, error=type(error).__name__)
        return owed

    def _write(self) -> None:
        """Replace the file by one that is whole. Hold the guard."""
        if self._closed:
            return
        temporary = self._path.with_name(f"{FILE_NAME}.new")
        try:
            flags = os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_CLOEXEC
            with os.fdopen(os.open(temporary, flags, 0o600), "wb") as file:
                file.writelines(json.dumps(asdict(each)).encode() + b"\n" for each in self._owed.values())
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(self._path)
            keep_names(self._path.parent)
            self._behind = False
        except OSError as error:
            self._behind = True
            _log.warning("what is owed was not written", path=str(self._path), error=str(error))
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
