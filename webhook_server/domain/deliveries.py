"""Deliveries as operators see them: what waits for a destination, and what was given up."""

from dataclasses import dataclass

from webhook_server.domain.receipts import HandoverState
from webhook_server.domain.values import UserId, WebhookId
from wire.ids import AppUserId, MessageId

PAGE = 500
"""So many are listed, or replayed, in one go."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A hand-over and how it stands. Times are seconds since the epoch.

    No webhook: it goes to Slack; no message: it tells of an event, `trigger` says of which.
    """

    id: int
    webhook_id: WebhookId | None
    target: str | None
    app_user_id: AppUserId
    user_id: UserId | None
    trigger: str
    message_id: MessageId | None
    state: HandoverState
    accepted: float
    attempts: int
    last_error: str | None
    next_try_at: float | None


@dataclass(frozen=True, slots=True)
class Selection:
    """Which given-up deliveries are meant: these, those of one webhook, or, where neither is said, all.

    Of them those with IDs greater than `after`.
    """

    ids: tuple[int, ...] | None = None
    webhook_id: WebhookId | None = None
    after: int = 0
