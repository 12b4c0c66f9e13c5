"""What people do in channels: type commands and messages, edit and delete them, click, use shortcuts."""

import base64
import binascii
from typing import Any

from aiohttp import web

from sandbox import commands, interactions, markup, posting, wording
from sandbox.channels import Channel
from sandbox.errors import NotPossible
from sandbox.files import StoredFile, file_object
from sandbox.identifiers import FileId, JsonObject, Ts, UserId, ViewId
from sandbox.messages import TEXT_LIMIT, Message
from sandbox.people import Person
from sandbox.people_side.asking import FORBIDDEN, NOT_FOUND, Asked, act
from sandbox.rich_text import rich_text_block
from sandbox.socket_mode import Answer


async def command(asked: Asked) -> JsonObject:
    """Type a slash command, and wait for what comes of it."""
    person = asked.person()
    channel = asked.own_channel(person)
    typed = commands.Typed(
        asked.text("command"), asked.typed("text", str, ""), in_thread=bool(asked.fields.get("thread_ts"))
    )
    return await commands.run(asked.world, person, channel, typed)


async def write(asked: Asked) -> JsonObject:
    """Send a message, with files or in a thread if so wanted."""
    person = asked.person()
    channel = asked.own_channel(person)
    text = _message_text(asked)
    files = [_upload(asked, person, channel, item) for item in asked.typed("files", list, [])]
    if not (text or files):
        raise NotPossible(wording.NOTHING_TO_SEND)
    thread_ts = _thread(asked, channel)
    message = posting.post_as_person(asked.world, channel, person.id, text, thread_ts=thread_ts, files=files)
    return {"ts": message.ts}


async def edit(asked: Asked) -> JsonObject:
    """Change one of one's own messages."""
    person = asked.person()
    channel = asked.own_channel(person)
    message = _own_message(asked, channel, person.id)
    text = _message_text(asked)
    if not text:
        raise NotPossible(wording.NOTHING_TO_SEND)
    changes = {"text": text, "blocks": [rich_text_block(text, asked.world.ids.block_id())]}
    posting.change(asked.world, channel, message, posting.edited(asked.world, message, person.id, changes))
    return {"ts": message.ts}


async def remove(asked: Asked) -> JsonObject:
    """Delete one of one's own messages; an admin deletes anybody's."""
    person = asked.person()
    channel = asked.own_channel(person)
    message = asked.message(channel) if person.is_admin else _own_message(asked, channel, person.id)
    posting.delete(asked.world, channel, message)
    return {"ts": message.ts}


async def click(asked: Asked) -> JsonObject:
    """Use a button or another element of a message, an ephemeral one too, or of a view."""
    person = asked.person()
    asked.text("action_id")
    if asked.fields.get("view_id"):
        view = asked.world.workspace.views.get(ViewId(asked.text("view_id")))
        if view is None or view.user_id != person.id:
            raise NotPossible(wording.NO_SUCH_VIEW, status=NOT_FOUND)
        return _told(await interactions.click_in_view(asked.world, person, view, asked.fields))
    channel = asked.channel(person)
    shown = asked.shown(channel, person)
    return _told(await interactions.click_in_message(asked.world, person, channel, shown, asked.fields))


async def shortcut(asked: Asked) -> JsonObject:
    """Choose a message shortcut."""
    person = asked.person()
    channel = asked.channel(person)
    message = asked.message(channel)
    callback_id = asked.text("callback_id")
    return _told(await interactions.use_shortcut(asked.world, person, channel, message, callback_id))


ROUTES = (
    web.post("/_sandbox/act/command", act(command)),
    web.post("/_sandbox/act/message", act(write)),
    web.put("/_sandbox/act/message", act(edit)),
    web.delete("/_sandbox/act/message", act(remove)),
    web.post("/_sandbox/act/action", act(click)),
    web.post("/_sandbox/act/shortcut", act(shortcut)),
)


def _told(answer: Answer) -> JsonObject:
    return {"outcome": answer.outcome.value, "response": answer.response, "seconds": answer.seconds}


def _thread(asked: Asked, channel: Channel) -> Ts | None:
    if not asked.fields.get("thread_ts"):
        return None
    parent = asked.message(channel, "thread_ts")
    return Ts(parent.body.get("thread_ts", parent.ts))


def _message_text(asked: Asked) -> str:
    text = asked.typed("text", str, "")
    if len(text) > TEXT_LIMIT:
        raise NotPossible(wording.TOO_LONG)
    return markup.typed_text(text, asked.world.workspace.names(labelled=False))


def _own_message(asked: Asked, channel: Channel, user_id: UserId) -> Message:
    message = asked.message(channel)
    if message.body.get("user") != user_id or message.body.get("subtype") not in {None, "file_share"}:
        raise NotPossible(wording.NOT_YOURS, status=FORBIDDEN)
    return message


def _upload(asked: Asked, person: Person, channel: Channel, item: Any) -> JsonObject:
    """Store a file that comes along: `name`, and `content` (text) or `content_base64`."""
    if not isinstance(item, dict) or not isinstance(item.get("name"), str):
        raise NotPossible(wording.missing("files[].name"))
    world = asked.world
    file_id = FileId(world.ids.slack_id("F"))
    file = StoredFile(file_id, item["name"], item.get("title") or item["name"], person.id, int(world.clock.now()))
    file.content = _content(item)
    file.is_complete, file.ready_at = True, world.clock.now()
    file.channels = [channel.id]
    world.workspace.files[file_id] = file
    private = frozenset({channel.id}) if channel.is_private else frozenset()
    return file_object(file, world.base_url, private)


def _content(item: JsonObject) -> bytes:
    if "content_base64" not in item:
        return str(item.get("content", "")).encode()
    try:
        return base64.b64decode(item["content_base64"], validate=True)
    except (binascii.Error, TypeError, ValueError):
        raise NotPossible(wording.wrong_value("files[].content_base64", "base64")) from None
