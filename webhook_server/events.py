"""Events: what webhooks are told besides messages, in the same order per app user. See `triggers` for their names."""

from webhook_server.domain import triggers
from webhook_server.domain.handovers import Event, Lane, Order
from webhook_server.domain.values import AppUser
from webhook_server.ledger import Books


def orders(books: Books, user: AppUser, trigger: str, event: Event, now: float) -> tuple[Order, ...]:
    """What tells the webhooks that want `trigger` of an event about `user`; nothing where none does.

    The event's fields are its own part of the body, beside the trigger, the app and the app user. They are stored:
    what is said and who somebody is has no place in them.
    """
    wanting = [webhook for webhook in books.webhooks.all() if triggers.wants(webhook.triggers, trigger)]
    return tuple(Order(event, Lane(user.id, webhook.id), trigger, now) for webhook in wanting)
