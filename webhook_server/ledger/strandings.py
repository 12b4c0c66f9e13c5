"""Strandings in the ledger: app users' messages that Slack refused, and how much of that the bot has shown."""

from sqlalchemy import Connection, bindparam, insert, select, update

from webhook_server.domain.receipts import Place, Stranding, StrandingState, Unshown
from webhook_server.ledger import rows
from webhook_server.ledger.tables import strandings
from wire.ids import AppUserId, MessageId

_BY_MESSAGE = select(strandings).where(strandings.c.message_id == bindparam("message_id"))
_UNSHOWN = (
    select(strandings.c.since, strandings.c.message_id, strandings.c.app_user_id)
    .where(strandings.c.shown_sequence < strandings.c.sequence)
    .order_by(strandings.c.since, strandings.c.message_id)
)


class Strandings:
    """Strandings, seen through one connection. Times are seconds since the epoch."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, message_id: MessageId) -> Stranding | None:
        """What agents are to see of a message that was refused; None for one that never was."""
        row = self._connection.execute(_BY_MESSAGE, {"message_id": message_id}).mappings().one_or_none()
        return rows.stranding(row) if row else None

    def refused(self, message_id: MessageId, app_user_id: AppUserId, reason: str, now: float) -> Unshown:
        """Slack refused the message, for the first time or again. Returns what the bot has to show."""
        known = self.find(message_id)
        if known:
            return self.change(known, "failed", reason)
        columns = {"message_id": message_id, "app_user_id": app_user_id, "since": now, "reason": reason}
        self._connection.execute(insert(strandings), {**columns, "state": "failed", "sequence": 1, "shown_sequence": 0})
        return Unshown(now, message_id, app_user_id)

    def change(self, known: Stranding, state: StrandingState, reason: str | None = None) -> Unshown:
        """Let agents see something else. Returns what the bot has to show."""
        self._change(known.message_id, state=state, reason=reason, sequence=known.sequence + 1)
        return Unshown(known.since, known.message_id, known.app_user_id)

    def shown(self, stranding: Stranding, place: Place | None) -> None:
        """The bot showed what `stranding` says, at `place`."""
        self._change(stranding.message_id, shown_sequence=stranding.sequence, **rows.place_columns(place))

    def unshown(self) -> tuple[Unshown, ...]:
        """What the bot has not shown yet, oldest first."""
        found = self._connection.execute(_UNSHOWN)
        return tuple(Unshown(row.since, MessageId(row.message_id), AppUserId(row.app_user_id)) for row in found)

    def _change(self, message_id: MessageId, **columns: object) -> None:
        self._connection.execute(update(strandings).where(strandings.c.message_id == message_id).values(**columns))
