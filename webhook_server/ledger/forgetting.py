"""Taking things out of the ledger for good: an app user's messages, or all that is theirs."""

from sqlalchemy import ColumnElement, Connection, Table, delete, select, update

from webhook_server.domain import triggers
from webhook_server.domain.values import MediaId
from webhook_server.ledger.tables import (
    answers,
    app_users,
    cases,
    devices,
    handovers,
    merges,
    messages,
    receipts,
    strandings,
    stream_events,
)
from wire.ids import AppUserId

_OF_DELIVERIES = (triggers.DELIVERY_SUCCESS, triggers.DELIVERY_FAILURE)


class Forgetting:
    """Removals, seen through one connection. What is left of a removed row's bytes is overwritten, see `engine`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def messages(self, app_user_id: AppUserId) -> tuple[MediaId, ...]:
        """Remove an app user's messages and all that is about them. Returns the uploads to which they referred."""
        theirs = messages.c.app_user_id == app_user_id
        referred = select(messages.c.media_id).where(theirs, messages.c.media_id.is_not(None)).distinct()
        uploads = tuple(MediaId(found) for found in self._connection.execute(referred).scalars())
        about_messages = handovers.c.message_id.is_not(None) | handovers.c.trigger.in_(_OF_DELIVERIES)
        self._remove(handovers, about_messages & (handovers.c.app_user_id == app_user_id))
        for table in (receipts, strandings, stream_events, messages):
            self._remove(table, table.c.app_user_id == app_user_id)
        return uploads

    def app_user(self, app_user_id: AppUserId) -> tuple[MediaId, ...]:
        """Remove an app user and all that is theirs. Returns the uploads to which their messages referred."""
        uploads = self.messages(app_user_id)
        for table in (handovers, cases, devices, answers):
            self._remove(table, table.c.app_user_id == app_user_id)
        self._remove(merges, merges.c.survivor_id == app_user_id)
        self._remove(app_users, app_users.c.id == app_user_id)
        return uploads

    def devices_details(self, app_user_id: AppUserId) -> None:
        """Keep of an app user's devices only that they are theirs."""
        theirs = update(devices).where(devices.c.app_user_id == app_user_id)
        self._connection.execute(theirs.values(app_version=None, info=None))

    def answers(self, app_user_id: AppUserId) -> None:
        """Remove remembered answers that tell of an app user, or of whoever became them."""
        self._remove(answers, answers.c.app_user_id == app_user_id)

    def _remove(self, table: Table, which: ColumnElement[bool]) -> None:
        self._connection.execute(delete(table).where(which))
