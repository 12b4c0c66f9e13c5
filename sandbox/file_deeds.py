"""What becomes of uploaded files: completed, shared by a link to them, shown by a block, deleted."""

import re

from sandbox import cast, posting
from sandbox.channels import Channel
from sandbox.files import IMAGE_TYPES, StoredFile, file_object, tombstone
from sandbox.identifiers import FileId, JsonObject
from sandbox.world import World

_FILE_ID = re.compile(r"F[A-Z0-9]{8,}")
_FILE_LINK = re.compile(re.escape(cast.WORKSPACE_URL) + r"files/[A-Z0-9]+/(F[A-Z0-9]+)/")


def complete(world: World, file: StoredFile) -> None:
    """Its bytes are all there; Slack looks into it a while later."""
    file.is_complete = True
    file.ready_at = world.clock.now() + world.file_processing_seconds


def is_ready(world: World, file: StoredFile) -> bool:
    """Whether Slack has looked into it."""
    return file.is_complete and file.ready_at <= world.clock.now()


def described(world: World, file: StoredFile) -> JsonObject:
    """Slack's `file` object as it is now."""
    private = frozenset(channel.id for channel in world.workspace.channels.values() if channel.is_private)
    return file_object(file, world.base_url, private, ready=is_ready(world, file))


def problems(world: World, blocks: list[JsonObject]) -> list[str]:
    """Slack's complaints about the files that image blocks show: they must be images, known to Slack by now."""
    return [
        f"{problem} [json-pointer:/blocks/{index}/slack_file]"
        for index, block in enumerate(blocks)
        if block.get("type") == "image" and isinstance(block.get("slack_file"), dict)
        for problem in _problems(world, block["slack_file"])
    ]


def share_by_links(world: World, channel: Channel, text: str) -> list[JsonObject]:
    """Share the app's files to which a post's text links, and describe them; people then see them below the text."""
    linked = [_find(world, file_id) for file_id in dict.fromkeys(_FILE_LINK.findall(text))]
    shared = [file for file in linked if file and file.owner == cast.BOT_USER_ID]
    for file in shared:
        if channel.id not in file.channels:
            file.channels.append(channel.id)
    return [described(world, file) for file in shared]


def delete(world: World, file: StoredFile) -> None:
    """Forget its content; messages keep a tombstone in its place."""
    file.is_deleted, file.content = True, None
    for channel_id, messages in world.workspace.messages.items():
        for message in messages.values():
            files = message.body.get("files", [])
            if any(each["id"] == file.id for each in files):
                left = [tombstone(file) if each["id"] == file.id else each for each in files]
                posting.redraw(world, world.workspace.channels[channel_id], message, {**message.body, "files": left})
    world.updates.publish("file_deleted", file=file.id)


def _problems(world: World, shown: JsonObject) -> list[str]:
    if ("id" in shown) == ("url" in shown):
        return ["must have either id or url"]
    if "id" in shown and not _FILE_ID.fullmatch(shown["id"]):
        return [f"input must match regex pattern: ^{_FILE_ID.pattern}$"]
    file = _find(world, shown["id"]) if "id" in shown else _at(world, shown["url"])
    fits = file is not None and is_ready(world, file) and file.mimetype in IMAGE_TYPES
    return [] if fits else ["invalid slack file"]


def _find(world: World, file_id: str) -> StoredFile | None:
    file = world.workspace.files.get(FileId(file_id))
    return file if file and file.is_complete and not file.is_deleted else None


def _at(world: World, url: str) -> StoredFile | None:
    for file in world.workspace.files.values():
        if url in {file.permalink, described(world, file)["url_private"]}:
            return _find(world, file.id)
    return None
