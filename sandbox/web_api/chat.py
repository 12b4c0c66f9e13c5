"""Messages that the app writes: chat.*."""

from sandbox import cast, ephemerals, file_deeds, posting
from sandbox.channels import Channel, Kind
from sandbox.errors import SlackError
from sandbox.identifiers import JsonObject, Ts, UserId
from sandbox.messages import TEXT_LIMIT, UPDATE_LIMIT, Message
from sandbox.posting import Unfurl
from sandbox.web_api.call import Call
from sandbox.web_api.content import read_content, read_look, read_marked, with_fallback_text
from sandbox.web_api.registry import web_method

PUBLIC_SCOPE = "chat:write.public"


@web_method("chat.postMessage")
def post_message(call: Call) -> JsonObject:
    """Post to a channel; longer text is cut at 40,000 characters."""
    if call.args.flag("as_user"):
        raise SlackError("as_user_not_supported")
    channel = call.posting_channel()
    if channel.is_archived:
        raise SlackError("is_archived")
    if cast.BOT_USER_ID not in channel.members and not _may_post_from_outside(call, channel):
        raise SlackError("not_in_channel")
    look = read_look(call)
    content = with_fallback_text(read_content(call))
    content["text"] = content["text"][:TEXT_LIMIT]
    # A link to a file shares it, unless the post has another name than the bot's: then it is a mere link.
    if not look.is_custom and (files := file_deeds.share_by_links(call.world, channel, content["text"])):
        content["files"] = files
    message = posting.post_as_bot(
        call.world,
        channel,
        content,
        look=look,
        thread_ts=_thread(call, channel),
        broadcast=call.args.flag("reply_broadcast"),
        call_id=call.id,
        marked=read_marked(call.args),
    )
    answer = {"channel": channel.id, "ts": message.ts, "message": message.body}
    unfurl = Unfurl(links=call.args.flag("unfurl_links"), media=call.args.flag("unfurl_media", default=True))
    posting.unfurl(call.world, channel, message, unfurl)
    return answer


@web_method("chat.postEphemeral")
def post_ephemeral(call: Call) -> JsonObject:
    """Show something to one member of a channel."""
    channel = call.posting_channel()
    if channel.is_archived:
        raise SlackError("is_archived")
    if cast.BOT_USER_ID not in channel.members:
        raise SlackError("not_in_channel")
    user_id = UserId(call.args.text("user"))
    if user_id not in channel.members:
        raise SlackError("user_not_in_channel")
    look = read_look(call)
    if len(call.args.text("text")) > TEXT_LIMIT:
        raise SlackError("msg_too_long")
    content = with_fallback_text(read_content(call))
    shown = ephemerals.show(
        call.world,
        channel,
        user_id,
        content,
        look=look,
        thread_ts=_thread(call, channel),
        call_id=call.id,
        marked=read_marked(call.args),
    )
    return {"message_ts": shown.ts}


@web_method("chat.update")
def update(call: Call) -> JsonObject:
    """Change one of the app's own messages; what is not given stays, blocks included."""
    channel = _writable_channel(call)
    if channel.is_archived:
        raise SlackError("is_inactive")
    message = _own_message(call, channel, "cant_update_message")
    if len(call.args.text("text")) > UPDATE_LIMIT:
        raise SlackError("msg_too_long")
    content = read_content(call)
    if not content:
        raise SlackError("no_text")
    body = posting.edited(call.world, message, cast.BOT_USER_ID, content)
    with_fallback_text(body)
    for emptied in ("blocks", "attachments", "metadata"):
        if not body.get(emptied):
            body.pop(emptied, None)
    message.marked = read_marked(call.args, before=message.marked)
    posting.change(call.world, channel, message, body)
    return {"channel": channel.id, "ts": message.ts, "text": body["text"], "message": body}


@web_method("chat.delete")
def delete(call: Call) -> JsonObject:
    """Delete one of the app's own messages."""
    channel = _writable_channel(call)
    message = _own_message(call, channel, "cant_delete_message")
    posting.delete(call.world, channel, message)
    return {"channel": channel.id, "ts": message.ts}


@web_method("chat.getPermalink")
def get_permalink(call: Call) -> JsonObject:
    """The address of a message, which opens it on the sandbox's page."""
    channel = call.channel()
    message = call.workspace.message(channel.id, call.args.text("message_ts"))
    if message is None:
        raise SlackError("message_not_found")
    permalink = f"{call.world.base_url}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        permalink += f"?thread_ts={message.body['thread_ts']}&cid={channel.id}"
    return {"channel": channel.id, "permalink": permalink}


def _may_post_from_outside(call: Call, channel: Channel) -> bool:
    return channel.kind is Kind.PUBLIC and PUBLIC_SCOPE in call.scopes


def _writable_channel(call: Call) -> Channel:
    channel = call.workspace.channel(call.args.text("channel"))
    if channel is None or (channel.is_private and cast.BOT_USER_ID not in channel.members):
        raise SlackError("channel_not_found")
    return channel


def _own_message(call: Call, channel: Channel, otherwise: str) -> Message:
    message = call.workspace.message(channel.id, call.args.text("ts"))
    if message is None:
        raise SlackError("message_not_found")
    if message.body.get("bot_id") != cast.BOT_ID:
        raise SlackError(otherwise)
    return message


def _thread(call: Call, channel: Channel) -> Ts | None:
    """The thread's parent, also where a reply's ts was given."""
    wanted = call.args.text("thread_ts")
    if not wanted:
        return None
    parent = call.workspace.message(channel.id, wanted)
    if parent is None:
        raise SlackError("cannot_reply_to_message")
    return Ts(parent.body.get("thread_ts", parent.ts))
