"""What has arrived lately: Slack may deliver the same thing again, in another envelope, minutes later."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

REMEMBERED_SECONDS = 15 * 60.0
REMEMBERED_MOST = 100_000


class Seen:
    """A bounded memory of keys. Safe to use from many threads.

    It does not outlive the process: what a restart could repeat is recognised by the ledger, by the request's ID.
    """

    def __init__(
        self,
        *,
        seconds: float = REMEMBERED_SECONDS,
        most: int = REMEMBERED_MOST,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._seconds = seconds
        self._most = most
        self._now = now
        self._keys: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def first(self, key: str) -> bool:
        """Whether `key` arrives for the first time; from now on it does not."""
        with self._lock:
            self._forget_old()
            if key in self._keys:
                return False
            self._keys[key] = self._now()
            return True

    def forget(self, key: str) -> None:
        """Nothing was done about `key`: its next delivery is to be the first again."""
        with self._lock:
            self._keys.pop(key, None)

    def _forget_old(self) -> None:
        oldest_kept = self._now() - self._seconds
        while self._keys:
            key, arrived = next(iter(self._keys.items()))
            if arrived > oldest_kept and len(self._keys) < self._most:
                return
            del self._keys[key]
