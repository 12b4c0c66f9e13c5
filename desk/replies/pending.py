"""Replies whose notice is not in Slack yet, channel by channel, in the order of acceptance."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from desk.domain.notices import Notice
from desk.ports import Clock
from wire.ids import ChannelId, MessageId
from wire.messages import Place


@dataclass(frozen=True)
class Shown:
    """What a notice shows, or is about to. `sequence` is that of the receipt it comes from, -1 before any.

    Without `place`, a post may have been made since `doubt_since` and Slack never said so.
    """

    notice: Notice
    sequence: int = -1
    place: Place | None = None
    doubt_since: float | None = None

    @property
    def message_id(self) -> MessageId:
        """The reply's ID."""
        return MessageId(self.notice.message_id)


@dataclass(frozen=True)
class _Waiting:
    shown: Shown
    accepted: bool = False
    call_off: Callable[[], None] = lambda: None


class Pending:
    """Keeps what waits, and has it shown when its time has come. Never waits for Slack."""

    def __init__(self, clock: Clock, due: Callable[[ChannelId, MessageId], None]) -> None:
        self._clock = clock
        self._due = due
        self._guard = threading.Lock()
        self._channels: dict[ChannelId, dict[MessageId, _Waiting]] = {}

    def expect(self, channel_id: ChannelId, notice: Notice) -> bool:
        """A reply is about to be handed over: its receipt may come before the answer does.

        False: it was accepted a moment ago, this is a repetition of it, and its notice will come.
        """
        shown = Shown(notice)
        with self._guard:
            channel = self._channels.setdefault(channel_id, {})
            known = channel.get(shown.message_id)
            if known and known.accepted:
                return False
            channel[shown.message_id] = _Waiting(shown)
        return True

    def accepted(self, channel_id: ChannelId, message_id: MessageId, state: str, seconds: float) -> None:
        """It was accepted: unless a receipt is faster, its notice is due in `seconds`."""
        with self._guard:
            waiting = self._channels.get(channel_id, {}).get(message_id)
            if waiting is None:  # the receipt was faster than the answer
                return
            shown = waiting.shown
            if shown.sequence < 0:
                shown = replace(shown, notice=replace(shown.notice, state=state))
            call_off = self._clock.after(seconds, lambda: self._due(channel_id, message_id))
            self._channels[channel_id][message_id] = _Waiting(shown, accepted=True, call_off=call_off)

    def learn(self, channel_id: ChannelId, shown: Shown) -> None:
        """A receipt came that Slack does not take now: this is what to show when it does."""
        with self._guard:
            waiting = self._channels.get(channel_id, {}).get(shown.message_id)
            if waiting and waiting.shown.sequence < shown.sequence:
                self._channels[channel_id][shown.message_id] = replace(waiting, shown=shown)

    def postpone(self, channel_id: ChannelId, message_id: MessageId, seconds: float) -> None:
        """Slack does not take it now: due in `seconds`."""
        with self._guard:
            waiting = self._channels.get(channel_id, {}).get(message_id)
            if waiting is not None:
                call_off = self._clock.after(seconds, lambda: self._due(channel_id, message_id))
                self._channels[channel_id][message_id] = replace(waiting, call_off=call_off)

    def around(self, channel_id: ChannelId, message_id: MessageId) -> tuple[list[Shown], list[Shown]]:
        """The accepted ones before and behind this one, oldest first; none, if this one does not wait."""
        with self._guard:
            channel = self._channels.get(channel_id, {})
            order = list(channel)
            if message_id not in channel:
                return [], []
            place = order.index(message_id)
            accepted = [
                [channel[each].shown for each in part if channel[each].accepted] for part in _split(order, place)
            ]
            return accepted[0], accepted[1]

    def get(self, channel_id: ChannelId, message_id: MessageId) -> Shown | None:
        """What to show of it, if it waits and was accepted."""
        with self._guard:
            waiting = self._channels.get(channel_id, {}).get(message_id)
            return waiting.shown if waiting and waiting.accepted else None

    def drop(self, channel_id: ChannelId, message_id: MessageId) -> None:
        """It waits no longer."""
        with self._guard:
            channel = self._channels.get(channel_id, {})
            waiting = channel.pop(message_id, None)
            if not channel:
                self._channels.pop(channel_id, None)
        if waiting:
            waiting.call_off()

    def forget(self, channel_id: ChannelId) -> None:
        """Nothing waits in this channel any more."""
        with self._guard:
            waiting = self._channels.pop(channel_id, {})
        for each in waiting.values():
            each.call_off()

    def close(self) -> None:
        """Call everything off."""
        with self._guard:
            waiting = [waiting for channel in self._channels.values() for waiting in channel.values()]
            self._channels.clear()
        for each in waiting:
            each.call_off()


def _split(order: list[MessageId], place: int) -> tuple[list[MessageId], list[MessageId]]:
    return order[:place], order[place + 1 :]
