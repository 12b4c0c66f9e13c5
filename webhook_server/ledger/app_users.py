"""App users and their conversations in the ledger."""

import re

from sqlalchemy import Connection, bindparam, insert, select, update

from webhook_server.domain.values import AppUser, Conversation, Device, Profile, UserId
from webhook_server.ledger import rows
from webhook_server.ledger.prepared import Prepared
from webhook_server.ledger.tables import app_users, devices, merges
from wire.ids import AppUserId

_INTERNAL_ID = re.compile(r"[0-9a-f]{24}")

_BY_ID = Prepared(select(app_users).where(app_users.c.id == bindparam("ref")))
_SURVIVOR = Prepared(
    select(app_users).join(merges, merges.c.survivor_id == app_users.c.id).where(merges.c.loser_id == bindparam("ref"))
)
_WITH_NEWEST_DEVICE = Prepared(
    select(app_users, *(column.label(f"device_{column.name}") for column in devices.c))
    .outerjoin(devices, devices.c.app_user_id == app_users.c.id)
    .where(app_users.c.id == bindparam("ref"))
    .order_by(devices.c.last_seen.desc(), devices.c.id.desc())
    .limit(1)
)
_SAVE_CONVERSATION = Prepared(
    update(app_users)
    .where(app_users.c.id == bindparam("whose"))
    .values({name: bindparam(name) for name in ("app_makers", "unread", "last_received", "answered", "told_away")})
)
_ADD = insert(app_users)
_BY_USER_ID = Prepared(select(app_users).where(app_users.c.user_id == bindparam("ref")))


class AppUsers:
    """App users, seen through one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, ref: str) -> AppUser | None:
        """The app user whose `_id` is or was `ref`, else whose `userId` it is."""
        if _INTERNAL_ID.fullmatch(ref) and (user := self.by_id(AppUserId(ref))):
            return user
        return self.by_user_id(UserId(ref))

    def by_id(self, app_user_id: AppUserId) -> AppUser | None:
        """The app user with this `_id`, or the one into whom they were merged."""
        for statement in (_BY_ID, _SURVIVOR):
            row = statement.row(self._connection, ref=app_user_id)
            if row:
                return rows.app_user(row)
        return None

    def with_newest_device(self, app_user_id: AppUserId) -> tuple[AppUser, Device | None] | None:
        """The app user with just this `_id`, and the device on which they were seen last: one statement for both."""
        row = _WITH_NEWEST_DEVICE.row(self._connection, ref=app_user_id)
        return (rows.app_user(row), rows.newest_device(row)) if row else None

    def by_user_id(self, user_id: UserId) -> AppUser | None:
        """The app user with this `userId`."""
        row = _BY_USER_ID.row(self._connection, ref=user_id)
        return rows.app_user(row) if row else None

    def add(self, user: AppUser, now: float) -> None:
        """Keep a new app user."""
        self._connection.execute(_ADD, {**rows.app_user_columns(user), "created": now})

    def save_profile(self, app_user_id: AppUserId, profile: Profile) -> None:
        """Replace an app user's profile."""
        self._change(app_user_id, **rows.profile_columns(profile))

    def save_conversation(self, app_user_id: AppUserId, conversation: Conversation) -> None:
        """Replace the state of an app user's conversation."""
        _SAVE_CONVERSATION.rows(self._connection, whose=app_user_id, **rows.conversation_columns(conversation))

    def name(self, app_user_id: AppUserId, user_id: UserId) -> None:
        """Give an anonymous app user their `userId`."""
        self._change(app_user_id, user_id=user_id)

    def note_jwt(self, app_user_id: AppUserId) -> None:
        """Remember that this app user proved who they are."""
        self._change(app_user_id, seen_with_jwt=True)

    def _change(self, app_user_id: AppUserId, **columns: object) -> None:
        self._connection.execute(update(app_users).where(app_users.c.id == app_user_id).values(**columns))
