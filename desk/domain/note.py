"""A note as it stands in the channel: text throughout, nothing in it takes effect."""

from desk.domain.notices import SECTION_LIMIT, SHOWN_LIMIT, TEXT_LIMIT, Block, context, section
from desk.domain.slack_text import escape, shorten, split
from desk.domain.wording import canned as cutting
from desk.domain.wording import notes as wording


def note_text(agent_name: str, text: str) -> str:
    """For notifications, and whatever shows no blocks."""
    return f"{escape(wording.note_by(agent_name))}: {escape(shorten(text, TEXT_LIMIT))}"


def note_blocks(agent_name: str, text: str) -> tuple[Block, ...]:
    """What the channel shows."""
    return (context(wording.note_by(agent_name)), *shown(text))


def shown(text: str) -> tuple[Block, ...]:
    """A text as it is, or its beginning where it is longer than what Slack shows."""
    beginning = shorten(text, SHOWN_LIMIT)
    blocks = [section(piece) for piece in split(beginning, SECTION_LIMIT) if piece.strip()]
    if beginning != text:
        blocks.append(context(cutting.only_beginning(len(text))))
    return tuple(blocks)
