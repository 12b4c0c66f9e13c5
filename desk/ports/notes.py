"""Hints that are kept beside the channel book, for the next process."""

from collections.abc import Sequence
from typing import Protocol

from wire.ids import AgentId, ChannelId


class DispatchNote(Protocol):
    """What dispatch channels' names were found to mean, kept for the next process. Raises nothing."""

    def read(self, setting: str) -> ChannelId | None:
        """The channel that was found for this `setting`; None: nobody knows."""

    def write(self, setting: str, channel_id: ChannelId) -> None:
        """Keep it, instead of what was kept for this setting before."""


class HomeNote(Protocol):
    """Whose Home tabs are kept up to date, kept for the next process. Raises nothing."""

    def read(self) -> tuple[AgentId, ...]:
        """Who has opened their Home tab, whoever did last at the end."""

    def write(self, agents: Sequence[AgentId]) -> None:
        """Keep these, instead of what was kept before."""
