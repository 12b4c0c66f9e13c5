"""The last messages of a conversation, for agents who find it in a new channel."""

from webhook_server import wording
from webhook_server.domain.paging import Cut, seconds
from webhook_server.domain.values import AppUser, Message
from webhook_server.ledger import Books
from wire.messages import Recent, RecentMessage, RecentRequest


def messages(books: Books, asked: RecentRequest) -> Recent | None:
    """What was said before `asked.before`, oldest first; None: there is no such app user."""
    user = books.app_users.by_id(asked.app_user_id)
    if user is None:
        return None
    page = books.messages.page(user, Cut(before=round(asked.before * 1000)))
    return Recent(messages=tuple(_shown(books, user, message) for message in page.messages[-asked.most :]))


def _shown(books: Books, user: AppUser, message: Message) -> RecentMessage:
    draft = message.draft
    receipt = books.receipts.find(message.id) if draft.role == "appMaker" else None
    return RecentMessage(
        message_id=message.id,
        text=draft.text,
        received=seconds(message.received),
        file_name=draft.media.file_name if draft.media else None,
        by_agent=receipt is not None,
        name=receipt.speaker.name if receipt else wording.shown_name(draft.role, draft.name) or user.profile.name,
    )
