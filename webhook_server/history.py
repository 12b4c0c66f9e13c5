"""What was said in a conversation, for agents: the app user's messages, the team's, the app's own, and notes."""

from webhook_server.domain.notes import Note
from webhook_server.domain.paging import Cut, seconds
from webhook_server.domain.values import AppUser, Message
from webhook_server.errors import UserNotFoundError
from webhook_server.ledger import Books
from wire.cases import HISTORY_CHARACTERS, History, HistoryLine, HistoryRequest


def lines(books: Books, asked: HistoryRequest) -> History:
    """The last lines of a conversation, oldest first.

    Raises:
        UserNotFoundError: nobody has this ID.
    """
    user = books.app_users.by_id(asked.app_user_id)
    if user is None:
        raise UserNotFoundError
    page = books.messages.page(user, Cut())
    everything: list[tuple[float, Message | Note]] = []
    everything += [(seconds(message.received), message) for message in page.messages]
    everything += [(note.at, note) for note in books.notes.last(user.id, asked.most + 1)]
    everything.sort(key=lambda each: each[0])
    shown = tuple(_line(books, user, each) for _, each in everything[-asked.most :])
    return History(lines=shown, more=page.older or len(everything) > asked.most)


def _line(books: Books, user: AppUser, each: Message | Note) -> HistoryLine:
    if isinstance(each, Note):
        return HistoryLine(kind="note", at=each.at, text=each.text[:HISTORY_CHARACTERS], name=each.speaker.name)
    draft = each.draft
    receipt = books.receipts.find(each.id) if draft.role == "appMaker" else None
    name = draft.name
    if receipt:
        name = receipt.speaker.name
    elif draft.role == "appUser":
        name = draft.name or user.profile.name
    return HistoryLine(
        kind="agent" if receipt else "app" if draft.role == "appMaker" else "app_user",
        at=seconds(each.received),
        text=draft.text[:HISTORY_CHARACTERS],
        name=name,
        file_name=draft.media.file_name if draft.media else None,
        state=receipt.standing.state if receipt else None,
    )
