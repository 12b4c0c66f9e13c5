"""What goes to the bot for one app user: what overtakes, then the rest in the order of its acceptance."""

from collections.abc import Callable
from typing import NamedTuple

from webhook_server.courier.crew import Trip
from webhook_server.domain.handovers import Waiting
from wire.ids import AppUserId

Carry = Callable[[AppUserId, tuple[int, ...]], Trip[int]]


class Turn(NamedTuple):
    """When a hand-over is carried: the lesser, the earlier."""

    waits: bool
    id: int


def turn(handover: Waiting) -> Turn:
    """Whose turn a hand-over to the bot has to wait for."""
    return Turn(not handover.overtakes, handover.id)


ERASURE = Turn(waits=False, id=0)
"""The turn of an app user's erasure, which is no hand-over: after it there is none left."""


class InTurn:
    """Carries one lane to the bot, each turn by its carrier."""

    def __init__(self, erasures: Carry, merges: Carry, messages: Carry) -> None:
        self._erasures = erasures
        self._merges = merges
        self._messages = messages

    def carry(self, whose: AppUserId, turns: tuple[Turn, ...]) -> Trip[Turn]:
        """Carry what comes first in `turns`."""
        carry, taken = (self._messages, turns) if turns[0].waits else (self._merges, turns[:1])
        if turns[0] == ERASURE:
            carry = self._erasures
        trip = carry(whose, tuple(turn.id for turn in taken))
        carried = tuple(turn for turn in taken if turn.id in trip.carried)
        return Trip(carried, trip.delay, away=trip.away, moved=trip.moved)
