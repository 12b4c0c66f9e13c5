"""Methods that read conversations: conversations.info, list, members, history, replies."""

from collections.abc import Iterator

from sandbox import cast
from sandbox.channels import Channel, Kind, conversation_object
from sandbox.errors import SlackError
from sandbox.identifiers import JsonObject, Ts
from sandbox.messages import Message, for_app
from sandbox.web_api.call import Args, Call
from sandbox.web_api.paging import page
from sandbox.web_api.registry import web_method

MOST_LISTED = 1000
MOST_MESSAGES = 999
TYPES = {
    "public_channel": Kind.PUBLIC,
    "private_channel": Kind.PRIVATE,
    "im": Kind.DIRECT,
    "mpim": Kind.GROUP_DIRECT,
}


@web_method("conversations.info")
def info(call: Call) -> JsonObject:
    """One conversation."""
    channel = call.channel()
    described = conversation_object(channel)
    if call.args.flag("include_num_members"):
        described["num_members"] = len(channel.members)
    if call.args.flag("include_locale"):
        described["locale"] = "en-US"
    return {"channel": described}


@web_method("conversations.list")
def list_conversations(call: Call) -> JsonObject:
    """The conversations that the bot sees; filters apply after paging, so that short and empty pages are normal."""
    kinds = wanted_kinds(call)
    seen = list(call.workspace.visible_to(cast.BOT_USER_ID))
    found = page(seen, call.args, most=MOST_LISTED, error="invalid_limit")
    channels = [_listed(channel) for channel in wanted_channels(found.items, kinds, call.args)]
    return {"channels": channels, "response_metadata": found.response_metadata}


@web_method("conversations.members")
def members(call: Call) -> JsonObject:
    """The IDs of those in a conversation."""
    found = page(call.channel().members, call.args, most=MOST_LISTED, error="invalid_limit")
    return {"members": found.items, "response_metadata": found.response_metadata}


@web_method("conversations.history")
def history(call: Call) -> JsonObject:
    """Messages of a conversation that the bot is in, the newest first, replies in threads left out."""
    channel = call.channel()
    if cast.BOT_USER_ID not in channel.members:
        raise SlackError("not_in_channel")
    stored = call.workspace.messages[channel.id].values()
    found = list(_within([message for message in stored if not message.is_reply], call.args))
    found.reverse()
    shown = page(found, call.args, most=MOST_MESSAGES, error="invalid_arguments")
    with_metadata = call.args.flag("include_all_metadata")
    answer: JsonObject = {
        "messages": [for_app(message, with_metadata=with_metadata) for message in shown.items],
        "has_more": bool(shown.next_cursor),
        "pin_count": len(channel.pins),
        "channel_actions_ts": None,
        "channel_actions_count": 0,
    }
    return answer | ({"response_metadata": shown.response_metadata} if shown.next_cursor else {})


@web_method("conversations.replies")
def replies(call: Call) -> JsonObject:
    """A thread, its parent first; of a message without replies that message alone."""
    channel = call.channel()
    if cast.BOT_USER_ID not in channel.members:
        raise SlackError("channel_not_found")
    named = call.workspace.message(channel.id, call.args.text("ts"))
    if named is None:
        raise SlackError("thread_not_found")
    parent_ts = named.body.get("thread_ts", named.ts)
    stored = call.workspace.messages[channel.id].values()
    thread = [message for message in stored if message.body.get("thread_ts", message.ts) == parent_ts]
    parent = [message for message in thread if message.ts == parent_ts]
    later = _within([message for message in thread if message.ts != parent_ts], call.args)
    shown = page([*parent, *later], call.args, most=MOST_LISTED, default=MOST_LISTED, error="invalid_arguments")
    with_metadata = call.args.flag("include_all_metadata")
    answer: JsonObject = {
        "messages": [for_app(message, with_metadata=with_metadata) for message in shown.items],
        "has_more": bool(shown.next_cursor),
    }
    return answer | ({"response_metadata": shown.response_metadata} if shown.next_cursor else {})


def wanted_kinds(call: Call) -> set[Kind]:
    """The kinds of conversation that `types` names.

    Raises:
        SlackError: `invalid_types`, or `missing_scope` for a kind whose scope was not granted.
    """
    words = call.args.words("types") or ["public_channel"]
    if not TYPES.keys() >= set(words):
        raise SlackError("invalid_types")
    kinds = {TYPES[word] for word in words}
    for kind in kinds:
        call.require_scope_for(kind)
    return kinds


def wanted_channels(channels: list[Channel], kinds: set[Kind], args: Args) -> Iterator[Channel]:
    """Those of the wanted kinds, archived ones only where not excluded."""
    exclude_archived = args.flag("exclude_archived")
    for channel in channels:
        if channel.kind in kinds and not (exclude_archived and channel.is_archived):
            yield channel


def _listed(channel: Channel) -> JsonObject:
    described = conversation_object(channel)
    described.pop("last_read", None)
    return described | ({"num_members": len(channel.members)} if channel.is_named else {})


def _within(messages: list[Message], args: Args) -> Iterator[Message]:
    """Those between `oldest` and `latest`."""
    oldest, latest = _moment(args, "oldest"), _moment(args, "latest")
    inclusive = args.flag("inclusive")
    for message in messages:
        ts = float(message.ts)
        if oldest is not None and (ts < oldest or (ts == oldest and not inclusive)):
            continue
        if latest is not None and (ts > latest or (ts == latest and not inclusive)):
            continue
        yield message


def _moment(args: Args, name: str) -> float | None:
    value = args.text(name)
    if value in {"", "0", "now"}:
        return None
    try:
        return float(Ts(value))
    except ValueError:
        raise SlackError(f"invalid_ts_{name}") from None
