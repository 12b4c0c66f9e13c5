"""The notice of a reply: who said what to the app user, and how far it is. Several share one where posts are scarce."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from desk.domain import wording
from desk.domain.slack_text import counted, escape, length, shorten, split

SECTION_LIMIT = 3000
SHOWN_LIMIT = 9000
"""A message's blocks hold about 13,000 characters in all."""
TEXT_LIMIT = 3000
"""chat.update refuses more than 4,000."""

MOST_SHARED = 20
"""Two blocks a reply; Slack takes 50."""
SHARED_TEXT_LIMIT = 400
"""A longer reply has a notice of its own."""
SHARED_REASON_LIMIT = 100
SHARED_ROOM = 12_500
"""Characters of replies that share a notice; a message's blocks hold about 13,000."""
_ROOM_AROUND = SHARED_REASON_LIMIT + 80
"""Of a reply's state, its reason and its button."""

Block = dict[str, Any]


@dataclass(frozen=True)
class Notice:
    """What a notice shows. `state` is one of wire's delivery states, `reason` says why it is not better."""

    message_id: str
    agent_name: str
    text: str
    state: str
    reason: str | None = None


def shown_reply(text: str, file_name: str | None) -> str:
    """What a notice tells of a reply: what was said, or which file it brought."""
    return text or (wording.file_named(file_name) if file_name else "")


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


def together(notices: Sequence[Notice]) -> Iterator[Sequence[Notice]]:
    """The notices in order, in as few posts as show each of them whole, whatever becomes of the replies."""
    batch: list[Notice] = []
    room = SHARED_ROOM
    for notice in notices:
        sharable = length(notice.text) <= SHARED_TEXT_LIMIT
        taken = length(_said(notice)) + _ROOM_AROUND
        if batch and (not sharable or taken > room or len(batch) == MOST_SHARED):
            yield batch
            batch, room = [], SHARED_ROOM
        if sharable:
            batch.append(notice)
            room -= taken
        else:
            yield [notice]
    if batch:
        yield batch


def shared_text(notices: Sequence[Notice]) -> str:
    """For notifications. Without states, so that it stays true when one of them changes."""
    text = ""
    for notice in notices:
        line = f"{escape(wording.replied(notice.agent_name))}: {escape(shorten(notice.text, SHARED_REASON_LIMIT))}"
        told = f"{text}\n{line}" if text else line
        if text and counted(told) > TEXT_LIMIT:
            return f"{text}\n…"
        text = told
    return text


def shared_blocks(notices: Sequence[Notice], retry_action: str) -> tuple[Block, ...]:
    """What the channel shows of several replies: each with its own state, and its own button."""
    return tuple(block for notice in notices for block in _line(notice, retry_action))


def with_line(blocks: Sequence[Block], notice: Notice, retry_action: str) -> tuple[Block, ...]:
    """A shared notice as it stands in Slack, with one reply's part replaced: nothing else of it need be known."""
    fresh = {block["block_id"]: block for block in _line(notice, retry_action)}
    return tuple(fresh.get(str(block.get("block_id")), block) for block in blocks)


def question(sentence: str, button: str, action_id: str, value: str) -> tuple[Block, ...]:
    """A sentence in mrkdwn, escaped already, and a button below it."""
    press = {"type": "button", "action_id": action_id, "value": value, "text": plain(button)}
    return (
        {"type": "section", "text": {"type": "mrkdwn", "text": sentence}},
        {"type": "actions", "block_id": f"{action_id}-{value}", "elements": [press]},
    )


def section(text: str) -> Block:
    """A block of text in which nothing takes effect."""
    return {"type": "section", "text": plain(text)}


def context(text: str) -> Block:
    """A block of small text in which nothing takes effect."""
    return {"type": "context", "elements": [plain(text)]}


def plain(text: str) -> Block:
    """Slack's text object without markup and without emoji names. Slack reads `&lt;` as `<` here too."""
    return {"type": "plain_text", "text": escape(text), "emoji": False}


def _line(notice: Notice, retry_action: str) -> tuple[Block, Block]:
    said = section(_said(notice))
    said["block_id"] = f"reply-{notice.message_id}"
    if notice.state == "failed":
        said["accessory"] = _button(notice.message_id, retry_action)
    state = context(wording.delivery(notice.state, shorten(notice.reason or "", SHARED_REASON_LIMIT)))
    state["block_id"] = f"state-{notice.message_id}"
    return said, state


def _said(notice: Notice) -> str:
    return f"{wording.replied(notice.agent_name)}\n{notice.text}"


def _retry(message_id: str, action_id: str) -> Block:
    return {"type": "actions", "block_id": f"retry-{message_id}", "elements": [_button(message_id, action_id)]}


def _button(message_id: str, action_id: str) -> Block:
    return {"type": "button", "action_id": action_id, "value": message_id, "text": plain(wording.retry_button())}
