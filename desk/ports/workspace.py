"""A Slack workspace, and what is posted to it and found in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NewType, Protocol

from desk.domain.sent_on import Attached
from wire.ids import AgentId, ChannelId, Ts

FileId = NewType("FileId", str)
"""Slack's ID of an uploaded file, `F…`."""


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


@dataclass(frozen=True)
class Written:
    """A message as it stands in a channel, its text in Slack's format.

    `own`: the bot posted it, with `mark`; `by_people`: somebody wrote it, or another app; else it is one of Slack's own
    lines.
    """

    ts: Ts
    text: str
    own: bool = False
    by_people: bool = True
    mark: Mark | None = None
    files: tuple[Attached, ...] = ()


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

    def publish_home(self, agent_id: AgentId, blocks: Sequence[dict[str, Any]], *, patient: bool = False) -> None:
        """Show somebody these blocks in their Home tab. Raises NoSuchPersonError. `patient`: as with `update`."""

    def begin_upload(self, name: str, size: int) -> Ticket:
        """Announce a file of `size` bytes."""

    def finish_upload(self, ticket: Ticket, name: str, content: bytes) -> None:
        """Hand over an announced file's bytes. Nobody sees the file before a post shows or shares it."""

    def link_to_file(self, file_id: FileId) -> str:
        """The address of an uploaded file, for people."""

    def delete_file(self, file_id: FileId) -> None:
        """Delete an uploaded file; one that is gone already is fine."""

    def written(self, channel_id: ChannelId, ts: Ts, thread_ts: Ts | None = None) -> Written | None:
        """The message at `ts`, in the thread at `thread_ts` if it stands in one. Asked within a second."""

    def open_form(self, trigger_id: str, view: dict[str, Any]) -> None:
        """Show a form to whoever has just done something, within three seconds of that. Asked within a second."""

    def download(self, url: str, *, most_bytes: int) -> bytes:
        """A file's bytes. Only Slack's own addresses are asked.

        Raises FileGoneError; RefusedError where the address is none of Slack's, or there is more than `most_bytes`.
        """

    def rename(self, channel_id: ChannelId, name: str) -> None:
        """Give a channel another name. Raises NameTakenError."""

    def clear_description(self, channel_id: ChannelId) -> None:
        """Take a channel's topic and purpose away."""

    def archive(self, channel_id: ChannelId) -> None:
        """Archive a channel; one that is archived is fine."""
