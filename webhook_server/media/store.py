"""The directory where uploads lie, each under its ID. What is there under its ID is whole, and outlives a power cut."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from webhook_server.domain.values import MediaId

RESERVE_BYTES = 128 * 1024 * 1024
"""So much of the disk is left to the ledger: messages matter more than files."""

_UNFINISHED = ".part"


class Store:
    """Uploads in `directory`, which no other process touches. What an earlier process left unfinished is removed."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        for path in directory.glob(f"*{_UNFINISHED}"):
            path.unlink(missing_ok=True)

    def has_room(self) -> bool:
        """Whether the disk takes more uploads."""
        return shutil.disk_usage(self._directory).free > RESERVE_BYTES

    @contextmanager
    def unfinished(self) -> Iterator[Path]:
        """Where a file may be made that is nobody's yet. What is still there afterwards is removed."""
        path = self._directory / (token_hex(16) + _UNFINISHED)
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    def keep(self, unfinished: Path, media_id: MediaId) -> None:
        """Keep a finished file as this upload. When this returns, it is on disk."""
        _sync(unfinished)
        unfinished.replace(self.path(media_id))
        _sync(self._directory)

    def path(self, media_id: MediaId) -> Path:
        """Where the upload lies."""
        return self._directory / media_id

    def remove(self, media_id: MediaId) -> None:
        """Remove an upload's bytes, if they are there."""
        self.path(media_id).unlink(missing_ok=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
