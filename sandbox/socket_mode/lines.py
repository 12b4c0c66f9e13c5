"""The app's open connections: who may connect, who is next, and how connections end."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import structlog

from sandbox.clock import Clock
from sandbox.identifiers import IdFactory, JsonObject
from sandbox.socket_mode.connection import Connection

MOST_CONNECTIONS = 10
TICKET_SECONDS = 30.0
GRACE_SECONDS = 10.0

log = structlog.get_logger(__name__)


class Lines:
    """Up to ten connections, taking turns; `on_change` hears of each that comes or goes."""

    def __init__(
        self,
        clock: Clock,
        ids: IdFactory,
        spawn: Callable[[Coroutine[Any, Any, None]], None],
        on_change: Callable[[], None],
    ) -> None:
        self.refuses = False
        self._clock = clock
        self._ids = ids
        self._spawn = spawn
        self._on_change = on_change
        self._tickets: dict[str, float] = {}
        self._connections: list[Connection] = []
        self._turn = 0

    def ticket(self) -> str:
        """A ticket that opens one connection soon."""
        ticket = self._ids.uuid()
        self._tickets[ticket] = self._clock.now() + TICKET_SECONDS
        return ticket

    def redeem(self, ticket: str) -> bool:
        """Whether the ticket was good; it is used up now."""
        return self._tickets.pop(ticket, 0.0) >= self._clock.now() and not self.refuses

    def connect(self, connection: Connection, app_id: str) -> None:
        """Greet a new connection and use it from now on; where there are ten already, tell it so and hang up."""
        if len(self._connections) >= MOST_CONNECTIONS:
            connection.send(_disconnect("too_many_websockets"))
            connection.finish()
            return
        self._connections.append(connection)
        connection.send(
            {
                "type": "hello",
                "num_connections": len(self._connections),
                "debug_info": {**_debug_info(), "build_number": 1, "approximate_connection_time": 18060},
                "connection_info": {"app_id": app_id},
            }
        )
        self._on_change()
        log.info("socket connected", connection=connection.id, connections=len(self._connections))

    def disconnected(self, connection: Connection) -> None:
        """Stop using a connection that ended."""
        if connection in self._connections:
            self._connections.remove(connection)
            self._on_change()
            log.info("socket disconnected", connection=connection.id, connections=len(self._connections))

    def next(self) -> Connection | None:
        """Whose turn it is; those about to end only where there is no other."""
        lasting = [connection for connection in self._connections if not connection.is_retiring] or self._connections
        if not lasting:
            return None
        self._turn += 1
        return lasting[self._turn % len(lasting)]

    def announce_disconnect(self, reason: str) -> None:
        """Tell the app to reconnect; with `refresh_requested` the old connections end soon after."""
        for connection in self._connections:
            connection.send(_disconnect(reason))
            connection.is_retiring = True
            if reason == "refresh_requested":
                self._spawn(self._finish_later(connection))

    def drop(self) -> None:
        """Cut all connections."""
        for connection in self._connections:
            connection.drop()

    async def close(self) -> None:
        """Close all connections properly."""
        await asyncio.gather(*(connection.websocket.close() for connection in self._connections))

    def forget_unacknowledged(self) -> None:
        """Expect no acknowledgement of what has been sent."""
        for connection in self._connections:
            connection.unacknowledged.clear()

    def described(self) -> list[JsonObject]:
        """As `GET /_sandbox/socket` shows them."""
        return [connection.described() for connection in self._connections]

    async def _finish_later(self, connection: Connection) -> None:
        await self._clock.sleep(GRACE_SECONDS)
        connection.finish()


def _disconnect(reason: str) -> JsonObject:
    return {"type": "disconnect", "reason": reason, "debug_info": _debug_info()}


def _debug_info() -> JsonObject:
    return {"host": "applink-sandbox"}
