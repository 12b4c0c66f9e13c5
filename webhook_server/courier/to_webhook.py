"""Carries messages and events to the app's webhooks, with growing delays, for more than a day."""

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from webhook_server import agents_wording as wording
from webhook_server import outcomes, webhooks
from webhook_server.clock import Clock, Jitter
from webhook_server.courier.crew import Trip
from webhook_server.domain.errands import Errands
from webhook_server.domain.handovers import Parcel
from webhook_server.domain.retry import webhook_delay
from webhook_server.domain.values import WebhookId
from webhook_server.ledger import Books, Ledger
from webhook_server.media.links import Links
from webhook_server.outbound import Outbound
from wire.ids import AppUserId

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class News:
    """Whom the carrier tells what its trips changed for others."""

    errands: Callable[[Errands], None]
    removed: Callable[[WebhookId], None]


class ToWebhook:
    """Carries one app user's messages to one webhook, oldest first."""

    def __init__(
        self, ledger: Ledger, outbound: Outbound, news: News, *, app_id: str, links: Links, clock: Clock, jitter: Jitter
    ) -> None:
        self._ledger = ledger
        self._outbound = outbound
        self._app_id = app_id
        self._links = links
        self._clock = clock
        self._jitter = jitter
        self._news = news

    def carry(self, whose: AppUserId, ids: tuple[int, ...]) -> Trip[int]:
        """Try the oldest of `ids` once, if its time has come."""
        oldest = ids[:1]
        parcels = self._ledger.read(lambda books: books.handovers.parcels(oldest))
        if not parcels or parcels[0].state != "waiting" or parcels[0].webhook is None:
            return Trip(oldest)
        parcel, webhook = parcels[0], parcels[0].webhook
        if parcel.app_user.id != whose:
            return Trip(moved=parcel.app_user.id)
        early = self._early(parcel)
        if early > 0:
            return Trip(delay=early)
        began = self._clock.now()
        log = _log.bind(
            trigger=parcel.trigger, about=parcel.about.id, app_user_id=parcel.app_user.id, webhook_id=webhook.id
        )
        match webhooks.send(self._outbound, self._app_id, self._links, parcel, began):
            case webhooks.Delivered(status=status):
                self._arrived(parcel)
                log.info("webhook_delivered", status=status, attempt=parcel.attempts + 1)
                return Trip(oldest)
            case webhooks.Failed(gone=True):
                self._remove(webhook.id)
                log.warning("webhook_removed")
                return Trip(oldest)
            case webhooks.Failed(reason=reason, final=final):
                delay = None if final else webhook_delay(parcel.attempts + 1, self._jitter())
                self._failed(parcel, began, reason if final else wording.tried_long_enough(reason), reason, delay)
                log.warning("webhook_failed", reason=reason, attempt=parcel.attempts + 1, again_in=delay)
                return Trip(oldest) if delay is None else Trip(delay=delay)

    def _early(self, parcel: Parcel) -> float:
        """Seconds until the next try is due; none where the clock must have jumped back since it was set."""
        if parcel.next_try_at is None:
            return 0.0
        left = parcel.next_try_at - self._clock.now()
        return left if left <= (webhook_delay(parcel.attempts, 1.0) or 0.0) else 0.0

    def _arrived(self, parcel: Parcel) -> None:
        now = self._clock.now()
        self._news.errands(self._ledger.write(lambda books: outcomes.arrived(books, parcel, now)))

    def _failed(self, parcel: Parcel, began: float, verdict: str, reason: str, delay: float | None) -> None:
        now = self._clock.now()

        def job(books: Books) -> Errands:
            if delay is None:
                return outcomes.given_up(books, parcel, verdict, now)
            return outcomes.failed(books, parcel, reason, began=began, next_try_at=now + delay)

        self._news.errands(self._ledger.write(job))

    def _remove(self, webhook_id: WebhookId) -> None:
        now = self._clock.now()
        self._news.errands(self._ledger.write(lambda books: outcomes.remove_webhook(books, webhook_id, now)))
        self._news.removed(webhook_id)
