"""How messages come into channels, change and go: stored, told to the app, shown on the page."""

from dataclasses import dataclass

from sandbox import events, unfurling
from sandbox.authorship import OWN_LOOK, Look, bot_authorship
from sandbox.channels import Channel
from sandbox.identifiers import CallId, JsonObject, Ts, UserId
from sandbox.messages import Message, for_people
from sandbox.rich_text import rich_text_block
from sandbox.world import World


@dataclass(frozen=True, slots=True)
class Unfurl:
    """Which links in a post get a preview."""

    links: bool
    media: bool


def post_as_bot(
    world: World,
    channel: Channel,
    content: JsonObject,
    *,
    look: Look = OWN_LOOK,
    thread_ts: Ts | None = None,
    broadcast: bool = False,
    call_id: CallId | None = None,
    marked: bool = True,
) -> Message:
    """Store what the app posts; `content` holds text, blocks, attachments, metadata and files as Slack stores them."""
    body = {**bot_authorship(look), **content}
    return _store(world, channel, body, thread_ts=thread_ts, broadcast=broadcast, call_id=call_id, marked=marked)


def post_as_person(
    world: World,
    channel: Channel,
    user_id: UserId,
    text: str,
    *,
    thread_ts: Ts | None = None,
    files: list[JsonObject] | None = None,
) -> Message:
    """Store what a person sends; `text` is stored markup already."""
    person = world.workspace.people[user_id]
    body: JsonObject = {"client_msg_id": world.ids.uuid(), "user": user_id, "team": person.team_id, "text": text}
    if text:
        body["blocks"] = [rich_text_block(text, world.ids.block_id())]
    if files:
        body |= {"subtype": "file_share", "files": files, "upload": False, "display_as_bot": False}
    message = _store(world, channel, body, thread_ts=thread_ts)
    unfurl(world, channel, message, Unfurl(links=True, media=True))
    return message


def post_notice(world: World, channel: Channel, user_id: UserId, subtype: str, text: str, **beside: object) -> Message:
    """Store one of Slack's own lines in a channel, such as who has joined."""
    return _store(world, channel, {"subtype": subtype, "user": user_id, "text": text, **beside})


def change(world: World, channel: Channel, message: Message, new_body: JsonObject) -> None:
    """Replace a message's body, by an edit or an unfurl, and tell everyone what it was before."""
    previous, message.body = message.body, new_body
    _tell_change(world, channel, "message_changed", {"message": new_body, "previous_message": previous})
    world.updates.publish("message_changed", channel=channel.id, ts=message.ts, message=for_people(message))


def redraw(world: World, channel: Channel, message: Message, new_body: JsonObject) -> None:
    """Replace a message's body where Slack tells the app nothing: reactions, pins, a thread's counts."""
    message.body = new_body
    world.updates.publish("message_changed", channel=channel.id, ts=message.ts, message=for_people(message))


def unfurl(world: World, channel: Channel, message: Message, wanted: Unfurl) -> None:
    """Give a message the previews of its links, a moment after it was posted."""
    previews = unfurling.previews(message.body["text"], links=wanted.links, media=wanted.media)
    if previews:
        attachments = [*message.body.get("attachments", []), *previews]
        change(world, channel, message, {**message.body, "attachments": attachments})


def edited(world: World, message: Message, editor: UserId, changes: JsonObject) -> JsonObject:
    """The body of a message after an edit."""
    mark = {"user": editor, "ts": f"{int(world.clock.now())}.000000"}
    return {**message.body, **changes, "edited": mark}


def delete(world: World, channel: Channel, message: Message) -> None:
    """Take a message out of the channel, and out of its thread's count."""
    del world.workspace.messages[channel.id][message.ts]
    if parent_ts := message.body.get("thread_ts"):
        _recount_thread(world, channel, Ts(parent_ts))
    _tell_change(world, channel, "message_deleted", {"deleted_ts": message.ts, "previous_message": message.body})
    world.updates.publish("message_deleted", channel=channel.id, ts=message.ts)


def _store(
    world: World,
    channel: Channel,
    body: JsonObject,
    *,
    thread_ts: Ts | None = None,
    broadcast: bool = False,
    call_id: CallId | None = None,
    marked: bool = True,
) -> Message:
    ts = world.workspace.next_ts(world.clock.now())
    stored: JsonObject = {"type": "message", **body, "ts": ts}
    if thread_ts:
        stored["thread_ts"] = thread_ts
        parent = world.workspace.message(channel.id, thread_ts)
        if parent and "user" in parent.body:
            stored["parent_user_id"] = parent.body["user"]
        if broadcast:
            stored["subtype"] = "thread_broadcast"
    message = Message(channel.id, stored, call_id, marked)
    world.workspace.messages[channel.id][ts] = message
    if thread_ts:
        _recount_thread(world, channel, thread_ts)
    events.tell_message(world, channel, {**stored, "event_ts": ts})
    world.updates.publish("message", channel=channel.id, ts=ts, message=for_people(message))
    return message


def _tell_change(world: World, channel: Channel, subtype: str, fields: JsonObject) -> None:
    ts = world.workspace.next_ts(world.clock.now())
    event = {"type": "message", "subtype": subtype, **fields, "hidden": True, "ts": ts, "event_ts": ts}
    events.tell_message(world, channel, event)


def _recount_thread(world: World, channel: Channel, parent_ts: Ts) -> None:
    parent = world.workspace.message(channel.id, parent_ts)
    if parent is None:
        return
    replies = [
        message
        for message in world.workspace.messages[channel.id].values()
        if message.body.get("thread_ts") == parent_ts and message.ts != parent_ts
    ]
    repliers = list(dict.fromkeys(reply.body.get("user") or reply.body.get("bot_id") for reply in replies))
    counts = {
        "thread_ts": parent_ts,
        "reply_count": len(replies),
        "reply_users_count": len(repliers),
        "latest_reply": replies[-1].ts if replies else None,
        "reply_users": repliers,
        "is_locked": False,
        "subscribed": True,
    }
    if replies:
        redraw(world, channel, parent, {**parent.body, **counts})
    else:
        redraw(world, channel, parent, {key: value for key, value in parent.body.items() if key not in counts})
