"""Messages in the ledger, and their pages."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, bindparam, insert, select

from webhook_server.domain.paging import PAGE, Cut
from webhook_server.domain.values import AppUser, Message
from webhook_server.ledger import rows
from webhook_server.ledger.prepared import Prepared
from webhook_server.ledger.tables import media, messages
from wire.ids import AppUserId, MessageId

WITH_MEDIA = select(
    messages,
    media.c.file_name.label("upload_name"),
    media.c.media_type.label("upload_type"),
    media.c.size.label("upload_size"),
).outerjoin(media, media.c.id == messages.c.media_id)
"""Messages, each with what is known of its upload: all that `rows.message` reads."""

_ADD = Prepared(insert(messages), *(column.name for column in messages.c if column.name != "seq"))
_BY_ID = Prepared(WITH_MEDIA.where(messages.c.id == bindparam("id")))
_OF_USER = WITH_MEDIA.where(messages.c.app_user_id == bindparam("app_user_id")).limit(PAGE + 1)
_LATEST = _OF_USER.where(messages.c.received < bindparam("before")).order_by(messages.c.received.desc())
_NEXT = _OF_USER.where(messages.c.received > bindparam("after")).order_by(messages.c.received)
_FIRST = (
    select(messages.c.received)
    .where(messages.c.app_user_id == bindparam("app_user_id"))
    .order_by(messages.c.received)
    .limit(1)
)

_FOREVER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Page:
    """Part of a conversation, oldest first, and whether there is more on either side."""

    messages: tuple[Message, ...]
    older: bool = False
    newer: bool = False


class Messages:
    """Messages, seen through one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, message_id: MessageId) -> Message | None:
        """The message with this ID."""
        row = _BY_ID.row(self._connection, id=message_id)
        return rows.message(row) if row else None

    def add(self, message: Message) -> None:
        """Keep a new message."""
        _ADD.rows(self._connection, **rows.message_columns(message))

    def page(self, user: AppUser, cut: Cut) -> Page:
        """The part of `user`'s conversation that `cut` asks for, at most `PAGE` messages."""
        if cut.after is not None:
            found = self._read(_NEXT, user.id, after=cut.after)
            return Page(found[:PAGE], older=self._begins_before(user.id, found), newer=len(found) > PAGE)
        found = self._read(_LATEST, user.id, before=_FOREVER if cut.before is None else cut.before)
        page = found[:PAGE][::-1]
        newer = bool(page) and page[-1].received < user.conversation.last_received
        return Page(page, older=len(found) > PAGE, newer=newer)

    def _read(self, statement: Select[Any], app_user_id: AppUserId, **bounds: int) -> tuple[Message, ...]:
        found = self._connection.execute(statement, {"app_user_id": app_user_id, **bounds}).mappings()
        return tuple(rows.message(row) for row in found)

    def _begins_before(self, app_user_id: AppUserId, page: tuple[Message, ...]) -> bool:
        if not page:
            return False
        first = self._connection.execute(_FIRST, {"app_user_id": app_user_id}).scalar_one()
        return bool(first < page[0].received)
