"""Canned answers in the ledger."""

from sqlalchemy import Connection, RowMapping, bindparam, delete, func, insert, select

from webhook_server.domain.notes import CannedAnswer
from webhook_server.domain.receipts import Speaker
from webhook_server.ledger.tables import canned

_BY_NAME = select(canned).where(canned.c.name == bindparam("wanted"))
_ALL = select(canned).order_by(canned.c.name)
_COUNT = select(func.count()).select_from(canned)
_REMOVE = delete(canned).where(canned.c.name == bindparam("wanted"))


class CannedAnswers:
    """Canned answers, seen through one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, name: str) -> CannedAnswer | None:
        """The one with this name."""
        row = self._connection.execute(_BY_NAME, {"wanted": name}).mappings().one_or_none()
        return _answer(row) if row else None

    def all(self) -> tuple[CannedAnswer, ...]:
        """All of them, by name."""
        return tuple(_answer(row) for row in self._connection.execute(_ALL).mappings())

    def count(self) -> int:
        """How many there are."""
        return int(self._connection.execute(_COUNT).scalar_one())

    def put(self, answer: CannedAnswer) -> None:
        """Keep it, instead of what had its name."""
        self.remove(answer.name)
        columns = {
            "name": answer.name,
            "text": answer.text,
            "agent_id": answer.speaker.agent_id,
            "agent_name": answer.speaker.name,
            "saved": answer.saved,
        }
        self._connection.execute(insert(canned), columns)

    def remove(self, name: str) -> None:
        """Keep nothing under this name."""
        self._connection.execute(_REMOVE, {"wanted": name})


def _answer(row: RowMapping) -> CannedAnswer:
    return CannedAnswer(row["name"], row["text"], Speaker(row["agent_id"], row["agent_name"]), row["saved"])
