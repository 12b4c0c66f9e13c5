"""All that the ledger keeps of one app user, table by table and row by row."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, select

from webhook_server.ledger.tables import (
    answers,
    app_users,
    cases,
    devices,
    handovers,
    media,
    merges,
    messages,
    receipts,
    strandings,
    stream_events,
)
from wire.ids import AppUserId

PAGE = 100

Key = int | str
"""What a table's rows are sorted by: its primary key."""

_TABLES = (
    app_users,
    devices,
    merges,
    messages,
    media,
    receipts,
    cases,
    strandings,
    handovers,
    stream_events,
    answers,
)
SECTIONS: Mapping[str, Table] = {table.name: table for table in _TABLES}
"""The tables, by name, in the order in which they are told."""

_JSON = frozenset({"properties", "app_makers", "info", "metadata", "payload", "body"})


class Dossier:
    """An app user's rows, seen through one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def page(self, app_user_id: AppUserId, section: str, after: Key | None) -> list[tuple[Key, dict[str, Any]]]:
        """The rows of a section that come after `after`, at most `PAGE`, each with its key; without empty columns."""
        table = SECTIONS[section]
        (key,) = table.primary_key.columns
        found = select(table).where(_theirs(table, app_user_id)).order_by(key).limit(PAGE)
        if after is not None:
            found = found.where(key > after)
        return [(row[key.name], _told(row)) for row in self._connection.execute(found).mappings()]


def _theirs(table: Table, app_user_id: AppUserId) -> ColumnElement[bool]:
    """Which rows of a table are this app user's."""
    if table is app_users:
        return app_users.c.id == app_user_id
    if table is merges:
        return merges.c.survivor_id == app_user_id
    if table is media:
        said = select(messages.c.media_id).where(messages.c.app_user_id == app_user_id)
        return media.c.id.in_(said.where(messages.c.media_id.is_not(None)))
    return table.c.app_user_id == app_user_id


def _told(row: RowMapping) -> dict[str, Any]:
    columns = {name: value for name, value in row.items() if value is not None}
    return {name: json.loads(value) if name in _JSON else value for name, value in columns.items()}
