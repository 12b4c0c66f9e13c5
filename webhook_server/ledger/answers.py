"""Answers that are given again to a repeated request."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, insert, select

from webhook_server.ledger.tables import answers
from wire.ids import AppUserId

_BY_ID = select(answers).where(answers.c.id == bindparam("id"))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request was answered: status, JSON body, and the app user of whom it tells, if any.

    An answer is forgotten with what it tells of, so whatever names an app user has to say so.
    """

    status: int
    body: str
    app_user_id: AppUserId | None = None


class Answers:
    """Remembered answers, seen through one connection. Times are seconds since the epoch."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, key: str, not_before: float) -> Answer | None:
        """The answer that was given to `key`, at `not_before` or later."""
        row = self._connection.execute(_BY_ID, {"id": key}).one_or_none()
        return Answer(row.status, row.body, row.app_user_id) if row and row.answered >= not_before else None

    def remember(self, key: str, answer: Answer, now: float, forget_before: float) -> None:
        """Keep an answer, and forget those given before `forget_before`."""
        self._connection.execute(delete(answers).where((answers.c.answered < forget_before) | (answers.c.id == key)))
        columns = {"id": key, "status": answer.status, "body": answer.body, "answered": now}
        columns["app_user_id"] = answer.app_user_id
        self._connection.execute(insert(answers), columns)
