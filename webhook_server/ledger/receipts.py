"""Receipts in the ledger: what became of each agent's reply, and how much of it the bot has shown."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, bindparam, case, insert, select, update

from webhook_server.domain.receipts import Place, ReplyReceipt, Standing, Unshown
from webhook_server.ledger import rows
from webhook_server.ledger.prepared import Prepared
from webhook_server.ledger.tables import media, messages, receipts
from wire.ids import AppUserId, MessageId
from wire.messages import Reply

_WHOLE = (
    select(receipts, messages.c.text, media.c.file_name)
    .join(messages, messages.c.id == receipts.c.message_id)
    .outerjoin(media, media.c.id == messages.c.media_id)
)
_BY_MESSAGE = Prepared(_WHOLE.where(receipts.c.message_id == bindparam("message_id")))
_WAITING = _WHOLE.where(
    receipts.c.message_id.in_(bindparam("message_ids", expanding=True)), receipts.c.state == "waiting"
)
_SAME_TEXT = Prepared(
    select(receipts.c.accepted)
    .join(messages, messages.c.id == receipts.c.message_id)
    .where(
        messages.c.app_user_id == bindparam("app_user_id"),
        messages.c.received >= bindparam("received"),
        messages.c.text == bindparam("text"),
        receipts.c.agent_id == bindparam("agent_id"),
        receipts.c.channel_id == bindparam("channel_id"),
        receipts.c.accepted >= bindparam("accepted"),
    )
    .order_by(receipts.c.accepted.desc())
    .limit(1)
)
_ADD = Prepared(insert(receipts), *(name for name in receipts.c.keys() if not name.startswith("place_")))  # noqa: SIM118 - no dict
_UNREAD = (receipts.c.app_user_id == bindparam("whose")) & receipts.c.state.not_in(("read", "failed"))
_ANY_UNREAD = select(receipts.c.message_id).where(_UNREAD).limit(1)
_ALL_SHOWN = receipts.c.shown_sequence == receipts.c.sequence
_TOLD_OF_READING = (
    select(receipts.c.accepted, receipts.c.message_id, receipts.c.app_user_id)
    .where(_UNREAD, (receipts.c.accepted >= bindparam("since")) | ~_ALL_SHOWN)
    .order_by(receipts.c.accepted, receipts.c.message_id)
)
_UNSHOWN = (
    select(receipts.c.accepted, receipts.c.message_id, receipts.c.app_user_id)
    .where(receipts.c.shown_sequence < receipts.c.sequence)
    .order_by(receipts.c.accepted, receipts.c.message_id)
)


class Receipts:
    """Receipts, seen through one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, message_id: MessageId) -> ReplyReceipt | None:
        """The receipt of an agent's reply; None where the message is no agent's reply."""
        row = _BY_MESSAGE.row(self._connection, message_id=message_id)
        return rows.receipt(row) if row else None

    def waiting(self, message_ids: Iterable[MessageId]) -> tuple[ReplyReceipt, ...]:
        """The receipts of those among these messages that are agents' replies and wait to be fetched."""
        found = self._connection.execute(_WAITING, {"message_ids": list(message_ids)}).mappings()
        return tuple(rows.receipt(row) for row in found)

    def same_text(self, reply: Reply, since: float) -> float | None:
        """When its agent last sent the same text in the same channel, if that was after `since`."""
        # `received` may run ahead of the clock, never behind it: the index narrows, `accepted` decides.
        found = _SAME_TEXT.row(
            self._connection,
            app_user_id=reply.app_user_id,
            received=int(since * 1000),
            text=reply.text,
            agent_id=reply.agent.agent_id,
            channel_id=reply.channel_id,
            accepted=since,
        )
        return None if found is None else float(found["accepted"])

    def add(self, receipt: ReplyReceipt) -> None:
        """Keep the receipt of a new reply."""
        columns = {
            "message_id": receipt.message_id,
            "app_user_id": receipt.app_user_id,
            "channel_id": receipt.channel_id,
            "agent_id": receipt.speaker.agent_id,
            "agent_name": receipt.speaker.name,
            "agent_avatar_url": receipt.speaker.avatar_url,
            "accepted": receipt.accepted,
            "state": receipt.standing.state,
            "reason": receipt.standing.reason,
            "sequence": receipt.sequence,
            "shown_sequence": receipt.shown_sequence,
        }
        _ADD.rows(self._connection, **columns)

    def change(self, receipt: ReplyReceipt, standing: Standing) -> None:
        """Let a receipt say something else: the bot has to show it."""
        self._change(receipt.message_id, state=standing.state, reason=standing.reason, sequence=receipt.sequence + 1)

    def shown(self, receipt: ReplyReceipt, place: Place | None) -> None:
        """The bot showed what `receipt` says, at `place`."""
        self._change(receipt.message_id, shown_sequence=receipt.sequence, **rows.place_columns(place))

    def any_unread(self, app_user_id: AppUserId) -> bool:
        """Whether there is a reply that the app user has not read; one that failed is not there to be read."""
        return self._connection.execute(_ANY_UNREAD, {"whose": app_user_id}).first() is not None

    def read(self, app_user_id: AppUserId, told_since: float) -> tuple[Unshown, ...]:
        """The app user read all replies that did not fail. Returns what the bot has to show of that.

        What is shown of replies from before `told_since` stays as it is: nobody looks there any more.
        """
        asked = {"whose": app_user_id, "since": told_since}
        told = self._connection.execute(_TOLD_OF_READING, asked).all()
        stays = (receipts.c.accepted < told_since) & _ALL_SHOWN
        shown = case((stays, receipts.c.sequence + 1), else_=receipts.c.shown_sequence)
        change = update(receipts).where(_UNREAD).values(state="read", reason=None, shown_sequence=shown)
        self._connection.execute(change.values(sequence=receipts.c.sequence + 1), {"whose": app_user_id})
        return _unshown(told)

    def unshown(self) -> tuple[Unshown, ...]:
        """The replies whose newest state the bot has not shown, in the order of their acceptance."""
        return _unshown(self._connection.execute(_UNSHOWN))

    def _change(self, message_id: MessageId, **columns: object) -> None:
        self._connection.execute(update(receipts).where(receipts.c.message_id == message_id).values(**columns))


def _unshown(found: Iterable[Row[*tuple[Any, ...]]]) -> tuple[Unshown, ...]:
    return tuple(Unshown(row.accepted, MessageId(row.message_id), AppUserId(row.app_user_id)) for row in found)
