"""Notices that are true already and could say more: brought up to date when Slack has room, never before others."""

import threading
from collections.abc import Callable, Collection

import structlog

from desk.ports import Clock
from wire.ids import ChannelId, MessageId
from wire.messages import Receipt

_log = structlog.get_logger(__name__)


class Late:
    """Receipts that wait for room, oldest first. `show` shows one, or says in how many seconds to come again."""

    def __init__(self, clock: Clock, show: Callable[[Receipt], float | None]) -> None:
        self._clock = clock
        self._show = show
        self._guard = threading.Lock()
        self._waiting: dict[MessageId, Receipt] = {}
        self._call_off: Callable[[], None] | None = None
        self._closed = False

    def owe(self, receipt: Receipt, seconds: float) -> None:
        """There is no room now, but perhaps in `seconds`."""
        with self._guard:
            self._waiting[receipt.message_id] = receipt
        self._appoint(seconds)

    def forget(self, channel_ids: Collection[ChannelId]) -> None:
        """Nothing is owed to these channels any more."""
        with self._guard:
            kept = {key: each for key, each in self._waiting.items() if each.channel_id not in channel_ids}
            self._waiting = kept

    def close(self) -> None:
        """Leave them as they are: what they say was true, and is."""
        with self._guard:
            self._closed = True
            left, call_off = len(self._waiting), self._call_off
        if call_off:
            call_off()
        if left:
            _log.info("notices left without their last news", count=left)

    def _appoint(self, seconds: float) -> None:
        with self._guard:
            if self._call_off is None and not self._closed:
                self._call_off = self._clock.after(seconds, self._due)

    def _due(self) -> None:
        with self._guard:
            self._call_off = None
        while (receipt := self._oldest()) is not None:
            seconds = self._show(receipt)
            if seconds is not None:
                self._appoint(seconds)
                return
            with self._guard:
                if self._waiting.get(receipt.message_id) == receipt:
                    del self._waiting[receipt.message_id]

    def _oldest(self) -> Receipt | None:
        with self._guard:
            return next(iter(self._waiting.values()), None) if not self._closed else None
