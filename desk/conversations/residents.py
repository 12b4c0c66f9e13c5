"""Who an app user turned out to be, held fast while something is done for them."""

from collections.abc import Iterator
from contextlib import contextmanager

from desk.locks import KeyedLocks
from desk.ports import ChannelBook
from wire.ids import AppUserId


@contextmanager
def resident(locks: KeyedLocks[AppUserId], book: ChannelBook, app_user_id: AppUserId) -> Iterator[AppUserId]:
    """Hold the lock of the app user whose line in the book this one's is, also if they are merged while we wait."""
    while True:
        found = _found(book, app_user_id)
        with locks.hold(found):
            if _found(book, app_user_id) == found:
                yield found
                return


def _found(book: ChannelBook, app_user_id: AppUserId) -> AppUserId:
    entry = book.of_app_user(app_user_id)
    return entry.app_user_id if entry else app_user_id
