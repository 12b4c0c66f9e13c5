"""Posts that channels are owed, kept for the next process."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from desk.ports.workspace import Mark, Post
from wire.ids import ChannelId


@dataclass(frozen=True)
class OwedPost:
    """A post that `channel_id` is owed. `since`: when it can have been tried first, in seconds since the epoch."""

    channel_id: ChannelId
    post: Post
    since: float


class OwedNote(Protocol):
    """What is owed, oldest first; a channel and a mark are in it once. Safe to use from many threads. Raises nothing.

    What the disk did not take this process knows, and the next one does not.
    """

    def read(self) -> tuple[OwedPost, ...]:
        """All that is owed."""

    def add(self, owed: OwedPost) -> None:
        """Keep it, behind those before it; one that is kept already stays as it is."""

    def settle(self, channel_id: ChannelId, mark: Mark) -> None:
        """This post is not owed any more."""

    def forget(self, channel_ids: Collection[ChannelId]) -> None:
        """Nothing is owed to these channels any more."""

    def close(self) -> None:
        """Leave what is kept to the next process, and change nothing any more."""
