"""The gate of the Web API: log, faults, token, limits, scopes and arguments, and the check of every answer."""

import math
from dataclasses import dataclass, field

import structlog
from aiohttp import web

from sandbox.calls import LoggedCall
from sandbox.documented import METHODS, Method, Undocumented, check_answer
from sandbox.errors import SlackError
from sandbox.faults import NO_ANSWER_SECONDS, Fault, FaultKind
from sandbox.identifiers import JsonObject
from sandbox.web_api.call import Args, Call, missing_scope
from sandbox.web_api.reading import Received, read_call
from sandbox.web_api.registry import HANDLERS
from sandbox.world import World
from sandbox.world_key import WORLD

log = structlog.get_logger(__name__)

MISSING = {
    ("conversations.create", "name"): "invalid_name_required",
    ("conversations.rename", "name"): "invalid_name_required",
    ("conversations.invite", "users"): "no_user",
    ("reactions.add", "timestamp"): "no_item_specified",
    ("reactions.add", "channel"): "no_item_specified",
}
"""What Slack calls a missing argument where it has a name of its own for it."""


async def web_api(request: web.Request) -> web.StreamResponse:
    """Answer one call of `/api/METHOD`."""
    world = request.app[WORLD]
    name = request.match_info["method"]
    method = METHODS.get(name)
    received = await read_call(request, takes_json=method is None or method.takes_json)
    logged = world.calls.begin(name, received.args, world.clock.now())
    if method:
        logged.undocumented_args = sorted(received.args.keys() - method.arguments)
    fault = world.faults.take(name, _channel(received.args))
    logged.fault = fault.kind.value if fault else None
    if fault and fault.kind in {FaultKind.SLOW, FaultKind.TIMEOUT_BEFORE, FaultKind.RESET}:
        await world.clock.sleep(_silence(fault))
    if fault and fault.kind in {FaultKind.TIMEOUT_BEFORE, FaultKind.RESET}:
        return cut(request, logged, world)
    response = _server_error() if _is(fault, FaultKind.SERVER_ERROR) else _answer(world, name, received, logged, fault)
    if fault and fault.kind is FaultKind.TIMEOUT_AFTER:
        await world.clock.sleep(_silence(fault))
        return cut(request, logged, world)
    _finish(logged, world, response)
    return response


ROUTES = (web.post("/api/{method}", web_api), web.get("/api/{method}", web_api))


def cut(request: web.Request, logged: LoggedCall, world: World) -> web.Response:
    """Cut the connection without an answer."""
    logged.status, logged.ok = 0, None
    logged.ms = round((world.clock.now() - logged.at) * 1000, 3)
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _is(fault: Fault | None, kind: FaultKind) -> bool:
    return fault is not None and fault.kind is kind


def _silence(fault: Fault) -> float:
    if fault.kind is FaultKind.RESET:
        return fault.seconds or 0.0
    return NO_ANSWER_SECONDS if fault.seconds is None else fault.seconds


def _server_error() -> web.Response:
    return web.Response(status=500, text="<html><body>Server Error</body></html>", content_type="text/html")


def _answer(world: World, name: str, received: Received, logged: LoggedCall, fault: Fault | None) -> web.Response:
    method = METHODS.get(name)
    let_in = _Incoming(world, name, received, logged, fault)
    status = 200
    try:
        answer = {"ok": True, **_carry_out(let_in, method)}
    except SlackError as refusal:
        answer = refusal.answer
        if refusal.code == "ratelimited":
            status, logged.retry_after = 429, answer.pop("retry_after")
            let_in.headers["Retry-After"] = str(logged.retry_after)
    _warn(answer, received.warning)
    try:
        check_answer(method, answer)
    except Undocumented as undocumented:
        log.error("undocumented answer refused", problem=str(undocumented), call=logged.id)  # noqa: TRY400
        answer, status = {"ok": False, "error": "fatal_error"}, 500
        logged.error = f"undocumented: {undocumented}"
    logged.ok = answer["ok"]
    logged.error = logged.error or answer.get("error")
    return web.json_response(answer, status=status, headers={"x-slack-req-id": logged.id, **let_in.headers})


@dataclass(frozen=True, slots=True)
class _Incoming:
    """A call on its way through the gate; `headers` go with the answer, whatever it will be."""

    world: World
    name: str
    received: Received
    logged: LoggedCall
    fault: Fault | None
    headers: dict[str, str] = field(default_factory=dict)


def _carry_out(incoming: _Incoming, method: Method | None) -> JsonObject:
    world, received, fault = incoming.world, incoming.received, incoming.fault
    if fault and fault.kind is FaultKind.RATE_LIMITED:
        raise SlackError("ratelimited", retry_after=max(1, math.ceil(fault.seconds or 1)))
    if method is None:
        raise SlackError("unknown_method", req_method=incoming.name)
    if received.problem:
        raise received.problem
    scopes = _let_in(incoming, method)
    if fault and fault.kind is FaultKind.ERROR:
        raise SlackError(fault.error or "internal_error")
    if wait := world.limits.take(method, _channel(received.args)):
        raise SlackError("ratelimited", retry_after=wait)
    if method.scopes and not any(scope in scopes for scope in method.scopes):
        raise missing_scope(method.scopes, scopes)
    _require_arguments(method, received.args)
    call = Call(world, method, Args(received.args), received.token or "", scopes, incoming.logged.id)
    return HANDLERS[method.name](call)


def _let_in(incoming: _Incoming, method: Method) -> tuple[str, ...]:
    """The scopes that the call's token grants; none are asked for by api.test, which everybody may call."""
    if method.name == "api.test":
        return ()
    credentials = incoming.world.workspace.credentials
    scopes = credentials.check(incoming.received.token, app_token_wanted=method.app_token)
    incoming.headers["x-oauth-scopes"] = ",".join(scopes)
    incoming.headers["x-accepted-oauth-scopes"] = ",".join(method.scopes)
    return scopes


def _require_arguments(method: Method, args: JsonObject) -> None:
    missing = sorted(name for name in method.required if args.get(name) is None)
    for name in missing:
        if own_word := MISSING.get((method.name, name)):
            raise SlackError(own_word)
    if missing:
        raise SlackError("invalid_arguments", problems=tuple(f"missing required field: {name}" for name in missing))


def _warn(answer: JsonObject, warning: str | None) -> None:
    if warning:
        answer["warning"] = ",".join(filter(None, (answer.get("warning"), warning)))
        metadata = answer.setdefault("response_metadata", {})
        metadata["warnings"] = [*metadata.get("warnings", []), warning]


def _finish(logged: LoggedCall, world: World, response: web.Response) -> None:
    logged.status = response.status
    logged.ok = bool(logged.ok)
    logged.ms = round((world.clock.now() - logged.at) * 1000, 3)
    log.info("call", method=logged.method, call=logged.id, status=logged.status, error=logged.error)


def _channel(args: JsonObject) -> str | None:
    named = args.get("channel") or args.get("channel_id")
    return named if isinstance(named, str) else None
