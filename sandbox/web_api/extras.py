"""What apps attach to messages and channels: reactions.*, pins.add, bookmarks.add."""

import re

from sandbox import cast, posting
from sandbox.channels import Channel
from sandbox.errors import SlackError
from sandbox.identifiers import JsonObject
from sandbox.messages import Message, for_app
from sandbox.web_api.call import Call
from sandbox.web_api.registry import web_method

MOST_KINDS = 50
MOST_PINS = 100
MOST_BOOKMARKS = 100
EMOJI_NAME = re.compile(r"[a-z0-9_'+-]+(?:::skin-tone-[2-6])?")


@web_method("reactions.add")
def reactions_add(call: Call) -> JsonObject:
    """Put an emoji under a message."""
    channel, message = _item(call)
    name = _emoji(call)
    if channel.is_archived:
        raise SlackError("is_archived")
    reactions = _reactions(message)
    if cast.BOT_USER_ID in reactions.setdefault(name, []):
        raise SlackError("already_reacted")
    if len(reactions) > MOST_KINDS:
        raise SlackError("too_many_emoji")
    reactions[name].append(cast.BOT_USER_ID)
    _store_reactions(call, channel, message, reactions)
    return {}


@web_method("reactions.remove")
def reactions_remove(call: Call) -> JsonObject:
    """Take the bot's emoji away again."""
    channel, message = _item(call)
    name = _emoji(call)
    reactions = _reactions(message)
    if cast.BOT_USER_ID not in reactions.get(name, []):
        raise SlackError("no_reaction")
    reactions[name].remove(cast.BOT_USER_ID)
    _store_reactions(call, channel, message, reactions)
    return {}


@web_method("reactions.get")
def reactions_get(call: Call) -> JsonObject:
    """A message with its reactions."""
    channel, message = _item(call)
    permalink = f"{call.world.base_url}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    return {"type": "message", "channel": channel.id, "message": {**for_app(message), "permalink": permalink}}


@web_method("pins.add")
def pins_add(call: Call) -> JsonObject:
    """Pin a message to its channel."""
    channel = call.channel()
    if cast.BOT_USER_ID not in channel.members:
        raise SlackError("not_in_channel")
    if not call.args.has("timestamp"):
        raise SlackError("no_item_specified")
    message = _message(call, channel)
    if message.ts in channel.pins:
        raise SlackError("already_pinned")
    if len(channel.pins) >= MOST_PINS:
        raise SlackError("too_many_pins")
    channel.pins.append(message.ts)
    posting.redraw(call.world, channel, message, {**message.body, "pinned_to": [channel.id]})
    return {}


@web_method("bookmarks.add")
def bookmarks_add(call: Call) -> JsonObject:
    """Add a link to a channel's bar."""
    channel = call.workspace.channel(call.args.text("channel_id"))
    if channel is None or cast.BOT_USER_ID not in channel.members:
        raise SlackError("channel_not_found")
    if call.args.text("type") != "link":
        raise SlackError("invalid_bookmark_type")
    if not re.match(r"https?://", call.args.text("link")):
        raise SlackError("invalid_link")
    if len(channel.bookmarks) >= MOST_BOOKMARKS:
        raise SlackError("too_many_bookmarks")
    bookmark = {
        "id": call.world.ids.slack_id("Bk"),
        "channel_id": channel.id,
        "title": call.args.text("title"),
        "link": call.args.text("link"),
        "emoji": call.args.text("emoji"),
        "icon_url": None,
        "type": "link",
        "entity_id": None,
        "date_created": int(call.world.clock.now()),
        "date_updated": 0,
        "rank": "n",
        "last_updated_by_user_id": cast.BOT_USER_ID,
        "last_updated_by_team_id": cast.TEAM_ID,
        "shortcut_id": None,
        "app_id": cast.APP_ID,
    }
    channel.bookmarks.append(bookmark)
    return {"bookmark": bookmark}


def _item(call: Call) -> tuple[Channel, Message]:
    if not (call.args.has("channel") and call.args.has("timestamp")):
        raise SlackError("no_item_specified")
    channel = call.channel()
    return channel, _message(call, channel)


def _message(call: Call, channel: Channel) -> Message:
    timestamp = call.args.text("timestamp")
    if not re.fullmatch(r"\d+\.\d+", timestamp):
        raise SlackError("bad_timestamp")
    message = call.workspace.message(channel.id, timestamp)
    if message is None:
        raise SlackError("message_not_found")
    return message


def _emoji(call: Call) -> str:
    name = call.args.text("name").strip(":")
    if not EMOJI_NAME.fullmatch(name):
        raise SlackError("invalid_name")
    return name


def _reactions(message: Message) -> dict[str, list[str]]:
    return {reaction["name"]: list(reaction["users"]) for reaction in message.body.get("reactions", [])}


def _store_reactions(call: Call, channel: Channel, message: Message, reactions: dict[str, list[str]]) -> None:
    kept = [{"name": name, "users": users, "count": len(users)} for name, users in reactions.items() if users]
    body = {key: value for key, value in message.body.items() if key != "reactions"}
    posting.redraw(call.world, channel, message, body | ({"reactions": kept} if kept else {}))
