"""Errands: what is left to do for others once a change is on disk."""

from collections.abc import Iterable
from dataclasses import dataclass

from webhook_server.domain.handovers import Waiting
from webhook_server.domain.receipts import Unshown


@dataclass(frozen=True, slots=True)
class Errands:
    """For the courier: hand-overs that wait, and what the bot has to show."""

    waiting: tuple[Waiting, ...] = ()
    unshown: tuple[Unshown, ...] = ()

    def __add__(self, other: "Errands") -> "Errands":
        """These and those."""
        return Errands(self.waiting + other.waiting, self.unshown + other.unshown)


NOTHING = Errands()
"""Nobody has to do anything."""


def together(errands: Iterable[Errands]) -> Errands:
    """All of them."""
    return sum(errands, NOTHING)
