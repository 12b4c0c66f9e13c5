"""What becomes of that which was accepted: how hand-overs end, what agents and webhooks are told of it, another try."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from webhook_server import events
from webhook_server.domain.deliveries import PAGE, Selection
from webhook_server.domain.errands import NOTHING, Errands, together
from webhook_server.domain.handovers import Parcel
from webhook_server.domain.receipts import Leg, Place, Standing, StrandingState, Unshown, standing
from webhook_server.domain.values import Message, WebhookId
from webhook_server.errors import MessageNotFoundError
from webhook_server.ledger import Books
from wire.ids import MessageId


def shown(books: Books, parcels: Sequence[Parcel], place: Place | None, now: float) -> Errands:
    """The bot put these messages into Slack, the last at `place`, where that is known."""
    books.handovers.arrived([parcel.id for parcel in parcels], place)
    for parcel in parcels:
        if parcel.message.draft.role == "appUser":
            books.stream_events.about(parcel.message.id, "delivered", now)
    told = (events.delivered(books, parcel.message, "slack", now) for parcel in parcels)
    refused_once = (parcel.message.id for parcel in parcels if parcel.attempts)
    return together(told) + together(_settle_stranding(books, message_id) for message_id in refused_once)


def strand(books: Books, parcel: Parcel, reason: str, now: float) -> Errands:
    """Slack will never take this message: give it up, and let agents see that."""
    books.handovers.give_up([parcel.id], reason)
    message = books.messages.find(parcel.message.id)
    if message is None:  # deleted while the bot had it
        return NOTHING
    if message.draft.role == "appUser":
        books.stream_events.about(message.id, "failed", now)
    refused = books.strandings.refused(message.id, message.app_user_id, reason, now)
    return Errands(unshown=(refused,)) + events.undelivered(books, message, "slack", reason, now)


def arrived(books: Books, parcel: Parcel, now: float) -> Errands:
    """A webhook took it."""
    before = _legs(books, parcel)
    books.handovers.arrived([parcel.id])
    return _settle_parcel(books, parcel, before, now)


def failed(books: Books, parcel: Parcel, reason: str, *, began: float, next_try_at: float) -> Errands:
    """A webhook did not take it in a try that began at `began`; the next comes at `next_try_at`."""
    before = _legs(books, parcel)
    books.handovers.failed(parcel, began=began, next_try_at=next_try_at, reason=reason)
    return _settle_parcel(books, parcel, before, began)


def given_up(books: Books, parcel: Parcel, reason: str, now: float) -> Errands:
    """A webhook did not take it, and will not be asked again."""
    before = _legs(books, parcel)
    books.handovers.give_up([parcel.id], reason)
    return _settle_parcel(books, parcel, before, now)


@dataclass(frozen=True, slots=True)
class Retried:
    """How a message stands after somebody asked for another try. `in_vain`: there was nothing to try again."""

    standing: Standing
    in_vain: bool
    errands: Errands = NOTHING


def retry(books: Books, message_id: MessageId, now: float) -> Retried:
    """Let a failed reply be delivered again, or a stranded message be shown; any other stays as it is.

    Raises:
        MessageNotFoundError: no reply and no stranded message has this ID.
    """
    stands = _stands(books, message_id)
    if stands.state != "failed":
        return Retried(stands, in_vain=True)
    before = books.handovers.legs(message_id)
    waiting = books.handovers.revive(books.handovers.dead_of(message_id))
    errands = Errands(waiting) + _settle(books, message_id, before, now)
    return Retried(_stands(books, message_id), in_vain=False, errands=errands)


@dataclass(frozen=True, slots=True)
class Replayed:
    """Given-up hand-overs that wait again. `more`: there are others like them."""

    ids: tuple[int, ...]
    more: bool
    errands: Errands


def replay(books: Books, selection: Selection, now: float) -> Replayed:
    """Let given-up hand-overs wait again, at most a page of them."""
    dead = books.handovers.dead(selection)
    before = {message_id: books.handovers.legs(message_id) for _, message_id in dead if message_id}
    waiting = books.handovers.revive([handover_id for handover_id, _ in dead])
    settled = together(_settle(books, message_id, legs, now) for message_id, legs in before.items())
    ids = tuple(handover.id for handover in waiting)
    return Replayed(ids, more=len(dead) == PAGE, errands=Errands(waiting) + settled)


def remove_webhook(books: Books, webhook_id: WebhookId, now: float) -> Errands:
    """Forget a webhook; replies that only it was still to get are judged without it."""
    before = {message_id: books.handovers.legs(message_id) for message_id in books.handovers.unsettled(webhook_id)}
    books.webhooks.remove(webhook_id)
    return together(_settle(books, message_id, legs, now) for message_id, legs in before.items())


def fetched(books: Books, message_ids: Iterable[MessageId]) -> Errands:
    """A client of the app user has these messages: agents' replies that waited for just that are delivered."""
    waiting = books.receipts.waiting(message_ids)
    for receipt in waiting:
        books.receipts.change(receipt, Standing("delivered"))
    return Errands(
        unshown=tuple(Unshown(receipt.accepted, receipt.message_id, receipt.app_user_id) for receipt in waiting)
    )


def _stands(books: Books, message_id: MessageId) -> Standing:
    """How a reply, or a stranded message, stands."""
    if receipt := books.receipts.find(message_id):
        return receipt.standing
    if stranding := books.strandings.find(message_id):
        return Standing("delivered" if stranding.state == "shown" else stranding.state, stranding.reason)
    raise MessageNotFoundError


def _legs(books: Books, parcel: Parcel) -> tuple[Leg, ...]:
    return books.handovers.legs(parcel.about.id) if isinstance(parcel.about, Message) else ()


def _settle_parcel(books: Books, parcel: Parcel, before: tuple[Leg, ...], now: float) -> Errands:
    """Judge a message anew. An event has nobody who waits to hear what became of it."""
    return _settle(books, parcel.about.id, before, now) if isinstance(parcel.about, Message) else NOTHING


def _settle(books: Books, message_id: MessageId, before: tuple[Leg, ...], now: float) -> Errands:
    """Judge a message anew after one of its hand-overs changed; `before`, they stood like that."""
    receipt = books.receipts.find(message_id)
    if receipt is None:
        return _settle_stranding(books, message_id)
    legs = books.handovers.legs(message_id)
    told = _tell(books, message_id, standing(before), standing(legs), now)
    known = receipt.standing.state
    stands = standing(legs, read=known == "read", fetched=known == "delivered")
    if stands == receipt.standing:
        return told
    books.receipts.change(receipt, stands)
    return Errands(unshown=(Unshown(receipt.accepted, message_id, receipt.app_user_id),)) + told


def _settle_stranding(books: Books, message_id: MessageId) -> Errands:
    """A message that once was refused by Slack waits again, or is there now."""
    known = books.strandings.find(message_id)
    stands = books.handovers.to_bot(message_id) if known else None
    if known is None or stands is None or stands == "dead":
        return NOTHING
    state: StrandingState = "shown" if stands == "done" else "sending"
    return NOTHING if state == known.state else Errands(unshown=(books.strandings.change(known, state),))


def _tell(books: Books, message_id: MessageId, before: Standing, after: Standing, now: float) -> Errands:
    """Tell webhooks that a reply has reached all that it goes to, or never will, whether it was read or not."""
    message = books.messages.find(message_id) if after.state != before.state else None
    if message is not None and after.state == "delivered":
        return events.delivered(books, message, "webhook", now)
    if message is not None and after.state == "failed":
        return events.undelivered(books, message, "webhook", after.reason or "", now)
    return NOTHING
