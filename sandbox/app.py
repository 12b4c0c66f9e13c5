"""The aiohttp application: Slack's side, the people's side and the page."""

from pathlib import Path

from aiohttp import web

from sandbox import people_side, side_doors, web_api
from sandbox.people_side.asking import explain
from sandbox.world import World
from sandbox.world_key import WORLD

PAGE = Path(__file__).with_name("page")
REQUEST_LIMIT = 64 * 1024**2


def create_app(world: World) -> web.Application:
    """The application around a world; whoever serves it sets the world's `base_url`."""
    app = web.Application(middlewares=[explain], client_max_size=REQUEST_LIMIT)
    app[WORLD] = world
    app.on_response_prepare.append(_ask_anew)
    app.add_routes([*web_api.ROUTES, *side_doors.ROUTES, *people_side.ROUTES])
    app.add_routes(
        [web.get("/", _page), web.get("/archives/{channel}", _open), web.get("/archives/{channel}/{p}", _open)]
    )
    app.router.add_static("/page/", PAGE)
    app.on_shutdown.append(_stop)
    return app


async def _page(_request: web.Request) -> web.FileResponse:
    return web.FileResponse(PAGE / "index.html")


async def _open(request: web.Request) -> web.Response:
    """A permalink: the page with that channel open."""
    raise web.HTTPFound(f"/#{request.match_info['channel']}")


async def _ask_anew(_request: web.Request, response: web.StreamResponse) -> None:
    """Browsers keep the page's files, and ask each time whether they are still the same: scripts belong together."""
    if isinstance(response, web.FileResponse):
        response.headers["Cache-Control"] = "no-cache"


async def _stop(app: web.Application) -> None:
    await app[WORLD].stop()
