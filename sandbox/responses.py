"""What the app answers to a command or interaction, in its acknowledgement or through a response URL."""

from typing import Any

from sandbox import ephemerals, posting
from sandbox.authorship import OWN_LOOK, bot_authorship
from sandbox.channels import Channel
from sandbox.documented.responses import RESPONSE_URL
from sandbox.errors import SlackError
from sandbox.identifiers import CallId, JsonObject, Ts
from sandbox.messages import TEXT_LIMIT, Ephemeral, Message
from sandbox.response_urls import ResponseUrl
from sandbox.web_api.call import Args, Call
from sandbox.web_api.content import read_content, read_marked, with_fallback_text
from sandbox.world import World


def give(world: World, url: ResponseUrl, payload: Any, call_id: CallId | None = None) -> None:
    """Show the answer: to the person alone unless it is `in_channel`, or instead of the message they clicked on.

    Raises:
        SlackError: `invalid_payload`, `no_text`, `invalid_blocks…`, `channel_not_found`, as for any other post.
    """
    if not isinstance(payload, dict):
        raise SlackError("invalid_payload")
    channel = world.workspace.channel(url.channel_id)
    if channel is None:
        raise SlackError("channel_not_found")
    args = Args(payload)
    original = _original(world, url)
    if original and args.flag("delete_original"):
        _delete(world, channel, original)
        return
    content = _content(world, args, call_id)
    marked = read_marked(args)
    if original and args.flag("replace_original"):
        original.marked = marked
        _replace(world, channel, original, content)
    elif args.text("response_type") == "in_channel":
        if channel.is_archived:
            raise SlackError("is_archived")
        thread_ts = Ts(args.text("thread_ts")) if args.has("thread_ts") else None
        posting.post_as_bot(world, channel, content, thread_ts=thread_ts, call_id=call_id, marked=marked)
    else:
        ephemerals.show(world, channel, url.user_id, content, call_id=call_id, marked=marked)


def _content(world: World, args: Args, call_id: CallId | None) -> JsonObject:
    call = Call(world, RESPONSE_URL, args, "", (), call_id or CallId(""))
    content = with_fallback_text(read_content(call))
    return {**content, "text": content["text"][:TEXT_LIMIT]}


def _original(world: World, url: ResponseUrl) -> Message | Ephemeral | None:
    if url.ts is None:
        return None
    if url.is_ephemeral:
        return next((shown for shown in world.workspace.ephemerals if shown.ts == url.ts), None)
    return world.workspace.message(url.channel_id, url.ts)


def _delete(world: World, channel: Channel, original: Message | Ephemeral) -> None:
    if isinstance(original, Message):
        posting.delete(world, channel, original)
    else:
        ephemerals.withdraw(world, original)


def _replace(world: World, channel: Channel, original: Message | Ephemeral, content: JsonObject) -> None:
    kept = {key: value for key, value in original.body.items() if key not in {"blocks", "attachments"}}
    if isinstance(original, Message):
        posting.change(world, channel, original, {**kept, **content})
    else:
        ephemerals.replace(world, original, {**kept, **bot_authorship(OWN_LOOK), **content})
