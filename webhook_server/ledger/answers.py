"""Answers that are given again to a repeated request."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, bindparam, delete, insert, or_, select

from webhook_server.ledger.tables import answers
from wire.ids import AppUserId

_BY_ID = select(answers.c.status, answers.c.body, answers.c.answered).where(answers.c.id == bindparam("id"))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request was answered: status and JSON body."""

    status: int
    body: str


def telling(app_user_ids: Iterable[AppUserId]) -> ColumnElement[bool]:
    """Which remembered answers tell of these app users: each names its app user by the `_id`."""
    return or_(*(answers.c.body.contains(f'"{app_user_id}"') for app_user_id in app_user_ids))


class Answers:
    """Remembered answers, seen through one connection. Times are seconds since the epoch."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, key: str, not_before: float) -> Answer | None:
        """The answer that was given to `key`, at `not_before` or later."""
        row = self._connection.execute(_BY_ID, {"id": key}).one_or_none()
        return Answer(row.status, row.body) if row and row.answered >= not_before else None

    def remember(self, key: str, answer: Answer, now: float, forget_before: float) -> None:
        """Keep an answer, and forget those given before `forget_before`."""
        self._connection.execute(delete(answers).where((answers.c.answered < forget_before) | (answers.c.id == key)))
        columns = {"id": key, "status": answer.status, "body": answer.body, "answered": now}
        self._connection.execute(insert(answers), columns)
