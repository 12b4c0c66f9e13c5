"""The notice of a message that Slack refused."""

from typing import Any

from desk.domain import wording
from desk.domain.notices import context, plain, section
from desk.domain.slack_text import escape, shorten

REASON_LIMIT = 500

Block = dict[str, Any]


def stranded_text(name: str, state: str, reason: str | None) -> str:
    """For notifications, screen readers and whatever shows no blocks."""
    return escape(f"{wording.stranded(name)} {_became(state, reason)}")


def stranded_blocks(name: str, state: str, reason: str | None, retry: tuple[str, str]) -> tuple[Block, ...]:
    """What the channel shows: plain text, and while it is refused a button; `retry` is its value and its action."""
    blocks = (section(wording.stranded(name)), context(_became(state, reason)))
    if state != "failed":
        return blocks
    value, action_id = retry
    button = {"type": "button", "action_id": action_id, "value": value, "text": plain(wording.show_again_button())}
    return (*blocks, {"type": "actions", "block_id": f"show-again-{value}", "elements": [button]})


def _became(state: str, reason: str | None) -> str:
    return wording.stranding(state, shorten(reason or "", REASON_LIMIT))
