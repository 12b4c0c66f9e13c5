"""What the ledger knows of an app user beside their profile."""

from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, ScalarSelect, Select, bindparam, func, select

from webhook_server.domain.sightings import Sighting
from webhook_server.ledger.prepared import Prepared
from webhook_server.ledger.tables import app_users, messages, receipts
from wire.ids import AppUserId

_WHOSE: BindParameter[str] = bindparam("whose")


def _theirs(wanted: ColumnElement[Any]) -> Select[Any]:
    return select(wanted).where(messages.c.app_user_id == _WHOSE, messages.c.role == "appUser")


def _one(order: ColumnElement[Any]) -> ScalarSelect[Any]:
    return _theirs(messages.c.received).order_by(order).limit(1).scalar_subquery()


_LATEST = messages.c.received.desc()
_FACE = _theirs(messages.c.avatar_url).where(messages.c.avatar_url.is_not(None)).order_by(_LATEST).limit(1)
_QUESTION: Select[Any] = (
    select(
        app_users.c.created,
        _one(messages.c.received.asc()).label("first_wrote"),
        _one(_LATEST).label("last_wrote"),
        _FACE.scalar_subquery().label("avatar_url"),
        _theirs(func.count()).scalar_subquery().label("messages"),
        select(func.count()).where(receipts.c.app_user_id == _WHOSE).scalar_subquery().label("replies"),
    )
    .select_from(app_users)
    .where(app_users.c.id == _WHOSE)
)
_SIGHTING = Prepared(_QUESTION)


class Sightings:
    """Sightings, seen through one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, app_user_id: AppUserId) -> Sighting | None:
        """How often and when an app user was seen; None: there is no such app user."""
        row = _SIGHTING.row(self._connection, whose=app_user_id)
        return Sighting(**row) if row else None
