"""Files in three steps: files.getUploadURLExternal, the upload, files.completeUploadExternal; then info and delete."""

from sandbox import cast, file_deeds, markup, posting
from sandbox.channels import Channel
from sandbox.errors import SlackError
from sandbox.files import StoredFile
from sandbox.identifiers import FileId, JsonObject, Ts
from sandbox.web_api.call import Call
from sandbox.web_api.content import read_blocks, read_look
from sandbox.web_api.registry import web_method

MOST_CHANNELS = 100
ALT_TEXT_LIMIT = 1000


@web_method("files.getUploadURLExternal")
def get_upload_url(call: Call) -> JsonObject:
    """An address that takes the bytes of one file."""
    length = call.args.integer("length", 0)
    if length < 1 or not call.args.text("filename"):
        raise SlackError("invalid_arguments", problems=("must be greater than 0 [length]",))
    if len(call.args.text("alt_txt")) > ALT_TEXT_LIMIT:
        raise SlackError("alt_txt_too_large")
    file = StoredFile(
        FileId(call.world.ids.slack_id("F")),
        call.args.text("filename"),
        call.args.text("filename"),
        cast.BOT_USER_ID,
        int(call.world.clock.now()),
        announced_length=length,
        alt_text=call.args.text("alt_txt"),
    )
    call.workspace.files[file.id] = file
    ticket = call.world.upload_tickets.issue(file.id)
    return {"upload_url": f"{call.world.base_url}/upload/v1/{ticket}", "file_id": file.id}


@web_method("files.completeUploadExternal")
def complete_upload(call: Call) -> JsonObject:
    """Finish uploads and share them in channels, with a comment if one is given."""
    files = _uploaded(call)
    channels = _channels(call)
    look = read_look(call)
    for file in files:
        file_deeds.complete(call.world, file)
        file.channels += [channel.id for channel in channels if channel.id not in file.channels]
    described = [_described(call, file) for file in files]
    content = _comment(call) | {"subtype": "file_share", "files": described, "upload": False, "display_as_bot": False}
    thread_ts = Ts(call.args.text("thread_ts")) if call.args.has("thread_ts") else None
    for channel in channels:
        posting.post_as_bot(call.world, channel, content, look=look, thread_ts=thread_ts, call_id=call.id)
    return {"files": described}


@web_method("files.info")
def info(call: Call) -> JsonObject:
    """One file."""
    return {"file": _described(call, _known(call)), "comments": [], "response_metadata": {"next_cursor": ""}}


@web_method("files.delete")
def delete(call: Call) -> JsonObject:
    """Delete one of the app's own files, shared or not."""
    file = _known(call)
    if file.owner != cast.BOT_USER_ID:
        raise SlackError("cant_delete_file")
    file_deeds.delete(call.world, file)
    return {}


def _known(call: Call) -> StoredFile:
    file = call.workspace.files.get(FileId(call.args.text("file")))
    if file is None or not file.is_complete:
        raise SlackError("file_not_found")
    if file.is_deleted:
        raise SlackError("file_deleted")
    return file


def _uploaded(call: Call) -> list[StoredFile]:
    wanted = call.args.json("files")
    if not isinstance(wanted, list) or not wanted or not all(isinstance(item, dict) for item in wanted):
        raise SlackError("invalid_arguments", problems=("must be an array of objects [files]",))
    files = []
    for item in wanted:
        file = call.workspace.files.get(FileId(str(item.get("id"))))
        if file is None or file.content is None or file.is_complete:
            raise SlackError("file_not_found")
        file.title = item.get("title") or file.name
        files.append(file)
    return files


def _channels(call: Call) -> list[Channel]:
    channels = []
    wanted = call.args.words("channels") or call.args.words("channel_id")
    if len(wanted) > MOST_CHANNELS:
        raise SlackError("channels_limit_exceeded")
    for channel_id in wanted:
        channel = call.workspace.channel(channel_id)
        if channel is None or (channel.is_private and cast.BOT_USER_ID not in channel.members):
            raise SlackError("channel_not_found")
        if channel.is_archived:
            raise SlackError("posting_to_channel_denied")
        if cast.BOT_USER_ID not in channel.members:
            raise SlackError("not_in_channel")
        channels.append(channel)
    return channels


def _comment(call: Call) -> JsonObject:
    if call.args.has("initial_comment") or not call.args.has("blocks"):
        return {"text": markup.stored_text(call.args.text("initial_comment"))}
    return {"text": "", "blocks": read_blocks(call, call.args.json("blocks", "invalid_blocks"))}


def _described(call: Call, file: StoredFile) -> JsonObject:
    return file_deeds.described(call.world, file)
