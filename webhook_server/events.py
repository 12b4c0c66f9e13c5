"""Events: what webhooks are told besides messages, in the same order per app user. See `triggers` for their names."""

from typing import Any, Literal

from webhook_server.domain import triggers
from webhook_server.domain.errands import NOTHING, Errands
from webhook_server.domain.handovers import Event, Lane, Order, event_id
from webhook_server.domain.times import moment
from webhook_server.domain.values import AppUser, Conversation, Message, Webhook
from webhook_server.ledger import Books

Destination = Literal["slack", "webhook"]

_ERROR_CODES: dict[Destination, str] = {"slack": "slack_refused", "webhook": "webhook_failed"}


def wanting(books: Books, trigger: str) -> list[Webhook]:
    """The webhooks that want to hear of what `trigger` names."""
    return [webhook for webhook in books.webhooks.all() if triggers.wants(webhook.triggers, trigger)]


def orders(books: Books, user: AppUser, trigger: str, event: Event, now: float) -> tuple[Order, ...]:
    """What tells the webhooks that want `trigger` of an event about `user`; nothing where none does.

    The event's fields are its own part of the body, beside the trigger, the app and the app user. They are stored:
    what is said and who somebody is has no place in them.
    """
    return tuple(Order(event, Lane(user.id, webhook.id), trigger, now) for webhook in wanting(books, trigger))


def of_conversation(books: Books, user: AppUser, trigger: str, now: float) -> tuple[Order, ...]:
    """What tells that `user`'s conversation began, or was read."""
    fields = {"conversation": _conversation(user.conversation), "source": {"type": "api"}, "timestamp": moment(now)}
    return orders(books, user, trigger, Event(event_id(trigger, user.id, now), fields), now)


def delivered(books: Books, message: Message, destination: Destination, now: float) -> Errands:
    """Tell that a message has arrived. Waits like all else, and concerns nobody who does not ask for it."""
    return _tell(books, triggers.DELIVERY_SUCCESS, message, {"destination": {"type": destination}}, now)


def undelivered(books: Books, message: Message, destination: Destination, reason: str, now: float) -> Errands:
    """Tell that a message was given up."""
    error = {"code": _ERROR_CODES[destination], "message": reason}
    return _tell(books, triggers.DELIVERY_FAILURE, message, {"destination": {"type": destination}, "error": error}, now)


def _tell(books: Books, trigger: str, message: Message, outcome: dict[str, Any], now: float) -> Errands:
    if not wanting(books, trigger):
        return NOTHING
    user = books.app_users.by_id(message.app_user_id)
    if user is None or books.messages.find(message.id) is None:  # deleted while it was on its way
        return NOTHING
    fields = {
        "message": {"_id": message.id},
        "conversation": _conversation(user.conversation),
        **outcome,
        "isFinalEvent": True,
        "timestamp": moment(now),
    }
    event = Event(event_id(trigger, message.id, now), fields)
    return Errands(books.handovers.add(orders(books, user, trigger, event, now)))


def _conversation(conversation: Conversation) -> dict[str, Any]:
    return {"_id": conversation.id}
