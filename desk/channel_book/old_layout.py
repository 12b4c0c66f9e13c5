"""The book as one JSON file, as it was written before: it is read once, and written anew."""

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import TypeAdapter

from desk.channel_book import lines
from desk.channel_book.journal import DamagedError, Journal, TooNewError
from desk.ports import ChannelEntry

FILE_NAME = "channels.json"
BACKUP_NAME = "channels.json.bak"
VERSION = 1

_CHANNELS = TypeAdapter(dict[int, ChannelEntry])


def convert(directory: Path, journal: Journal) -> None:
    """Write the old file's lines into the journal, which is not there yet. Raises like `Journal.load`."""
    path = directory / FILE_NAME
    channels = _read(path.read_bytes()) if path.exists() else {}
    journal.rewrite(_blocks(channels))


def remove(directory: Path) -> None:
    """The journal has it all. Raises OSError."""
    for name in (FILE_NAME, BACKUP_NAME, "channels.new"):
        (directory / name).unlink(missing_ok=True)


def _read(content: bytes) -> dict[int, ChannelEntry]:
    try:
        data = json.loads(content)
        versions = [int(head["version"]) for head in data.get("book", {}).values()]
        if any(version > VERSION for version in versions):
            raise TooNewError
        return _CHANNELS.validate_python(data.get("channels", {}))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise DamagedError(type(error).__name__) from error


def _blocks(channels: dict[int, ChannelEntry]) -> Iterator[bytes]:
    for number in sorted(channels):
        yield lines.line([(number, lines.encode(lines.document(channels[number])))])
