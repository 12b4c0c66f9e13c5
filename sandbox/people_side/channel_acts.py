"""What people do to channels: create, archive, rename, delete them, come, go, invite."""

from collections.abc import Callable

from aiohttp import web

from sandbox import cast, channel_deeds, wording
from sandbox.channels import TOPIC_LIMIT, Channel
from sandbox.errors import NotPossible
from sandbox.identifiers import JsonObject, UserId
from sandbox.people import Person
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


def _set_topic(asked: Asked, by: Person, found: Channel) -> None:
    _writable(found)
    if by.id not in found.members:
        raise NotPossible(wording.NOT_A_MEMBER, status=FORBIDDEN)
    topic = asked.typed("topic", str, "")
    if len(topic) > TOPIC_LIMIT:
        raise NotPossible(wording.wrong_value("topic", f"at most {TOPIC_LIMIT} characters"))
    channel_deeds.set_topic(asked.world, found, topic, by.id)


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
    "set_topic": _set_topic,
}


ROUTES = (web.post("/_sandbox/act/channel", act(channel)),)


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
