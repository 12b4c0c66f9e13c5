"""Replies of which nobody knows whether the ledger has them: asked for again, with the same ID, until that is known."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from desk.ports import Clock
from wire.client import NoAnswerError, PeerAwayError, RefusedError
from wire.ids import ChannelId
from wire.messages import Reply, ReplyAccepted

DELAYS = (1.0, 2.0, 4.0, 8.0, 15.0)
"""Seconds before the next try; then always the last."""
GIVEN_UP_AFTER = 1500.0
"""Seconds; a little later the agent can no longer be told."""

_log = structlog.get_logger(__name__)

Verdict = ReplyAccepted | RefusedError | None
"""What is known in the end; None: nothing."""


@dataclass
class _Doubt:
    reply: Reply
    known: Callable[[Verdict], None]
    since: float
    tries: int = 0


class Unsettled:
    """What is in doubt, channel by channel, oldest first. `hand_over` tries one; `locked` runs with its channel's lock.

    `_guard` guards the queues. A try is made with the channel's lock held, so that nothing typed later overtakes it.
    """

    def __init__(
        self,
        clock: Clock,
        hand_over: Callable[[Reply], ReplyAccepted],
        locked: Callable[[ChannelId, Callable[[], object]], None],
    ) -> None:
        self._clock = clock
        self._hand_over = hand_over
        self._locked = locked
        self._guard = threading.Lock()
        self._channels: dict[ChannelId, list[_Doubt]] = {}
        self._timers: dict[ChannelId, Callable[[], None]] = {}
        self._closed = False

    def add(self, reply: Reply, known: Callable[[Verdict], None]) -> None:
        """Keep asking for `reply`; `known` is called once, with what came of it."""
        with self._guard:
            if self._closed:
                return
            self._channels.setdefault(reply.channel_id, []).append(_Doubt(reply, known, self._clock.now()))
        self._later(reply.channel_id)

    def settle(self, channel_id: ChannelId) -> bool:
        """Try what is in doubt, in order, up to the first that stays so. Whether nothing is left. Hold the lock."""
        while doubt := self._oldest(channel_id):
            verdict: Verdict = None
            try:
                verdict = self._hand_over(doubt.reply)
            except RefusedError as error:
                verdict = error
            except (NoAnswerError, PeerAwayError):
                doubt.tries += 1
                if self._clock.now() - doubt.since < GIVEN_UP_AFTER:
                    return False
            with self._guard:
                self._channels[channel_id].remove(doubt)
                if not self._channels[channel_id]:
                    del self._channels[channel_id]
            _log.info("reply settled", message_id=doubt.reply.message_id, verdict=repr(verdict), tries=doubt.tries)
            self._tell(doubt, verdict)
        return True

    def close(self) -> None:
        """Ask no more. What went out gets its notice all the same."""
        with self._guard:
            self._closed = True
            timers = list(self._timers.values())
            self._timers.clear()
        for call_off in timers:
            call_off()

    def _tell(self, doubt: _Doubt, verdict: Verdict) -> None:
        """On another thread: it may take its time, and others wait for the lock."""
        self._clock.after(0.0, lambda: doubt.known(verdict))

    def _oldest(self, channel_id: ChannelId) -> _Doubt | None:
        with self._guard:
            doubts = self._channels.get(channel_id)
            return doubts[0] if doubts else None

    def _later(self, channel_id: ChannelId) -> None:
        """Try again in a while, unless that is planned."""
        doubt = self._oldest(channel_id)
        with self._guard:
            if doubt is None or self._closed or channel_id in self._timers:
                return
            delay = DELAYS[min(doubt.tries, len(DELAYS) - 1)]
            self._timers[channel_id] = self._clock.after(delay, lambda: self._due(channel_id))

    def _due(self, channel_id: ChannelId) -> None:
        with self._guard:
            self._timers.pop(channel_id, None)
        self._locked(channel_id, lambda: self.settle(channel_id))
        self._later(channel_id)
