"""What somebody asks of the desk, once it is known that they may: a command or a button, and until when they wait."""

from collections.abc import Callable
from dataclasses import dataclass

from desk.ports import ChannelEntry, Person
from desk.values import Answer, Press, Typed

WORTH_TRYING = 0.2
"""Seconds: with less time left, nobody is asked any more."""


@dataclass(frozen=True)
class Within:
    """Until when a person waits (seconds since the epoch), and how they are told what is known only later."""

    deadline: float
    tell: Callable[[Answer], None]

    def left(self, now: float) -> float:
        """Seconds for which it is worth asking somebody else."""
        return max(WORTH_TRYING, self.deadline - now)


@dataclass(frozen=True)
class Asked:
    """A command that `person` may give. `argument` is what followed it, still in Slack's format.

    `entry` is the app user's line in the channel book; None outside of app users' channels, where only some commands
    can be given. `objection` says why nothing can be sent to an app user from where it was typed; None: it can.
    """

    typed: Typed
    argument: str
    person: Person
    entry: ChannelEntry | None
    within: Within
    objection: str | None = None

    @property
    def there(self) -> ChannelEntry:
        """The line of the app user in whose channel it was typed. Only for commands that need such a channel."""
        if self.entry is None:
            raise AssertionError("this command is for app users' channels")
        return self.entry


@dataclass(frozen=True)
class Pressed:
    """A button that `person` pressed and may press. `entry`: as with `Asked`."""

    press: Press
    person: Person
    entry: ChannelEntry | None
    within: Within
