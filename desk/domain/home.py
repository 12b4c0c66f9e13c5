"""How an agent's Home tab looks: their own conversations, and those of others that wait."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from desk.domain import rich
from desk.domain.notices import SECTION_LIMIT, context, plain, section
from desk.domain.slack_text import shorten
from desk.domain.wording import home as words

MOST_BLOCKS = 100
"""Slack takes no more in a Home tab."""
BLOCKS_A_ROW = 3
BLOCKS_AROUND = 10
"""Everything but the rows."""
ROWS = (MOST_BLOCKS - BLOCKS_AROUND) // BLOCKS_A_ROW
MOST_OWN = 15
"""Of the agent's own, so that there is always room for those who wait."""
NAME_LIMIT = 80
WORDS_LIMIT = 150
TITLE_LIMIT = 24

Block = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """A conversation. `state` and `buttons` are elements, as its dispatch notice has them."""

    title: str
    first_words: str
    channel_id: str | None
    state: Sequence[Block]
    buttons: Sequence[Block]


@dataclass(frozen=True)
class Rows:
    """Some conversations, the longest waiting first, and how many there are in all."""

    shown: Sequence[Row] = ()
    total: int = 0


@dataclass(frozen=True)
class Tab:
    """What the tab shows. `waiting` are those that are not the agent's own, `wait` counts all that wait.

    `longest` is since when the first of them waits, in seconds since the epoch. `notice` is a line on top in mrkdwn,
    escaped.
    """

    own: Rows = field(default_factory=Rows)
    waiting: Rows = field(default_factory=Rows)
    wait: int = 0
    longest: float | None = None
    notice: str = ""


def home_blocks(tab: Tab) -> list[Block]:
    """The tab's blocks: at most 100."""
    blocks = _top(tab.notice)
    if not (tab.own.total or tab.waiting.total):
        return [*blocks, section(words.all_done())]
    own = tab.own.shown[:MOST_OWN]
    waiting = tab.waiting.shown[: ROWS - len(own)]
    blocks.append(_numbers(tab))
    blocks += [{"type": "divider"}, _headline(words.yours_title())]
    blocks += _rows(own, tab.own.total) or [context(words.nothing_yours())]
    blocks += [{"type": "divider"}, _headline(words.waiting_title())]
    return blocks + (_rows(waiting, tab.waiting.total) or [context(words.nobody_waits())])


def sentence_blocks(sentence: str, notice: str = "") -> list[Block]:
    """A tab that can only say why it shows nothing."""
    return [*_top(notice), section(sentence)]


def dialog(blocks: Sequence[Block]) -> Block:
    """A dialog that shows an answer."""
    return {
        "type": "modal",
        "title": plain(shorten(words.dialog_title(), TITLE_LIMIT)),
        "close": plain(shorten(words.dialog_close(), TITLE_LIMIT)),
        "blocks": list(blocks[:MOST_BLOCKS]),
    }


def _top(notice: str) -> list[Block]:
    line: list[Block] = (
        [{"type": "section", "text": {"type": "mrkdwn", "text": notice[:SECTION_LIMIT]}}] if notice else []
    )
    return [*line, {"type": "header", "text": plain(words.title())}]


def _numbers(tab: Tab) -> Block:
    """Numbers and times alone: mrkdwn, so that each person reads the time in their own zone."""
    waiting = words.wait(tab.wait)
    if tab.longest is not None:
        waiting += ", " + words.longest(rich.moment_in_mrkdwn(tab.longest))
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": f"{waiting} · {words.yours(tab.own.total)}"}]}


def _headline(text: str) -> Block:
    return rich.block(rich.section([rich.bold(text)]))


def _rows(rows: Sequence[Row], total: int) -> list[Block]:
    blocks = [block for row in rows for block in _row(row)]
    left = total - len(rows)
    return [*blocks, context(words.more(left))] if rows and left > 0 else blocks


def _row(row: Row) -> list[Block]:
    title = rich.bold(shorten(row.title, NAME_LIMIT))
    where = rich.channel(row.channel_id) if row.channel_id else None
    line = rich.sentence(words.in_channel, title_=title, channel=where) if where else [title]
    said = " ".join(row.first_words.split())
    quote = [rich.quote(shorten(said, WORDS_LIMIT))] if said else []
    blocks = [rich.block(rich.section(line), *quote)]
    blocks += [{"type": "context", "elements": list(row.state)}] if row.state else []
    return [*blocks, {"type": "actions", "elements": list(row.buttons)}] if row.buttons else blocks
