"""The book's documents as bytes: how they are written, read, and read for no more than what they are found by."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from desk.ports import ChannelEntry
from wire.ids import AppUserId, ChannelId

_ENTRY = TypeAdapter(ChannelEntry)
_CHANGES = TypeAdapter(dict[int, ChannelEntry | None])

_TEXT = rb'[^"\\\x00-\x1f]*'
_ORDINARY = re.compile(
    rb'\{"app_user_id":"(%(text)s)","title":"%(text)s"(?:,"channel_name":"(%(text)s)")?(?:,"channel_id":"(%(text)s)")?'
    rb',"state":"(?:open|archived|gone)"(?:,"invited":true)?(?:,"introduced":true)?'
    rb'(?:,"announced":\{"channel_id":"%(text)s","ts":"%(text)s"\})?(?:,"linked":true)?\}' % {b"text": _TEXT}
)
"""A document on which nothing is left to do, as `encode` writes it. Nearly all are, and matching one validates it in a
tenth of the time that pydantic takes: a start with 100,000 of them depends on it. All others are left to pydantic."""

_ONE = re.compile(rb'\{"(\d{1,18})":(\{.*\})\}\n')


class Keys(NamedTuple):
    """What a document is found by. `channel_ids` are the channels it has or had; `unfinished`: something is left."""

    app_user_id: AppUserId
    channel_name: str
    channel_ids: tuple[ChannelId, ...]
    merged: tuple[AppUserId, ...]
    unfinished: bool


class Change(NamedTuple):
    """A document as it is from now on. Without `document`, and `keys`, it is gone."""

    number: int
    document: bytes | None
    keys: Keys | None


def document(entry: ChannelEntry) -> dict[str, Any]:
    """The entry as TinyDB takes it. What has its default value is left out."""
    content: dict[str, Any] = _ENTRY.dump_python(entry, mode="json", exclude_defaults=True)
    return content


def encode(content: Mapping[str, Any]) -> bytes:
    """A document's bytes. Raises ValueError for what is no text."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def read(document: bytes) -> ChannelEntry:
    """The entry of a document. Raises ValueError."""
    return _ENTRY.validate_json(document)


def keys(entry: ChannelEntry) -> Keys:
    """What the entry is found by."""
    return Keys(
        entry.app_user_id,
        entry.channel_name,
        tuple(each for each in (*entry.previous, entry.channel_id) if each),
        entry.merged,
        unfinished=bool(entry.state == "opening" or entry.joining or entry.uploads or entry.erasure),
    )


def read_keys(document: bytes) -> Keys:
    """What a document is found by. Raises ValueError where it is no document."""
    return _ordinary(document) or keys(read(document))


def line(documents: Iterable[tuple[int, bytes | None]]) -> bytes:
    """A line of the journal: all of these change together."""
    return b"{%s}\n" % b",".join(b'"%d":%s' % (number, document or b"null") for number, document in documents)


def changes(line: bytes) -> list[Change]:
    """What a line of the journal changes. Raises ValueError where it makes no sense."""
    one = _ONE.fullmatch(line)
    found = _ordinary(one[2]) if one else None
    if one and found:
        return [Change(int(one[1]), one[2], found)]
    return [
        Change(number, encode(document(entry)), keys(entry)) if entry else Change(number, None, None)
        for number, entry in _CHANGES.validate_json(line).items()
    ]


def _ordinary(document: bytes) -> Keys | None:
    match = _ORDINARY.fullmatch(document)
    if match is None:
        return None
    document.decode()  # the pattern takes bytes that are no text
    app_user_id, name, channel_id = match.groups()
    channel_ids = (ChannelId(channel_id.decode()),) if channel_id else ()
    return Keys(AppUserId(app_user_id.decode()), name.decode() if name else "", channel_ids, (), unfinished=False)
