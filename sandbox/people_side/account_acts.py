"""What admins do to accounts and to the app's installation."""

from collections.abc import Callable
from dataclasses import replace

from aiohttp import web

from sandbox import cast, events, wording
from sandbox.credentials import Credentials, Standing
from sandbox.errors import NotPossible
from sandbox.identifiers import JsonObject
from sandbox.people import Person, user_object
from sandbox.people_side.asking import Asked, act


async def person(asked: Asked) -> JsonObject:
    """Deactivate an account, bring it back, or let somebody be called otherwise, with another picture."""
    somebody = asked.anybody()
    changed = replace(_changed(asked, somebody), updated=int(asked.world.clock.now()))
    workspace = asked.world.workspace
    workspace.people[somebody.id] = changed
    if changed.deleted:
        for found in workspace.channels.values():
            found.members = [member for member in found.members if member != somebody.id]
    described = user_object(changed)
    events.tell(asked.world, {"type": "user_change", "user": described, "cache_ts": changed.updated})
    asked.world.updates.publish("person", person=described)
    return {"ok": True, "person": described}


def _changed(asked: Asked, somebody: Person) -> Person:
    match asked.text("op"):
        case "deactivate" | "reactivate" as op:
            return replace(somebody, deleted=op == "deactivate")
        case "rename":
            color = asked.typed("color", str, somebody.color)  # the picture is made of it
            return replace(somebody, real_name=asked.text("real_name"), color=color)
        case _:
            raise NotPossible(wording.wrong_value("op", "deactivate, reactivate or rename"))


async def token(asked: Asked) -> JsonObject:
    """What an admin does to the app: revoke, replace or restore its token, change its scopes and subscriptions."""
    op = asked.text("op")
    if op not in TOKEN_OPS:
        raise NotPossible(wording.wrong_value("op", ", ".join(TOKEN_OPS)))
    credentials = asked.world.workspace.credentials
    TOKEN_OPS[op](asked, credentials)
    asked.world.updates.publish("token", standing=credentials.standing.value)
    return {
        "ok": True,
        "bot_token": credentials.bot_token,
        "standing": credentials.standing.value,
        "scopes": credentials.bot_scopes,
        "subscriptions": credentials.subscriptions,
        "channel_creation_restricted": credentials.channel_creation_restricted,
    }


def _revoke(asked: Asked, credentials: Credentials) -> None:
    credentials.standing = Standing.REVOKED
    events.tell(asked.world, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [cast.BOT_USER_ID]}})


def _replace(asked: Asked, credentials: Credentials) -> None:
    credentials.former_tokens.append(credentials.bot_token)
    credentials.bot_token = asked.typed("token", str, f"xoxb-{asked.world.ids.secret()}")
    credentials.former_tokens = [old for old in credentials.former_tokens if old != credentials.bot_token]
    credentials.standing = Standing.VALID


def _set_standing(standing: Standing) -> Callable[[Asked, Credentials], None]:
    def apply(_asked: Asked, credentials: Credentials) -> None:
        credentials.standing = standing

    return apply


def _drop_scope(asked: Asked, credentials: Credentials) -> None:
    credentials.bot_scopes = [scope for scope in credentials.bot_scopes if scope != asked.text("scope")]


def _grant_scope(asked: Asked, credentials: Credentials) -> None:
    _drop_scope(asked, credentials)
    credentials.bot_scopes.append(asked.text("scope"))


def _unsubscribe(asked: Asked, credentials: Credentials) -> None:
    credentials.subscriptions = [event for event in credentials.subscriptions if event != asked.text("event")]


def _subscribe(asked: Asked, credentials: Credentials) -> None:
    if asked.text("event") not in events.EVENT_SCOPES:
        raise NotPossible(wording.wrong_value("event", ", ".join(events.EVENT_SCOPES)))
    _unsubscribe(asked, credentials)
    credentials.subscriptions.append(asked.text("event"))


def _restrict_creation(*, restricted: bool) -> Callable[[Asked, Credentials], None]:
    def apply(_asked: Asked, credentials: Credentials) -> None:
        credentials.channel_creation_restricted = restricted

    return apply


TOKEN_OPS: dict[str, Callable[[Asked, Credentials], None]] = {
    "revoke": _revoke,
    "replace": _replace,
    "restore": _set_standing(Standing.VALID),
    "expire": _set_standing(Standing.EXPIRED),
    "deactivate": _set_standing(Standing.INACTIVE),
    "drop_scope": _drop_scope,
    "grant_scope": _grant_scope,
    "subscribe": _subscribe,
    "unsubscribe": _unsubscribe,
    "restrict_channel_creation": _restrict_creation(restricted=True),
    "allow_channel_creation": _restrict_creation(restricted=False),
}

ROUTES = (
    web.post("/_sandbox/act/person", act(person)),
    web.post("/_sandbox/act/token", act(token)),
)
