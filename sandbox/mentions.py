"""Which mentions in a message are live: whom it notifies and which channels it links, wherever they stand."""

import re
from collections.abc import Iterator

from sandbox.identifiers import JsonObject

_LIVE = re.compile(r"<(@[A-Z0-9]+|#[A-Z0-9]+|!(?:here|channel|everyone|group)|!subteam\^[A-Z0-9]+)(?:[|^][^<>]*)?>")
_RICH = {"user": ("@", "user_id"), "channel": ("#", "channel_id"), "usergroup": ("!subteam^", "usergroup_id")}


def live_mentions(message: JsonObject) -> list[str]:
    """Every live mention in text, blocks and attachments, once each: `@U…`, `#C…`, `!here`, `!subteam^S…`."""
    return list(dict.fromkeys(_mentions_in_message(message)))


def _mentions_in_message(message: JsonObject) -> Iterator[str]:
    yield from _mentions_in_text(message.get("text"))
    yield from _mentions_in_blocks(message.get("blocks"))
    for attachment in message.get("attachments") or []:
        for key in ("pretext", "text", "fallback"):
            yield from _mentions_in_text(attachment.get(key))
        for field in attachment.get("fields") or []:
            yield from _mentions_in_text(field.get("value"))
        yield from _mentions_in_blocks(attachment.get("blocks"))


def _mentions_in_text(text: object) -> Iterator[str]:
    if isinstance(text, str):
        yield from (match[1] for match in _LIVE.finditer(text))


def _mentions_in_blocks(part: object) -> Iterator[str]:
    """Walk blocks of any shape: mrkdwn objects and rich text carry mentions, plain text never does."""
    if isinstance(part, list):
        for item in part:
            yield from _mentions_in_blocks(item)
    elif isinstance(part, dict):
        yield from _mentions_in_part(part)
        for value in part.values():
            yield from _mentions_in_blocks(value)


def _mentions_in_part(part: JsonObject) -> Iterator[str]:
    kind = str(part.get("type"))
    if kind in {"mrkdwn", "markdown"}:
        yield from _mentions_in_text(part.get("text"))
    elif kind == "broadcast":
        yield f"!{part.get('range')}"
    elif kind in _RICH:
        sign, key = _RICH[kind]
        yield f"{sign}{part.get(key)}"
