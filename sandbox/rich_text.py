"""The rich text block that Slack's client makes of what a person typed."""

import re
from collections.abc import Iterator

from sandbox.identifiers import JsonObject
from sandbox.markup import unescape

_CONTROL = re.compile(r"<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>")


def rich_text_block(text: str, block_id: str) -> JsonObject:
    """One section holding the stored text's plain pieces, links and mentions."""
    section = {"type": "rich_text_section", "elements": list(_elements(text))}
    return {"type": "rich_text", "block_id": block_id, "elements": [section]}


def _elements(text: str) -> Iterator[JsonObject]:
    at = 0
    for match in _CONTROL.finditer(text):
        if match.start() > at:
            yield {"type": "text", "text": unescape(text[at : match.start()])}
        yield _control_element(match[1], match[2], match[3])
        at = match.end()
    if at < len(text):
        yield {"type": "text", "text": unescape(text[at:])}


def _control_element(sign: str, target: str, label: str | None) -> JsonObject:
    if sign == "@":
        return {"type": "user", "user_id": target}
    if sign == "#":
        return {"type": "channel", "channel_id": target}
    if sign == "!":
        return {"type": "broadcast", "range": target}
    link: JsonObject = {"type": "link", "url": unescape(target)}
    return link | {"text": unescape(label)} if label else link
