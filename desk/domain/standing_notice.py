"""A dispatch notice as it stands in Slack, changed part by part: what it says of others need not be known."""

from collections.abc import Iterator, Sequence

from desk.domain.announcements import Started, rich_text, situation_blocks, told_block
from desk.domain.notices import Block
from desk.domain.situation import OPEN_ACTION, open_button, read_value

MOST_BLOCKS = 50
"""Of a message. Only a notice of an earlier version, which had more conversations in it, comes near."""
_KINDS = ("told", "state", "act")

Parts = dict[str, dict[str, Block]]


def with_told(
    blocks: Sequence[Block], keys: Sequence[str], key: str, started: Started, team_id: str | None
) -> tuple[Block, ...]:
    """With another sentence in the part of `key`; what it says of the case stays, its Open button leads there too."""
    parts = _parts(blocks, keys)
    part = parts.get(key)
    if part is not None:
        part["told"] = told_block(key, started)
        _lead(part, key, started, team_id)
    return _joined(parts)


def with_situation(
    blocks: Sequence[Block], keys: Sequence[str], key: str, started: Started, team_id: str | None
) -> tuple[Block, ...]:
    """With other words on the case in the part of `key`; its sentence stays."""
    parts = _parts(blocks, keys)
    part = parts.get(key)
    if part is not None:
        fresh = _by_kind(situation_blocks(key, started, team_id))
        parts[key] = {"told": part["told"], **fresh} if "told" in part else fresh
    return _joined(parts)


def without(blocks: Sequence[Block], keys: Sequence[str], gone: Sequence[str]) -> tuple[Block, ...]:
    """Without these parts."""
    return _joined({key: part for key, part in _parts(blocks, keys).items() if key not in gone})


def part_of_case(blocks: Sequence[Block], keys: Sequence[str], case_id: int) -> str | None:
    """Which part tells of this case, as far as its buttons show."""
    for key, part in _parts(blocks, keys).items():
        for element in part.get("act", {}).get("elements", []):
            if read_value(str(element.get("value", "")))[1] == case_id:
                return key
    return None


def _lead(part: dict[str, Block], key: str, started: Started, team_id: str | None) -> None:
    if "act" not in part:
        part.update(_by_kind(situation_blocks(key, started, team_id)))
    elif started.channel_id:
        others = [each for each in part["act"].get("elements", []) if each.get("action_id") != OPEN_ACTION]
        part["act"] = {**part["act"], "elements": [open_button(started.target(team_id)), *others]}


def _parts(blocks: Sequence[Block], keys: Sequence[str]) -> Parts:
    parts: Parts = {key: {} for key in keys}
    for block in blocks:
        kind, _, key = str(block.get("block_id", "")).partition("-")
        if kind in _KINDS and key in parts:
            parts[key][kind] = block
    if not any(parts.values()):
        for key, elements in zip(keys, _lines(blocks), strict=False):
            parts[key]["told"] = rich_text(key, elements)
    return parts


def _lines(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """What an earlier version wrote: one block of rich text, in which each conversation begins with a section."""
    line: list[Block] = []
    for element in (part for block in blocks for part in block.get("elements", [])):
        if element.get("type") == "rich_text_section" and line:
            yield line
            line = []
        line.append(element)
    if line:
        yield line


def _by_kind(blocks: Iterator[Block]) -> dict[str, Block]:
    return {str(block["block_id"]).partition("-")[0]: block for block in blocks}


def _joined(parts: Parts) -> tuple[Block, ...]:
    """All of it in order; where it is too much, the last parts say no more than what began."""
    count = sum(len(part) for part in parts.values())
    for part in reversed(parts.values()):
        if count > MOST_BLOCKS:
            count -= len(part) - 1
            part.pop("state", None)
            part.pop("act", None)
    return tuple(part[kind] for part in parts.values() for kind in _KINDS if kind in part)
