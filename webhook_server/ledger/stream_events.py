"""The events of app users' streams in the ledger."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Float, Row, String, bindparam, cast, delete, func, insert, select

from webhook_server.domain.stream import Kept, Kind, StreamEvent
from webhook_server.domain.values import Message
from webhook_server.ledger import rows
from webhook_server.ledger.messages import WITH_MEDIA
from webhook_server.ledger.prepared import Prepared
from webhook_server.ledger.tables import messages, receipts, stream_events
from wire.ids import AppUserId, MessageId

_ADD = Prepared(insert(stream_events), "app_user_id", "kind", "message_id", "at")
_ABOUT = Prepared(
    insert(stream_events).from_select(
        ["app_user_id", "kind", "message_id", "at"],
        select(
            messages.c.app_user_id,
            cast(bindparam("kind"), String),
            messages.c.id,
            cast(bindparam("now"), Float(53)),
        ).where(messages.c.id == bindparam("about")),
    )
)
_SINCE = (
    select(stream_events, receipts.c.state)
    .outerjoin(receipts, receipts.c.message_id == stream_events.c.message_id)
    .where(stream_events.c.seq > bindparam("after"))
    .order_by(stream_events.c.seq)
    .limit(bindparam("most"))
)
_OF = _SINCE.where(stream_events.c.app_user_id == bindparam("whose"), stream_events.c.seq <= bindparam("until"))
_MESSAGES = WITH_MEDIA.where(messages.c.id.in_(bindparam("ids", expanding=True)))
_KEPT = select(
    select(func.min(stream_events.c.seq)).scalar_subquery(), select(func.max(stream_events.c.seq)).scalar_subquery()
)
_OLDEST = select(stream_events.c.seq, stream_events.c.at).order_by(stream_events.c.seq).limit(bindparam("most"))
_FORGET = delete(stream_events).where(stream_events.c.seq <= bindparam("until"))
_RESET = func.coalesce(
    select(func.max(stream_events.c.seq))
    .where(stream_events.c.app_user_id == bindparam("whose"), stream_events.c.kind == "reset")
    .scalar_subquery(),
    0,
)
_SEEN = (
    select(stream_events.c.message_id, receipts.c.state)
    .outerjoin(receipts, receipts.c.message_id == stream_events.c.message_id)
    .where(
        stream_events.c.app_user_id == bindparam("whose"),
        stream_events.c.seq <= bindparam("until"),
        stream_events.c.seq > _RESET,
    )
    .order_by(stream_events.c.seq.desc())
    .limit(bindparam("most"))
)


class StreamEvents:
    """The streams' events, seen through one connection. Times are seconds since the epoch."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.added = False
        """Whether something was added: whoever feeds the streams wants to know."""

    def add(self, app_user_id: AppUserId, kind: Kind, now: float, message_id: MessageId | None = None) -> None:
        """Let an app user's streams tell that something happened; once this is committed, they do."""
        _ADD.rows(self._connection, app_user_id=app_user_id, kind=kind, message_id=message_id, at=now)
        self.added = True

    def about(self, message_id: MessageId, kind: Kind, now: float) -> None:
        """Tell of a message, in the stream of whose it is by now: app users merge while their messages travel."""
        _ABOUT.rows(self._connection, about=message_id, kind=kind, now=now)
        self.added = True

    def since(self, seq: int, most: int) -> tuple[StreamEvent, ...]:
        """Everybody's events after `seq`, in order."""
        return tuple(_event(row) for row in self._connection.execute(_SINCE, {"after": seq, "most": most}))

    def of(self, app_user_id: AppUserId, after: int, until: int, most: int) -> tuple[StreamEvent, ...]:
        """An app user's events after `after` up to `until`, in order."""
        bounds = {"whose": app_user_id, "after": after, "until": until, "most": most}
        return tuple(_event(row) for row in self._connection.execute(_OF, bounds))

    def messages(self, ids: Sequence[MessageId]) -> dict[MessageId, Message]:
        """Those of these messages that still are there."""
        found = self._connection.execute(_MESSAGES, {"ids": ids}).mappings()
        return {message.id: message for message in map(rows.message, found)}

    def kept(self) -> Kept:
        """Which events are kept."""
        first, last = self._connection.execute(_KEPT).one()
        return Kept(0, 0) if last is None else Kept(first, last)

    def unacknowledged(self, app_user_id: AppUserId, until: int, most: int) -> tuple[MessageId, ...]:
        """The replies that wait to be fetched, among the app user's `most` last events up to `until`.

        Only those after their last `reset`: what stands before it may have come from an app user who was merged into
        them, with numbers that their own clients never saw. After a reset clients fetch, which tells what they have.
        """
        found = self._connection.execute(_SEEN, {"whose": app_user_id, "until": until, "most": most})
        return tuple(MessageId(row.message_id) for row in found if row.state == "waiting")

    def forget(self, before: float, now: float, most: int) -> bool:
        """Forget the oldest, up to `most`, as far as they are from before `before`. Returns whether there may be more.

        What goes is always the beginning: a gap could not be seen in IDs. The newest stays, so that IDs can be judged.
        """
        oldest = [(row.seq, row.at) for row in self._connection.execute(_OLDEST, {"most": most})]
        stale = list(_stale(oldest, before, now))
        if stale and (last := min(stale[-1], self.kept().last - 1)) >= stale[0]:
            self._connection.execute(_FORGET, {"until": last})
        return len(stale) == most


def _stale(oldest: Iterable[tuple[int, float]], before: float, now: float) -> Iterator[int]:
    """The beginning that is too old; a time that has not come yet was told by a clock that was wrong."""
    for seq, at in oldest:
        if before <= at <= now:
            return
        yield seq


def _event(row: Row[*tuple[Any, ...]]) -> StreamEvent:
    message_id = None if row.message_id is None else MessageId(row.message_id)
    awaited = row.kind == "message" and row.state == "waiting"
    return StreamEvent(row.seq, AppUserId(row.app_user_id), row.kind, message_id, row.at, awaited)
