"""What webhooks are told. Every payload has a trigger, the app, the app user as they are now, and a version."""

from typing import Annotated, Literal, NotRequired

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from webhook_server.api.models.values import App, AppUser, Id, Message, Seconds

_CLOSED = ConfigDict(extra="forbid", strict=True)

_Happened = Annotated[Seconds, Field(description="When it happened, in seconds since the epoch.")]


@with_config(_CLOSED)
class Reference(TypedDict):
    """Something, by its ID."""

    _id: Id


@with_config(_CLOSED)
class Destination(TypedDict):
    """Which way a message went."""

    type: Annotated[
        Literal["slack", "webhook"], Field(description="`slack`: to the agents; `webhook`: to your server.")
    ]


@with_config(_CLOSED)
class DeliveryError(TypedDict):
    """Why a message did not get there."""

    code: Annotated[str, Field(description="For programs.")]
    message: Annotated[str, Field(description="For people.")]


@with_config(_CLOSED)
class Source(TypedDict):
    """Where something came from."""

    type: Literal["api"]


class _Told(TypedDict):
    app: App
    appUser: AppUser
    version: Literal["v1"]


@with_config(_CLOSED)
class MessagePayload(_Told):
    """A message was accepted."""

    trigger: Literal["message:appUser", "message:appMaker"]
    messages: Annotated[list[Message], Field(description="The message, alone.", min_length=1, max_length=1)]


@with_config(_CLOSED)
class ConversationPayload(_Told):
    """A conversation began, or its app user read what was there."""

    trigger: Literal["conversation:start", "conversation:read"]
    conversation: Reference
    source: Source
    timestamp: _Happened


class _Delivery(_Told):
    message: Reference
    messages: Annotated[
        NotRequired[list[Message]],
        Field(description="The message itself, unless it was deleted meanwhile.", min_length=1, max_length=1),
    ]
    conversation: Reference
    destination: Destination
    isFinalEvent: Literal[True]
    timestamp: _Happened


@with_config(_CLOSED)
class DeliverySuccessPayload(_Delivery):
    """A message got where it was going."""

    trigger: Literal["delivery:success"]


@with_config(_CLOSED)
class DeliveryFailurePayload(_Delivery):
    """A message was given up."""

    trigger: Literal["delivery:failure"]
    error: DeliveryError


@with_config(_CLOSED)
class MergePayload(_Told):
    """Two app users turned out to be one person."""

    trigger: Literal["merge:appUser"]
    surviving: Annotated[AppUser, Field(description="Who is left, with everything of both.")]
    discarded: Annotated[list[Reference], Field(description="Whose `_id` now leads to the surviving one.")]
    timestamp: _Happened


PAYLOADS = {
    "message:appUser": MessagePayload,
    "message:appMaker": MessagePayload,
    "conversation:start": ConversationPayload,
    "conversation:read": ConversationPayload,
    "delivery:success": DeliverySuccessPayload,
    "delivery:failure": DeliveryFailurePayload,
    "merge:appUser": MergePayload,
}
"""The model of each trigger's payload."""
