"""The notice of a reply: who said what to the app user, and how far it is."""

from dataclasses import dataclass
from typing import Any

from desk.domain import wording
from desk.domain.slack_text import escape, shorten, split

SECTION_LIMIT = 3000
SHOWN_LIMIT = 9000
"""A message's blocks hold about 13,000 characters in all."""
TEXT_LIMIT = 3000
"""chat.update refuses more than 4,000."""

Block = dict[str, Any]


@dataclass(frozen=True)
class Notice:
    """What a notice shows. `state` is one of wire's delivery states, `reason` says why it is not better."""

    message_id: str
    agent_name: str
    text: str
    state: str
    reason: str | None = None


def notice_text(notice: Notice) -> str:
    """For notifications, screen readers and whatever shows no blocks."""
    state = escape(wording.delivery(notice.state, shorten(notice.reason or "", 500)))
    return f"{escape(wording.replied(notice.agent_name))}: {escape(shorten(notice.text, TEXT_LIMIT))}\n{state}"


def notice_blocks(notice: Notice, retry_action: str) -> tuple[Block, ...]:
    """What the channel shows: plain text throughout, so that the reply looks as the app user gets it."""
    shown = shorten(notice.text, SHOWN_LIMIT)
    state = wording.delivery(notice.state, shorten(notice.reason or "", 500))
    blocks = [context(wording.replied(notice.agent_name))]
    blocks += [section(piece) for piece in split(shown, SECTION_LIMIT) if piece.strip()]
    if shown != notice.text:
        blocks.append(context(wording.cut_in_view(len(notice.text))))
    blocks.append(context(state))
    if notice.state == "failed":
        blocks.append(_retry(notice.message_id, retry_action))
    return tuple(blocks)


def section(text: str) -> Block:
    """A block of text in which nothing takes effect."""
    return {"type": "section", "text": plain(text)}


def context(text: str) -> Block:
    """A block of small text in which nothing takes effect."""
    return {"type": "context", "elements": [plain(text)]}


def plain(text: str) -> Block:
    """Slack's text object without markup and without emoji names. Slack reads `&lt;` as `<` here too."""
    return {"type": "plain_text", "text": escape(text), "emoji": False}


def _retry(message_id: str, action_id: str) -> Block:
    button = {"type": "button", "action_id": action_id, "value": message_id, "text": plain(wording.retry_button())}
    return {"type": "actions", "block_id": f"retry-{message_id}", "elements": [button]}
