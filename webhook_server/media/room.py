"""Uploads from their arrival to their removal. Files and ledger never disagree in the dangerous direction.

A row comes before its file, and goes after it. What a crash leaves is a row that no message refers to, or a file whose
row says that it is to be removed; both are swept away.
"""

import threading
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from secrets import token_hex

import structlog

from webhook_server.clock import Clock
from webhook_server.domain.values import Media, MediaId
from webhook_server.errors import EmptyUploadError, ImageUnreadableError, MediaUnavailableError
from webhook_server.ledger import Ledger, LedgerUnavailableError
from webhook_server.media import kinds, reencode
from webhook_server.media.images import Images
from webhook_server.media.names import clean
from webhook_server.media.store import Store

UNUSED_SECONDS = 86_400.0
"""An upload to which no message refers by then is removed."""
UNUSED_ANONYMOUS_SECONDS = 3_600.0
"""The same for an upload with the public token, which everybody may have."""
ANONYMOUS_BYTES = 512 * 1024 * 1024
ANONYMOUS_UPLOADS = 10_000
"""About so much lies here at most of those that were made with the public token, and that no message refers to."""
SWEEP_SECONDS = 3_600.0

_log = structlog.get_logger()


class MediaRoom:
    """Uploads in `directory` and in the ledger. Safe to use from many threads."""

    def __init__(self, directory: Path, ledger: Ledger, clock: Clock) -> None:
        self._store = Store(directory)
        self._ledger = ledger
        self._clock = clock
        self._images = Images()

    def check_anonymous(self) -> None:
        """Let those pass who have nothing but the public token, while there is room for more of theirs.

        Raises:
            MediaUnavailableError: there is not.
        """
        since = self._clock.now() - UNUSED_ANONYMOUS_SECONDS - SWEEP_SECONDS  # the older ones are swept
        count, size = self._ledger.read(lambda books: books.media.unused_anonymous(since))
        if count >= ANONYMOUS_UPLOADS or size >= ANONYMOUS_BYTES:
            _log.warning("too_many_anonymous_uploads", count=count, size=size)
            raise MediaUnavailableError

    def arrival(self, most_bytes: int) -> AbstractContextManager[Path]:
        """Where up to `most_bytes` of an upload may be put until they are taken in; they are removed afterwards.

        Entering it raises:
            MediaUnavailableError: the disk is nearly full.
        """
        return self._store.unfinished(most_bytes)

    def take_in(self, arrived: Path, name: str | None, *, anonymous: bool = False) -> Media:
        """Keep what arrived, called `name` by who sent it, with the public token if `anonymous`. Then it is on disk.

        Raises:
            EmptyUploadError: there is nothing in it.
            ImageTooLargeError: it is an image with too many pixels.
            ImageUnreadableError: it is a broken image.
            LedgerUnavailableError: the ledger cannot be written.
            MediaBusyError: too many images come at once.
            MediaUnavailableError: the disk is full.
        """
        if not arrived.stat().st_size:
            raise EmptyUploadError
        guess = kinds.of_file(arrived, name or "")
        if guess.maybe_image:
            with self._store.unfinished(reencode.FILE_BYTES) as rewritten:
                written = self._images.write_anew(arrived, rewritten)
                if written is not None:
                    return self._keep(rewritten, name, written, anonymous=anonymous)
        if guess.media_type in kinds.RASTER:  # as it is it might tell what the camera noted
            raise ImageUnreadableError
        return self._keep(arrived, name, guess.media_type, anonymous=anonymous)

    def file(self, media: Media) -> Path:
        """Where the bytes of an upload lie."""
        return self._store.path(media.id)

    def remove(self, media_id: MediaId) -> None:
        """Remove an upload, though messages may refer to it."""
        if self._ledger.write(lambda books: books.media.remove(media_id)):
            _log.info("media_removed", media_id=media_id)
        self._clear([media_id])

    def discard(self, media: Media) -> None:
        """Remove an upload, unless a message refers to it."""
        self._ledger.write(lambda books: books.media.abandon([media.id]))
        if self._ledger.read(lambda books: books.media.find(media.id)) is None:
            self._clear([media.id])

    def sweep(self) -> None:
        """Remove the files of all that was given up, and what nobody refers to."""
        now = self._clock.now()
        before, anonymous_before = now - UNUSED_SECONDS, now - UNUSED_ANONYMOUS_SECONDS
        unused = self._ledger.read(lambda books: books.media.unused(before, anonymous_before))
        if unused:
            self._ledger.write(lambda books: books.media.abandon(unused))
        self._clear(self._ledger.read(lambda books: books.media.given_up()))

    def _keep(self, path: Path, name: str | None, media_type: str, *, anonymous: bool) -> Media:
        media = Media(MediaId(token_hex(16)), clean(name, media_type), media_type, path.stat().st_size)
        now = self._clock.now()
        self._ledger.write(lambda books: books.media.add(media, now, anonymous=anonymous))
        try:
            self._store.keep(path, media.id)
        except OSError as error:
            _log.exception("media_not_kept", error=str(error))
            raise MediaUnavailableError from error
        return media

    def _clear(self, media_ids: Sequence[MediaId]) -> None:
        """Remove the files of uploads that were given up, then the rows that nothing needs."""
        gone = [media_id for media_id in media_ids if self._is_gone(media_id)]
        if gone:
            self._ledger.write(lambda books: books.media.forget(gone))

    def _is_gone(self, media_id: MediaId) -> bool:
        """Remove a file. One that stays keeps its row, and is tried again with the next sweep."""
        try:
            self._store.remove(media_id)
        except OSError as error:
            _log.error("media_not_removed", media_id=media_id, error=str(error))
            return False
        return True


class Keeper:
    """Sweeps a room at its start and every hour, on a thread of its own. `_changed` guards `_stopped`."""

    def __init__(self, room: MediaRoom, clock: Clock) -> None:
        self._room = room
        self._clock = clock
        self._changed = threading.Condition()
        self._stopped = False

    def start(self) -> None:
        """Begin."""
        threading.Thread(target=self._run, name="media", daemon=True).start()

    def stop(self) -> None:
        """End soon."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def _run(self) -> None:
        due = self._clock.monotonic()
        while self._waited_for(due):
            due += SWEEP_SECONDS
            try:
                self._room.sweep()
            except (OSError, LedgerUnavailableError) as error:
                _log.warning("media_not_swept", error=str(error))
            except Exception:  # noqa: BLE001 - the edge: the next sweep may do better
                _log.exception("sweeping_broke")

    def _waited_for(self, due: float) -> bool:
        """Wait until `due`; whether there is more to do."""
        with self._changed:
            while not self._stopped and (left := due - self._clock.monotonic()) > 0:
                self._clock.wait(self._changed, left)
            return not self._stopped
