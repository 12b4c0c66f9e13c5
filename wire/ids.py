"""The identifiers that cross the door, each a type of its own."""

from hashlib import sha256
from typing import NewType

AppUserId = NewType("AppUserId", str)
"""An app user's `_id`: 24 hexadecimal digits. Not the app's own `userId`."""

MessageId = NewType("MessageId", str)
"""A message's `_id`: 24 hexadecimal digits, the same on both sides and over every try."""

ChannelId = NewType("ChannelId", str)
"""Slack's ID of a channel, `C…` or `G…`. Opaque to the webhook server."""

AgentId = NewType("AgentId", str)
"""Slack's ID of a person, `U…` or `W…`. Opaque to the webhook server."""

Ts = NewType("Ts", str)
"""Slack's timestamp of a message in its channel, for example `1700000000.000100`."""


def reply_id(request_id: str) -> MessageId:
    """The message ID of the reply that one Slack request asks for: the same request, the same ID.

    Args:
        request_id: what Slack repeats when it sends a request again (a command's `trigger_id`,
            or channel and `ts` of a typed message).
    """
    return MessageId(sha256(f"reply:{request_id}".encode()).hexdigest()[:24])


def note_id(request_id: str) -> MessageId:
    """The ID of the note that one Slack request asks for, likewise."""
    return MessageId(sha256(f"note:{request_id}".encode()).hexdigest()[:24])
