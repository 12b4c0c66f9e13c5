"""Who is calling, and where it may connect: api.test, apps.*, auth.*, bots.info, team.info."""

from sandbox import cast, events
from sandbox.authorship import bot_profile
from sandbox.credentials import Standing
from sandbox.errors import SlackError
from sandbox.identifiers import JsonObject
from sandbox.web_api.call import Call
from sandbox.web_api.registry import web_method


@web_method("api.test")
def api_test(call: Call) -> JsonObject:
    """Echo the arguments, or fail as asked."""
    if call.args.text("error"):
        raise SlackError(call.args.text("error"), args=call.args.raw)
    return {"args": call.args.raw}


@web_method("apps.connections.open")
def apps_connections_open(call: Call) -> JsonObject:
    """A WebSocket address that works once."""
    if call.world.socket.lines.refuses:
        raise SlackError("internal_error")
    base = call.world.base_url.replace("http", "ws", 1)
    return {"url": f"{base}/link/?ticket={call.world.socket.lines.ticket()}&app_id={cast.APP_ID}"}


@web_method("auth.test")
def auth_test(call: Call) -> JsonObject:
    """Whose token this is."""
    return {
        "url": f"{call.world.base_url}/",
        "team": cast.TEAM_NAME,
        "user": call.workspace.people[cast.BOT_USER_ID].name,
        "team_id": cast.TEAM_ID,
        "user_id": cast.BOT_USER_ID,
        "bot_id": cast.BOT_ID,
        "is_enterprise_install": False,
    }


@web_method("auth.revoke")
def auth_revoke(call: Call) -> JsonObject:
    """Revoke the token, unless it is only a test."""
    if call.args.flag("test"):
        return {"revoked": False}
    call.workspace.credentials.standing = Standing.REVOKED
    events.tell(call.world, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [cast.BOT_USER_ID]}})
    return {"revoked": True}


@web_method("bots.info")
def bots_info(call: Call) -> JsonObject:
    """The app's bot, which is the only one."""
    if call.args.text("bot", cast.BOT_ID) != cast.BOT_ID:
        raise SlackError("bot_not_found")
    profile = bot_profile()
    del profile["team_id"]
    return {"bot": {**profile, "user_id": cast.BOT_USER_ID}}


@web_method("team.info")
def team_info(call: Call) -> JsonObject:
    """The workspace."""
    if call.args.text("team", cast.TEAM_ID) != cast.TEAM_ID:
        raise SlackError("team_not_found")
    icon = {f"image_{size}": f"https://avatars.sandbox.example/team_{size}.png" for size in (34, 44, 68, 88, 102, 132)}
    return {
        "team": {
            "id": cast.TEAM_ID,
            "name": cast.TEAM_NAME,
            "url": f"{call.world.base_url}/",
            "domain": cast.TEAM_DOMAIN,
            "email_domain": "sandbox.example",
            "icon": {**icon, "image_default": True},
        }
    }
