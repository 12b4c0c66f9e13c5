"""Erasures in the ledger: who is gone, and how far their traces are removed elsewhere."""

import json
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, bindparam, func, insert, select, update

from webhook_server.domain.erasures import Belongings, Erasure
from webhook_server.ledger import rows
from webhook_server.ledger.tables import devices, erasures, merges, messages, notes
from wire.ids import AppUserId

_BY_ID = select(erasures).where(erasures.c.app_user_id == bindparam("whose"))
_WAITING = select(erasures.c.app_user_id).where(erasures.c.state == "waiting").order_by(erasures.c.asked)
_MERGED = select(merges.c.loser_id).where(merges.c.survivor_id == bindparam("whose")).order_by(merges.c.loser_id)
_MESSAGES = select(func.count()).where(messages.c.app_user_id == bindparam("whose"))
_NOTES = select(func.count()).where(notes.c.app_user_id == bindparam("whose"))
_UPLOADS = select(func.count(messages.c.media_id.distinct())).where(messages.c.app_user_id == bindparam("whose"))
_DEVICES = select(func.count()).where(devices.c.app_user_id == bindparam("whose"))


class Erasures:
    """Erasures, seen through one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, app_user_id: AppUserId) -> Erasure | None:
        """How far the erasure of this app user is; None where they were never erased."""
        row = self._connection.execute(_BY_ID, {"whose": app_user_id}).mappings().one_or_none()
        return _erasure(row) if row else None

    def waiting(self) -> tuple[AppUserId, ...]:
        """Those of whom there may be something left elsewhere, in the order of asking."""
        return tuple(AppUserId(found) for found in self._connection.execute(_WAITING).scalars())

    def add(self, erasure: Erasure) -> None:
        """An app user is gone from the ledger, and shall be elsewhere."""
        self._connection.execute(insert(erasures), _columns(erasure))

    def save(self, erasure: Erasure) -> None:
        """An erasure went on."""
        change = update(erasures).where(erasures.c.app_user_id == erasure.app_user_id)
        self._connection.execute(change.values(**_columns(erasure)))

    def belongings(self, app_user_id: AppUserId) -> Belongings:
        """How much the ledger has of an app user."""
        merged = self._connection.execute(_MERGED, {"whose": app_user_id}).scalars()
        merged_ids = tuple(AppUserId(found) for found in merged)
        counted = (_MESSAGES, _NOTES, _UPLOADS, _DEVICES)
        said, noted, uploaded, seen = (self._count(each, app_user_id) for each in counted)
        return Belongings(said, noted, uploaded, seen, merged_ids)

    def _count(self, statement: Select[Any], app_user_id: AppUserId) -> int:
        return int(self._connection.execute(statement, {"whose": app_user_id}).scalar_one())


def _erasure(row: RowMapping) -> Erasure:
    return Erasure(
        app_user_id=row["app_user_id"],
        merged_ids=tuple(AppUserId(each) for each in json.loads(row["merged_ids"])),
        asked=row["asked"],
        state=row["state"],
        deleted=row["deleted"],
        refused=tuple(json.loads(row["refused"])),
        finished=row["finished"],
    )


def _columns(erasure: Erasure) -> dict[str, Any]:
    return {
        "app_user_id": erasure.app_user_id,
        "merged_ids": rows.dump(erasure.merged_ids),
        "asked": erasure.asked,
        "state": erasure.state,
        "deleted": erasure.deleted,
        "refused": rows.dump(erasure.refused),
        "finished": erasure.finished,
    }
