"""Who types at this moment: kept in memory for as long as it is likely to be true."""

import threading

from wire.ids import AppUserId

TYPING_SECONDS = 10.0
"""Clients tell again while somebody goes on typing."""
APP_USERS = 10_000
"""So many are remembered at a time; whoever began to type longest ago is forgotten first."""


class TypingNow:
    """The app users who type. Times are monotonic seconds. Safe to use from many threads: `_lock` guards `_until`."""

    def __init__(self, most: int = APP_USERS) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._until: dict[AppUserId, float] = {}

    def start(self, app_user_id: AppUserId, now: float) -> None:
        """The app user types."""
        with self._lock:
            self._until.pop(app_user_id, None)
            self._until[app_user_id] = now + TYPING_SECONDS
            if len(self._until) > self._most:
                del self._until[next(iter(self._until))]

    def stop(self, app_user_id: AppUserId) -> None:
        """The app user types no more."""
        with self._lock:
            self._until.pop(app_user_id, None)

    def types(self, app_user_id: AppUserId, now: float) -> bool:
        """Whether the app user types."""
        with self._lock:
            return self._until.get(app_user_id, now) > now
