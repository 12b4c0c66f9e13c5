"""How the numbers look: cells for the team, a table for its agents. Names are data."""

import unicodedata
from collections.abc import Sequence

from desk.domain.naming import clean
from desk.domain.notices import Block, context, plain
from desk.domain.slack_text import escape
from desk.domain.wording import stats as wording
from desk.domain.wording.speech import number
from desk.domain.wording.times import span
from wire.cases import AgentStats, Stats, StatsRequest

AGENTS_SHOWN = 30
NAME_WIDTH = 24
"""Columns of the table that a name may take."""


def stats_text(stats: Stats, asked: StatsRequest) -> str:
    """For notifications, and whatever shows no blocks."""
    lines = [wording.line(label, value) for label, value in _cells(stats)]
    agents = [wording.line(*_spoken(each)) for each in stats.by_agent[:AGENTS_SHOWN]]
    return escape("\n".join([wording.head(asked.span), *lines, *agents, *_rest(stats)]))


def stats_blocks(stats: Stats, asked: StatsRequest) -> tuple[Block, ...]:
    """What the caller sees."""
    since: Block = {"type": "context", "elements": [{"type": "mrkdwn", "text": wording.since(stats.since)}]}
    fields = [plain(f"{label}\n{value}") for label, value in _cells(stats)]
    blocks: list[Block] = [
        {"type": "header", "text": plain(wording.head(asked.span))},
        since,
        {"type": "section", "fields": fields},
    ]
    if stats.by_agent:
        text = {"type": "text", "text": table(_rows(stats.by_agent[:AGENTS_SHOWN]))}
        blocks.append({"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": [text]}]})
    return (*blocks, *(context(line) for line in _rest(stats)))


def table(rows: Sequence[Sequence[str]]) -> str:
    """Columns, the first to the left and all others to the right, as wide as their widest cell."""
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(_line(row, widths).rstrip() for row in rows)


def _cells(stats: Stats) -> list[tuple[str, str]]:
    return [
        (wording.conversations(), number(stats.conversations)),
        (wording.answered(), number(stats.answered)),
        (wording.median(), _time(stats.median)),
        (wording.ninety(), _time(stats.ninety)),
        (wording.closed(), number(stats.closed)),
        (wording.waiting(), number(stats.waiting)),
        (wording.longest_wait(), _time(stats.longest_wait)),
    ]


def _time(seconds: float | None) -> str:
    return wording.nothing() if seconds is None else span(seconds)


def _rows(agents: Sequence[AgentStats]) -> list[tuple[str, ...]]:
    return [wording.columns(), *((_name(each), *_numbers(each)) for each in agents)]


def _numbers(agent: AgentStats) -> tuple[str, ...]:
    return tuple(map(number, (agent.first_answers, agent.replies, agent.closed, agent.open)))


def _spoken(agent: AgentStats) -> tuple[str, str]:
    labels = wording.columns()[1:]
    return _name(agent), ", ".join(wording.line(*each) for each in zip(labels, _numbers(agent), strict=True))


def _rest(stats: Stats) -> list[str]:
    if not stats.by_agent:
        return [wording.no_agents()]
    more = len(stats.by_agent) - AGENTS_SHOWN
    return [wording.more_agents(more)] if more > 0 else []


def _name(agent: AgentStats) -> str:
    name = clean(agent.agent.name) or agent.agent.agent_id
    while _width(name) > NAME_WIDTH:
        name = name.removesuffix("…")[:-1].rstrip() + "…"
    return name


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [row[0] + " " * (widths[0] - _width(row[0]))]
    cells += [" " * (width - _width(cell)) + cell for cell, width in zip(row[1:], widths[1:], strict=True)]
    return "  ".join(cells)


def _width(text: str) -> int:
    """Columns that a text takes where all letters are equally wide: East Asian ones take two, accents none."""
    return sum(_letter_width(letter) for letter in text)


def _letter_width(letter: str) -> int:
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1
