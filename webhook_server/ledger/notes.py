"""Agents' notes in the ledger."""

from sqlalchemy import Connection, RowMapping, bindparam, insert, select

from webhook_server.domain.notes import Note
from webhook_server.domain.receipts import Speaker
from webhook_server.ledger.tables import notes
from wire.ids import AppUserId, MessageId

_BY_ID = select(notes).where(notes.c.id == bindparam("id"))
_LAST = (
    select(notes)
    .where(notes.c.app_user_id == bindparam("whose"))
    .order_by(notes.c.at.desc(), notes.c.seq.desc())
    .limit(bindparam("most"))
)


class Notes:
    """Notes, seen through one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, note_id: MessageId) -> Note | None:
        """The note with this ID."""
        row = self._connection.execute(_BY_ID, {"id": note_id}).mappings().one_or_none()
        return _note(row) if row else None

    def add(self, note: Note) -> None:
        """Keep a new note."""
        columns = {
            "id": note.id,
            "app_user_id": note.app_user_id,
            "at": note.at,
            "agent_id": note.speaker.agent_id,
            "agent_name": note.speaker.name,
            "text": note.text,
        }
        self._connection.execute(insert(notes), columns)

    def last(self, app_user_id: AppUserId, most: int) -> tuple[Note, ...]:
        """The last notes about an app user, at most so many, oldest first."""
        found = self._connection.execute(_LAST, {"whose": app_user_id, "most": most}).mappings()
        return tuple(_note(row) for row in found)[::-1]


def _note(row: RowMapping) -> Note:
    return Note(row["id"], row["app_user_id"], row["at"], Speaker(row["agent_id"], row["agent_name"]), row["text"])
