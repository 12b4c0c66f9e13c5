"""Rich text: what stands in it is data, and links, people and times are elements among it."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

Block = dict[str, Any]

_FIRST_MARK = 0xF0000
"""Stands for an element while its sentence is made: from a plane that no text needs."""
_DATE = "{date_short_pretty}, {time}"


def sentence(say: Callable[..., str], **values: "str | Block") -> list[Block]:
    """`say(**values)` as elements: a value that is an element stands where the sentence has it."""
    elements: dict[str, Block] = {}
    given: dict[str, str] = {}
    for name, value in values.items():
        if isinstance(value, str):
            given[name] = "".join(each for each in value if ord(each) < _FIRST_MARK)
        else:
            given[name] = mark = chr(_FIRST_MARK + len(elements))
            elements[mark] = value
    return _parts(say(**given), elements)


def text(shown: str) -> Block:
    """Plain text."""
    return {"type": "text", "text": shown}


def bold(shown: str) -> Block:
    """Plain text that stands out."""
    return {"type": "text", "text": shown, "style": {"bold": True}}


def channel(channel_id: str) -> Block:
    """A link to a channel."""
    return {"type": "channel", "channel_id": channel_id}


def moment(at: float) -> Block:
    """A time, in the reader's own time zone; `at` is in seconds since the epoch."""
    return {"type": "date", "timestamp": _whole(at), "format": _DATE, "fallback": _in_utc(at)}


def moment_in_mrkdwn(at: float) -> str:
    """The same for a mrkdwn text, escaped."""
    return f"<!date^{_whole(at)}^{_DATE}|{_in_utc(at)}>"


def section(elements: Sequence[Block]) -> Block:
    """A line of a rich text block."""
    return {"type": "rich_text_section", "elements": list(elements)}


def quote(shown: str) -> Block:
    """Somebody's words, set off from ours."""
    return {"type": "rich_text_quote", "elements": [text(shown)]}


def listed(lines: Sequence[Sequence[Block]]) -> Block:
    """Lines with bullets."""
    return {"type": "rich_text_list", "style": "bullet", "elements": [section(line) for line in lines]}


def block(*parts: Block) -> Block:
    """A block of lines, lists and quotes."""
    return {"type": "rich_text", "elements": list(parts)}


def _parts(said: str, elements: dict[str, Block]) -> list[Block]:
    parts: list[Block] = []
    start = 0
    for position, letter in enumerate(said):
        if letter in elements:
            parts += [text(said[start:position])] if position > start else []
            parts.append(elements[letter])
            start = position + 1
    return [*parts, text(said[start:])] if start < len(said) else parts


def _whole(at: float) -> int:
    return max(0, min(int(at), 9_999_999_999))


def _in_utc(at: float) -> str:
    return datetime.fromtimestamp(_whole(at), UTC).strftime("%Y-%m-%d %H:%M UTC")
