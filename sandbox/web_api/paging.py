"""Cursors: an opaque word that says where the next page begins."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sandbox.errors import SlackError
from sandbox.identifiers import JsonObject
from sandbox.web_api.call import Args

Item = TypeVar("Item")

DEFAULT_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some items, and the cursor of those that follow (empty at the end)."""

    items: list[Item]
    next_cursor: str

    @property
    def response_metadata(self) -> JsonObject:
        """What stands in the answer about the next page."""
        return {"next_cursor": self.next_cursor}


def page(items: Sequence[Item], args: Args, *, most: int, default: int = DEFAULT_LIMIT, error: str) -> Page[Item]:
    """The page that `cursor` and `limit` ask for.

    Raises:
        SlackError: `invalid_cursor`; the given error for a limit that is no number from 1 to `most`.
    """
    limit = args.integer("limit", default, error) or default
    if not 1 <= limit <= most:
        raise SlackError(error)
    begin = _read_cursor(args.text("cursor"))
    if begin > len(items):
        raise SlackError("invalid_cursor")
    end = begin + limit
    return Page(list(items[begin:end]), _cursor(end) if end < len(items) else "")


def _cursor(at: int) -> str:
    return base64.b64encode(f"next:{at}".encode()).decode()


def _read_cursor(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        word, _, at = base64.b64decode(cursor, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise SlackError("invalid_cursor") from None
    if word != "next" or not at.isdecimal():
        raise SlackError("invalid_cursor")
    return int(at)
