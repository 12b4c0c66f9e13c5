"""The away message: when an app user is told that nobody is there. Times are seconds since the epoch."""

from dataclasses import dataclass, field
from hashlib import sha256

from webhook_server.domain.office_hours import OfficeHours
from webhook_server.domain.receipts import Speaker
from wire.ids import MessageId

ONCE_IN_SECONDS = 12 * 3600.0
"""An app user is told at most once in so long."""
ANSWERED_SECONDS = 15 * 60.0
"""Whoever was answered within so long is in a dialogue."""


@dataclass(frozen=True, slots=True)
class Absence:
    """An agent said that the team is away, until further notice or `until`. `text`: what app users are told."""

    by: Speaker
    until: float | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Presence:
    """When the team is there: within office hours, unless somebody said that it is away.

    `text` is what app users are told while it is not, unless who said so said something else. None: nothing.
    """

    hours: OfficeHours = field(default_factory=OfficeHours)
    text: str | None = None
    absence: Absence | None = None

    def absent(self, now: float) -> Absence | None:
        """The absence that holds now."""
        absence = self.absence
        return absence if absence and (absence.until is None or now < absence.until) else None

    def told(self, now: float) -> str | None:
        """What app users are told; None: somebody is there, or nothing was to be said."""
        absence = self.absent(now)
        if absence is None and self.hours.is_open(now):
            return None
        return absence.text if absence and absence.text else self.text


def message_id(written_id: MessageId) -> MessageId:
    """The ID of the message that answers the one with `written_id`: asked again, the same."""
    return MessageId(sha256(f"away {written_id}".encode()).hexdigest()[:24])


def due(told_at: float | None, answered_at: float | None, now: float) -> bool:
    """Whether an app user who writes while nobody is there is told so.

    They were last told at `told_at`, and an agent answered them last at `answered_at`. A time that lies as far in the
    future comes from a clock that was wrong.
    """
    told = told_at is not None and abs(now - told_at) < ONCE_IN_SECONDS
    answered = answered_at is not None and abs(now - answered_at) < ANSWERED_SECONDS
    return not told and not answered
