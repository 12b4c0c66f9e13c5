"""Whether Slack would accept blocks and views, and its complaints in its own manner if not."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from sandbox.blocks.elements import IMAGE, INPUTS, INTERACTIVE, SLACK_FILE, URL, plain, text_object
from sandbox.blocks.rich import RICH_TEXT, TABLE
from sandbox.blocks.shapes import Checker, anything, boolean, list_of, one_of, shape, string, tagged
from sandbox.identifiers import JsonObject

TOTAL_LIMIT = 13_000
"""Characters that all blocks of one message may hold together."""


class Surface(StrEnum):
    """Where blocks stand, which decides how many and of what kind."""

    MESSAGE = "message"
    MODAL = "modal"
    HOME = "home"


MOST_BLOCKS: Mapping[Surface, int] = {Surface.MESSAGE: 50, Surface.MODAL: 100, Surface.HOME: 100}

_COMMON: Mapping[str, Checker] = {"type": anything, "block_id": string(255)}
_CONTEXT_PART = tagged(
    {"image": IMAGE, "plain_text": text_object(2000), "mrkdwn": text_object(2000)}, "context element"
)
_ACCESSORY = tagged({**INTERACTIVE, "image": IMAGE}, "accessory")


def _section(value: object, path: str) -> Iterator[str]:
    fields = list_of(text_object(2000), 10)
    optional = {**_COMMON, "text": text_object(3000), "fields": fields, "accessory": _ACCESSORY, "expand": boolean}
    yield from shape({}, optional)(value, path)
    if isinstance(value, dict) and not (value.get("text") or value.get("fields")):
        yield f"missing required field: text or fields {path}"


def _image(value: object, path: str) -> Iterator[str]:
    yield from shape(
        {"alt_text": string(2000)}, {**_COMMON, "image_url": URL, "slack_file": SLACK_FILE, "title": plain(2000)}
    )(value, path)
    if isinstance(value, dict) and ("image_url" in value) == ("slack_file" in value):
        yield f"must have either image_url or slack_file {path}"


_EVERYWHERE: Mapping[str, Checker] = {
    "section": _section,
    "header": shape({"text": plain(150)}, _COMMON),
    "divider": shape({}, _COMMON),
    "image": _image,
    "context": shape({"elements": list_of(_CONTEXT_PART, 10)}, _COMMON),
    "actions": shape({"elements": list_of(tagged(INTERACTIVE, "action element"), 25)}, _COMMON),
    "rich_text": RICH_TEXT,
    "input": shape(
        {"label": plain(2000), "element": tagged(INPUTS, "input element")},
        {**_COMMON, "hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "video": shape(
        {"alt_text": string(2000), "title": plain(200), "thumbnail_url": URL, "video_url": URL},
        {
            **_COMMON,
            "title_url": URL,
            "description": plain(200),
            "author_name": string(50),
            "provider_name": string(50),
            "provider_icon_url": URL,
        },
    ),
}
_IN_MESSAGES: Mapping[str, Checker] = {
    "file": shape({"external_id": string(255), "source": one_of("remote")}, _COMMON),
    "markdown": shape({"text": string(12_000)}, _COMMON),
    "table": TABLE,
}
_BLOCK: Mapping[Surface, Checker] = {
    Surface.MESSAGE: tagged({**_EVERYWHERE, **_IN_MESSAGES}, "block"),
    Surface.MODAL: tagged(_EVERYWHERE, "block"),
    Surface.HOME: tagged(_EVERYWHERE, "block"),
}

_VIEW_COMMON: Mapping[str, Checker] = {
    "blocks": anything,
    "private_metadata": string(3000, 0),
    "callback_id": string(255, 0),
    "external_id": string(255, 0),
    "type": anything,
}
_VIEWS: Mapping[str, Checker] = {
    "home": shape({"blocks": anything}, _VIEW_COMMON),
    "modal": shape(
        {"title": plain(24), "blocks": anything},
        {
            **_VIEW_COMMON,
            "submit": plain(24),
            "close": plain(24),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
            "submit_disabled": boolean,
        },
    ),
}


def problems_in_blocks(blocks: object, surface: Surface = Surface.MESSAGE) -> list[str]:
    """Slack's complaints about blocks; none: it would accept them."""
    problems = list(list_of(_BLOCK[surface], MOST_BLOCKS[surface], 0)(blocks, "[json-pointer:/blocks"))
    if isinstance(blocks, list):
        problems += _repeated_ids([block for block in blocks if isinstance(block, dict)])
    return [f"{problem}]" for problem in problems]


def problems_in_view(view: JsonObject) -> list[str]:
    """Slack's complaints about a view; none: it would accept it."""
    problems = [f"{problem}]" for problem in tagged(_VIEWS, "view")(view, "[json-pointer:/view")]
    if problems:
        return problems
    blocks = view["blocks"]
    problems = problems_in_blocks(blocks, Surface(view["type"]))
    if not problems and view["type"] == "modal" and not view.get("submit"):
        problems += ["missing required field: submit" for block in blocks if block["type"] == "input"][:1]
    return problems


def text_length(part: object) -> int:
    """Characters in all text of blocks."""
    if isinstance(part, list):
        return sum(text_length(item) for item in part)
    if isinstance(part, dict):
        own = len(part["text"]) if isinstance(part.get("text"), str) else 0
        return own + sum(text_length(value) for value in part.values())
    return 0


def _repeated_ids(blocks: list[JsonObject]) -> Iterator[str]:
    for block_id, times in _counted(blocks, "block_id"):
        if times > 1:
            yield f"`block_id` {block_id} already exists [json-pointer:/blocks"
    for block in blocks:
        if block.get("type") == "actions" and isinstance(block.get("elements"), list):
            for action_id, times in _counted(block["elements"], "action_id"):
                if times > 1:
                    yield f"`action_id` {action_id} already exists [json-pointer:/blocks"


def _counted(parts: list[Any], key: str) -> Iterable[tuple[str, int]]:
    named = [part[key] for part in parts if isinstance(part, dict) and isinstance(part.get(key), str)]
    return Counter(named).items()
