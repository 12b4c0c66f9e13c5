"""What is accepted, and all that follows from it, in one transaction: message, case, hand-overs, receipt, events."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from webhook_server import casework, enclosures, events
from webhook_server.casework import UNTOUCHED
from webhook_server.domain import away, triggers
from webhook_server.domain.errands import NOTHING, Errands
from webhook_server.domain.handovers import Lane, Order
from webhook_server.domain.receipts import Leg, ReplyReceipt, Speaker, Standing, Unshown, standing
from webhook_server.domain.values import AppUser, Draft, Message, app_maker_author_id, received_after
from webhook_server.errors import AlreadySentError, OtherReplyError, UserNotFoundError
from webhook_server.ledger import Books
from wire.ids import AppUserId, MessageId
from wire.messages import Reply

SENT_AGAIN_SECONDS = 60.0
"""Who sends the same text within this time may do so because Slack said that it timed out."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A message that the ledger took, its author's conversation as it is now, and what the courier has to do."""

    message: Message
    app_user: AppUser
    errands: Errands = NOTHING


@dataclass(frozen=True, slots=True)
class AcceptedReply:
    """An agent's reply in the ledger, and whom it is for now. `repeated`: it was there before."""

    app_user_id: AppUserId
    standing: Standing
    repeated: bool
    errands: Errands = NOTHING


def accept(
    books: Books, user: AppUser, message_id: MessageId, draft: Draft, now: float, *, absence: str | None = None
) -> Accepted:
    """Take a message that came through the App API: the bot and the webhooks that ask for it get it.

    `absence` is what app users are told while nobody is there: whoever writes is, unless they were a while ago.
    """
    touched = casework.wrote(books, user, message_id, now) if draft.role == "appUser" else UNTOUCHED
    accepted = _enter(books, user, Message(message_id, user.id, 0, draft, touched.case_id), now)
    to_bot = Order(message_id, Lane(user.id), triggers.of_message(draft.role), now)
    orders = (*_beginning(books, user, now), to_bot, *_to_webhooks(books, user, accepted.message, now))
    done = replace(accepted, errands=Errands(books.handovers.add(orders), untold=touched.untold))
    conversation = done.app_user.conversation
    tells = draft.role == "appUser" and away.due(conversation.told_away, conversation.answered, now)
    return _tell_absence(books, done, absence, now) if absence and tells else done


def accept_reply(books: Books, reply: Reply, now: float) -> AcceptedReply:
    """Take an agent's reply. The same reply again changes nothing.

    Raises:
        UserNotFoundError: nobody has this ID.
        OtherReplyError: the reply's ID is known, with another text or app user.
        AlreadySentError: the agent sent the same text a moment ago, and does not say that they want it again.
        InvalidRequestError: its file is not here any more.
    """
    user = books.app_users.by_id(reply.app_user_id)
    if user is None:
        raise UserNotFoundError
    reply = reply.model_copy(update={"app_user_id": user.id})  # the bot may know them by an older one
    known = books.receipts.find(reply.message_id)
    if known:
        if (known.text, known.app_user_id) != (reply.text, reply.app_user_id):
            raise OtherReplyError
        return AcceptedReply(user.id, known.standing, repeated=True)
    if books.messages.find(reply.message_id):
        raise OtherReplyError
    earlier = None if reply.again or reply.media else books.receipts.same_text(reply, now - SENT_AGAIN_SECONDS)
    if earlier is not None:
        raise AlreadySentError(earlier)
    touched = casework.replied(books, reply, now)
    message = Message(reply.message_id, user.id, 0, enclosures.draft(books, reply), touched.case_id)
    answered = replace(user, conversation=replace(user.conversation, answered=now))
    accepted = _enter(books, answered, message, now)
    beginning = books.handovers.add(_beginning(books, user, now))
    waiting = books.handovers.add(_to_webhooks(books, user, accepted.message, now))
    receipt = _first_receipt(reply, [Leg("waiting")] * len(waiting), now)
    books.receipts.add(receipt)
    errands = Errands(beginning + waiting, _unshown(receipt), untold=touched.untold)
    return AcceptedReply(user.id, receipt.standing, repeated=False, errands=errands)


def _tell_absence(books: Books, written: Accepted, text: str, now: float) -> Accepted:
    """Answer an app user's message with one of the app's own that says that nobody is there."""
    user = written.app_user
    user = replace(user, conversation=replace(user.conversation, told_away=now))
    message_id = away.message_id(written.message.id)
    draft = Draft("appMaker", app_maker_author_id(None, None), text)
    told = _enter(books, user, Message(message_id, user.id, 0, draft, written.message.case_id), now)
    to_bot = Order(message_id, Lane(user.id), triggers.of_message(draft.role), now)
    waiting = books.handovers.add((to_bot, *_to_webhooks(books, user, told.message, now)))
    return replace(written, app_user=told.app_user, errands=written.errands + Errands(waiting))


def _enter(books: Books, user: AppUser, written: Message, now: float) -> Accepted:
    """Put a message into its conversation, after everything that is there."""
    draft = written.draft
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
    message = replace(written, received=received)
    books.messages.add(message)
    if by_agent:
        books.stream_events.add(user.id, "message", now, message.id)
    books.app_users.save_conversation(user.id, conversation)
    return Accepted(message, replace(user, conversation=conversation))


def _beginning(books: Books, user: AppUser, now: float) -> Iterable[Order]:
    """What comes before the first message of a conversation; `user` as they were before it."""
    started = user.conversation.started
    return () if started else events.of_conversation(books, user, triggers.CONVERSATION_START, now)


def _to_webhooks(books: Books, user: AppUser, message: Message, now: float) -> list[Order]:
    trigger = triggers.of_message(message.draft.role)
    return [Order(message.id, Lane(user.id, webhook.id), trigger, now) for webhook in events.wanting(books, trigger)]


def _first_receipt(reply: Reply, legs: list[Leg], now: float) -> ReplyReceipt:
    """Sending needs no showing, the bot says so itself; waiting for the app to fetch it does."""
    stands = standing(legs)
    speaker = Speaker(reply.agent.agent_id, reply.agent.name, reply.agent.avatar_url)
    sequence = 0 if stands.state == "sending" else 1
    return ReplyReceipt(
        reply.message_id, reply.app_user_id, reply.channel_id, speaker, reply.text, now, stands, sequence
    )


def _unshown(receipt: ReplyReceipt) -> tuple[Unshown, ...]:
    """What the bot has to show of a new reply, if anything."""
    if receipt.sequence == receipt.shown_sequence:
        return ()
    return (Unshown(receipt.accepted, receipt.message_id, receipt.app_user_id),)
