"""The dispatch notice: which conversations began, where, and how each stands. Several may share one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desk.domain import wording
from desk.domain.notices import Block
from desk.domain.situation import ROOM, Situation, Target, buttons, state_elements
from desk.domain.slack_text import counted, escape, length, shorten
from desk.domain.wording import board

FIRST_WORDS = 150
TEXT_LIMIT = 3000
"""chat.update refuses more than 4,000."""
_LINK = "\ufffc"  # stands for the link while the sentence is made; no name contains it


@dataclass(frozen=True)
class Started:
    """One conversation on the board.

    `was`: what the app user was called before they turned out to be `title`. `again`: their channel was open already;
    `begun_by`: an agent began it. `situation` is how its case stands, if it has one.
    """

    title: str
    first_words: str
    channel_id: str | None
    app_user_id: str = ""
    was: str | None = None
    again: bool = False
    begun_by: str | None = None
    situation: Situation | None = None

    def target(self, team_id: str | None) -> Target:
        """Where its buttons lead."""
        return Target(self.app_user_id, self.channel_id, team_id, self.situation)


def first_words(text: str) -> str:
    """The beginning of a message on one line."""
    return shorten(" ".join(text.split()), FIRST_WORDS)


def announcement_text(started: Sequence[Started]) -> str:
    """For notifications, and whatever shows no blocks. How cases stand is left out, so that it stays true."""
    text = ""
    for each in started:
        before, link, after = _sentence(each)
        lines = [escape(before) + (f"<#{link}>" if link else "") + escape(after), escape(each.first_words)]
        told = "\n".join(line for line in (text, *lines) if line)
        if text and counted(told) > TEXT_LIMIT:
            return f"{text}\n…"
        text = told
    return text


def announcement_blocks(started: Mapping[str, Started], team_id: str | None) -> tuple[Block, ...]:
    """The notice, part by part, each known by its key: a sentence, a line on its case, buttons."""
    return tuple(block for key, each in started.items() for block in part_blocks(key, each, team_id))


def part_blocks(key: str, started: Started, team_id: str | None) -> Iterator[Block]:
    """What a notice says of one conversation."""
    yield told_block(key, started)
    yield from situation_blocks(key, started, team_id)


def told_block(key: str, started: Started) -> Block:
    """The sentence and the first words, as rich text, in which nothing of a name or a message takes effect."""
    return rich_text(key, _elements(started))


def rich_text(key: str, elements: Sequence[Block]) -> Block:
    """The block that tells of a conversation."""
    return {"type": "rich_text", "block_id": f"told-{key}", "elements": list(elements)}


def situation_blocks(key: str, started: Started, team_id: str | None) -> Iterator[Block]:
    """How the case stands, and what can be done about it."""
    state = state_elements(started.situation) if started.situation else []
    if state:
        yield {"type": "context", "block_id": f"state-{key}", "elements": state}
    if started.app_user_id:
        yield {"type": "actions", "block_id": f"act-{key}", "elements": buttons(started.target(team_id))}


def spoken(blocks: Sequence[Block]) -> str:
    """A notice's text, from what it shows."""
    parts = [part for block in blocks if block.get("type") == "rich_text" for part in block.get("elements", [])]
    text = ""
    for part in parts:
        line = "".join(map(_spoken, part.get("elements", [])))
        told = f"{text}\n{line}" if text else line
        if text and counted(told) > TEXT_LIMIT:
            return f"{text}\n…"
        text = told
    return text


def room_taken(started: Started) -> int:
    """How many characters of a notice it takes at most, whatever becomes of its case."""
    names = length(started.title) + length(started.begun_by or "") + length(started.was or "")
    return names + length(started.first_words) + 90 + ROOM


def _elements(started: Started) -> list[Block]:
    before, link, after = _sentence(started)
    sentence = [_text(before)] if before else []
    sentence += [{"type": "channel", "channel_id": link}] if link else []
    sentence += [_text(after)] if after else []
    elements: list[Block] = [{"type": "rich_text_section", "elements": sentence}]
    if started.first_words:
        elements.append({"type": "rich_text_quote", "elements": [_text(started.first_words)]})
    return elements


def _spoken(element: Block) -> str:
    return f"<#{element['channel_id']}>" if element.get("type") == "channel" else escape(str(element.get("text", "")))


def _sentence(started: Started) -> tuple[str, str | None, str]:
    """What stands before the link, the link, and what stands behind it."""
    if started.was is not None:
        sentence = wording.turned_out(started.was, started.title, _LINK if started.channel_id else "")
    elif started.channel_id is None:
        sentence = wording.started_before_channel(started.title)
    elif started.begun_by is not None:
        sentence = board.began(started.begun_by, started.title, _LINK)
    elif started.again:
        sentence = board.wrote_again(started.title, _LINK)
    else:
        sentence = wording.started(started.title, _LINK)
    before, _, after = sentence.partition(_LINK)
    return before, started.channel_id, after


def _text(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text}
