"""Has images written anew, each in a process of its own, a few at a time."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import structlog

from webhook_server.errors import ImageTooLargeError, ImageUnreadableError, MediaBusyError, MediaUnavailableError
from webhook_server.media import reencode

AT_ONCE = 2
WAIT_SECONDS = 10.0
"""Who cannot begin within this time is asked to come again."""
WAITING_AT_ONCE = 8
"""So many requests may wait; the others' threads are needed for messages."""
SECONDS = 30.0
"""An image that takes longer is too much."""

_PROGRAM = str(Path(reencode.__file__).absolute())
_NEEDED = ("LD_LIBRARY_PATH",)
"""Of our environment, where Python itself may need it. Our settings, secrets among them, are nothing for decoders."""
_OVER_LIMIT = frozenset({-signal.SIGXCPU, -signal.SIGXFSZ, -signal.SIGKILL, reencode.TOO_LARGE})

_log = structlog.get_logger()


class Images:
    """Writes images anew. Safe to use from many threads."""

    def __init__(self) -> None:
        self._waiting = threading.BoundedSemaphore(AT_ONCE + WAITING_AT_ONCE)
        self._working = threading.BoundedSemaphore(AT_ONCE)

    def write_anew(self, source: Path, target: Path) -> str | None:
        """Write the image in `source` to `target`, without anything but its pixels. Returns its media type.

        None: it is no image after all, or broken from its first bytes on.

        Raises:
            ImageTooLargeError: it has too many pixels, or takes too long.
            ImageUnreadableError: it is broken.
            MediaBusyError: too many others wait.
            MediaUnavailableError: the disk is full.
        """
        if not self._waiting.acquire(blocking=False):
            raise MediaBusyError
        try:
            if not self._working.acquire(timeout=WAIT_SECONDS):
                raise MediaBusyError
            try:
                return _run(source, target)
            finally:
                self._working.release()
        finally:
            self._waiting.release()


def _run(source: Path, target: Path) -> str | None:
    command = [sys.executable, "-I", _PROGRAM, str(source), str(target)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, and paths that we chose
            command,
            env={name: os.environ[name] for name in _NEEDED if name in os.environ},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            encoding="utf-8",
            errors="replace",
        )
    except subprocess.TimeoutExpired as error:
        raise ImageTooLargeError from error
    if done.returncode == 0:
        return done.stdout
    if done.returncode == reencode.NOT_AN_IMAGE:
        return None
    if done.returncode == reencode.NO_SPACE:
        raise MediaUnavailableError
    if done.returncode in _OVER_LIMIT:
        raise ImageTooLargeError
    if done.returncode != reencode.UNREADABLE:  # nothing that the program meant to say
        _log.warning("image_broke_its_reader", status=done.returncode, error=done.stderr[-500:])
    raise ImageUnreadableError
