"""The directory where uploads lie, each under its ID. What is there under its ID is whole, and outlives a power cut."""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from webhook_server.domain.values import MediaId
from webhook_server.errors import MediaUnavailableError

LEDGER_BYTES = 128 * 1024 * 1024
"""So much of the disk is left to the ledger: messages matter more than files."""
BODIES_BYTES = 256 * 1024 * 1024
"""So much is left to bodies of requests, which lie on the disk until they are whole."""
RESERVE_BYTES = LEDGER_BYTES + BODIES_BYTES

_UNFINISHED = ".part"


class Store:
    """Uploads in `directory`, which no other process touches. What an earlier process left unfinished is removed.

    `_lock` guards `_promised`: the room for files that are being made. They take no more than was there before they
    began, however many are made at once.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._lock = threading.Lock()
        self._promised = 0
        for path in directory.glob(f"*{_UNFINISHED}"):
            path.unlink(missing_ok=True)

    @contextmanager
    def unfinished(self, most_bytes: int) -> Iterator[Path]:
        """Where a file of up to `most_bytes` may be made that is nobody's yet. What is left afterwards is removed.

        Raises:
            MediaUnavailableError: the disk has no room for it.
        """
        self._promise(most_bytes)
        path = self._directory / (token_hex(16) + _UNFINISHED)
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)
            with self._lock:
                self._promised -= most_bytes

    def _promise(self, most_bytes: int) -> None:
        with self._lock:
            if shutil.disk_usage(self._directory).free - RESERVE_BYTES - self._promised < most_bytes:
                raise MediaUnavailableError
            self._promised += most_bytes

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
