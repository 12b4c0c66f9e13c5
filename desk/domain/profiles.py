"""How a profile looks in Slack: a card with every predefined field and every property, as data."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desk.domain import rich
from desk.domain.notices import SECTION_LIMIT, Block, context, plain, section
from desk.domain.slack_text import shorten, split
from desk.domain.wording import profiles as wording

FIELD_LIMIT = 600
FIELDS_A_SECTION = 10
PROPERTIES_SHOWN = 5500
"""Characters of properties: with all else, a message's blocks hold about 13,000."""
DEVICES_SHOWN = 5
WORD_LIMIT = 40
"""Of a device's platform and version."""
PAGE_LIMIT = 200


@dataclass(frozen=True)
class Device:
    """Where somebody runs the app. `seen` is in seconds since the epoch."""

    platform: str
    seen: float
    version: str | None = None
    page: str | None = None


@dataclass(frozen=True)
class Card:
    """What a profile shows. A field is its label and its value; `None` shows as having none.

    `standing` is a sentence on who says who they are. `seen` are the first and the last time, in seconds since the
    epoch; `counts` sentences on how much there is. `avatar_url` is one that Slack can load.
    """

    title: str
    standing: str
    fields: Sequence[tuple[str, str | None]]
    properties: Mapping[str, Any]
    typing: bool = False
    avatar_url: str | None = None
    devices: Sequence[Device] = ()
    more_devices: int = 0
    seen: tuple[float | None, float | None] = (None, None)
    counts: Sequence[str] = ()


def profile_blocks(card: Card, shared_by: str | None = None) -> list[Block]:
    """The blocks of a profile; `shared_by` is who lets everybody in the channel see it."""
    blocks = [context(wording.shared_by(shorten(shared_by, 200)))] if shared_by else []
    blocks.append({"type": "header", "text": plain(shorten(wording.profile_of(card.title), 150))})
    if card.typing:
        blocks.append(context(wording.typing(card.title)))
    blocks.append(_standing(card))
    blocks += _presence(card)
    cells = [plain(f"{label}\n{shorten(value or wording.no_value(), FIELD_LIMIT)}") for label, value in card.fields]
    starts = range(0, len(cells), FIELDS_A_SECTION)
    blocks += [{"type": "section", "fields": cells[start : start + FIELDS_A_SECTION]} for start in starts]
    return [*blocks, *_devices(card), *_properties(card.properties)]


def _standing(card: Card) -> Block:
    block = section(card.standing)
    if card.avatar_url:
        alt_text = wording.picture(shorten(card.title, 200))
        block["accessory"] = {"type": "image", "image_url": card.avatar_url, "alt_text": alt_text}
    return block


def _presence(card: Card) -> list[Block]:
    """When they were there and how much was said: our own words and numbers alone."""
    first, last = (None if at is None else rich.moment_in_mrkdwn(at) for at in card.seen)
    seen = [wording.seen(first, last) if first else wording.seen_last(last)] if last else []
    parts = [*seen, *card.counts]
    if not parts:
        return []
    return [{"type": "context", "elements": [{"type": "mrkdwn", "text": " · ".join(parts)}]}]


def _devices(card: Card) -> list[Block]:
    if not card.devices:
        return []
    shown = rich.listed([_device(device) for device in card.devices[:DEVICES_SHOWN]])
    more = card.more_devices + len(card.devices[DEVICES_SHOWN:])
    rest = [context(wording.more_devices(more))] if more else []
    return [context(wording.devices_title()), rich.block(shown), *rest]


def _device(device: Device) -> list[Block]:
    parts = [shorten(device.platform, WORD_LIMIT)]
    if device.version:
        parts.append(wording.version(shorten(device.version, WORD_LIMIT)))
    if device.page:
        parts.append(wording.last_page(shorten(device.page, PAGE_LIMIT)))
    what = " ".join(" · ".join(parts).split())
    return rich.sentence(wording.device, what=what, when=rich.moment(device.seen))


def _properties(properties: Mapping[str, Any]) -> list[Block]:
    if not properties:
        return [context(wording.no_properties())]
    lines = "\n".join(f"{key}: {_value(value)}" for key, value in properties.items())
    shown = shorten(lines, PROPERTIES_SHOWN)
    blocks = [section(piece) for piece in split(shown, SECTION_LIMIT) if piece.strip()]
    cut = [context(wording.properties_cut())] if shown != lines else []
    return [context(wording.properties()), *blocks, *cut]


def _value(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
