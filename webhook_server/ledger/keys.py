"""Keys in the ledger: those that were added beside the one of the settings, and all that were revoked."""

from sqlalchemy import Connection, insert, select, update

from webhook_server.domain.keys import Key, KeyId
from webhook_server.ledger.tables import keys

_ALL = select(keys).order_by(keys.c.created, keys.c.id)


class Keys:
    """Keys, seen through one connection. Times are seconds since the epoch."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[Key, ...]:
        """Every key, oldest first, revoked ones included."""
        found = self._connection.execute(_ALL)
        return tuple(Key(KeyId(row.id), row.secret, row.created, row.revoked) for row in found)

    def add(self, key: Key) -> None:
        """Keep a key."""
        columns = {"id": key.id, "secret": key.secret, "created": key.created, "revoked": key.revoked}
        self._connection.execute(insert(keys), columns)

    def revoke(self, key_id: KeyId, now: float) -> None:
        """Let a key open nothing any more, and forget its secret."""
        revoked = update(keys).where(keys.c.id == key_id, keys.c.revoked.is_(None))
        self._connection.execute(revoked.values(secret="", revoked=now))
