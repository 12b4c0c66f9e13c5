"""What the desk needs from outside: a Slack workspace, the channel book, the app's side and a clock."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NewType, Protocol

from wire import cases, messages
from wire.client import Fetched
from wire.ids import AgentId, AppUserId, ChannelId, MessageId, Ts

FileId = NewType("FileId", str)
"""Slack's ID of an uploaded file, `F…`."""


class Clock(Protocol):
    """Time, and what is due later."""

    def now(self) -> float:
        """Seconds since the epoch."""

    def monotonic(self) -> float:
        """Seconds since some moment; never set, and the same in all processes until the machine starts again."""

    def after(self, seconds: float, action: Callable[[], None]) -> Callable[[], None]:
        """Run `action` on another thread in `seconds`. Calling what is returned calls it off, if it is not too late."""


@dataclass(frozen=True)
class Identity:
    """Who the bot is in the workspace."""

    user_id: AgentId
    team_id: str


@dataclass(frozen=True)
class Person:
    """Someone in Slack. `name` is the full name; `outsider`: somebody of another organisation (Slack Connect)."""

    agent_id: AgentId
    name: str
    avatar_url: str | None = None
    guest: bool = False
    outsider: bool = False
    bot: bool = False
    deactivated: bool = False


@dataclass(frozen=True)
class Channel:
    """A channel as Slack tells it. `created` is in whole seconds since the epoch; `member`: the bot is in it.

    `described`: people, or others, have given it a topic or a purpose.
    """

    channel_id: ChannelId
    name: str
    private: bool = False
    archived: bool = False
    member: bool = False
    creator: str = ""
    created: float = 0.0
    described: bool = False


@dataclass(frozen=True)
class Mark:
    """What the bot writes into a post's metadata to know it again: `kind` and the IDs of what the post shows.

    A text that fills several posts has one mark in each, told apart by `part`, counted from 0.
    """

    kind: str
    ids: tuple[str, ...]
    part: int = 0


@dataclass(frozen=True)
class Post:
    """A message as it goes to Slack. `text` is escaped already; no markup in it takes effect.

    With `blocks` the text is what notifications and screen readers get. `shares`: the text links to an uploaded file
    of the bot's, which is to be shared thereby; Slack does that for posts under the bot's own name only. `thread_ts`
    is the post that it answers in a thread.
    """

    text: str
    mark: Mark
    blocks: tuple[dict[str, Any], ...] = ()
    username: str | None = None
    icon_url: str | None = None
    shares: bool = False
    thread_ts: Ts | None = None


@dataclass(frozen=True)
class Ticket:
    """Slack will take a file at `url`; until its bytes are there and it is finished, nobody sees it."""

    file_id: FileId
    url: str


@dataclass(frozen=True)
class Found:
    """A post of the bot, found in a channel's history. `text` and `blocks` are as they stand there."""

    ts: Ts
    mark: Mark
    text: str = ""
    blocks: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Standing:
    """What stands in a channel. `own`: the bot posted it, and may delete it; `file_ids`: files of the bot's in it.

    `by_people`: somebody wrote it; else, if it is not the bot's either, it is one of Slack's own lines. `replies`
    counts answers in its thread.
    """

    ts: Ts
    own: bool = False
    by_people: bool = False
    mark: Mark | None = None
    file_ids: tuple[FileId, ...] = ()
    blocks: tuple[dict[str, Any], ...] = ()
    replies: int = 0


@dataclass(frozen=True)
class Page:
    """Part of a channel's history, newest first. `more`: something older follows."""

    standing: tuple[Standing, ...]
    more: bool


class Workspace(Protocol):
    """Slack, as far as the desk needs it. Every method raises `WorkspaceError`s, nothing else."""

    def close(self) -> None:
        """Keep no connections any more."""

    def identity(self) -> Identity:
        """Who we are. Asks Slack each time."""

    def team_id(self) -> str | None:
        """The workspace's ID, as far as it is known. Asks nobody."""

    def person(self, agent_id: AgentId) -> Person:
        """Look somebody up, within a second. Raises NoSuchPersonError."""

    def channel(self, channel_id: ChannelId) -> Channel:
        """Look a channel up, within a second. Raises ChannelGoneError."""

    def find_channel(self, name: str) -> Channel | None:
        """The channel of this name that is not archived, as far as the bot can see it. Pages through all channels."""

    def check_creation(self) -> None:
        """Raises LimitedError, or BlockedError, if a channel cannot be created now as far as is known. Asks nobody."""

    def create_channel(self, name: str, *, private: bool) -> Channel:
        """Raises NameTakenError."""

    def join(self, channel_id: ChannelId) -> None:
        """Become a member. Raises NotInChannelError where the bot has to be invited."""

    def invite(self, channel_id: ChannelId, people: Sequence[AgentId]) -> dict[AgentId, str]:
        """Invite as many as possible. Returns who could not be invited, and Slack's reason."""

    def post(self, channel_id: ChannelId, post: Post) -> Ts:
        """Post a message. Raises ChannelGoneError, ChannelArchivedError, NotInChannelError.

        An answer to a post that is gone raises PostGoneError.
        """

    def update(self, channel_id: ChannelId, ts: Ts, post: Post, *, patient: bool = False) -> None:
        """Replace a post's text and blocks. Raises PostGoneError, PostSealedError beside what `post` raises.

        `patient`: only if others hardly need the calls that Slack allows; else LimitedError.
        """

    def marked(self, channel_id: ChannelId, since: float) -> list[Found]:
        """The bot's marked posts since `since` (seconds since the epoch), oldest first."""

    def marked_at(self, channel_id: ChannelId, ts: Ts) -> Found | None:
        """The bot's marked post at `ts`."""

    def marked_in_thread(self, channel_id: ChannelId, ts: Ts) -> list[Found]:
        """The bot's marked answers in the thread of the post at `ts`, oldest first; none, if it is gone."""

    def remark(self, channel_id: ChannelId, ts: Ts, post: Post) -> None:
        """Like `update`, and the post's mark is replaced as well."""

    def page(self, channel_id: ChannelId, before: Ts | None) -> Page:
        """What stands in a channel, as far as it is older than `before`."""

    def delete(self, channel_id: ChannelId, ts: Ts) -> None:
        """Delete a post. Raises PostGoneError where there is none."""

    def begin_upload(self, name: str, size: int) -> Ticket:
        """Announce a file of `size` bytes."""

    def finish_upload(self, ticket: Ticket, name: str, content: bytes) -> None:
        """Hand over an announced file's bytes. Nobody sees the file before a post shows or shares it."""

    def link_to_file(self, file_id: FileId) -> str:
        """The address of an uploaded file, for people."""

    def delete_file(self, file_id: FileId) -> None:
        """Delete an uploaded file; one that is gone already is fine."""

    def rename(self, channel_id: ChannelId, name: str) -> None:
        """Give a channel another name. Raises NameTakenError."""

    def clear_description(self, channel_id: ChannelId) -> None:
        """Take a channel's topic and purpose away."""

    def archive(self, channel_id: ChannelId) -> None:
        """Archive a channel; one that is archived is fine."""


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
    `people` counts what others wrote there, `kept` what Slack did not delete. `refused` are the sentences of the report
    so far. `deleted` counts messages, `counted` those of them that an answer told of; `finished` is when everything was
    done.
    """

    channels: tuple[ChannelId, ...]
    dispatch_done: bool = False
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
    where the dispatch notice stands, which tells of the case `case_id`; `linked`: it has its link. `previous` are
    channels of earlier conversations; `continues` is the one that people can still look at.

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
    case_id: int | None = None
    previous: tuple[ChannelId, ...] = ()
    continues: ChannelId | None = None
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


class DispatchNote(Protocol):
    """What the dispatch channel's name was found to mean, kept for the next process. Raises nothing."""

    def read(self, setting: str) -> ChannelId | None:
        """The channel that was found for this `setting`; None: nobody knows."""

    def write(self, setting: str, channel_id: ChannelId) -> None:
        """Keep it, instead of what was kept before."""


class AppSide(Protocol):
    """The webhook server, asked within `seconds`. Raises wire's PeerAwayError, NoAnswerError and RefusedError."""

    def close(self) -> None:
        """Keep no connections any more."""

    def reply(self, reply: messages.Reply, *, seconds: float) -> messages.ReplyAccepted:
        """Hand over an agent's reply. The same message ID twice is one reply."""

    def profile(self, app_user_id: AppUserId, *, seconds: float) -> messages.Profile:
        """The app user as they are now."""

    def recent(self, app_user_id: AppUserId, before: float, *, seconds: float) -> tuple[messages.RecentMessage, ...]:
        """What was said last in the conversation before `before` (seconds since the epoch), oldest first."""

    def retry(self, message_id: MessageId, *, seconds: float) -> messages.ReplyAccepted:
        """Deliver a failed reply again."""

    def media(self, message_id: MessageId, *, most_bytes: int, seconds: float) -> Fetched:
        """The file of a message. Raises wire's TooMuchError as well."""

    def deed(self, deed: cases.Deed, *, seconds: float) -> cases.CaseAfter:
        """Do something about a case. Raises wire's RefusedError with one of the codes in `wire.cases`."""

    def open_cases(self, asked: cases.CasesRequest, *, seconds: float) -> cases.CaseList:
        """Cases that wait, or are an agent's."""

    def note(self, note: cases.Note, *, seconds: float) -> cases.NoteKept:
        """Keep a note with a conversation. The same note ID twice is one note."""

    def history(self, asked: cases.HistoryRequest, *, seconds: float) -> cases.History:
        """What was said last in a conversation, notes included."""

    def find(self, user: str, *, seconds: float) -> messages.Profile:
        """The app user with this `_id` or `userId`."""

    def stats(self, asked: cases.StatsRequest, *, seconds: float) -> cases.Stats:
        """How much there was to do."""

    def away(self, asked: cases.AwayRequest, *, seconds: float) -> cases.Attendance:
        """Whether the team is there; or let it be away, or back."""
