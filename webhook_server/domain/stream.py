"""An app user's stream: the events that are kept for those who come back, and where each client goes on."""

import math
from dataclasses import dataclass
from typing import Literal

from webhook_server.domain.values import Role
from wire.ids import AppUserId, MessageId

Kind = Literal["message", "delivered", "failed", "read", "reset", "locked"]
"""What happened: a message for the app user; theirs is in Slack, or was given up; they read; all may have changed.

`locked`: from here on the public app token does not open them. No client is told that.
"""

KEPT_SECONDS = 86_400.0
"""Who comes back later has to fetch the messages."""

_DIGITS = 18


@dataclass(frozen=True, slots=True)
class StreamEvent:
    """What an app user's stream tells. `seq` grows from event to event; `at` is in seconds since the epoch.

    `awaited`: it is about an agent's reply that waits to be fetched.
    """

    seq: int
    app_user_id: AppUserId
    kind: Kind
    message_id: MessageId | None
    at: float
    awaited: bool = False


@dataclass(frozen=True, slots=True)
class Typing:
    """Somebody types, or stopped. It is told to those who listen, and not kept."""

    app_user_id: AppUserId
    typing: bool
    role: Role
    at: float
    name: str | None = None
    avatar_url: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """The oldest and the newest event of all that the ledger keeps; of those before `first` nothing is known."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Start:
    """A client is told what comes after the event `cursor`.

    `resumed`: it has all that was before. `reset`: it may have missed something.
    """

    cursor: int
    resumed: bool = False
    reset: bool = False


@dataclass(frozen=True, slots=True)
class Listening:
    """A client that was let in: whose stream it hears, and from where; `era`: as it was when it showed that it may.

    `public`: all it showed was the public app token. `until`: when what it showed has expired (monotonic).
    """

    app_user_id: AppUserId
    start: Start
    era: int
    public: bool = False
    until: float = math.inf


def start(last_event_id: str | None, kept: Kept) -> Start:
    """Where a client goes on that saw `last_event_id` last; one that names none begins now.

    An ID that is none of ours, or older than what is kept, is no error: browsers would ask with it for ever.
    """
    if not last_event_id:
        return Start(kept.last)
    known = last_event_id.isascii() and last_event_id.isdigit() and len(last_event_id) <= _DIGITS
    seen = int(last_event_id) if known else -1
    if not kept.first - 1 <= seen <= kept.last:
        return Start(kept.last, reset=True)
    return Start(seen, resumed=True)
