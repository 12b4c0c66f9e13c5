"""Reading what a person asks for, and saying what to do where it cannot be."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from aiohttp import web

from sandbox import wording
from sandbox.channels import Channel
from sandbox.errors import NotPossible, SlackError
from sandbox.identifiers import ChannelId, JsonObject, UserId
from sandbox.messages import Ephemeral, Message
from sandbox.people import Person
from sandbox.world import World
from sandbox.world_key import WORLD

Value = TypeVar("Value")
FORBIDDEN, NOT_FOUND, CONFLICT = 403, 404, 409


@dataclass(frozen=True, slots=True)
class Asked:
    """A request on the people's side."""

    world: World
    fields: JsonObject

    def text(self, name: str) -> str:
        """A string that has to be there.

        Raises:
            NotPossible: where it is missing.
        """
        value = self.fields.get(name)
        if not isinstance(value, str) or not value:
            raise NotPossible(wording.missing(name))
        return value

    def typed(self, name: str, kind: type[Value], default: Value) -> Value:
        """A value of one JSON type.

        Raises:
            NotPossible: where it is of another.
        """
        value: Any = self.fields.get(name)
        if value is None:
            return default
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise NotPossible(wording.wrong_value(name, f"a JSON {kind.__name__}"))
        return value

    def person(self, name: str = "user") -> Person:
        """Somebody with an active account.

        Raises:
            NotPossible: where there is nobody of that ID, or their account is deactivated.
        """
        person = self.anybody(name)
        if person.deleted:
            raise NotPossible(wording.DEACTIVATED, status=FORBIDDEN)
        return person

    def anybody(self, name: str = "user") -> Person:
        """Somebody, active or not, but no bot.

        Raises:
            NotPossible: where there is nobody of that ID.
        """
        person = self.world.workspace.people.get(UserId(self.text(name)))
        if person is None or person.is_bot:
            raise NotPossible(wording.NO_SUCH_PERSON, status=NOT_FOUND)
        return person

    def channel(self, person: Person) -> Channel:
        """The conversation named by `channel`, which this person sees.

        Raises:
            NotPossible: where they do not.
        """
        wanted = ChannelId(self.text("channel"))
        for channel in self.world.workspace.visible_to(person.id):
            if channel.id == wanted:
                return channel
        raise NotPossible(wording.NO_SUCH_CHANNEL, status=NOT_FOUND)

    def own_channel(self, person: Person) -> Channel:
        """The conversation named by `channel`, which this person is in and may write to.

        Raises:
            NotPossible: where they are not, or it is archived.
        """
        channel = self.channel(person)
        if channel.is_archived:
            raise NotPossible(wording.ARCHIVED, status=CONFLICT)
        if person.id not in channel.members:
            raise NotPossible(wording.NOT_A_MEMBER, status=FORBIDDEN)
        return channel

    def message(self, channel: Channel, name: str = "ts") -> Message:
        """The message named by `ts`, or by another field.

        Raises:
            NotPossible: where there is none.
        """
        message = self.world.workspace.message(channel.id, self.text(name))
        if message is None:
            raise NotPossible(wording.NO_SUCH_MESSAGE, status=NOT_FOUND)
        return message

    def shown(self, channel: Channel, person: Person) -> Message | Ephemeral:
        """The message, or what only this person sees, named by `ts`.

        Raises:
            NotPossible: where there is neither.
        """
        for ephemeral in self.world.workspace.ephemerals:
            if (ephemeral.ts, ephemeral.channel_id, ephemeral.user_id) == (self.text("ts"), channel.id, person.id):
                return ephemeral
        return self.message(channel)


Act = Callable[[Asked], Awaitable[JsonObject]]


def act(carry_out: Act) -> Callable[[web.Request], Awaitable[web.Response]]:
    """A handler that reads a JSON object and answers with one."""

    async def handle(request: web.Request) -> web.Response:
        return web.json_response(await carry_out(Asked(request.app[WORLD], await _fields(request))))

    return handle


@web.middleware
async def explain(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refusals of the people's side, as a status and a sentence."""
    try:
        return await handler(request)
    except NotPossible as refusal:
        return web.json_response({"error": str(refusal)}, status=refusal.status)
    except SlackError as refusal:
        return web.json_response({"error": wording.name_refused(refusal.code)}, status=CONFLICT)


async def _fields(request: web.Request) -> JsonObject:
    body = await request.read()
    try:
        fields = json.loads(body) if body else {}
    except ValueError:
        fields = None
    if not isinstance(fields, dict):
        raise NotPossible(wording.UNREADABLE)
    return {**request.query, **fields}
