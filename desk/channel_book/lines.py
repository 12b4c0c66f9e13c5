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

_TEXT = r'[^"\\\x00-\x1f]*+'
_DOCUMENT = (
    rf'\{{"app_user_id":"({_TEXT})","title":"{_TEXT}"(?:,"channel_name":"({_TEXT})")?+(?:,"channel_id":"({_TEXT})")?+'
    rf',"state":"(?:open|archived|gone)"(?:,"invited":true)?+(?:,"introduced":true)?+'
    rf'(?:,"announced":\{{"channel_id":"{_TEXT}","ts":"{_TEXT}"\}})?+(?:,"linked":true)?+'
    rf'(?:,"route":\{{(?:"dispatch":"{_TEXT}"(?:,"private":true)?+|"private":true)?+\}})?+'
    rf'(?:,"case_id":[0-9]{{1,18}})?+\}}'
)
"""A document on which nothing is left to do, as `encode` writes it. Nearly all are, and matching many together
validates them in a fraction of the time that pydantic takes: a start with 100,000 depends on it."""
_ORDINARY = re.compile(_DOCUMENT)
_ORDINARY_LINE = re.compile(rf'^\{{"(\d{{1,18}})":({_DOCUMENT})\}}\n', re.MULTILINE | re.ASCII)


class Keys(NamedTuple):
    """What a document is found by. `channel_ids` are the channels it has or had; `unfinished`: something is left."""

    app_user_id: AppUserId
    channel_name: str
    channel_ids: tuple[ChannelId, ...]
    merged: tuple[AppUserId, ...]
    unfinished: bool


class Ordinary(NamedTuple):
    """Many ordinary lines, column by column: what they are found by is "" where they have none."""

    numbers: tuple[int, ...]
    documents: tuple[bytes, ...]
    app_user_ids: tuple[AppUserId, ...]
    names: tuple[str, ...]
    channel_ids: tuple[ChannelId, ...]


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
    return [
        Change(number, encode(document(entry)), keys(entry)) if entry else Change(number, None, None)
        for number, entry in _CHANGES.validate_json(line).items()
    ]


def ordinary(block: list[bytes]) -> Ordinary | None:
    """What these lines tell, if all of them are whole and ordinary."""
    try:
        found = _ORDINARY_LINE.findall(b"".join(block).decode())
    except UnicodeDecodeError:
        return None
    if len(found) != len(block):  # none is matched twice: a match is a whole line
        return None
    digits, documents, app_user_ids, names, channel_ids = zip(*found, strict=True)
    return Ordinary(tuple(map(int, digits)), tuple(map(str.encode, documents)), app_user_ids, names, channel_ids)


def _ordinary(document: bytes) -> Keys | None:
    match = _ORDINARY.fullmatch(document.decode())
    if match is None:
        return None
    app_user_id, name, channel_id = match.groups()
    channel_ids = (ChannelId(channel_id),) if channel_id else ()
    return Keys(AppUserId(app_user_id), name or "", channel_ids, (), unfinished=False)
