"""Methods about who is in a channel: conversations.invite, kick, join, leave."""

from sandbox import cast, channel_deeds
from sandbox.channels import Channel, Kind, conversation_object
from sandbox.errors import SlackError
from sandbox.identifiers import JsonObject, UserId
from sandbox.web_api.call import Call
from sandbox.web_api.registry import web_method

MOST_INVITED = 100


@web_method("conversations.invite")
def invite(call: Call) -> JsonObject:
    """Invite people: all of them, or with `force` those who can be; each failure stands in `errors`."""
    channel = call.members_channel()
    if channel.is_archived:
        raise SlackError("is_archived")
    user_ids = [UserId(word) for word in dict.fromkeys(call.args.words("users"))]
    if not user_ids:
        raise SlackError("no_user")
    if len(user_ids) > MOST_INVITED:
        raise SlackError("invalid_arguments", problems=(f"no more than {MOST_INVITED} users [users]",))
    refusals = {user_id: error for user_id in user_ids if (error := _why_not(call, channel, user_id))}
    errors: list[JsonObject] = [{"user": user_id, "ok": False, "error": error} for user_id, error in refusals.items()]
    welcome = [user_id for user_id in user_ids if user_id not in refusals]
    if errors and not (call.args.flag("force") and welcome):
        raise SlackError(errors[0]["error"], errors=errors)
    for user_id in welcome:
        channel_deeds.add_member(call.world, channel, user_id, inviter=cast.BOT_USER_ID)
    return {"channel": conversation_object(channel)} | ({"errors": errors} if errors else {})


@web_method("conversations.kick")
def kick(call: Call) -> JsonObject:
    """Remove somebody from a channel."""
    channel = call.members_channel()
    user_id = UserId(call.args.text("user"))
    if channel.is_general:
        raise SlackError("cant_kick_from_general")
    if user_id == cast.BOT_USER_ID:
        raise SlackError("cant_kick_self")
    if user_id not in call.workspace.people:
        raise SlackError("user_not_found")
    if user_id not in channel.members:
        raise SlackError("not_in_channel")
    channel_deeds.remove_member(call.world, channel, user_id)
    return {"errors": {}}


@web_method("conversations.join")
def join(call: Call) -> JsonObject:
    """Let the bot into a public channel."""
    channel = call.workspace.channel(call.args.text("channel"))
    if channel is None or (channel.is_private and cast.BOT_USER_ID not in channel.members):
        raise SlackError("channel_not_found")
    if channel.kind is not Kind.PUBLIC:
        raise SlackError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise SlackError("is_archived")
    if cast.BOT_USER_ID in channel.members:
        known = "already_in_channel"
        return {
            "channel": conversation_object(channel),
            "warning": known,
            "response_metadata": {"warnings": [known]},
        }
    channel_deeds.add_member(call.world, channel, cast.BOT_USER_ID)
    return {"channel": conversation_object(channel)}


@web_method("conversations.leave")
def leave(call: Call) -> JsonObject:
    """Take the bot out of a channel."""
    channel = call.named_channel()
    if channel.is_archived:
        raise SlackError("is_archived")
    if channel.is_general:
        raise SlackError("cant_leave_general")
    if cast.BOT_USER_ID not in channel.members:
        return {"not_in_channel": True}
    if len(channel.members) == 1 and channel.is_private:
        raise SlackError("last_member")
    channel_deeds.remove_member(call.world, channel, cast.BOT_USER_ID)
    return {}


def _why_not(call: Call, channel: Channel, user_id: UserId) -> str | None:
    """The error that keeps somebody out."""
    person = call.workspace.people.get(user_id)
    if user_id == cast.BOT_USER_ID:
        return "cant_invite_self"
    if person is None or person.deleted or user_id == cast.SLACKBOT:
        return "user_not_found"
    if user_id in channel.members:
        return "already_in_channel"
    if person.is_stranger and not channel.is_ext_shared:
        return "cant_invite"
    return None
