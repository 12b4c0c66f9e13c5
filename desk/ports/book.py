"""The channel book: which app user has which channel, and how far each is."""

from dataclasses import dataclass
from typing import Literal, Protocol

from desk.domain.routing import Route
from wire import messages
from wire.ids import AppUserId, ChannelId, Ts


@dataclass(frozen=True)
class Joining:
    """Another app user, called `title`, turned out to be this one, at `since`; people have to be told.

    `channel_id` is the other's channel, which may have become this one's. `announced` is where a dispatch notice
    stands that would mislead. `rename`: the channel's name is that of a nameless user; that is all that is left to do
    once people were `told`.
    """

    app_user_id: AppUserId
    title: str
    since: float
    channel_id: ChannelId | None = None
    announced: messages.Place | None = None
    rename: bool = False
    told: bool = False


@dataclass(frozen=True)
class Erasure:
    """How far all traces of an app user are removed: `channels` are still to be cleared, the first is under way.

    `before` is how far back its history was gone through, then that of the dispatch channel; `swept`: once, to the end.
    `boards` are other dispatch channels that may tell of the app user, by their IDs or names: they come after it.
    `people` counts what others wrote there, `kept` what Slack did not delete. `refused` are the sentences of the report
    so far. `deleted` counts messages, `counted` those of them that an answer told of; `finished` is when everything was
    done.
    """

    channels: tuple[ChannelId, ...]
    dispatch_done: bool = False
    boards: tuple[str, ...] = ()
    before: Ts | None = None
    swept: bool = False
    people: int = 0
    kept: int = 0
    deleted: int = 0
    counted: int = 0
    refused: tuple[str, ...] = ()
    finished: float | None = None


@dataclass(frozen=True)
class ChannelEntry:
    """An app user's line in the channel book: their channel, and how far its opening is.

    `asked` is when the creation of `channel_name` was asked for, as long as its answer is not known. `announced` is
    where the dispatch notice stands, which tells of the case `case_id`; `linked`: it has its link. `route` is what
    rules decided about the conversation; None: nothing, it goes as the settings say. Who is to be invited is kept only
    until they were.

    `previous` are channels of earlier conversations; `continues` is the one that people can still look at. `boards` are
    the dispatch channels, by ID or name, that tell of earlier conversations.

    `merged` are app users who turned out to be this one; `joined` are those of `previous` that were theirs and are
    still open: what agents type there goes to this app user. `uploads` are files that may not be in any post yet, each
    with its message (`MESSAGE:FILE`).
    """

    app_user_id: AppUserId
    title: str
    channel_name: str = ""
    channel_id: ChannelId | None = None
    state: Literal["opening", "open", "archived", "gone"] = "opening"
    asked: float | None = None
    invited: bool = False
    introduced: bool = False
    announced: messages.Place | None = None
    linked: bool = False
    route: Route | None = None
    case_id: int | None = None
    previous: tuple[ChannelId, ...] = ()
    continues: ChannelId | None = None
    boards: tuple[str, ...] = ()
    merged: tuple[AppUserId, ...] = ()
    joined: tuple[ChannelId, ...] = ()
    joining: tuple[Joining, ...] = ()
    uploads: tuple[str, ...] = ()
    erasure: Erasure | None = None


class ChannelBook(Protocol):
    """Which app user has which channel. Reads come from memory."""

    def of_app_user(self, app_user_id: AppUserId) -> ChannelEntry | None:
        """The app user's line, which is another's where they turned out to be the same."""

    def of_channel(self, channel_id: ChannelId) -> ChannelEntry | None:
        """The line that has this channel, now or previously."""

    def keep(self, entry: ChannelEntry, *, instead_of: AppUserId | None = None) -> None:
        """Write the line, replacing its earlier version, and another's. It is on disk when this returns."""

    def forget(self, app_user_id: AppUserId) -> None:
        """Remove the line: nothing of it is on disk when this returns."""

    def has_name(self, channel_name: str) -> bool:
        """Whether a line has this channel name."""

    def entries(self) -> list[ChannelEntry]:
        """All lines, oldest first. For people: with many lines it takes a while."""

    def unfinished(self) -> list[ChannelEntry]:
        """The lines on which something is left to do, oldest first: `opening`, `joining`, `uploads` or `erasure`."""

    def close(self) -> None:
        """Let go of the file."""
