"""The dispatch notice: who started conversations, and where."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desk.domain import wording
from desk.domain.slack_text import escape, length, shorten

FIRST_WORDS = 150
TEXT_LIMIT = 3000
"""chat.update refuses more than 4,000."""
_LINK = "\ufffc"  # stands for the link while the sentence is made; no name contains it

Block = dict[str, Any]


@dataclass(frozen=True)
class Started:
    """One conversation on the board. `told_before`: an earlier notice told of it, and this one brings the link.

    `was`: what the app user was called before they turned out to be `title`.
    """

    title: str
    first_words: str
    channel_id: str | None
    told_before: bool = False
    was: str | None = None


def first_words(text: str) -> str:
    """The beginning of a message on one line."""
    return shorten(" ".join(text.split()), FIRST_WORDS)


def announcement_text(started: Sequence[Started]) -> str:
    """For notifications, and whatever shows no blocks."""
    text = ""
    for each in started:
        before, link, after = _sentence(each)
        lines = [escape(before) + (f"<#{link}>" if link else "") + escape(after), escape(each.first_words)]
        told = "\n".join(line for line in (text, *lines) if line)
        if text and len(told) > TEXT_LIMIT:
            return f"{text}\n…"
        text = told
    return text


def announcement_blocks(started: Sequence[Started]) -> tuple[Block, ...]:
    """The notice as rich text, in which nothing of a name or a message takes effect: only the links are ours."""
    elements: list[Block] = []
    for each in started:
        elements += _elements(each)
    return _board(elements)


def with_line(blocks: Sequence[Block], number: int, started: Started | None) -> tuple[Block, ...]:
    """A notice as it stands in Slack, with one of its lines replaced, or without it: the others need not be known."""
    lines: list[list[Block]] = []
    for element in (part for block in blocks for part in block.get("elements", [])):
        if element.get("type") == "rich_text_section" or not lines:
            lines.append([])
        lines[-1].append(element)
    if number < len(lines):
        lines[number] = _elements(started) if started else []
    return _board([element for line in lines for element in line])


def spoken(blocks: Sequence[Block]) -> str:
    """A notice's text, from what it shows."""
    parts = [part for block in blocks for part in block.get("elements", [])]
    text = "\n".join("".join(_spoken(element) for element in part.get("elements", [])) for part in parts)
    return text if len(text) <= TEXT_LIMIT else f"{text[:TEXT_LIMIT].rpartition(chr(10))[0]}\n…"


def room_taken(started: Started) -> int:
    """How many characters of a notice it takes, at most."""
    return length(started.title) + length(started.first_words) + 120


def _board(elements: list[Block]) -> tuple[Block, ...]:
    return ({"type": "rich_text", "elements": elements},)


def _elements(started: Started) -> list[Block]:
    before, link, after = _sentence(started)
    sentence = [_text(before), *([{"type": "channel", "channel_id": link}] if link else [])]
    elements: list[Block] = [{"type": "rich_text_section", "elements": [*sentence, *([_text(after)] if after else [])]}]
    if started.first_words:
        elements.append({"type": "rich_text_quote", "elements": [_text(started.first_words)]})
    return elements


def _spoken(element: Block) -> str:
    return f"<#{element['channel_id']}>" if element.get("type") == "channel" else escape(str(element.get("text", "")))


def _sentence(started: Started) -> tuple[str, str | None, str]:
    if started.was is not None:
        sentence = wording.turned_out(started.was, started.title, _LINK if started.channel_id else "")
        before, _, after = sentence.partition(_LINK)
        return before, started.channel_id, after
    if started.channel_id is None:
        return wording.started_before_channel(started.title), None, ""
    made = wording.channel_made if started.told_before else wording.started
    before, _, after = made(started.title, _LINK).partition(_LINK)
    return before, started.channel_id, after


def _text(text: str) -> Block:
    return {"type": "text", "text": text}
