"""Merges in the ledger: everything of an app user who turned out to be somebody else becomes that one's."""

from sqlalchemy import Connection, bindparam, case, delete, func, insert, select, update

from webhook_server.domain.merging import merged, places
from webhook_server.domain.values import AppUser
from webhook_server.ledger import rows
from webhook_server.ledger.handovers import Handovers
from webhook_server.ledger.tables import (
    answers,
    app_users,
    cases,
    devices,
    handovers,
    merges,
    messages,
    notes,
    receipts,
    strandings,
    stream_events,
)
from wire.ids import AppUserId

HANDED_ON = (handovers, receipts, strandings, cases, notes, devices, stream_events, answers)
"""What is an app user's beside their messages and their profile."""

_LAST = select(func.max(messages.c.received)).where(messages.c.app_user_id == bindparam("whose"))
_OTHERS = messages.alias()
_COLLISION = (
    select(func.min(messages.c.received))
    .join(_OTHERS, _OTHERS.c.received == messages.c.received)
    .where(messages.c.app_user_id == bindparam("loser"), _OTHERS.c.app_user_id == bindparam("survivor"))
)
_RECEIVED = (
    select(messages.c.seq, messages.c.received)
    .where(messages.c.app_user_id == bindparam("whose"), messages.c.received >= bindparam("since"))
    .order_by(messages.c.received)
)
_MOVE_ON = update(messages).where(messages.c.seq == bindparam("which")).values(received=bindparam("to"))


class Merges:
    """Merges, seen through one connection. Times are seconds since the epoch."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def join(self, survivor: AppUser, loser: AppUser, now: float) -> AppUser:
        """Make `loser` part of `survivor`. Returns the survivor as they are then.

        The loser's `_id` leads to the survivor from now on. What may be on its way to the bot for either of them is
        doubted: only a lane's oldest are after a crash, and there is one lane now.
        """
        under_way = Handovers(self._connection)
        for user in (survivor, loser):
            under_way.doubt_oldest(user.id)
        self._move_messages(survivor.id, loser.id)
        for table in HANDED_ON:
            theirs = update(table).where(table.c.app_user_id == loser.id)
            self._connection.execute(theirs.values(app_user_id=survivor.id))
        self._connection.execute(delete(app_users).where(app_users.c.id == loser.id))
        columns = {"loser_id": loser.id, "survivor_id": survivor.id, "merged": now}
        self._connection.execute(insert(merges), columns)
        return self._save(survivor, loser)

    def _move_messages(self, survivor_id: AppUserId, loser_id: AppUserId) -> None:
        """Let the loser's messages stand among the survivor's, those whose time is taken a little later."""
        both = {"loser": loser_id, "survivor": survivor_id}
        collision = self._connection.execute(_COLLISION, both).scalar_one()
        if collision is not None:
            self._make_way(survivor_id, loser_id, collision)
        author = case((messages.c.author_id == loser_id, survivor_id), else_=messages.c.author_id)
        theirs = update(messages).where(messages.c.app_user_id == loser_id)
        self._connection.execute(theirs.values(app_user_id=survivor_id, author_id=author))

    def _make_way(self, survivor_id: AppUserId, loser_id: AppUserId, since: int) -> None:
        moving = self._connection.execute(_RECEIVED, {"whose": loser_id, "since": since}).all()
        taken = self._connection.execute(_RECEIVED, {"whose": survivor_id, "since": since})
        found = places((row.received for row in moving), {row.received for row in taken})
        pairs = zip(moving, found, strict=True)
        changed = [{"which": row.seq, "to": place} for row, place in pairs if place != row.received]
        if changed:
            self._connection.execute(_MOVE_ON, changed[::-1])  # the last first, so that none takes another's time

    def _save(self, survivor: AppUser, loser: AppUser) -> AppUser:
        """Keep what became of the survivor."""
        last = self._connection.execute(_LAST, {"whose": survivor.id}).scalar_one() or 0
        last = max(last, survivor.conversation.last_received, loser.conversation.last_received)
        one = merged(survivor, loser, last)
        columns = {**rows.profile_columns(one.profile), **rows.conversation_columns(one.conversation)}
        self._connection.execute(update(app_users).where(app_users.c.id == one.id).values(**columns))
        return one
