"""What the app's side talks about: app users, messages, webhooks and their identifiers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, Literal, NewType

from wire.ids import AgentId, AppUserId, MessageId

ConversationId = NewType("ConversationId", str)
"""A conversation's `_id`: 24 hexadecimal digits."""

WebhookId = NewType("WebhookId", str)
"""A webhook's `_id`: 24 hexadecimal digits."""

DeviceId = NewType("DeviceId", str)
"""A device's ID as the app's client chose it."""

UserId = NewType("UserId", str)
"""An app user's ID in the app itself: up to `USER_ID_BYTES` bytes of any Unicode."""

AuthorId = NewType("AuthorId", str)
"""Who wrote a message: an app user's `_id`, or 24 hexadecimal digits that stand for an agent."""

MediaId = NewType("MediaId", str)
"""An upload's ID: 32 hexadecimal digits that nobody can guess."""

USER_ID_BYTES = 256

Role = Literal["appUser", "appMaker"]
MessageType = Literal["text", "image", "file"]


@dataclass(frozen=True, slots=True)
class Profile:
    """What the app tells about an app user. `signed_up_at` is ISO 8601 in UTC, with milliseconds."""

    given_name: str | None = None
    surname: str | None = None
    email: str | None = None
    signed_up_at: str | None = None
    properties: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str | None:
        """Given name and surname, as far as they are known."""
        return " ".join(part for part in (self.given_name, self.surname) if part) or None


@dataclass(frozen=True, slots=True)
class Conversation:
    """The one conversation of an app user. `last_received` is in milliseconds since the epoch, 0 before the first.

    `answered` is when an agent answered last, `told_away` when the app user was told last that nobody is there; both
    in seconds since the epoch.
    """

    id: ConversationId
    app_makers: tuple[AuthorId, ...] = ()
    unread: int = 0
    last_received: int = 0
    answered: float | None = None
    told_away: float | None = None

    @property
    def started(self) -> bool:
        """Whether it holds, or held, a message."""
        return self.last_received > 0


@dataclass(frozen=True, slots=True)
class AppUser:
    """A person who uses the app. `seen_with_jwt`: once proved who they are, so the app token opens them no longer."""

    id: AppUserId
    conversation: Conversation
    user_id: UserId | None = None
    profile: Profile = field(default_factory=Profile)
    credential_required: bool = False
    seen_with_jwt: bool = False

    @property
    def locked(self) -> bool:
        """Whether only a JWT opens this app user."""
        return self.credential_required or self.seen_with_jwt


@dataclass(frozen=True, slots=True)
class Device:
    """Where an app user runs the app. `last_seen` is in seconds since the epoch."""

    id: DeviceId
    platform: str
    last_seen: float
    app_version: str | None = None
    info: Mapping[str, Any] | None = None

    def seen_again(self, now: "Device") -> "Device":
        """The device as it is `now`; what that leaves out is as it was."""
        version = self.app_version if now.app_version is None else now.app_version
        return replace(now, app_version=version, info=self.info if now.info is None else now.info)


@dataclass(frozen=True, slots=True)
class Media:
    """An upload. `media_type` is what its content is; `size` is in bytes, 0 once they were removed."""

    id: MediaId
    file_name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A message as its author wrote it, before the ledger gave it a place.

    `media` is an upload; `media_url` is a file that lies elsewhere. There is at most one of them.
    """

    role: Role
    author_id: AuthorId
    text: str
    type: MessageType = "text"
    name: str | None = None
    avatar_url: str | None = None
    media_url: str | None = None
    media_type: str | None = None
    media: Media | None = None
    metadata: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A message in the ledger. `received` is in milliseconds since the epoch, increasing within a conversation.

    `case_id` is the case to which it belongs, if any.
    """

    id: MessageId
    app_user_id: AppUserId
    received: int
    draft: Draft
    case_id: int | None = None


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where the app wants to be told, and of what. `secret` is `whsec_` and base64."""

    id: WebhookId
    target: str
    triggers: tuple[str, ...]
    secret: str = field(repr=False)


def received_after(last_received: int, now: float) -> int:
    """The `received` of a message that comes at `now` (seconds): never equal to, nor before, the last one's."""
    return max(int(now * 1000), last_received + 1)


def agent_author_id(agent_id: AgentId) -> AuthorId:
    """The author of an agent's replies: the same agent, the same ID."""
    return AuthorId(_short_hash("agent", agent_id))


def app_maker_author_id(email: str | None, name: str | None) -> AuthorId:
    """The author of what the app's backend writes as `appMaker`: the same email, else name, the same ID."""
    return AuthorId(_short_hash("appMaker", email or name or ""))


def _short_hash(kind: str, value: str) -> str:
    return sha256(json.dumps([kind, value]).encode()).hexdigest()[:24]
