"""What tests turn and read: the log of calls, faults, limits, Socket Mode, a fresh start."""

from collections.abc import Callable

from aiohttp import web

from sandbox import wording
from sandbox.documented import METHODS
from sandbox.documented.check import documents_error
from sandbox.documented.responses import RESPONSE_URL
from sandbox.errors import NotPossible
from sandbox.faults import EVERY_METHOD, Fault, FaultKind
from sandbox.identifiers import JsonObject
from sandbox.people_side.asking import Asked, act
from sandbox.socket_mode import SocketMode

SIDE_DOORS = {"response_url": RESPONSE_URL, "upload": None, "files": None}
"""What the app reaches beside the Web API; faults and the log name them like methods."""


async def calls(asked: Asked) -> JsonObject:
    """The log of the app's calls, by method, channel and moment."""
    since = asked.fields.get("since")
    try:
        moment = float(since) if since not in {None, ""} else None
    except (TypeError, ValueError):
        raise NotPossible(wording.wrong_value("since", "seconds since 1970")) from None
    return {"calls": asked.world.calls.find(asked.fields.get("method"), asked.fields.get("channel"), moment)}


async def clear_calls(asked: Asked) -> JsonObject:
    """Empty the log."""
    asked.world.calls.clear()
    return {"ok": True}


async def faults(asked: Asked) -> JsonObject:
    """The faults that are still to come."""
    return {"faults": list(asked.world.faults.pending())}


async def order_fault(asked: Asked) -> JsonObject:
    """Order a fault."""
    method, kind = asked.text("method"), _kind(asked)
    error = asked.typed("error", str, "") or None
    if method not in {EVERY_METHOD, *METHODS, *SIDE_DOORS}:
        raise NotPossible(wording.wrong_value("method", "* or a method of the Web API"))
    if kind is FaultKind.ERROR and error is None:
        raise NotPossible(wording.missing("error"))
    known = METHODS.get(method) or SIDE_DOORS.get(method)
    if error and not documents_error(known, error):
        raise NotPossible(wording.undocumented_error(method, error))
    asked.world.faults.order(
        Fault(
            method,
            kind,
            channel=asked.typed("channel", str, "") or None,
            error=error,
            seconds=asked.typed("seconds", float, -1.0) if "seconds" in asked.fields else None,
            times=asked.typed("times", int, 1),
            skip=asked.typed("skip", int, 0),
            probability=asked.typed("probability", float, 1.0),
            seed=asked.typed("seed", int, 0),
        )
    )
    return await faults(asked)


async def clear_faults(asked: Asked) -> JsonObject:
    """Take back all faults."""
    asked.world.faults.clear()
    return await faults(asked)


async def limits(asked: Asked) -> JsonObject:
    """Switch rate limits on or off."""
    if "enabled" not in asked.fields:
        raise NotPossible(wording.missing("enabled"))
    asked.world.limits.enabled = asked.typed("enabled", bool, default=True)
    asked.world.limits.forget()
    asked.world.updates.publish("limits", enabled=asked.world.limits.enabled)
    return {"enabled": asked.world.limits.enabled}


async def files(asked: Asked) -> JsonObject:
    """Set how long Slack takes to look into an uploaded file."""
    if "processing_seconds" not in asked.fields:
        raise NotPossible(wording.missing("processing_seconds"))
    asked.world.file_processing_seconds = asked.typed("processing_seconds", float, 0.0)
    return {"processing_seconds": asked.world.file_processing_seconds}


async def socket(asked: Asked) -> JsonObject:
    """Open connections, and what became of every envelope."""
    return dict(asked.world.socket.described())


async def disturb_socket(asked: Asked) -> JsonObject:
    """Disturb Socket Mode."""
    op = asked.text("op")
    if op not in SOCKET_OPS:
        raise NotPossible(wording.wrong_value("op", ", ".join(SOCKET_OPS)))
    SOCKET_OPS[op](asked.world.socket)
    return {"ok": True}


async def reset(asked: Asked) -> JsonObject:
    """Begin with a fresh workspace."""
    asked.world.reset()
    return {"ok": True}


SOCKET_OPS: dict[str, Callable[[SocketMode], None]] = {
    "drop": lambda mode: mode.lines.drop(),
    "refresh": lambda mode: mode.lines.announce_disconnect("refresh_requested"),
    "warning": lambda mode: mode.lines.announce_disconnect("warning"),
    "refuse": lambda mode: _refuse(mode, refuses=True),
    "accept": lambda mode: _refuse(mode, refuses=False),
    "duplicate_next": SocketMode.duplicate_next,
    "new_event_id_next": SocketMode.new_event_id_next,
    "hold": SocketMode.hold,
    "release": SocketMode.release,
}

ROUTES = (
    web.get("/_sandbox/calls", act(calls)),
    web.delete("/_sandbox/calls", act(clear_calls)),
    web.get("/_sandbox/faults", act(faults)),
    web.post("/_sandbox/faults", act(order_fault)),
    web.delete("/_sandbox/faults", act(clear_faults)),
    web.post("/_sandbox/limits", act(limits)),
    web.post("/_sandbox/files", act(files)),
    web.get("/_sandbox/socket", act(socket)),
    web.post("/_sandbox/socket", act(disturb_socket)),
    web.post("/_sandbox/reset", act(reset)),
)


def _refuse(mode: SocketMode, *, refuses: bool) -> None:
    mode.lines.refuses = refuses


def _kind(asked: Asked) -> FaultKind:
    try:
        return FaultKind(asked.text("kind"))
    except ValueError:
        raise NotPossible(wording.wrong_value("kind", ", ".join(FaultKind))) from None
