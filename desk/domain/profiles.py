"""How a profile looks in Slack: every predefined field and every property, as data."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from desk.domain import wording
from desk.domain.notices import SECTION_LIMIT, Block, context, plain, section
from desk.domain.slack_text import shorten, split

FIELD_LIMIT = 1000
FIELDS_A_SECTION = 10
PROPERTIES_SHOWN = 5500
"""Characters of properties: with the fields, a message's blocks hold about 13,000."""


def profile_blocks(
    title: str, fields: Sequence[tuple[str, str | None]], properties: Mapping[str, Any], *, typing: bool = False
) -> list[Block]:
    """The blocks of a profile. A field is its label and its value; `None` shows as having none."""
    blocks: list[Block] = [{"type": "header", "text": plain(shorten(wording.profile_title(title), 150))}]
    if typing:
        blocks.append(context(wording.typing(title)))
    cells = [plain(f"{label}\n{shorten(value or wording.no_value(), FIELD_LIMIT)}") for label, value in fields]
    starts = range(0, len(cells), FIELDS_A_SECTION)
    blocks += [{"type": "section", "fields": cells[start : start + FIELDS_A_SECTION]} for start in starts]
    if not properties:
        return [*blocks, context(wording.no_properties())]
    blocks.append(context(wording.properties_title()))
    lines = "\n".join(f"{key}: {_value(value)}" for key, value in properties.items())
    shown = shorten(lines, PROPERTIES_SHOWN)
    blocks += [section(piece) for piece in split(shown, SECTION_LIMIT) if piece.strip()]
    if shown != lines:
        blocks.append(context(wording.properties_cut()))
    return blocks


def _value(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
