"""Envelopes: what Socket Mode wraps payloads in, and the record of what became of each."""

import asyncio
from dataclasses import dataclass, field
from enum import StrEnum

from sandbox.identifiers import EnvelopeId, EventId, JsonObject

ACKNOWLEDGE_SECONDS = 3.0
RETRY_DELAYS = (0.0, 60.0, 300.0)
"""Seconds from an event's failed delivery to the next: at once, a minute, five minutes; then Slack gives up."""


class EnvelopeType(StrEnum):
    """The three kinds of payload."""

    EVENT = "events_api"
    COMMAND = "slash_commands"
    INTERACTION = "interactive"


class Outcome(StrEnum):
    """What a person sees of their command or interaction."""

    OK = "ok"
    OPERATION_TIMEOUT = "operation_timeout"
    DISPATCH_FAILED = "dispatch_failed"


@dataclass(frozen=True, slots=True)
class Answer:
    """How the app took a command or interaction; `response` is the acknowledgement's payload, if it had one."""

    outcome: Outcome
    response: JsonObject | None
    seconds: float


@dataclass(slots=True, eq=False)
class Delivery:
    """One payload on its way: sent in one envelope after another until one is acknowledged."""

    type: EnvelopeType
    payload: JsonObject
    accepts_response: bool
    envelope_ids: list[EnvelopeId] = field(default_factory=list)
    sendings: list[float] = field(default_factory=list)
    acked_after: float | None = None
    response: JsonObject | None = None
    is_given_up: bool = False
    sent: asyncio.Event = field(default_factory=asyncio.Event)
    acknowledged: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def event_id(self) -> EventId | None:
        """The event's ID, which stays the same however often it is sent."""
        return self.payload.get("event_id")

    def acknowledge(self, now: float, response: JsonObject | None) -> None:
        """Note the first acknowledgement; later ones change nothing."""
        if not self.acknowledged.is_set():
            self.acked_after = now - (self.sendings[-1] if self.sendings else now)
            self.response = response if self.accepts_response else None
            self.acknowledged.set()

    def envelope(self, envelope_id: EnvelopeId, retry_reason: str) -> JsonObject:
        """The frame to send; `retry_reason` is empty the first time."""
        frame: JsonObject = {
            "envelope_id": envelope_id,
            "payload": self.payload,
            "type": self.type.value,
            "accepts_response_payload": self.accepts_response,
        }
        if self.type is EnvelopeType.EVENT:
            frame |= {"retry_attempt": len(self.envelope_ids) - 1, "retry_reason": retry_reason}
        return frame

    def described(self) -> JsonObject:
        """As `GET /_sandbox/socket` shows it."""
        return {
            "envelope_id": self.envelope_ids[-1] if self.envelope_ids else None,
            "envelope_ids": list(self.envelope_ids),
            "type": self.type.value,
            "event_id": self.event_id,
            "event_type": self.payload.get("event", {}).get("type"),
            "attempts": len(self.envelope_ids),
            "sent_at": list(self.sendings),
            "acked_after_seconds": self.acked_after,
        }
