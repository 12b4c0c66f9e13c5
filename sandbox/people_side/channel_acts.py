"""What people and admins do to channels, accounts and the app's token."""

from collections.abc import Callable
from dataclasses import replace

from aiohttp import web

from sandbox import cast, channel_deeds, events, wording
from sandbox.channels import Channel
from sandbox.credentials import Credentials, Standing
from sandbox.errors import NotPossible
from sandbox.identifiers import JsonObject, UserId
from sandbox.people import Person, user_object
from sandbox.people_side.asking import CONFLICT, FORBIDDEN, NOT_FOUND, Asked, act

ChannelOp = Callable[[Asked, Person, Channel], None]


async def channel(asked: Asked) -> JsonObject:
    """Create a channel, or do something to one."""
    person = asked.person()
    op = asked.text("op")
    if op == "create":
        _members_only(person)
        is_private = asked.typed("is_private", bool, default=False)
        made = channel_deeds.create(asked.world, asked.text("name"), person.id, is_private=is_private)
        return {"ok": True, "channel": channel_deeds.channel_summary(made)}
    if op not in CHANNEL_OPS:
        raise NotPossible(wording.wrong_value("op", ", ".join(["create", *CHANNEL_OPS])))
    found = asked.channel(person)
    CHANNEL_OPS[op](asked, person, found)
    return {"ok": True, "channel": channel_deeds.channel_summary(found)}


async def person(asked: Asked) -> JsonObject:
    """Deactivate an account, or bring it back."""
    somebody = asked.anybody()
    op = asked.text("op")
    if op not in {"deactivate", "reactivate"}:
        raise NotPossible(wording.wrong_value("op", "deactivate or reactivate"))
    changed = replace(somebody, deleted=op == "deactivate", updated=int(asked.world.clock.now()))
    workspace = asked.world.workspace
    workspace.people[somebody.id] = changed
    if changed.deleted:
        for found in workspace.channels.values():
            found.members = [member for member in found.members if member != somebody.id]
    described = user_object(changed)
    events.tell(asked.world, {"type": "user_change", "user": described, "cache_ts": changed.updated})
    asked.world.updates.publish("person", person=described)
    return {"ok": True, "person": described}


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


def _archive(asked: Asked, by: Person, found: Channel) -> None:
    _members_only(by)
    if found.is_general:
        raise NotPossible(wording.GENERAL_STAYS, status=FORBIDDEN)
    if found.is_archived:
        raise NotPossible(wording.ARCHIVED, status=CONFLICT)
    channel_deeds.archive(asked.world, found, by.id)


def _unarchive(asked: Asked, by: Person, found: Channel) -> None:
    _members_only(by)
    if found.is_archived:
        channel_deeds.unarchive(asked.world, found, by.id)


def _rename(asked: Asked, by: Person, found: Channel) -> None:
    _members_only(by)
    channel_deeds.rename(asked.world, found, asked.text("name"), by.id)


def _delete(asked: Asked, by: Person, found: Channel) -> None:
    _members_only(by)
    if found.is_general:
        raise NotPossible(wording.GENERAL_STAYS, status=FORBIDDEN)
    channel_deeds.delete(asked.world, found, by.id)


def _convert(asked: Asked, by: Person, found: Channel) -> None:
    _members_only(by)
    if found.is_general:
        raise NotPossible(wording.GENERAL_STAYS, status=FORBIDDEN)
    if not found.is_private:
        channel_deeds.convert_to_private(asked.world, found, by.id)


def _invite(asked: Asked, by: Person, found: Channel) -> None:
    _writable(found)
    if by.id not in found.members:
        raise NotPossible(wording.NOT_A_MEMBER, status=FORBIDDEN)
    target = _target(asked)
    if target in found.members:
        raise NotPossible(wording.ALREADY_IN, status=CONFLICT)
    channel_deeds.add_member(asked.world, found, target, inviter=by.id)


def _kick(asked: Asked, by: Person, found: Channel) -> None:
    _members_only(by)
    _writable(found)
    target = _target(asked)
    if found.is_general:
        raise NotPossible(wording.GENERAL_STAYS, status=FORBIDDEN)
    if target not in found.members:
        raise NotPossible(wording.NO_SUCH_PERSON, status=NOT_FOUND)
    channel_deeds.remove_member(asked.world, found, target)


def _join(asked: Asked, by: Person, found: Channel) -> None:
    _writable(found)
    if by.id not in found.members:
        channel_deeds.add_member(asked.world, found, by.id)


def _leave(asked: Asked, by: Person, found: Channel) -> None:
    _writable(found)
    if found.is_general:
        raise NotPossible(wording.GENERAL_STAYS, status=FORBIDDEN)
    if by.id in found.members:
        channel_deeds.remove_member(asked.world, found, by.id)


CHANNEL_OPS: dict[str, ChannelOp] = {
    "archive": _archive,
    "unarchive": _unarchive,
    "rename": _rename,
    "delete": _delete,
    "convert_to_private": _convert,
    "invite": _invite,
    "kick": _kick,
    "join": _join,
    "leave": _leave,
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
    web.post("/_sandbox/act/channel", act(channel)),
    web.post("/_sandbox/act/person", act(person)),
    web.post("/_sandbox/act/token", act(token)),
)


def _members_only(by: Person) -> None:
    if by.is_restricted or by.is_stranger:
        raise NotPossible(wording.GUESTS_CANNOT, status=FORBIDDEN)


def _writable(found: Channel) -> None:
    if found.is_archived:
        raise NotPossible(wording.ARCHIVED, status=CONFLICT)


def _target(asked: Asked) -> UserId:
    target = UserId(asked.text("target"))
    somebody = asked.world.workspace.people.get(target)
    if somebody is None or somebody.deleted or target == cast.SLACKBOT:
        raise NotPossible(wording.NO_SUCH_PERSON, status=NOT_FOUND)
    return target
