"""What goes over the line, byte by byte: server-sent events as the HTML standard defines them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webhook_server.domain.stream import Start, StreamEvent, Typing
from webhook_server.domain.times import moment
from wire.ids import MessageId

HEARTBEAT = b": still here\n\n"

Shape = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Frame:
    """Bytes for a client. `reply` is the agent's reply that they bring, where somebody waits to hear that it came."""

    data: bytes
    reply: MessageId | None = None


def opening(start: Start, retry_seconds: float, now: float) -> bytes:
    """What a client hears first. The ID comes without an event: it is kept, in case that nothing happens for long."""
    text = f": listening\nretry: {retry_seconds * 1000:.0f}\nid: {start.cursor}\n\n"
    reset = _event(start.cursor, {"type": "reset", "timestamp": moment(now)}) if start.reset else ""
    return (text + reset).encode()


def happened(event: StreamEvent, message: Shape | None) -> bytes:
    """An event that is kept."""
    about = {} if message is None else {"message": message}
    return _event(event.seq, {"type": event.kind, **about, "timestamp": moment(event.at)}).encode()


def types(typing: Typing, cursor: int) -> bytes:
    """Somebody types, told to a client that heard everything up to `cursor`: that is where it would go on."""
    shape = {
        "type": "typing:start" if typing.typing else "typing:stop",
        "role": typing.role,
        **({"name": typing.name} if typing.name else {}),
        **({"avatarUrl": typing.avatar_url} if typing.avatar_url else {}),
        "timestamp": moment(typing.at),
    }
    return _event(cursor, shape).encode()


def _event(seq: int, shape: Shape) -> str:
    """An event with an ID. JSON on one line: it has no line break in it."""
    return f"id: {seq}\ndata: {json.dumps(shape, ensure_ascii=False, separators=(',', ':'))}\n\n"
