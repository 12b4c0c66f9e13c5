"""Errands: what is left to do for others once a change is on disk."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from webhook_server.domain.cases import Untold
from webhook_server.domain.handovers import Waiting
from webhook_server.domain.receipts import Unshown
from wire.ids import AppUserId


class Moved(NamedTuple):
    """All that is about `loser` is about `survivor` from now on."""

    loser: AppUserId
    survivor: AppUserId


@dataclass(frozen=True, slots=True)
class Errands:
    """For the courier: hand-overs that wait, what the bot has to show, and app users who became others before that.

    `untold` are cases of which the bot has to hear.
    """

    waiting: tuple[Waiting, ...] = ()
    unshown: tuple[Unshown, ...] = ()
    moved: tuple[Moved, ...] = ()
    untold: tuple[Untold, ...] = ()

    def __add__(self, other: "Errands") -> "Errands":
        """These and those."""
        return Errands(
            self.waiting + other.waiting,
            self.unshown + other.unshown,
            self.moved + other.moved,
            self.untold + other.untold,
        )


NOTHING = Errands()
"""Nobody has to do anything."""


def together(errands: Iterable[Errands]) -> Errands:
    """All of them."""
    return sum(errands, NOTHING)
