"""Blocks as Slack stores them: every block has a `block_id`, every element an `action_id`, all text is tidy."""

from typing import Any

from sandbox.blocks.elements import INPUTS, INTERACTIVE
from sandbox.identifiers import IdFactory, JsonObject
from sandbox.markup import stored_plain_text, stored_text

_WITH_ACTION = INTERACTIVE.keys() | INPUTS.keys()


def stored_blocks(blocks: list[JsonObject], ids: IdFactory) -> list[JsonObject]:
    """Valid blocks with what Slack adds."""
    return [{"block_id": ids.block_id(), **_stored(block, ids)} for block in blocks]


def _stored(part: Any, ids: IdFactory) -> Any:
    if isinstance(part, list):
        return [_stored(item, ids) for item in part]
    if not isinstance(part, dict) or part.get("type") in {"rich_text", "table"}:
        return part
    kept = {key: _stored(value, ids) for key, value in part.items() if value is not None}
    return _with_defaults(kept, ids)


def _with_defaults(part: JsonObject, ids: IdFactory) -> JsonObject:
    kind = part.get("type")
    if kind == "plain_text":
        return {"emoji": True, **part, "text": stored_plain_text(part["text"])}
    if kind == "mrkdwn":
        verbatim = part.get("verbatim", False)
        return {"verbatim": False, **part, "text": stored_text(part["text"], link_urls=not verbatim)}
    return {"action_id": ids.block_id(), **part} if kind in _WITH_ACTION else part
