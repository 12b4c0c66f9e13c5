"""Webhooks in the ledger."""

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from webhook_server.domain.values import Webhook, WebhookId
from webhook_server.ledger import rows
from webhook_server.ledger.prepared import Prepared
from webhook_server.ledger.tables import webhooks

_ALL = Prepared(select(webhooks).order_by(webhooks.c.seq))
_BY_ID = Prepared(select(webhooks).where(webhooks.c.id == bindparam("id")))


class Webhooks:
    """Webhooks, seen through one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[Webhook, ...]:
        """Every webhook, oldest first."""
        return tuple(rows.webhook(row) for row in _ALL.rows(self._connection))

    def find(self, webhook_id: WebhookId) -> Webhook | None:
        """The webhook with this ID."""
        found = _BY_ID.row(self._connection, id=webhook_id)
        return rows.webhook(found) if found else None

    def add(self, webhook: Webhook) -> None:
        """Keep a new webhook."""
        columns = {"id": webhook.id, "target": webhook.target, "secret": webhook.secret}
        self._connection.execute(insert(webhooks), {**columns, "triggers": rows.dump(webhook.triggers)})

    def save(self, webhook: Webhook) -> None:
        """Replace a webhook's target and triggers."""
        columns = {"target": webhook.target, "triggers": rows.dump(webhook.triggers)}
        self._connection.execute(update(webhooks).where(webhooks.c.id == webhook.id).values(**columns))

    def remove(self, webhook_id: WebhookId) -> None:
        """Forget a webhook and everything on its way to it."""
        self._connection.execute(delete(webhooks).where(webhooks.c.id == webhook_id))
