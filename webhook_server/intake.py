"""What is accepted, and all that follows from it, in one transaction: message, hand-overs, receipt."""

from dataclasses import dataclass, replace

from webhook_server.domain import triggers
from webhook_server.domain.deliveries import PAGE, Selection
from webhook_server.domain.handovers import Lane, Order, Parcel, Waiting
from webhook_server.domain.receipts import Leg, ReplyReceipt, Speaker, Standing, StrandingState, Unshown, standing
from webhook_server.domain.values import AppUser, Draft, Message, WebhookId, agent_author_id, received_after
from webhook_server.errors import AlreadySentError, MessageNotFoundError, OtherReplyError, UserNotFoundError
from webhook_server.ledger import Books
from wire.ids import MessageId
from wire.messages import Reply

SENT_AGAIN_SECONDS = 60.0
"""Who sends the same text within this time may do so because Slack said that it timed out."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A message that the ledger took, its author's conversation as it is now, and what the courier has to do."""

    message: Message
    app_user: AppUser
    waiting: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class AcceptedReply:
    """An agent's reply in the ledger. `repeated`: it was there before. `unshown`: what the bot has to show, if any."""

    standing: Standing
    repeated: bool
    waiting: tuple[Waiting, ...] = ()
    unshown: Unshown | None = None


def accept(books: Books, user: AppUser, message_id: MessageId, draft: Draft, now: float) -> Accepted:
    """Take a message that came through the App API: the bot and the webhooks that ask for it get it."""
    accepted = _enter(books, user, message_id, draft, now)
    to_bot = Order(message_id, Lane(user.id), triggers.of_message(draft.role), now)
    orders = (to_bot, *_to_webhooks(books, user, accepted.message, now))
    return replace(accepted, waiting=books.handovers.add(orders))


def accept_reply(books: Books, reply: Reply, now: float) -> AcceptedReply:
    """Take an agent's reply. The same reply again changes nothing.

    Raises:
        UserNotFoundError: nobody has this ID.
        OtherReplyError: the reply's ID is known, with another text or app user.
        AlreadySentError: the agent sent the same text a moment ago, and does not say that they want it again.
    """
    known = books.receipts.find(reply.message_id)
    if known:
        if (known.text, known.app_user_id) != (reply.text, reply.app_user_id):
            raise OtherReplyError
        return AcceptedReply(known.standing, repeated=True)
    user = books.app_users.by_id(reply.app_user_id)
    if user is None:
        raise UserNotFoundError
    if books.messages.find(reply.message_id):
        raise OtherReplyError
    earlier = None if reply.again else books.receipts.same_text(reply, now - SENT_AGAIN_SECONDS)
    if earlier is not None:
        raise AlreadySentError(earlier)
    agent = reply.agent
    draft = Draft("appMaker", agent_author_id(agent.agent_id), reply.text, name=agent.name, avatar_url=agent.avatar_url)
    accepted = _enter(books, user, reply.message_id, draft, now)
    waiting = books.handovers.add(_to_webhooks(books, user, accepted.message, now))
    receipt = _first_receipt(reply, [Leg("waiting")] * len(waiting), now)
    books.receipts.add(receipt)
    unshown = _unshown(receipt) if receipt.sequence > receipt.shown_sequence else None
    return AcceptedReply(receipt.standing, repeated=False, waiting=waiting, unshown=unshown)


def retry(books: Books, message_id: MessageId) -> AcceptedReply:
    """Let a failed reply be delivered again, or a stranded message be shown; any other stays as it is.

    Raises:
        MessageNotFoundError: no reply and no stranded message has this ID.
    """
    before = _stands(books, message_id)
    if before.state != "failed":
        return AcceptedReply(before, repeated=True)
    waiting = books.handovers.revive(books.handovers.dead_of(message_id))
    unshown = settle(books, message_id)
    return AcceptedReply(_stands(books, message_id), repeated=False, waiting=waiting, unshown=unshown)


@dataclass(frozen=True, slots=True)
class Replayed:
    """Given-up hand-overs that wait again. `more`: there are others like them."""

    waiting: tuple[Waiting, ...]
    unshown: tuple[Unshown, ...]
    more: bool


def replay(books: Books, selection: Selection) -> Replayed:
    """Let given-up hand-overs wait again, at most a page of them."""
    dead = books.handovers.dead(selection)
    waiting = books.handovers.revive([handover_id for handover_id, _ in dead])
    message_ids = dict.fromkeys(message_id for _, message_id in dead if message_id)
    unshown = tuple(unshown for message_id in message_ids if (unshown := settle(books, message_id)))
    return Replayed(waiting, unshown, more=len(dead) == PAGE)


def strand(books: Books, parcel: Parcel, reason: str, now: float) -> Unshown:
    """Slack will never take this message: give it up, and let agents see that. Returns what the bot has to show."""
    books.handovers.give_up([parcel.id], reason)
    return books.strandings.refused(parcel.message.id, parcel.app_user.id, reason, now)


def _stands(books: Books, message_id: MessageId) -> Standing:
    """How a reply, or a stranded message, stands."""
    if receipt := books.receipts.find(message_id):
        return receipt.standing
    if stranding := books.strandings.find(message_id):
        return Standing("delivered" if stranding.state == "shown" else stranding.state, stranding.reason)
    raise MessageNotFoundError


def remove_webhook(books: Books, webhook_id: WebhookId) -> tuple[Unshown, ...]:
    """Forget a webhook; replies that only it was still to get are judged without it."""
    unsettled = books.handovers.unsettled(webhook_id)
    books.webhooks.remove(webhook_id)
    return tuple(unshown for message_id in unsettled if (unshown := settle(books, message_id)))


def settle(books: Books, message_id: MessageId) -> Unshown | None:
    """Judge a message anew after one of its hand-overs changed. Returns what the bot has to show, None for nothing."""
    receipt = books.receipts.find(message_id)
    if receipt is None:
        return _settle_stranding(books, message_id)
    stands = standing(books.handovers.legs(message_id), read=receipt.standing.state == "read")
    if stands == receipt.standing:
        return None
    books.receipts.change(receipt, stands)
    return _unshown(receipt)


def _settle_stranding(books: Books, message_id: MessageId) -> Unshown | None:
    """A message that once was refused by Slack waits again, or is there now."""
    known = books.strandings.find(message_id)
    stands = books.handovers.to_bot(message_id) if known else None
    if known is None or stands is None or stands == "dead":
        return None
    state: StrandingState = "shown" if stands == "done" else "sending"
    return None if state == known.state else books.strandings.change(known, state)


def _enter(books: Books, user: AppUser, message_id: MessageId, draft: Draft, now: float) -> Accepted:
    """Put a message into its conversation, after everything that is there."""
    conversation = user.conversation
    received = received_after(conversation.last_received, now)
    by_agent = draft.role == "appMaker"
    makers = conversation.app_makers
    conversation = replace(
        conversation,
        last_received=received,
        unread=conversation.unread + by_agent,
        app_makers=(*makers, draft.author_id) if by_agent and draft.author_id not in makers else makers,
    )
    message = Message(message_id, user.id, received, draft)
    books.messages.add(message)
    books.app_users.save_conversation(user.id, conversation)
    return Accepted(message, replace(user, conversation=conversation), ())


def _to_webhooks(books: Books, user: AppUser, message: Message, now: float) -> list[Order]:
    trigger = triggers.of_message(message.draft.role)
    wanting = [webhook for webhook in books.webhooks.all() if triggers.wants(webhook.triggers, trigger)]
    return [Order(message.id, Lane(user.id, webhook.id), trigger, now) for webhook in wanting]


def _first_receipt(reply: Reply, legs: list[Leg], now: float) -> ReplyReceipt:
    """Sending needs no showing, the bot says so itself; waiting for the app to fetch it does."""
    stands = standing(legs)
    speaker = Speaker(reply.agent.agent_id, reply.agent.name, reply.agent.avatar_url)
    sequence = 0 if stands.state == "sending" else 1
    return ReplyReceipt(
        reply.message_id, reply.app_user_id, reply.channel_id, speaker, reply.text, now, stands, sequence
    )


def _unshown(receipt: ReplyReceipt) -> Unshown:
    return Unshown(receipt.accepted, receipt.message_id, receipt.app_user_id)
