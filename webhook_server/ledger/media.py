"""Uploads in the ledger. The row of an upload outlives its bytes: no row is gone while a file may be there."""

from collections.abc import Iterable, Iterator
from itertools import islice

from sqlalchemy import Connection, and_, bindparam, delete, exists, func, insert, or_, select, update

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

    def add(self, added: Media, now: float, *, anonymous: bool = False) -> None:
        """Keep a new upload; `anonymous` if it was made with the public token."""
        self._connection.execute(insert(media), {**rows.media_columns(added), "created": now, "anonymous": anonymous})

    def remove(self, media_id: MediaId) -> bool:
        """Give up an upload's bytes, whoever refers to it. Returns whether there were any."""
        change = update(media).where(media.c.id == media_id, media.c.size > 0).values(size=0)
        return self._connection.execute(change).rowcount > 0

    def abandon(self, media_ids: Iterable[MediaId]) -> None:
        """Give up the bytes of those uploads that no message refers to any more."""
        for some in _portions(media_ids):
            self._connection.execute(update(media).where(media.c.id.in_(some), ~_USED).values(size=0))

    def unused(self, created_before: float, anonymous_before: float) -> tuple[MediaId, ...]:
        """The older uploads that no message refers to at this moment. Looks at every row: nothing for a writer."""
        old = or_(media.c.created < created_before, and_(media.c.anonymous, media.c.created < anonymous_before))
        found = select(media.c.id).where(old, media.c.size > 0, ~_USED)
        return tuple(self._connection.execute(found).scalars())

    def unused_anonymous(self, created_after: float) -> tuple[int, int]:
        """How many of the newer uploads with the public token no message refers to, and their bytes."""
        newer = media.c.created > created_after
        theirs = select(func.count(), func.coalesce(func.sum(media.c.size), 0)).where(
            newer, media.c.anonymous, media.c.size > 0, ~_USED
        )
        count, size = self._connection.execute(theirs).one()
        return int(count), int(size)

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
