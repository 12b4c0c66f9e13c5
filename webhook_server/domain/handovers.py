"""Hand-overs: what waits to be carried to the bot or to a webhook, lane by lane."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, NamedTuple, NewType

from webhook_server.domain.receipts import HandoverState
from webhook_server.domain.triggers import MERGE
from webhook_server.domain.values import AppUser, Device, Message, Webhook, WebhookId
from wire.ids import AppUserId, MessageId

EventId = NewType("EventId", str)
"""An event's ID, the same over every try: 24 hexadecimal digits."""

TOGETHER = 20
"""So many of a lane's oldest are under way at once, at most."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something other than a message that happened. `fields` are its own part of what webhooks are told.

    `message` is the one whose fate it tells, as far as it does and the message is still there.
    """

    id: EventId
    fields: Mapping[str, Any]
    message: Message | None = None

    @property
    def message_id(self) -> MessageId | None:
        """The message whose fate it tells."""
        found = self.fields.get("message", {}).get("_id")
        return None if found is None else MessageId(found)


def event_id(trigger: str, about: str, now: float) -> EventId:
    """The ID of the event that `trigger` names, which happened to `about` at `now`: asked again, the same ID."""
    return EventId(sha256(json.dumps([trigger, about, now]).encode()).hexdigest()[:24])


class Lane(NamedTuple):
    """What must stay in order: one conversation on its way to one destination. No webhook: the bot."""

    app_user_id: AppUserId
    webhook_id: WebhookId | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A hand-over that waits: as much of it as the courier keeps in memory. `overtakes`: it goes before its lane."""

    id: int
    lane: Lane
    overtakes: bool = False


def overtakes(trigger: str, lane: Lane) -> bool:
    """Whether the bot has to hear of this before what waits in the lane: that goes where the bot is told of first."""
    return trigger == MERGE and lane.webhook_id is None


@dataclass(frozen=True, slots=True)
class Order:
    """A message or an event that is handed over: to the bot where the lane has no webhook."""

    about: MessageId | Event
    lane: Lane
    trigger: str
    accepted: float


@dataclass(frozen=True, slots=True)
class Parcel:
    """A hand-over with all that its carrier needs. Times are seconds since the epoch.

    `doubt_since` is when a try began that may have been carried out without our knowing. `devices` are the app
    user's, the one seen last at the end; for the bot that one may be all.
    """

    id: int
    trigger: str
    state: HandoverState
    attempts: int
    accepted: float
    first_try_at: float | None
    next_try_at: float | None
    doubt_since: float | None
    about: Message | Event
    app_user: AppUser
    webhook: Webhook | None
    devices: tuple[Device, ...] = ()

    @property
    def message(self) -> Message:
        """What is handed over, where that is known to be a message."""
        if isinstance(self.about, Event):
            raise TypeError(f"hand-over {self.id} tells of {self.trigger}")
        return self.about
