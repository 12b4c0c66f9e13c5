"""The list of who waits: each app user on a line, with the link to their channel. Names and words are data."""

from collections.abc import Sequence
from dataclasses import dataclass

from desk.domain.notices import Block, plain
from desk.domain.slack_text import counted, escape, shorten
from desk.domain.wording import waiting as wording

SHOWN = 25
"""Lines: so many are read, and fit into what a message's blocks hold."""
WORDS_LIMIT = 100
TEXT_LIMIT = 3000
_LINK = "\ufffc"  # stands for the link while the sentence is made; no name contains it


@dataclass(frozen=True)
class Row:
    """One conversation: whose it is, where, how long they wait or what else is to say, and who takes care of it."""

    name: str
    channel_id: str | None
    how_long: str
    whose: str
    first_words: str = ""


def list_text(head: str, rows: Sequence[Row], more: int) -> str:
    """For notifications, and whatever shows no blocks."""
    text = escape(head)
    for row in rows:
        line = escape(_sentence(row)).replace(_LINK, f"<#{row.channel_id}>")
        if counted(text) + counted(line) > TEXT_LIMIT:
            return f"{text}\n…"
        text = f"{text}\n{line}"
    return f"{text}\n{wording.more(more)}" if more else text


def list_blocks(head: str, rows: Sequence[Row], more: int) -> tuple[Block, ...]:
    """What the caller sees. `more`: so many are not shown."""
    elements = [element for row in rows for element in _elements(row)]
    if more:
        elements.append({"type": "rich_text_section", "elements": [_text(wording.more(more))]})
    return ({"type": "header", "text": plain(head)}, {"type": "rich_text", "elements": elements})


def _elements(row: Row) -> list[Block]:
    before, _, after = _sentence(row).partition(_LINK)
    link = [{"type": "channel", "channel_id": row.channel_id}] if row.channel_id else []
    line = [_text(before), *link, *([_text(after)] if after else [])]
    elements: list[Block] = [{"type": "rich_text_section", "elements": line}]
    if row.first_words:
        words = shorten(" ".join(row.first_words.split()), WORDS_LIMIT)
        elements.append({"type": "rich_text_quote", "elements": [_text(words)]})
    return elements


def _sentence(row: Row) -> str:
    if row.channel_id is None:
        return wording.waits_nowhere(row.name, row.how_long, row.whose)
    return wording.waits(row.name, _LINK, row.how_long, row.whose)


def _text(text: str) -> Block:
    return {"type": "text", "text": text}
