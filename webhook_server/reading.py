"""An app user reads: nothing is unread any more, agents see it, webhooks and other devices are told."""

from dataclasses import replace

from webhook_server import events
from webhook_server.domain import triggers
from webhook_server.domain.errands import NOTHING, Errands
from webhook_server.domain.values import AppUser
from webhook_server.ledger import Books

TOLD_SECONDS = 86_400.0
"""Notices in Slack are brought up to date for replies that are not older."""


def is_read(books: Books, user: AppUser) -> bool:
    """Whether there is nothing to read."""
    return not user.conversation.unread and not books.receipts.any_unread(user.id)


def read(books: Books, user: AppUser, now: float) -> Errands:
    """Take down that `user` read all that is in their conversation now."""
    if is_read(books, user):
        return NOTHING
    if user.conversation.unread:
        books.app_users.save_conversation(user.id, replace(user.conversation, unread=0))
    unshown = books.receipts.read(user.id, now - TOLD_SECONDS)
    books.stream_events.add(user.id, "read", now)
    waiting = books.handovers.add(events.of_conversation(books, user, triggers.CONVERSATION_READ, now))
    return Errands(waiting, unshown)
