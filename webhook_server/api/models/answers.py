"""Whole answers."""

from typing import Annotated, Literal, NotRequired

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from webhook_server.api.models.values import App, AppUser, Conversation, ConversationWithMessages, Message, Webhook

_CLOSED = ConfigDict(extra="forbid", strict=True)


@with_config(_CLOSED)
class Nothing(TypedDict):
    """An empty object."""


@with_config(_CLOSED)
class InitAnswer(TypedDict):
    """The app and its user."""

    app: App
    appUser: AppUser


@with_config(_CLOSED)
class AppUserAnswer(TypedDict):
    """An app user."""

    appUser: AppUser


@with_config(_CLOSED)
class ConversationAnswer(TypedDict):
    """A conversation with its latest messages."""

    conversation: ConversationWithMessages


@with_config(_CLOSED)
class ActivityAnswer(TypedDict):
    """A conversation without its messages."""

    conversation: Conversation


@with_config(_CLOSED)
class EventAnswer(TypedDict):
    """What an event led to."""

    conversationUpdated: Annotated[bool, Field(description="Always false; here for Smooch's clients.")]


@with_config(_CLOSED)
class MessageAnswer(TypedDict):
    """A message that was accepted, and its conversation, whose `messages` hold this one."""

    message: Message
    conversation: ConversationWithMessages


@with_config(_CLOSED)
class MessagesAnswer(TypedDict):
    """A page of messages, oldest first. `previous` and `next` are there where more messages are."""

    conversation: Conversation
    messages: list[Message]
    previous: Annotated[NotRequired[str], Field(description="URL of the page with the messages before these.")]
    next: Annotated[NotRequired[str], Field(description="URL of the page with the messages after these.")]


@with_config(_CLOSED)
class AttachmentAnswer(TypedDict):
    """A file that was uploaded."""

    mediaUrl: Annotated[str, Field(description="For a message's `mediaUrl`. Good for a week; answers tell fresh ones.")]
    mediaType: Annotated[str, Field(description="What the file is, told from its content.", examples=["image/png"])]


@with_config(_CLOSED)
class WebhookAnswer(TypedDict):
    """A webhook."""

    webhook: Webhook


@with_config(_CLOSED)
class WebhooksAnswer(TypedDict):
    """All webhooks of the app."""

    webhooks: list[Webhook]


@with_config(_CLOSED)
class HealthAnswer(TypedDict):
    """How the process is."""

    status: Literal["ok", "ready"]


@with_config(_CLOSED)
class Refusal(TypedDict):
    """Why a request was refused."""

    code: Annotated[str, Field(description="For programs: stable.", examples=["user_not_found"])]
    description: Annotated[str, Field(description="For people: what is wrong, and what to do.")]


@with_config(_CLOSED)
class ErrorAnswer(TypedDict):
    """The answer to what is refused."""

    error: Refusal
