"""One process has the channel book's directory."""

import fcntl
import os
from pathlib import Path

from desk.domain import wording
from desk.errors import ChannelBookError, ChannelBookTakenError


def become_owner(directory: Path) -> int:
    """Become the only user of `directory`: the descriptor of its lock, which the system gives back when we die.

    Raises:
        ChannelBookTakenError: another process is.
        ChannelBookError: the directory cannot be used.
    """
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
