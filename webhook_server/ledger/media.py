"""Uploads in the ledger. The row of an upload outlives its bytes: no row is gone while a file may be there."""

from collections.abc import Iterable, Iterator
from itertools import islice

from sqlalchemy import Connection, bindparam, delete, exists, insert, select, update

from webhook_server.domain.values import Media, MediaId
from webhook_server.ledger import rows
from webhook_server.ledger.tables import media, messages

_TOGETHER = 500

_BY_ID = select(media).where(media.c.id == bindparam("id"))
_USED = exists().where(messages.c.media_id == media.c.id)


class MediaBook:
    """Uploads, seen through one connection. `size` is 0 where the bytes are removed, or about to be."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, media_id: MediaId) -> Media | None:
        """The upload with this ID; None also where its bytes are gone."""
        row = self._connection.execute(_BY_ID, {"id": media_id}).mappings().one_or_none()
        return rows.media(row) if row and row["size"] else None

    def add(self, added: Media, now: float) -> None:
        """Keep a new upload."""
        self._connection.execute(insert(media), {**rows.media_columns(added), "created": now})

    def remove(self, media_id: MediaId) -> bool:
        """Give up an upload's bytes, whoever refers to it. Returns whether there were any."""
        change = update(media).where(media.c.id == media_id, media.c.size > 0).values(size=0)
        return self._connection.execute(change).rowcount > 0

    def abandon(self, media_ids: Iterable[MediaId]) -> None:
        """Give up the bytes of those uploads that no message refers to any more."""
        for some in _portions(media_ids):
            self._connection.execute(update(media).where(media.c.id.in_(some), ~_USED).values(size=0))

    def unused(self, created_before: float) -> tuple[MediaId, ...]:
        """The older uploads that no message refers to at this moment. Looks at every row: nothing for a writer."""
        found = select(media.c.id).where(media.c.created < created_before, media.c.size > 0, ~_USED)
        return tuple(self._connection.execute(found).scalars())

    def given_up(self) -> tuple[MediaId, ...]:
        """The uploads whose files are to be removed, if they are still there."""
        return tuple(self._connection.execute(select(media.c.id).where(media.c.size == 0)).scalars())

    def forget(self, media_ids: Iterable[MediaId]) -> None:
        """Their files are gone: keep only those rows that messages refer to."""
        for some in _portions(media_ids):
            self._connection.execute(delete(media).where(media.c.id.in_(some), media.c.size == 0, ~_USED))


def _portions(media_ids: Iterable[MediaId]) -> Iterator[tuple[MediaId, ...]]:
    """As many at a time as every database takes in one statement."""
    rest = iter(media_ids)
    while some := tuple(islice(rest, _TOGETHER)):
        yield some
