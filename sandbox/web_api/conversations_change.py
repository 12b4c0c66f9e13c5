"""Methods that change a channel as a whole: conversations.create, archive, rename, setTopic and their like."""

from sandbox import cast, channel_deeds
from sandbox.channels import TOPIC_LIMIT, Kind, conversation_object
from sandbox.errors import SlackError
from sandbox.identifiers import JsonObject, Ts, UserId
from sandbox.web_api.call import Call
from sandbox.web_api.registry import web_method

MOST_IN_GROUP = 8


@web_method("conversations.create")
def create(call: Call) -> JsonObject:
    """A new channel with the bot in it."""
    is_private = call.args.flag("is_private")
    call.require_scope_for(Kind.PRIVATE if is_private else Kind.PUBLIC)
    if call.workspace.credentials.channel_creation_restricted:
        raise SlackError("restricted_action")
    channel = channel_deeds.create(call.world, call.args.text("name"), cast.BOT_USER_ID, is_private=is_private)
    return {"channel": conversation_object(channel)}


@web_method("conversations.archive")
def archive(call: Call) -> JsonObject:
    """Archive a channel; the bot leaves it thereby."""
    channel = call.named_channel()
    if channel.is_general:
        raise SlackError("cant_archive_general")
    if channel.is_archived:
        raise SlackError("already_archived")
    if cast.BOT_USER_ID not in channel.members:
        raise SlackError("not_in_channel")
    channel_deeds.archive(call.world, channel, cast.BOT_USER_ID)
    return {}


@web_method("conversations.unarchive")
def unarchive(call: Call) -> JsonObject:
    """Refused always: a bot is in no archived channel."""
    channel = call.named_channel()
    if not channel.is_archived:
        raise SlackError("not_archived")
    raise SlackError("not_in_channel")


@web_method("conversations.rename")
def rename(call: Call) -> JsonObject:
    """Rename a channel that the bot made."""
    channel = call.members_channel()
    if channel.is_archived:
        raise SlackError("is_archived")
    if channel.creator != cast.BOT_USER_ID:
        raise SlackError("not_authorized")
    channel_deeds.rename(call.world, channel, call.args.text("name"), cast.BOT_USER_ID)
    return {"channel": conversation_object(channel)}


@web_method("conversations.setTopic")
def set_topic(call: Call) -> JsonObject:
    """Set the topic, up to 250 characters."""
    channel = call.members_channel()
    topic = call.args.text("topic")
    if channel.is_archived:
        raise SlackError("is_archived")
    if len(topic) > TOPIC_LIMIT:
        raise SlackError("too_long")
    channel_deeds.set_topic(call.world, channel, topic, cast.BOT_USER_ID)
    return {"channel": conversation_object(channel)}


@web_method("conversations.setPurpose")
def set_purpose(call: Call) -> JsonObject:
    """Set the purpose, up to 250 characters."""
    channel = call.members_channel()
    purpose = call.args.text("purpose")
    if channel.is_archived:
        raise SlackError("is_archived")
    if len(purpose) > TOPIC_LIMIT:
        raise SlackError("too_long")
    channel_deeds.set_purpose(call.world, channel, purpose, cast.BOT_USER_ID)
    return {"channel": conversation_object(channel)}


@web_method("conversations.mark")
def mark(call: Call) -> JsonObject:
    """Move the bot's read mark."""
    channel = call.channel()
    if cast.BOT_USER_ID not in channel.members:
        raise SlackError("not_in_channel")
    try:
        float(call.args.text("ts"))
    except ValueError:
        raise SlackError("invalid_timestamp") from None
    channel.last_read = Ts(call.args.text("ts"))
    return {}


@web_method("conversations.open")
def open_conversation(call: Call) -> JsonObject:
    """Direct messages with one person, or with up to eight."""
    if call.args.has("channel"):
        channel = call.channel()
        if channel.is_named:
            raise SlackError("method_not_supported_for_channel_type")
        return {"no_op": True, "already_open": True, "channel": {"id": channel.id}}
    if not call.args.has("users"):
        raise SlackError("users_list_not_supplied")
    user_ids = [UserId(word) for word in call.args.words("users")]
    _check_guests(call, user_ids)
    call.require_scope_for(Kind.DIRECT if len(user_ids) == 1 else Kind.GROUP_DIRECT)
    before = set(call.workspace.channels)
    channel = channel_deeds.open_direct(call.world, [cast.BOT_USER_ID, *dict.fromkeys(user_ids)])
    described = conversation_object(channel) if call.args.flag("return_im") else {"id": channel.id}
    known = {"no_op": True, "already_open": True} if channel.id in before else {}
    return {**known, "channel": described}


def _check_guests(call: Call, user_ids: list[UserId]) -> None:
    if not user_ids:
        raise SlackError("not_enough_users")
    if len(user_ids) > MOST_IN_GROUP:
        raise SlackError("too_many_users")
    for user_id in user_ids:
        person = call.workspace.person(user_id)
        if person.deleted:
            raise SlackError("user_disabled")
        if person.is_bot:
            raise SlackError("user_not_found")
