"""Pages of messages: which part of a conversation a request asks for, and where its neighbours begin."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, InvalidOperation

PAGE = 100

_LATEST = 2**53


class BadPageError(ValueError):
    """No page is meant by `before` and `after`."""


class TwoCutsError(BadPageError):
    """`before` and `after` are given together."""


class NoTimeError(BadPageError):
    """`before` or `after` is no time."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The part of a conversation asked for, in milliseconds, exclusive. Neither: the latest page."""

    before: int | None = None
    after: int | None = None


def cut(before: str | None, after: str | None) -> Cut:
    """Read `before` and `after`, float seconds as text.

    Raises:
        TwoCutsError: both are given.
        NoTimeError: one is no number of seconds.
    """
    if before is not None and after is not None:
        raise TwoCutsError
    if before is not None:
        return Cut(before=_milliseconds(before, ROUND_CEILING))
    return Cut(after=None if after is None else _milliseconds(after, ROUND_FLOOR))


def seconds(milliseconds: int) -> float:
    """`received` as clients see it."""
    return milliseconds / 1000


def _milliseconds(text: str, rounding: str) -> int:
    """Exact, so that the time of a message names that message and no other."""
    if len(text) > 40 or not text.isascii() or "_" in text:  # noqa: PLR2004 - no time is that long
        raise NoTimeError
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise NoTimeError from error
    if not value.is_finite() or abs(value) > _LATEST:
        raise NoTimeError
    return int((value * 1000).to_integral_value(rounding))
