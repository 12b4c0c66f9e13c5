"""Webhooks in the ledger."""

import threading
from collections.abc import Callable

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from webhook_server.domain.values import Webhook, WebhookId
from webhook_server.ledger import rows
from webhook_server.ledger.prepared import Prepared
from webhook_server.ledger.tables import webhooks

_ALL = Prepared(select(webhooks).order_by(webhooks.c.seq))
_BY_ID = Prepared(select(webhooks).where(webhooks.c.id == bindparam("id")))


class KnownWebhooks:
    """All webhooks as the writer knows them, so that a message need not read them: at most as many as there may be.

    The ledger is this process's alone and its writer does one thing after the other, so what it knows is true until it
    changes a webhook itself. From then on until that change is committed or undone nothing is known, and everybody
    reads; a change that ends in any way begins anew. `_lock` guards what is known against changes that end meanwhile.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._changing: set[object] = set()
        self._all: tuple[Webhook, ...] | None = None

    def all(self, look: Callable[[], tuple[Webhook, ...]]) -> tuple[Webhook, ...]:
        """Every webhook, by `look` where they are not known."""
        with self._lock:
            if self._all is None and not self._changing:
                self._all = look()
            if self._all is not None:
                return self._all
        return look()

    def changes(self, who: object) -> None:
        """A transaction of `who` changes webhooks."""
        with self._lock:
            self._changing.add(who)
            self._all = None

    def settled(self, who: object) -> None:
        """The transactions of `who` are over, whatever they did."""
        if who in self._changing:
            with self._lock:
                self._changing.discard(who)
                self._all = None


class Webhooks:
    """Webhooks, seen through one connection. `known`, where `who` writes, is what the writer knows of them."""

    def __init__(self, connection: Connection, known: KnownWebhooks | None = None, who: object = None) -> None:
        self._connection = connection
        self._known = known
        self._who = who

    def all(self) -> tuple[Webhook, ...]:
        """Every webhook, oldest first."""
        return self._look() if self._known is None else self._known.all(self._look)

    def find(self, webhook_id: WebhookId) -> Webhook | None:
        """The webhook with this ID."""
        found = _BY_ID.row(self._connection, id=webhook_id)
        return rows.webhook(found) if found else None

    def add(self, webhook: Webhook) -> None:
        """Keep a new webhook."""
        self._changes()
        columns = {"id": webhook.id, "target": webhook.target, "secret": webhook.secret}
        self._connection.execute(insert(webhooks), {**columns, "triggers": rows.dump(webhook.triggers)})

    def save(self, webhook: Webhook) -> None:
        """Replace a webhook's target and triggers."""
        self._changes()
        columns = {"target": webhook.target, "triggers": rows.dump(webhook.triggers)}
        self._connection.execute(update(webhooks).where(webhooks.c.id == webhook.id).values(**columns))

    def remove(self, webhook_id: WebhookId) -> None:
        """Forget a webhook and everything on its way to it."""
        self._changes()
        self._connection.execute(delete(webhooks).where(webhooks.c.id == webhook_id))

    def _look(self) -> tuple[Webhook, ...]:
        return tuple(rows.webhook(row) for row in _ALL.rows(self._connection))

    def _changes(self) -> None:
        if self._known is not None:
            self._known.changes(self._who)
