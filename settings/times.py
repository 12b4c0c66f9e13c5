"""Durations, office hours and time zones, as an operator writes them."""

import datetime as dt
import re
import zoneinfo

Hours = tuple[tuple[int, int, int], ...]
"""A week's office hours in order: weekday (Monday is 0), minutes after midnight of opening and closing (up to 1440)."""

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_DURATION = re.compile(r"(?:[0-9]{1,5}[smhd]){1,4}")
_MOST_SECONDS = 366 * 86400

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_DAY_MINUTES = 1440


def seconds(text: str) -> float:
    """The seconds of a duration such as `90s`, `15m`, `1h30m` or `2d`; `0` is none.

    Raises:
        ValueError: it is no duration; the text tells what one looks like.
    """
    if text == "0":
        return 0.0
    written = text.casefold()
    total = 0
    if _DURATION.fullmatch(written):
        total = sum(int(number) * _SECONDS[unit] for number, unit in re.findall(r"([0-9]+)([smhd])", written))
    if not 0 < total <= _MOST_SECONDS:
        raise ValueError("give a duration of up to a year such as 90s, 15m, 2h or 1d; or 0 for never")
    return float(total)


def zone_name(text: str) -> str:
    """The time zone's name as it was given, if this machine knows it.

    Raises:
        ValueError: it does not.
    """
    zone(text)
    return text


def zone(name: str) -> dt.tzinfo:
    """The time zone of this name. UTC needs no time zone database.

    Raises:
        ValueError: this machine knows none such.
    """
    if name == "UTC":
        return dt.UTC
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("give a time zone such as Europe/Berlin") from None


def hours(text: str) -> Hours:
    """Office hours such as `Mon-Fri 09:00-17:00, Sat 10:00-14:00`.

    Days may be followed by several times (`Mon 09:00-12:00 13:00-17:00`), times may go beyond midnight
    (`Fri 22:00-06:00`) and days beyond Sunday (`Sat-Mon`).

    Raises:
        ValueError: they are written in another way; the text names the part that is not understood.
    """
    open_at = [False] * (7 * _DAY_MINUTES)
    for part in text.replace("\N{EN DASH}", "-").split(","):
        try:
            _open(open_at, part)
        except ValueError:
            complaint = (
                f"give office hours such as Mon-Fri 09:00-17:00, Sat 10:00-14:00; not understood: {part.strip()}"
            )
            raise ValueError(complaint) from None
    return tuple(span for day in range(7) for span in _spans(day, open_at))


def _open(open_at: list[bool], part: str) -> None:
    days, *times = part.split()
    if not times:
        raise ValueError
    for written in times:
        begin, end = (_minutes(clock) for clock in written.split("-"))
        length = (end - begin) % _DAY_MINUTES or (_DAY_MINUTES if (begin, end) == (0, _DAY_MINUTES) else 0)
        if not length or begin == _DAY_MINUTES:
            raise ValueError
        for day in _days(days):
            for minute in range(begin, begin + length):
                open_at[(day * _DAY_MINUTES + minute) % len(open_at)] = True


def _days(text: str) -> list[int]:
    first, *rest = [_day(name) for name in text.casefold().split("-")]
    if len(rest) > 1:
        raise ValueError
    last = rest[0] if rest else first
    return [(first + step) % 7 for step in range((last - first) % 7 + 1)]


def _day(name: str) -> int:
    return (_DAYS if name in _DAYS else _NAMES).index(name)


def _minutes(text: str) -> int:
    found = _CLOCK.fullmatch(text)
    minutes = int(found[1]) * 60 + int(found[2]) if found and int(found[2]) < 60 else -1  # noqa: PLR2004 - an hour's
    if not 0 <= minutes <= _DAY_MINUTES:
        raise ValueError
    return minutes


def _spans(day: int, open_at: list[bool]) -> list[tuple[int, int, int]]:
    """The stretches of a day in which it is open."""
    minutes = [*open_at[day * _DAY_MINUTES : (day + 1) * _DAY_MINUTES], False]
    edges = [minute for minute, is_open in enumerate(minutes) if is_open != (minutes[minute - 1] if minute else False)]
    return [(day, begin, end) for begin, end in zip(edges[::2], edges[1::2], strict=True)]
