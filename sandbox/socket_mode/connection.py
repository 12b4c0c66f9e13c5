"""One WebSocket connection of the app: frames go out in the order in which they were given."""

import asyncio
import json
from dataclasses import dataclass, field

from aiohttp import web

from sandbox.identifiers import EnvelopeId, JsonObject


@dataclass(slots=True, eq=False)
class Connection:
    """A connection; `is_retiring` once the app was told to open another."""

    id: str
    since: float
    request: web.Request
    websocket: web.WebSocketResponse
    unacknowledged: set[EnvelopeId] = field(default_factory=set)
    is_retiring: bool = False
    outgoing: asyncio.Queue[JsonObject | None] = field(default_factory=asyncio.Queue)

    def send(self, frame: JsonObject) -> None:
        """Queue a frame."""
        self.outgoing.put_nowait(frame)

    def finish(self) -> None:
        """Close properly after what is queued."""
        self.outgoing.put_nowait(None)

    def drop(self) -> None:
        """Cut the line, as a broken network does."""
        if self.request.transport is not None:
            self.request.transport.abort()

    async def write(self) -> None:
        """Send what is queued until the connection ends."""
        while (frame := await self.outgoing.get()) is not None:
            try:
                await self.websocket.send_str(json.dumps(frame))
            except ConnectionError:
                return
        await self.websocket.close()

    def described(self) -> JsonObject:
        """As `GET /_sandbox/socket` shows it."""
        return {
            "id": self.id,
            "since": self.since,
            "unacknowledged": len(self.unacknowledged),
            "is_retiring": self.is_retiring,
        }
