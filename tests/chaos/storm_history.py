"""What happened in a storm, as values that the checker judges: what people did, and what every side saw of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

MESSAGE, NOTICE, ANNOUNCEMENT = "sk_message", "sk_notice", "sk_announcement"


@dataclass(frozen=True)
class Accepted:
    """An app user's message that was answered with 201."""

    user_id: str
    token: str
    message_id: str


@dataclass(frozen=True)
class TypedReply:
    """What an agent wanted an app user to read, and what became of it as far as the agent was told.

    `acknowledged`: Slack showed it as done. `tries` is how often it was typed.
    """

    writer: str
    channel_id: str
    token: str
    acknowledged: bool
    outcome: str
    tries: int = 1
    begun: float = 0.0


@dataclass(frozen=True)
class Stored:
    """A message as `GET …/messages` shows it."""

    message_id: str
    role: str
    text: str
    received: float


@dataclass(frozen=True)
class Conversation:
    """One app user's conversation, in the order of `GET …/messages`; `name` is what the app user goes by."""

    name: str
    messages: tuple[Stored, ...]

    def by(self, role: str) -> tuple[Stored, ...]:
        """The messages of one side."""
        return tuple(message for message in self.messages if message.role == role)


@dataclass(frozen=True)
class Post:
    """A post of the bot in Slack; `text` is all that a person reads in it, `kind` and `ids` are its metadata."""

    channel_id: str
    ts: str
    kind: str
    ids: tuple[str, ...]
    text: str
    part: int = 0
    live: tuple[str, ...] = ()
    call_id: str = ""


@dataclass(frozen=True)
class Delivery:
    """A webhook that reached the app; `taken`: the app kept it, whether or not its answer came through.

    `refused`: the answer was final, so that later ones pass it by until somebody presses Retry.
    """

    webhook_id: str
    user_id: str
    message_id: str
    at: float
    taken: bool
    answered: bool = True
    refused: bool = False


@dataclass(frozen=True)
class Call:
    """A call of the Slack Web API as the workspace logged it, `began` and `ended` in seconds since the epoch."""

    call_id: str
    method: str
    channel_id: str
    began: float
    ended: float
    status: int
    fault: str = ""
    retry_after: float = 0.0


@dataclass(frozen=True)
class Envelope:
    """One envelope sent to the bot; `acknowledged` in seconds since the epoch, None: never."""

    envelope_id: str
    kind: str
    sent: float
    acknowledged: float | None


@dataclass(frozen=True)
class Span:
    """Something that took from `began` to `ended`: a kill, a cut of the lines."""

    what: str
    began: float
    ended: float


@dataclass(frozen=True)
class History:
    """Everything that is judged, read once, after everything has settled."""

    sent: int = 0
    retries: int = 0
    retried: int = 0
    accepted: tuple[Accepted, ...] = ()
    replies: tuple[TypedReply, ...] = ()
    conversations: Mapping[str, Conversation] = field(default_factory=dict)
    dispatch_channel: str = ""
    channels: tuple[str, ...] = ()
    posts: tuple[Post, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    calls: tuple[Call, ...] = ()
    envelopes: tuple[Envelope, ...] = ()
    kills: tuple[Span, ...] = ()
    cuts: tuple[Span, ...] = ()
    troubles: Mapping[str, int] = field(default_factory=dict)
    mishaps: tuple[str, ...] = ()
    """What no participant may meet: a process that ended by itself, a refusal that nothing explains."""

    def posts_of(self, kind: str) -> tuple[Post, ...]:
        """The bot's posts of one kind, in Slack's order."""
        return tuple(sorted((post for post in self.posts if post.kind == kind), key=lambda post: float(post.ts)))
