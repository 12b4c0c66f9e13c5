"""Hand-overs in the ledger: what waits, what arrived, what was given up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from sqlalchemy import Connection, Row, bindparam, func, insert, literal_column, select, update

from webhook_server.domain.deliveries import PAGE, Delivery, Selection
from webhook_server.domain.handovers import TOGETHER, Event, Lane, Order, Parcel, Waiting, overtakes
from webhook_server.domain.receipts import HandoverState, Leg, Place
from webhook_server.domain.values import AppUser, Device, Message, WebhookId
from webhook_server.ledger import rows
from webhook_server.ledger.app_users import AppUsers
from webhook_server.ledger.devices import Devices
from webhook_server.ledger.messages import WITH_MEDIA, Messages
from webhook_server.ledger.prepared import Prepared
from webhook_server.ledger.tables import app_users, handovers, messages, receipts, webhooks
from webhook_server.ledger.webhooks import Webhooks
from wire.ids import AppUserId, MessageId

_ADDED = ("message_id", "event_id", "payload", "app_user_id", "webhook_id", "trigger", "state", "accepted")
_ADD = Prepared(insert(handovers).returning(handovers.c.id), *_ADDED)
_LEAST = (handovers.c.id, handovers.c.app_user_id, handovers.c.webhook_id, handovers.c.trigger)
"""What the courier keeps in memory."""
_WAITING = select(*_LEAST).where(handovers.c.state == "waiting").order_by(handovers.c.id)
_PARCEL = Prepared(select(handovers).where(handovers.c.id == bindparam("id")))
_PARCELS = select(handovers).where(handovers.c.id.in_(bindparam("ids", expanding=True))).order_by(handovers.c.id)
_MESSAGES = WITH_MEDIA.where(messages.c.id.in_(bindparam("ids", expanding=True)))
_FEW = 4
"""So many rows are read sooner one by one than by a statement that is put together for as many."""
_ARRIVED = Prepared(
    update(handovers)
    .where(handovers.c.id == bindparam("handover"))
    .values(
        state="done",
        last_error=None,
        doubt_since=None,
        place_channel_id=func.coalesce(bindparam("place_channel_id"), handovers.c.place_channel_id),
        place_ts=func.coalesce(bindparam("place_ts"), handovers.c.place_ts),
    )
)
_OLDEST_TO_BOT = (
    select(handovers.c.id)
    .where(
        handovers.c.app_user_id == bindparam("whose"),
        handovers.c.webhook_id.is_(None),
        handovers.c.message_id.is_not(None),
        handovers.c.state == literal_column("'waiting'"),
    )
    .order_by(handovers.c.id)
    .limit(TOGETHER)
)
_DOUBT_OLDEST = (
    update(handovers)
    .where(handovers.c.id.in_(_OLDEST_TO_BOT), handovers.c.doubt_since.is_(None))
    .values(doubt_since=handovers.c.accepted)
)
_LEGS = Prepared(
    select(handovers.c.state, handovers.c.last_error)
    .where(handovers.c.message_id == bindparam("message_id"), handovers.c.webhook_id.is_not(None))
    .order_by(handovers.c.id)
)


_DELIVERIES = (
    select(handovers, app_users.c.user_id, webhooks.c.target)
    .join(app_users, app_users.c.id == handovers.c.app_user_id)
    .outerjoin(webhooks, webhooks.c.id == handovers.c.webhook_id)
    .where(handovers.c.id > bindparam("after"))
    .order_by(handovers.c.id)
    .limit(PAGE)
)
_OF_STATE = {
    "waiting": _DELIVERIES.where(handovers.c.state == literal_column("'waiting'")),
    "dead": _DELIVERIES.where(handovers.c.state == literal_column("'dead'")),
}
"""Written out, so that the database sees that its index of just these will do."""


class Handovers:
    """Hand-overs, seen through one connection. Times are seconds since the epoch."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, orders: Iterable[Order]) -> tuple[Waiting, ...]:
        """Let messages wait for their carriers, in the order given."""
        return tuple(self._add(order) for order in orders)

    def _add(self, order: Order) -> Waiting:
        event = order.about if isinstance(order.about, Event) else None
        columns = {
            "message_id": None if event else order.about,
            "event_id": event.id if event else None,
            "payload": rows.dump(dict(event.fields)) if event else None,
            "app_user_id": order.lane.app_user_id,
            "webhook_id": order.lane.webhook_id,
            "trigger": order.trigger,
            "state": "waiting",
            "accepted": order.accepted,
        }
        [added] = _ADD.rows(self._connection, **columns)
        return Waiting(added["id"], order.lane, overtakes(order.trigger, order.lane))

    def waiting(self) -> tuple[Waiting, ...]:
        """All that waits, oldest first."""
        return tuple(_waiting(row) for row in self._connection.execute(_WAITING))

    def parcels(self, ids: Sequence[int]) -> list[Parcel]:
        """Hand-overs of one lane with all that their carrier needs, oldest first. What no longer exists is left out."""
        found = self._found(ids)
        if not found:
            return []
        first = found[0]
        webhook = None
        if first["webhook_id"]:
            webhook = Webhooks(self._connection).find(first["webhook_id"])
            if webhook is None:  # removed since the first statement, and the hand-overs with it
                return []
        whose, devices = self._whose(first["app_user_id"], newest_alone=webhook is None)
        if whose is None:  # erased since the first statement, and the hand-overs with them
            return []
        told = self._told(found)
        return [rows.parcel(row, told[row["id"]], whose, webhook, devices) for row in found if row["id"] in told]

    def _whose(self, app_user_id: AppUserId, *, newest_alone: bool) -> tuple[AppUser | None, tuple[Device, ...]]:
        """The app user and their devices. The bot needs only the one seen last, which costs no statement of its own."""
        users = AppUsers(self._connection)
        if newest_alone and (found := users.with_newest_device(app_user_id)):
            user, device = found
            return user, (device,) if device else ()
        whose = users.by_id(app_user_id)
        return whose, Devices(self._connection).of(whose.id) if whose else ()

    def _found(self, ids: Sequence[int]) -> Sequence[Mapping[str, Any]]:
        if len(ids) <= _FEW:
            return [row for each in ids for row in _PARCEL.rows(self._connection, id=each)]
        return [dict(row) for row in self._connection.execute(_PARCELS, {"ids": ids}).mappings()]

    def _told(self, found: Sequence[Mapping[str, Any]]) -> dict[int, Message | Event]:
        """What hand-overs tell of, by their IDs; a message that was deleted since the first statement is left out."""
        happened: dict[int, Event] = {row["id"]: rows.event(row) for row in found if row["event_id"]}
        wanted = [row["message_id"] for row in found if row["message_id"]]
        wanted += [event.message_id for event in happened.values() if event.message_id]
        by_id: dict[MessageId | None, Message] = {message.id: message for message in self._written(wanted)}
        events = {key: replace(event, message=by_id.get(event.message_id)) for key, event in happened.items()}
        messages = {row["id"]: by_id[row["message_id"]] for row in found if row["message_id"] in by_id}
        return {**events, **messages}

    def _written(self, ids: Sequence[MessageId]) -> Iterable[Message]:
        if len(ids) <= _FEW:
            return filter(None, map(Messages(self._connection).find, ids))
        return map(rows.message, self._connection.execute(_MESSAGES, {"ids": ids}).mappings() if ids else ())

    def arrived(self, ids: Sequence[int], place: Place | None = None) -> None:
        """They were carried out, and stand at `place`."""
        at: dict[str, Any] = rows.place_columns(place) or {"place_channel_id": None, "place_ts": None}
        for handover_id in ids:
            _ARRIVED.rows(self._connection, handover=handover_id, **at)

    def give_up(self, ids: Sequence[int], reason: str) -> None:
        """A last try failed: they will not be tried again unless somebody asks."""
        tries = handovers.c.attempts + 1
        self._change(ids, state="dead", attempts=tries, next_try_at=None, last_error=reason, doubt_since=None)

    def failed(self, parcel: Parcel, *, began: float, next_try_at: float, reason: str) -> None:
        """A try that began at `began` failed; the next comes at `next_try_at`."""
        self._change(
            [parcel.id],
            attempts=parcel.attempts + 1,
            first_try_at=began if parcel.first_try_at is None else parcel.first_try_at,
            next_try_at=next_try_at,
            last_error=reason,
        )

    def doubt(self, ids: Sequence[int], since: float) -> None:
        """A try that began at `since` may have been carried out."""
        self._change(ids, doubt_since=since)

    def doubt_oldest(self, app_user_id: AppUserId) -> None:
        """What may be on its way to the bot for this app user may soon not be the oldest that waits for them.

        After a crash only that is doubted by itself.
        """
        self._connection.execute(_DOUBT_OLDEST, {"whose": app_user_id})

    def legs(self, message_id: MessageId) -> tuple[Leg, ...]:
        """How a message stands with each webhook."""
        found = _LEGS.rows(self._connection, message_id=message_id)
        return tuple(Leg(row["state"], row["last_error"]) for row in found)

    def deliveries(
        self, state: Literal["waiting", "dead"], webhook_id: WebhookId | None, after: int
    ) -> tuple[Delivery, ...]:
        """What waits, or was given up, with IDs greater than `after`, oldest first, at most `PAGE`."""
        wanted = _OF_STATE[state]
        if webhook_id is not None:
            wanted = wanted.where(handovers.c.webhook_id == webhook_id)
        return tuple(rows.delivery(row) for row in self._connection.execute(wanted, {"after": after}).mappings())

    def dead(self, selection: Selection) -> tuple[tuple[int, MessageId | None], ...]:
        """The given-up hand-overs that `selection` means, each with its message if any, oldest first, up to `PAGE`."""
        found = select(handovers.c.id, handovers.c.message_id).where(
            handovers.c.state == literal_column("'dead'"), handovers.c.id > selection.after
        )
        if selection.ids is not None:
            found = found.where(handovers.c.id.in_(selection.ids))
        if selection.webhook_id is not None:
            found = found.where(handovers.c.webhook_id == selection.webhook_id)
        found = found.order_by(handovers.c.id).limit(PAGE)
        return tuple((row.id, row.message_id) for row in self._connection.execute(found))

    def to_bot(self, message_id: MessageId) -> HandoverState | None:
        """How a message's hand-over to the bot stands; None where there is none."""
        found = select(handovers.c.state).where(handovers.c.message_id == message_id, handovers.c.webhook_id.is_(None))
        state: HandoverState | None = self._connection.execute(found).scalar_one_or_none()
        return state

    def dead_of(self, message_id: MessageId) -> tuple[int, ...]:
        """A message's given-up hand-overs."""
        found = select(handovers.c.id).where(handovers.c.message_id == message_id, handovers.c.state == "dead")
        return tuple(self._connection.execute(found.order_by(handovers.c.id)).scalars())

    def revive(self, ids: Sequence[int]) -> tuple[Waiting, ...]:
        """Let given-up hand-overs wait again, as if new.

        Those to the bot are in doubt: part of a long text may have been posted before the rest was refused.
        """
        dead_to_bot = select(handovers.c.app_user_id).where(handovers.c.id.in_(ids), handovers.c.webhook_id.is_(None))
        for app_user_id in self._connection.execute(dead_to_bot.distinct()).scalars().all():
            self.doubt_oldest(AppUserId(app_user_id))
        columns: dict[str, Any] = {"state": "waiting", "first_try_at": None, "next_try_at": None, "last_error": None}
        to_webhook = handovers.c.webhook_id.is_not(None)
        change = update(handovers).where(handovers.c.id.in_(ids)).values(**columns)
        self._connection.execute(change.where(to_webhook).values(attempts=0))
        self._connection.execute(change.where(~to_webhook).values(doubt_since=handovers.c.accepted))
        found = self._connection.execute(select(*_LEAST).where(handovers.c.id.in_(ids)).order_by(handovers.c.id))
        return tuple(_waiting(row) for row in found)

    def unsettled(self, webhook_id: WebhookId) -> tuple[MessageId, ...]:
        """The agents' replies that did not reach a webhook, or not yet."""
        found = (
            select(handovers.c.message_id)
            .join(receipts, receipts.c.message_id == handovers.c.message_id)
            .where(handovers.c.webhook_id == webhook_id, handovers.c.state.in_(("waiting", "dead")))
        )
        return tuple(MessageId(row) for row in self._connection.execute(found.order_by(handovers.c.id)).scalars())

    def _change(self, ids: Sequence[int], **columns: object) -> None:
        if ids:
            self._connection.execute(update(handovers).where(handovers.c.id.in_(ids)).values(**columns))


def _waiting(row: Row[*tuple[Any, ...]]) -> Waiting:
    webhook_id = None if row.webhook_id is None else WebhookId(row.webhook_id)
    lane = Lane(AppUserId(row.app_user_id), webhook_id)
    return Waiting(row.id, lane, overtakes(row.trigger, lane))
