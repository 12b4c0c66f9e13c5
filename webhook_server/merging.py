"""Two app users turn out to be one, in one transaction, and all who have to know are told."""

from dataclasses import dataclass

from webhook_server import casework, events
from webhook_server.domain.errands import NOTHING, Errands, Moved
from webhook_server.domain.handovers import Event, Lane, Order, event_id
from webhook_server.domain.merging import LOSER
from webhook_server.domain.times import moment
from webhook_server.domain.triggers import MERGE
from webhook_server.domain.values import AppUser
from webhook_server.ledger import Books


@dataclass(frozen=True, slots=True)
class Met:
    """Who somebody turned out to be, as they are now, and what is left to do for others."""

    app_user: AppUser
    errands: Errands = NOTHING


def merge(books: Books, survivor: AppUser, loser: AppUser, now: float) -> Met:
    """Let `loser`, who is anonymous, be part of `survivor`: their messages, devices and whatever waits for them.

    The bot hears of it before anything that waits, where it may know the loser; webhooks do in the order of things.
    """
    untold = casework.joined(books, survivor.id, loser.id, now)
    one = books.merges.join(survivor, loser, now)
    number = event_id(MERGE, loser.id, now)
    fields = {"discarded": [{"_id": loser.id}], "timestamp": moment(now)}
    orders = events.orders(books, one, MERGE, Event(number, fields), now)
    if loser.conversation.started:
        books.stream_events.add(one.id, "reset", now)  # their messages are between those that its clients know
        orders = (Order(Event(number, {LOSER: loser.id}), Lane(one.id), MERGE, now), *orders)
    return Met(one, Errands(books.handovers.add(orders), moved=(Moved(loser.id, one.id),), untold=untold))
