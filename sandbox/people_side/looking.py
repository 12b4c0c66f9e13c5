"""What people see: who and what there is, messages, views, and the feed of what changes."""

import asyncio
import contextlib
import json
from urllib.parse import quote

from aiohttp import web

from sandbox import cast
from sandbox.authorship import bot_profile
from sandbox.channel_deeds import channel_summary
from sandbox.errors import NotPossible
from sandbox.identifiers import ChannelId, FileId, JsonObject
from sandbox.messages import for_people
from sandbox.people import user_object
from sandbox.people_side.asking import NOT_FOUND
from sandbox.wording import NO_SUCH_CHANNEL, NO_SUCH_FILE
from sandbox.world_key import WORLD

KEEP_ALIVE_SECONDS = 15.0
HARMLESS_TYPES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""What a browser may show by itself: no script runs in it under the page's origin."""


async def state(request: web.Request) -> web.Response:
    """The workspace, its people and channels."""
    workspace = request.app[WORLD].workspace
    return web.json_response(
        {
            "team": {"id": cast.TEAM_ID, "name": cast.TEAM_NAME, "domain": cast.TEAM_DOMAIN},
            "bot": {**bot_profile(), "user_id": cast.BOT_USER_ID},
            "people": [user_object(person) for person in workspace.people.values()],
            "channels": [channel_summary(channel) for channel in workspace.channels.values()],
            "commands": list(cast.COMMANDS),
            "shortcuts": list(cast.SHORTCUTS),
            "limits": request.app[WORLD].limits.enabled,
        }
    )


async def messages(request: web.Request) -> web.Response:
    """A conversation's messages, the oldest first."""
    stored = request.app[WORLD].workspace.messages.get(ChannelId(request.query.get("channel", "")))
    if stored is None:
        raise NotPossible(NO_SUCH_CHANNEL, status=NOT_FOUND)
    return web.json_response({"messages": [for_people(message) for message in stored.values()]})


async def ephemerals(request: web.Request) -> web.Response:
    """What only one person sees, everywhere or in one channel."""
    user_id, channel_id = request.query.get("user"), request.query.get("channel")
    shown = [
        for_people(ephemeral)
        for ephemeral in request.app[WORLD].workspace.ephemerals
        if user_id in {None, ephemeral.user_id} and channel_id in {None, ephemeral.channel_id}
    ]
    return web.json_response({"messages": shown})


async def views(request: web.Request) -> web.Response:
    """Somebody's open modals and home tab."""
    user_id = request.query.get("user")
    stored = request.app[WORLD].workspace.views.values()
    return web.json_response({"views": [view.body for view in stored if user_id in {None, view.user_id}]})


async def file(request: web.Request) -> web.Response:
    """A file's bytes, for people, who are signed in by being here."""
    stored = request.app[WORLD].workspace.files.get(FileId(request.match_info["file_id"]))
    if stored is None or stored.content is None:
        raise NotPossible(NO_SUCH_FILE, status=NOT_FOUND)
    headers = {"X-Content-Type-Options": "nosniff"}
    if stored.mimetype not in HARMLESS_TYPES:
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(stored.name, safe='', errors='replace')}"
    return web.Response(body=stored.content, content_type=stored.mimetype, headers=headers)


async def app_access(request: web.Request) -> web.Response:
    """Where the app user's chat finds the App API."""
    access = request.app[WORLD].app_access
    return web.json_response({"server_url": access.server_url, "app_id": access.app_id, "app_token": access.app_token})


async def updates(request: web.Request) -> web.StreamResponse:
    """Server-sent events: one for whatever changes, until the listener goes away or the sandbox stops."""
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    with request.app[WORLD].updates.listening() as feed, contextlib.suppress(ConnectionResetError):
        await response.prepare(request)
        await response.write(b": welcome\n\n")
        while line := await _next_line(feed):
            await response.write(f"{line}\n\n".encode())
    return response


async def _next_line(feed: asyncio.Queue[JsonObject | None]) -> str | None:
    try:
        update = await asyncio.wait_for(feed.get(), KEEP_ALIVE_SECONDS)
    except TimeoutError:
        return ": still here"
    return f"data: {json.dumps(update)}" if update else None


ROUTES = (
    web.get("/_sandbox/state", state),
    web.get("/_sandbox/messages", messages),
    web.get("/_sandbox/ephemerals", ephemerals),
    web.get("/_sandbox/views", views),
    web.get("/_sandbox/files/{file_id}", file),
    web.get("/_sandbox/app", app_access),
    web.get("/_sandbox/updates", updates),
)
