"""The things that answers are about. The docstrings and descriptions are what the reference shows."""

from typing import Annotated, Any, Literal, NotRequired

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

Id = Annotated[str, Field(pattern=r"^[0-9a-f]{24}$", examples=["5f2c1d9be8a44d0f9c3b7a61"])]
Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"}, examples=["2030-12-31T23:59:59.000Z"])]
Seconds = Annotated[float, Field(examples=[1700000000.123])]

_CLOSED = ConfigDict(extra="forbid", strict=True)


@with_config(_CLOSED)
class App(TypedDict):
    """The app that this server serves."""

    _id: Annotated[str, Field(description="The app's ID, as in `/v1/apps/{appId}`.", examples=["app"])]


@with_config(_CLOSED)
class Device(TypedDict):
    """A device on which the app user was seen."""

    id: Annotated[str, Field(description="The ID that the app's client chose for the device.")]
    platform: Annotated[str, Field(description="What the device runs.", examples=["ios", "android", "web"])]
    appVersion: Annotated[NotRequired[str], Field(description="The version of the app on it.")]
    info: Annotated[NotRequired[dict[str, Any]], Field(description="Whatever else the client told.")]
    lastSeen: Annotated[Moment, Field(description="When the client last introduced itself, UTC.")]
    active: Annotated[bool, Field(description="Always true; here for clients that look at it.")]


@with_config(_CLOSED)
class AppUser(TypedDict):
    """A person who uses the app. Fields without a value are left out."""

    _id: Annotated[Id, Field(description="Our ID. It may change when two app users turn out to be one person.")]
    userId: Annotated[NotRequired[str], Field(description="The ID that the app gave them; absent while anonymous.")]
    givenName: Annotated[NotRequired[str], Field(description="Given name.")]
    surname: Annotated[NotRequired[str], Field(description="Surname.")]
    email: Annotated[NotRequired[str], Field(description="Email address. It identifies nobody.")]
    signedUpAt: Annotated[NotRequired[Moment], Field(description="When they signed up with the app, UTC.")]
    properties: Annotated[dict[str, Any], Field(description="Flat facts that the app told: text, number or boolean.")]
    conversationStarted: Annotated[bool, Field(description="Whether there is, or was, a message.")]
    credentialRequired: Annotated[bool, Field(description="Whether the app user was created for JWTs only.")]
    devices: Annotated[list[Device], Field(description="Devices that introduced themselves with `POST /init`.")]
    clients: Annotated[list[Any], Field(description="Always empty; here for Smooch's clients.")]


@with_config(_CLOSED)
class Message(TypedDict):
    """A message. Fields without a value are left out."""

    _id: Annotated[Id, Field(description="The message's ID.")]
    authorId: Annotated[Id, Field(description="Who wrote it: the app user's `_id`, or an ID that stands for an agent.")]
    role: Annotated[Literal["appUser", "appMaker"], Field(description="Which side wrote it.")]
    type: Annotated[Literal["text", "image", "file"], Field(description="What it is.")]
    name: Annotated[NotRequired[str], Field(description="The author's name.")]
    text: Annotated[str, Field(description="The text; of an image or file its URL, unless a text was given.")]
    avatarUrl: Annotated[NotRequired[str], Field(description="The author's picture.")]
    mediaUrl: Annotated[NotRequired[str], Field(description="Where the image or file is. It may expire: ask again.")]
    mediaType: Annotated[NotRequired[str], Field(description="The media type of what `mediaUrl` leads to.")]
    metadata: Annotated[NotRequired[dict[str, Any]], Field(description="What the sender added, unchanged.")]
    received: Annotated[Seconds, Field(description="Seconds since the epoch; increasing within a conversation.")]


@with_config(_CLOSED)
class Conversation(TypedDict):
    """The one conversation of an app user."""

    _id: Annotated[Id, Field(description="The conversation's ID.")]
    appMakers: Annotated[list[Id], Field(description="Those who wrote for the app, agents among them.")]
    appUsers: Annotated[list[Id], Field(description="The app user's `_id`.")]
    unreadCount: Annotated[int, Field(description="Messages for the app user since they last read.", ge=0)]


@with_config(_CLOSED)
class ConversationWithMessages(Conversation):
    """The one conversation of an app user, with messages."""

    messages: Annotated[list[Message], Field(description="Oldest first.")]


@with_config(_CLOSED)
class Webhook(TypedDict):
    """Where the app wants to be told of what happens."""

    _id: Annotated[Id, Field(description="The webhook's ID.")]
    triggers: Annotated[list[str], Field(description="What it is told of.")]
    secret: Annotated[
        str,
        Field(description="Proves that we send. `whsec_` and base64, as Standard Webhooks has it.", pattern="^whsec_"),
    ]
    target: Annotated[str, Field(description="Where we `POST` to.")]
