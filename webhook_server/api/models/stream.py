"""What the stream tells."""

from typing import Annotated, Literal, NotRequired

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from webhook_server.api.models.values import Message, Seconds


@with_config(ConfigDict(extra="forbid", strict=True))
class StreamEvent(TypedDict):
    """The data of one event."""

    type: Annotated[
        Literal["message", "delivered", "failed", "read", "reset", "typing:start", "typing:stop"],
        Field(description="What happened."),
    ]
    message: Annotated[NotRequired[Message], Field(description="The message that it is about.")]
    role: Annotated[NotRequired[Literal["appUser", "appMaker"]], Field(description="Which side types.")]
    name: Annotated[NotRequired[str], Field(description="Who types.")]
    avatarUrl: Annotated[NotRequired[str], Field(description="The picture of who types.")]
    timestamp: Annotated[Seconds, Field(description="When it happened, in seconds since the epoch.")]
