"""How a conversation's history looks in Slack: lines in rich text, in which nothing that was said takes effect."""

from collections.abc import Sequence
from dataclasses import dataclass

from desk.domain import wording as common
from desk.domain.naming import clean
from desk.domain.notices import Block, context
from desk.domain.slack_text import length, shorten
from desk.domain.wording import history as wording
from desk.domain.wording import notes
from wire.cases import HistoryLine

MOST = 50
USUAL = 10
ROOM = 11_000
"""Characters of all lines; a message's blocks hold some 13,000."""
TEXT_SHOWN = 1_500
DATE = "{date_short_pretty}, {time}"
_HEAD_ROOM = 60
"""Characters of a line's time, and of what stands between its parts."""


@dataclass(frozen=True)
class Told:
    """A line as it is shown: whose, how far it is, and what it says."""

    at: float
    head: str
    text: str

    @property
    def room(self) -> int:
        """How much of ROOM it takes."""
        return length(self.head) + length(self.text) + _HEAD_ROOM


def how_many(argument: str) -> int | None:
    """How many lines are asked for; None: `argument` is no number of lines."""
    if not argument:
        return USUAL
    number = int(argument) if argument.isascii() and argument.isdigit() and len(argument) < len(str(MOST)) + 1 else 0
    return number if 1 <= number <= MOST else None


def told(line: HistoryLine, app_user_name: str) -> Told:
    """What is shown of a line."""
    text = line.text.strip("\n")
    if line.file_name:
        text = f"{text}\n{common.file_named(line.file_name)}".strip("\n")
    return Told(line.at, _head(line, app_user_name), shorten(text, TEXT_SHOWN) or common.empty_message())


def history_blocks(lines: Sequence[Told], *, asked: int, more: bool) -> tuple[Block, ...]:
    """The newest lines that fit, oldest first, and above them what is missing."""
    fitting = _fitting(lines)
    above = []
    if len(fitting) < len(lines):
        above.append(context(wording.left_out(len(lines) - len(fitting))))
    elif more:
        above.append(context(wording.older(MOST) if asked < MOST else wording.oldest()))
    elements = [part for line in fitting for part in _elements(line)]
    return (*above, {"type": "rich_text", "elements": elements})


def _head(line: HistoryLine, app_user_name: str) -> str:
    name = clean(line.name or "")
    match line.kind:
        case "agent":
            head = common.replied(name or common.an_agent())
            return f"{head} · {common.delivery(line.state, '')}" if line.state else head
        case "note":
            return notes.note_by(name or common.an_agent())
        case "app":
            return wording.by_app(name or None)
        case "app_user":
            return name or app_user_name


def _fitting(lines: Sequence[Told]) -> list[Told]:
    fitting: list[Told] = []
    room = ROOM
    for line in reversed(lines):
        room -= line.room
        if room < 0:
            break
        fitting.insert(0, line)
    return fitting


def _elements(line: Told) -> list[Block]:
    date = {
        "type": "date",
        "timestamp": int(line.at),
        "format": DATE,
        "fallback": wording.moment(line.at),
    }
    head = [date, {"type": "text", "text": f"  {line.head}", "style": {"bold": True}}]
    return [
        {"type": "rich_text_section", "elements": head},
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": line.text}]},
    ]
