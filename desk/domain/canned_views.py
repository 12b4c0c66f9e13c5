"""How canned answers look in Slack: their list, one of them, and what would be sent."""

from collections.abc import Sequence

from desk.domain.note import shown
from desk.domain.notices import SECTION_LIMIT, Block, context, plain, section
from desk.domain.slack_text import length, shorten, split
from desk.domain.wording import canned as wording

ROOM = 12_000
"""Characters of a list; a message's blocks hold some 13,000."""
WORDS = 100
_FEWEST_WORDS = 8
"""Less of a text is not worth showing."""


def list_blocks(heads: Sequence[tuple[str, str]]) -> tuple[Block, ...]:
    """All names, as far as there is room for them, each with as many of its text's first words as fit behind it."""
    room = ROOM // max(1, len(heads))
    lines = "\n".join(_line(name, beginning, room) for name, beginning in heads)
    pieces = [section(piece) for piece in split(lines, SECTION_LIMIT) if piece.strip()]
    return (context(wording.canned_title()), *pieces, context(wording.how_to_send()))


def text_blocks(head: str, text: str) -> tuple[Block, ...]:
    """A text under a sentence that says what it is."""
    return (context(head), *shown(text))


def preview_blocks(head: str, text: str, message_id: str, actions: tuple[str, str]) -> tuple[Block, ...]:
    """What would be sent, with buttons that send it and forget it."""
    send, cancel = actions
    buttons: list[Block] = [
        {
            "type": "button",
            "action_id": send,
            "value": message_id,
            "text": plain(wording.send_button()),
            "style": "primary",
        },
        {"type": "button", "action_id": cancel, "value": message_id, "text": plain(wording.cancel_button())},
    ]
    return (*text_blocks(head, text), {"type": "actions", "block_id": f"canned-{message_id}", "elements": buttons})


def _line(name: str, beginning: str, room: int) -> str:
    left = min(WORDS, room - length(name) - 5)
    return f"• {name}: {shorten(beginning, left)}" if left >= _FEWEST_WORDS else f"• {shorten(name, room - 3)}"
