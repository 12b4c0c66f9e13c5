"""Reading a call from HTTP: token and arguments, wherever they stand."""

import json
from dataclasses import dataclass

from aiohttp import web

from sandbox.errors import SlackError
from sandbox.identifiers import JsonObject


@dataclass(frozen=True, slots=True)
class Received:
    """What came in; `problem` is what Slack would say about a body that it cannot read."""

    args: JsonObject
    token: str | None
    warning: str | None = None
    problem: SlackError | None = None


async def read_call(request: web.Request, *, takes_json: bool) -> Received:
    """Collect query, form or JSON body, and the token from header or argument. JSON counts only where documented."""
    args: JsonObject = dict(request.query)
    warning, problem = None, None
    if request.content_type == "application/json":
        if takes_json:
            warning = None if request.charset else "missing_charset"
            problem = _read_json(await request.read(), args)
    elif request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        args |= {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
        warning = "superfluous_charset" if request.charset else None
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    own_token = args.pop("token", None)
    return Received(args, token.strip() if scheme.lower() == "bearer" else own_token, warning, problem)


def _read_json(body: bytes, args: JsonObject) -> SlackError | None:
    if not body:
        return None
    try:
        values = json.loads(body)
    except ValueError:
        return SlackError("invalid_json")
    if not isinstance(values, dict):
        return SlackError("json_not_object")
    args |= values
    return None
