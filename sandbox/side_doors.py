"""What the app reaches beside the Web API: Socket Mode's link, response URLs, uploads and private files."""

import json
from typing import Any

from aiohttp import WSMsgType, web

from sandbox import cast, responses
from sandbox.calls import LoggedCall
from sandbox.errors import SlackError
from sandbox.faults import NO_ANSWER_SECONDS, FaultKind
from sandbox.identifiers import FileId, JsonObject
from sandbox.socket_mode.connection import Connection
from sandbox.web_api.gate import cut
from sandbox.world import World
from sandbox.world_key import WORLD

PING_SECONDS = 10.0
CLOSE_SECONDS = 0.5
UPLOAD_LIMIT = 64 * 1024**2
NOT_FOUND, BAD_REQUEST = 404, 400


async def link(request: web.Request) -> web.StreamResponse:
    """Socket Mode: a WebSocket for whoever holds a ticket."""
    world = request.app[WORLD]
    if not world.socket.lines.redeem(request.query.get("ticket", "")):
        return web.json_response({"ok": False, "error": "invalid_ticket"}, status=NOT_FOUND)
    websocket = web.WebSocketResponse(heartbeat=PING_SECONDS, timeout=CLOSE_SECONDS, max_msg_size=UPLOAD_LIMIT)
    await websocket.prepare(request)
    connection = Connection(world.ids.uuid(), world.clock.now(), request, websocket)
    world.spawn(connection.write())
    world.socket.lines.connect(connection, cast.APP_ID)
    try:
        async for frame in websocket:
            if frame.type is WSMsgType.TEXT and isinstance(values := _json(frame.data), dict):
                world.socket.received(connection, values)
    finally:
        world.socket.lines.disconnected(connection)
        connection.finish()
    return websocket


async def respond(request: web.Request) -> web.StreamResponse:
    """A response URL, five times within thirty minutes."""
    world = request.app[WORLD]
    payload = _json(await request.text())
    logged = world.calls.begin("response_url", payload if isinstance(payload, dict) else {}, world.clock.now())
    refused = await _fault(request, world, logged)
    if refused is not None:
        return refused
    try:
        url = world.response_urls.use(f"{request.match_info['number']}/{request.match_info['secret']}")
        responses.give(world, url, payload, logged.id)
    except SlackError as refusal:
        status = NOT_FOUND if refusal.code in {"invalid_url", "expired_url", "used_url"} else BAD_REQUEST
        return _finished(logged, world, web.json_response(refusal.answer, status=status), refusal.code)
    return _finished(logged, world, web.Response(text="ok"))


async def upload(request: web.Request) -> web.StreamResponse:
    """The bytes of an announced file, as they are or in a form."""
    world = request.app[WORLD]
    logged = world.calls.begin("upload", {}, world.clock.now())
    refused = await _fault(request, world, logged)
    if refused is not None:
        return refused
    file_id = world.upload_tickets.find(request.match_info["ticket"])
    file = world.workspace.files.get(file_id) if file_id else None
    if file is None:
        return _finished(logged, world, web.Response(status=NOT_FOUND, text="not found"), "file_not_found")
    content = await _uploaded_bytes(request)
    if len(content) != file.announced_length:
        problem = f"expected {file.announced_length} bytes"
        return _finished(logged, world, web.Response(status=BAD_REQUEST, text=problem), "wrong_length")
    file.content = content
    return _finished(logged, world, web.Response(text=f"OK - {len(content)}"))


async def private_file(request: web.Request) -> web.StreamResponse:
    """A file behind its `url_private`: for the bot's token; everyone else is sent to sign in."""
    world = request.app[WORLD]
    logged = world.calls.begin("files", {"file": request.match_info["file_id"]}, world.clock.now())
    refused = await _fault(request, world, logged)
    if refused is not None:
        return refused
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    file = world.workspace.files.get(FileId(request.match_info["file_id"]))
    if not _opens_files(world, token):
        location = f"{world.base_url}/?redir={request.path}"
        return _finished(logged, world, web.Response(status=302, headers={"Location": location}), "not_authed")
    if file is None or file.content is None:
        return _finished(logged, world, web.Response(status=NOT_FOUND, text="not found"), "file_not_found")
    return _finished(logged, world, web.Response(body=file.content, content_type=file.mimetype))


ROUTES = (
    web.get("/link/", link),
    web.post("/response/{number}/{secret}", respond),
    web.post("/upload/v1/{ticket}", upload),
    web.get(f"/files/{cast.TEAM_ID}-{{file_id}}/{{name}}", private_file),
)


async def _fault(request: web.Request, world: World, logged: LoggedCall) -> web.StreamResponse | None:
    """Carry out an ordered fault; all kinds come before the effect here, where Slack promises nothing anyway."""
    fault = world.faults.take(logged.method, None)
    if fault is None:
        return None
    logged.fault = fault.kind.value
    if fault.kind is FaultKind.SLOW:
        await world.clock.sleep(fault.seconds or 0.0)
        return None
    if fault.kind in {FaultKind.TIMEOUT_BEFORE, FaultKind.TIMEOUT_AFTER, FaultKind.RESET}:
        silence = NO_ANSWER_SECONDS if fault.seconds is None else fault.seconds
        await world.clock.sleep(0.0 if fault.kind is FaultKind.RESET else silence)
        return cut(request, logged, world)
    if fault.kind is FaultKind.RATE_LIMITED:
        wait = max(1, int(fault.seconds or 1))
        logged.retry_after = wait
        return _finished(logged, world, web.Response(status=429, headers={"Retry-After": str(wait)}), "ratelimited")
    if fault.kind is FaultKind.ERROR:
        answer = web.json_response({"ok": False, "error": fault.error}, status=BAD_REQUEST)
        return _finished(logged, world, answer, fault.error)
    return _finished(logged, world, web.Response(status=500, text="Server Error"), "server_error")


def _finished(logged: LoggedCall, world: World, response: web.Response, error: str | None = None) -> web.Response:
    logged.status, logged.ok, logged.error = response.status, error is None, error
    logged.ms = round((world.clock.now() - logged.at) * 1000, 3)
    return response


def _opens_files(world: World, token: str) -> bool:
    try:
        return "files:read" in world.workspace.credentials.check(token, app_token_wanted=False)
    except SlackError:
        return False


async def _uploaded_bytes(request: web.Request) -> bytes:
    if not request.content_type.startswith("multipart/"):
        return await request.read()
    for value in (await request.post()).values():
        if isinstance(value, web.FileField):
            return value.file.read()
    return b""


def _json(text: str) -> Any:
    try:
        values: JsonObject = json.loads(text)
    except ValueError:
        return None
    return values
