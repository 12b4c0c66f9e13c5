"""What is said through the door. Every request is a POST with one of these as its JSON body."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from wire.ids import AgentId, AppUserId, ChannelId, MessageId, Ts

RECEIVE = "/sk/receive"
"""Path on the bot: an app user wrote (`Incoming` → `Outcome`)."""
RECEIPT = "/sk/receipt"
"""Path on the bot: what became of an agent's reply (`Receipt` → `Outcome`)."""
STRANDED = "/sk/stranded"
"""Path on the bot: what became of an app user's message that Slack refused (`Stranded` → `Outcome`)."""
MERGED = "/sk/merged"
"""Path on the bot: two app users turned out to be one (`Merged` → `Outcome`)."""
ERASE = "/sk/erase"
"""Path on the bot: remove all that it put into Slack of an app user (`Erase` → `ErasureOutcome`)."""
REPLIES = "/internal/replies"
"""Path on the webhook server: an agent replied (`Reply` → `ReplyAccepted`)."""
PROFILE = "/internal/profile"
"""Path on the webhook server: an app user as they are now (`ProfileRequest` → `Profile`)."""
RECENT = "/internal/recent"
"""Path on the webhook server: the last messages of a conversation (`RecentRequest` → `Recent`)."""
RETRY = "/internal/retry"
"""Path on the webhook server: a failed reply or stranded message is tried again (`RetryRequest` → `ReplyAccepted`)."""

MEDIA = "/internal/media"
"""Path on the webhook server: the file of a message (`MediaRequest` → its bytes, with their type and a name)."""


ALREADY_SENT = "already_sent"
"""Code of the refusal of a reply that its agent sent a moment ago; `at` says when."""

SOURCES = ("ios", "android", "web", "other", "api")
"""Where an app user writes from: `other` is a device of another kind; `api`: no device introduced itself."""

DeliveryState = Literal["sending", "waiting", "delivered", "read", "failed"]
"""How far an agent's reply is: `waiting` = stored, and no webhook asks for it, so the app has to fetch it."""


class Said(BaseModel):
    """Base of everything said through the door: immutable, and deaf to what a newer peer adds."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Place(Said):
    """Where something stands in Slack. The webhook server keeps it and hands it back, without reading it."""

    channel_id: ChannelId
    ts: Ts


class MediaFile(Said):
    """A file that the webhook server can hand over: its name, its type as recognised from its content, its bytes."""

    name: str
    type: str
    size: int


class IncomingMessage(Said):
    """One message of an app user. `name` and `avatar_url` are the message's own, `received` is float seconds.

    `by_app`: the app's backend wrote it to the app user, and Slack shows it beside the app user's own. `media` is an
    upload; `media_url` is where others see it, or, without `media`, a file that lies elsewhere.
    """

    message_id: MessageId
    text: str
    received: float
    name: str | None = None
    avatar_url: str | None = None
    media_url: str | None = None
    media_type: str | None = None
    type: Literal["text", "image", "file"] = "text"
    media: MediaFile | None = None
    by_app: bool = False


class Incoming(Said):
    """Messages of one app user, oldest first, to be shown in Slack.

    `profile_name` is the profile's given name and surname. `doubt_since` is set when an earlier try may have
    put some of them into Slack: the time of that try's beginning, in seconds since the epoch. `case_id` is the case
    to which the first of them belongs, if it belongs to one. `apart`: each gets a post of its own, since nothing holds
    them back; else they may share posts.

    The rest is what a new conversation may be routed by: the profile's `properties`, large ones left out; `language` as
    the device seen last says it (`de-AT`); `source`: what that device runs, one of SOURCES.
    """

    app_user_id: AppUserId
    messages: Annotated[tuple[IncomingMessage, ...], Field(min_length=1)]
    user_id: str | None = None
    profile_name: str | None = None
    doubt_since: float | None = None
    case_id: int | None = None
    apart: bool = False
    properties: dict[str, Any] = Field(default_factory=dict)
    language: str | None = None
    source: str | None = None


class Done(Said):
    """It is in Slack, at `place`. Of several messages the last `left` are not, and were not tried: it took too long."""

    result: Literal["done"] = "done"
    place: Place
    left: int = 0


class Setback(Said):
    """Not everything was done. Of several messages the first `shown` are in Slack; the rest is told of the others."""

    reason: str
    shown: int = 0


class Later(Setback):
    """Nothing was done; ask again in `seconds`, not sooner."""

    result: Literal["later"] = "later"
    seconds: float


class Never(Setback):
    """Nothing was done, and asking again will not help. Of several messages that may concern one alone."""

    result: Literal["never"] = "never"


class Unknown(Setback):
    """Slack's answer never came: it may have been done."""

    result: Literal["unknown"] = "unknown"


Outcome = Annotated[Done | Later | Never | Unknown, Field(discriminator="result")]
"""The bot's truthful answer to an order."""
OUTCOME: TypeAdapter[Done | Later | Never | Unknown] = TypeAdapter(Outcome)


class Merged(Said):
    """The app user `merged_id` is `app_user_id` from now on, and so are their messages, replies and channel.

    `user_id` and `profile_name` are of the one who stays.
    """

    app_user_id: AppUserId
    merged_id: AppUserId
    user_id: str | None = None
    profile_name: str | None = None


class Erase(Said):
    """An app user is to be forgotten, with all who were merged into them.

    `reported`: the bot's `Erased` is on disk here. The bot need not keep it any longer.
    """

    app_user_id: AppUserId
    merged_ids: tuple[AppUserId, ...] = ()
    reported: bool = False


class Erased(Said):
    """Nothing of the bot's is left in Slack but what `refused` tells, a sentence each. `deleted` counts messages."""

    result: Literal["erased"] = "erased"
    deleted: int
    refused: tuple[str, ...] = ()


class Erasing(Said):
    """Part of it is done, `deleted` messages in this step; go on in `seconds`, not sooner."""

    result: Literal["erasing"] = "erasing"
    deleted: int
    seconds: float


ErasureOutcome = Annotated[Erased | Erasing | Later | Unknown, Field(discriminator="result")]
"""The bot's truthful answer to `Erase`."""
ERASURE_OUTCOME: TypeAdapter[Erased | Erasing | Later | Unknown] = TypeAdapter(ErasureOutcome)


class Agent(Said):
    """The person in Slack who replied."""

    agent_id: AgentId
    name: str
    avatar_url: str | None = None


class Face(Said):
    """The name and picture under which an app user gets a message."""

    name: str
    avatar_url: str | None = None


class KeptFile(Said):
    """A file that the webhook server has kept, to be sent to an app user; what no reply refers to is removed later.

    `type` is what its content is; name, type and size are those of the file as the app user gets it.
    """

    media_id: str
    name: str
    type: str
    size: int


class Reply(Said):
    """An agent's TEXT for an app user, or a file (`media`). The same `message_id` said twice is one reply.

    `again`: the agent wants it to go out though they sent the same text a moment ago. Without it such a reply is
    refused with the code ALREADY_SENT, because people send by hand again what Slack told them had timed out.
    `begins`: the agent begins a conversation with it. `shown_as`: the app user sees it under this name and picture
    instead of the agent's own; whose it is stays the same.
    """

    message_id: MessageId
    app_user_id: AppUserId
    channel_id: ChannelId
    text: str
    agent: Agent
    again: bool = False
    begins: bool = False
    shown_as: Face | None = None
    media: KeptFile | None = None


class ReplyAccepted(Said):
    """The ledger has the reply. `repeated`: it had it before."""

    message_id: MessageId
    state: DeliveryState
    repeated: bool = False


class Receipt(Said):
    """What became of an agent's reply. Carries all that its notice shows, so that a notice can be made anew.

    `file_name` is that of a reply's file.
    `place` is where the notice stood when the bot last told; `sequence` grows with every change of one reply,
    so that an older receipt never overwrites a newer one. `others` are receipts that wait behind this one, told so
    that one post can show them all; each is told by itself later.
    """

    message_id: MessageId
    app_user_id: AppUserId
    channel_id: ChannelId
    text: str
    agent: Agent
    state: DeliveryState
    sequence: int
    accepted: float
    reason: str | None = None
    place: Place | None = None
    others: tuple["Receipt", ...] = ()
    file_name: str | None = None


class Stranded(Said):
    """An app user's message that Slack refused, and what became of it. `name` is whose it is, if that is known.

    `sending`: it is tried again; `shown`: that worked. `since` is when it was refused first, in seconds since the
    epoch; `place` is where the notice stood when the bot last told.
    """

    message_id: MessageId
    app_user_id: AppUserId
    state: Literal["failed", "sending", "shown"]
    since: float
    name: str | None = None
    reason: str | None = None
    place: Place | None = None


class ProfileRequest(Said):
    """Asks for an app user as they are now."""

    app_user_id: AppUserId


class ProfileDevice(Said):
    """A device of an app user. `last_seen` is in seconds since the epoch; `page`: what was last open on it."""

    platform: str
    last_seen: float
    app_version: str | None = None
    page: str | None = None


class Counts(Said):
    """How much there is of an app user: their messages, agents' replies to them, and conversations."""

    messages: int = 0
    replies: int = 0
    conversations: int = 0


class Profile(Said):
    """An app user's profile and metadata. Absent fields have no value; `typing`: they write at this moment.

    `verified`: they have proved who they are, or have to; else somebody only says so. `avatar_url` is that of their
    last message that has one. `devices` are those seen last, newest first, and `more_devices` says how many others
    there are. Times are seconds since the epoch. `language` and `source` are as in `Incoming`.
    """

    app_user_id: AppUserId
    user_id: str | None = None
    given_name: str | None = None
    surname: str | None = None
    email: str | None = None
    signed_up_at: str | None = None
    conversation_started: bool = False
    typing: bool = False
    properties: dict[str, Any] = Field(default_factory=dict)
    avatar_url: str | None = None
    verified: bool = False
    devices: tuple[ProfileDevice, ...] = ()
    more_devices: int = 0
    first_seen: float | None = None
    last_seen: float | None = None
    counts: Counts | None = None
    language: str | None = None
    source: str | None = None


class RecentRequest(Said):
    """Asks for the last messages of a conversation, at most `most`, received before `before` (float seconds)."""

    app_user_id: AppUserId
    before: float
    most: Annotated[int, Field(ge=1, le=100)] = 10


class RecentMessage(Said):
    """A message of a conversation's past. `name`: whose it is, if that is known; `text` may be empty for a file.

    `file_name` is that of an upload.
    """

    message_id: MessageId
    text: str
    received: float
    by_agent: bool = False
    name: str | None = None
    file_name: str | None = None


class Recent(Said):
    """Messages, oldest first."""

    messages: tuple[RecentMessage, ...]


class MediaRequest(Said):
    """Asks for the file of a message."""

    message_id: MessageId


class RetryRequest(Said):
    """Asks for a failed reply to be delivered again."""

    message_id: MessageId


class Refusal(Said):
    """Why a request through the door was refused: a stable `code` and a sentence.

    `at` is when it happened that stands in the way, in seconds since the epoch; `who` stands in the way, in person.
    """

    code: str
    description: str
    at: float | None = None
    who: str | None = None


class RefusalBody(Said):
    """The JSON body of every answer that is not 200."""

    error: Refusal
