"""Agents' notes about a conversation: kept for agents. No app user, client or webhook ever gets one."""

from webhook_server import wording
from webhook_server.domain.notes import Note
from webhook_server.domain.receipts import Speaker
from webhook_server.errors import InvalidRequestError, OtherNoteError, UserNotFoundError
from webhook_server.ledger import Books
from wire import cases


def keep(books: Books, said: cases.Note, now: float) -> cases.NoteKept:
    """Keep a note with its app user. The same note again changes nothing.

    Raises:
        InvalidRequestError: there is nothing in it.
        UserNotFoundError: nobody has this ID.
        OtherNoteError: the note's ID is known, with another text or app user.
    """
    if not said.text.strip():
        raise InvalidRequestError(wording.text_needed())
    user = books.app_users.by_id(said.app_user_id)
    if user is None:
        raise UserNotFoundError
    known = books.notes.find(said.note_id)
    if known is None:
        speaker = Speaker(said.agent.agent_id, said.agent.name)
        books.notes.add(Note(said.note_id, user.id, now, speaker, said.text))
    elif (known.text, known.app_user_id) != (said.text, user.id):
        raise OtherNoteError
    return cases.NoteKept(note_id=said.note_id, repeated=known is not None)
