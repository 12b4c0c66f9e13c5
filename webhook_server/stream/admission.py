"""Who may listen, looked at again after they were let in, and what those have who come back."""

from webhook_server.domain.stream import Kind, Listening
from webhook_server.ledger import Books
from wire.ids import MessageId

ACKNOWLEDGED = 50
"""Whoever comes back has so many of the replies before, at least."""
CHANGES: frozenset[Kind] = frozenset({"locked", "reset"})
"""Events after which some who listen may not any longer. A `reset` stands for all that was before it, locks too."""


def may_listen(books: Books, listening: Listening) -> bool:
    """Whether the app user still is who they were, and open to whoever was let in with the public app token.

    Whom they became, and what opens them, a client finds by asking again.
    """
    user = books.app_users.by_id(listening.app_user_id)
    if user is None or user.id != listening.app_user_id:
        return False
    return not (listening.public and user.locked)


def acknowledged(books: Books, listening: Listening) -> tuple[MessageId, ...]:
    """The replies that wait to be fetched and that a client has: it came back, to go on after a later event."""
    begun = listening.start
    if not begun.resumed:
        return ()
    return books.stream_events.unacknowledged(listening.app_user_id, begun.cursor, ACKNOWLEDGED)
