"""The dispatch notice: who started a conversation, and where."""

from typing import Any

from desk.domain import wording
from desk.domain.slack_text import escape, shorten

FIRST_WORDS = 150
_LINK = "\ufffc"  # stands for the link while the sentence is made; no name contains it

Block = dict[str, Any]


def first_words(text: str) -> str:
    """The beginning of a message on one line."""
    return shorten(" ".join(text.split()), FIRST_WORDS)


def announcement_text(title: str, words: str, channel_id: str | None) -> str:
    """For notifications, and whatever shows no blocks."""
    if channel_id is None:
        sentence = escape(wording.started_before_channel(title))
    else:
        sentence = escape(wording.started(title, _LINK)).replace(_LINK, f"<#{channel_id}>")
    return f"{sentence}\n{escape(words)}"


def announcement_blocks(title: str, words: str, channel_id: str | None) -> tuple[Block, ...]:
    """The notice as rich text, in which nothing of a name or a message takes effect: only the link is ours."""
    if channel_id is None:
        sentence = [_text(wording.started_before_channel(title))]
    else:
        before, _, after = wording.started(title, _LINK).partition(_LINK)
        link = {"type": "channel", "channel_id": channel_id}
        sentence = [_text(before), link, *([_text(after)] if after else [])]
    elements: list[Block] = [{"type": "rich_text_section", "elements": sentence}]
    if words:
        elements.append({"type": "rich_text_quote", "elements": [_text(words)]})
    return ({"type": "rich_text", "elements": elements},)


def _text(text: str) -> Block:
    return {"type": "text", "text": text}
