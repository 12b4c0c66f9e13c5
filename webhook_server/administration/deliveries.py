"""Deliveries for the operator: listed, and tried again."""

from webhook_server import outcomes
from webhook_server.domain.deliveries import Delivery, Selection
from webhook_server.domain.values import WebhookId
from webhook_server.ledger import Books
from wire import operators as wire


def listing(books: Books, asked: wire.ListRequest) -> wire.Listing:
    """A page of what waits or was given up."""
    found = books.handovers.deliveries(asked.state, _webhook_id(asked.webhook_id), asked.after)
    return wire.Listing(deliveries=tuple(_said(delivery, asked) for delivery in found))


def replay(books: Books, asked: wire.ReplayRequest, now: float) -> outcomes.Replayed:
    """Let what is asked for wait again, a page of it."""
    return outcomes.replay(books, Selection(asked.delivery_ids, _webhook_id(asked.webhook_id), asked.after), now)


def replayed(done: outcomes.Replayed) -> wire.Replayed:
    """How it is told what was done."""
    return wire.Replayed(delivery_ids=done.ids, more=done.more)


def _said(delivery: Delivery, asked: wire.ListRequest) -> wire.Delivery:
    return wire.Delivery(
        delivery_id=delivery.id,
        trigger=delivery.trigger,
        message_id=delivery.message_id,
        app_user_id=delivery.app_user_id,
        state=asked.state,
        accepted=delivery.accepted,
        tries=delivery.attempts,
        user_id=delivery.user_id,
        webhook_id=delivery.webhook_id,
        target=delivery.target,
        last_error=delivery.last_error,
        next_try_at=delivery.next_try_at,
    )


def _webhook_id(given: str | None) -> WebhookId | None:
    return None if given is None else WebhookId(given)
