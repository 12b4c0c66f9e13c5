"""What a profile may hold: limits, and how an update adds to what is known."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from webhook_server.domain.values import Profile

KEY_BYTES = 100
VALUE_BYTES = 800


class NestedPropertyError(ValueError):
    """A property's value is an object or a list. `key` names it."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def shorten(text: str, limit: int) -> str:
    """`text`, cut to at most `limit` bytes of UTF-8, on a character boundary."""
    if len(text) * 4 <= limit:
        return text
    return text.encode()[:limit].decode(errors="ignore")


def flat_properties(given: Mapping[str, Any]) -> dict[str, Any]:
    """`given` within the limits: keys up to 100 bytes, string values up to 800, longer ones shortened.

    Raises:
        NestedPropertyError: a value is neither string, number, boolean nor null.
    """
    flat: dict[str, Any] = {}
    for key, value in given.items():
        if isinstance(value, (Mapping, list, tuple)):
            raise NestedPropertyError(shorten(key, KEY_BYTES))
        flat[shorten(key, KEY_BYTES)] = shorten(value, VALUE_BYTES) if isinstance(value, str) else value
    return flat


def add(known: Profile, update: Profile) -> Profile:
    """`known` with what `update` tells. What it leaves out stays; a property that is null goes."""
    properties = {**known.properties, **update.properties}
    return replace(
        known,
        given_name=_told(update.given_name, known.given_name),
        surname=_told(update.surname, known.surname),
        email=_told(update.email, known.email),
        signed_up_at=update.signed_up_at or known.signed_up_at,
        properties={key: value for key, value in properties.items() if value is not None},
    )


def _told(update: str | None, known: str | None) -> str | None:
    """An empty text takes the value away; nothing said leaves it."""
    return known if update is None else shorten(update, VALUE_BYTES) or None


def utc_time(text: str) -> str:
    """`text`, a time in ISO 8601 (UTC where it names no zone), in UTC with milliseconds.

    Raises:
        ValueError: it is no such time.
    """
    try:
        moment = datetime.fromisoformat(text)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(text) from error
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
