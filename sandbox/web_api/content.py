"""What a post may hold: text, blocks, attachments and metadata, checked and stored as Slack does it."""

from typing import Any

from sandbox import blocks as block_kit
from sandbox import file_deeds, markup, wording
from sandbox.authorship import Look
from sandbox.documented.check import documents_error
from sandbox.errors import SlackError
from sandbox.identifiers import JsonObject
from sandbox.web_api.call import Args, Call, missing_scope

CUSTOMIZE_SCOPE = "chat:write.customize"
MOST_ATTACHMENTS = 100
MARKDOWN_LIMIT = 12_000
METADATA_LIMIT = 16_384


def read_content(call: Call) -> JsonObject:
    """The text, blocks, attachments and metadata that a call gives, each only if given (and empty where emptied).

    Raises:
        SlackError: `markdown_text_conflict`, `invalid_blocks…`, `too_many_attachments`, `invalid_metadata_…`.
    """
    args = call.args
    content: JsonObject = {}
    if args.has("text"):
        content["text"] = stored_text(call, args.text("text"))
    if args.has("blocks"):
        content["blocks"] = read_blocks(call, args.json("blocks", "invalid_blocks_format"))
    if args.text("markdown_text"):
        if args.has("text") or args.has("blocks"):
            raise SlackError("markdown_text_conflict")
        content |= _markdown_content(call, args.text("markdown_text"))
    if args.has("attachments"):
        content["attachments"] = _read_attachments(call)
    if args.has("metadata"):
        content["metadata"] = _read_metadata(call)
    return content


def with_fallback_text(content: JsonObject) -> JsonObject:
    """The content of a new message, which needs something to show.

    Raises:
        SlackError: `no_text`.
    """
    kept = {key: value for key, value in content.items() if key == "text" or value}
    if not (kept.get("text") or kept.get("blocks") or kept.get("attachments")):
        raise SlackError("no_text")
    fallback = wording.NOTHING_BUT_BLOCKS if kept.get("blocks") else ""
    return {**kept, "text": kept.get("text") or fallback}


def read_look(call: Call) -> Look:
    """The name and picture asked for.

    Raises:
        SlackError: `missing_scope`, without `chat:write.customize`.
    """
    args = call.args
    look = Look(args.text("username") or None, args.text("icon_url") or None, args.text("icon_emoji") or None)
    if look.is_custom and CUSTOMIZE_SCOPE not in call.scopes:
        raise missing_scope((CUSTOMIZE_SCOPE,), call.scopes)
    return look


def read_marked(args: Args, *, before: bool = True) -> bool:
    """Whether the text's `*` and the like are markup: by the argument `mrkdwn`, else as `before`."""
    return args.flag("mrkdwn", default=before)


def stored_text(call: Call, text: str) -> str:
    """The text as Slack stores it, by the call's `parse` and `link_names`."""
    parse = call.args.text("parse")
    link_names = parse == "full" or call.args.flag("link_names")
    names = call.workspace.names(labelled=False) if link_names else None
    return markup.stored_text(text, link_urls=parse != "none", names=names)


def read_blocks(call: Call, blocks: Any) -> list[JsonObject]:
    """Blocks that Slack accepts, as it stores them.

    Raises:
        SlackError: `invalid_blocks_format`, `invalid_blocks`, `msg_blocks_too_long`.
    """
    if blocks is None:
        return []
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise SlackError(_documented(call, "invalid_blocks_format", "invalid_blocks"))
    if problems := block_kit.problems_in_blocks(blocks) or file_deeds.problems(call.world, blocks):
        raise SlackError("invalid_blocks", problems=tuple(problems))
    if block_kit.text_length(blocks) > block_kit.TOTAL_LIMIT:
        raise SlackError(_documented(call, "msg_blocks_too_long", "invalid_blocks"))
    return block_kit.stored_blocks(blocks, call.world.ids)


def _markdown_content(call: Call, text: str) -> JsonObject:
    if len(text) > MARKDOWN_LIMIT:
        raise SlackError(_documented(call, "msg_too_long", "invalid_arguments"))
    block = {"type": "markdown", "text": text}
    return {"text": markup.escape(text), "blocks": block_kit.stored_blocks([block], call.world.ids)}


def _read_attachments(call: Call) -> list[JsonObject]:
    attachments = call.args.json("attachments") or []
    if not isinstance(attachments, list) or not all(isinstance(item, dict) for item in attachments):
        raise SlackError(_documented(call, "invalid_attachments", "invalid_arguments"))
    if len(attachments) > MOST_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    return [_stored_attachment(call, item, number) for number, item in enumerate(attachments, start=1)]


def _stored_attachment(call: Call, attachment: JsonObject, number: int) -> JsonObject:
    kept = dict(attachment)
    for key in ("pretext", "text", "title", "fallback"):
        if key in kept:
            kept[key] = markup.stored_text(str(kept[key]))
    fields = kept.pop("fields", [])
    if not isinstance(fields, list) or not all(isinstance(field, dict) for field in fields):
        raise SlackError(_documented(call, "invalid_attachments", "invalid_arguments"))
    if fields:
        kept["fields"] = [{**field, "value": markup.stored_text(str(field.get("value", "")))} for field in fields]
    if "blocks" in kept:
        kept["blocks"] = read_blocks(call, kept["blocks"])
    return {"id": number, "fallback": kept.get("text", "[no preview available]"), **kept}


def _read_metadata(call: Call) -> JsonObject:
    metadata = call.args.json("metadata", _documented(call, "invalid_metadata_format", "invalid_arguments"))
    if not metadata:
        return {}
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_payload", {}), dict):
        raise SlackError(_documented(call, "invalid_metadata_format", "invalid_arguments"))
    if not isinstance(metadata.get("event_type"), str) or "event_payload" not in metadata:
        raise SlackError(_documented(call, "invalid_metadata_schema", "invalid_arguments"))
    if len(str(metadata)) > METADATA_LIMIT:
        raise SlackError(_documented(call, "metadata_too_large", "invalid_arguments"))
    return {"event_type": metadata["event_type"], "event_payload": metadata["event_payload"]}


def _documented(call: Call, code: str, otherwise: str) -> str:
    """The precise error where the method documents it."""
    return code if documents_error(call.method, code) else otherwise
