"""Moments to come, as people type them: `2h`, `for 30m`, `17:00`, `until 17:00`."""

import datetime as dt
import re
from dataclasses import dataclass

MOST_SECONDS = 30 * 86400
"""Nothing is put off for longer."""

_SECONDS = {"m": 60, "h": 3600, "d": 86400, "w": 604800}
_SPAN = re.compile(r"(?:[0-9]{1,4}[mhdw]){1,3}")
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_LAST_HOUR, _LAST_MINUTE = 23, 59


@dataclass(frozen=True)
class Now:
    """The moment at which something is typed, in seconds since the epoch, and the time zone of the team's clocks."""

    at: float
    zone: dt.tzinfo = dt.UTC


def read(text: str, now: Now) -> float | None:
    """The moment that `text` means, in seconds since the epoch; None: it means none, or one that is too far away.

    A length of time counts from now. A time of day is the next at which the team's clocks show it.
    """
    word = re.sub(r"^(?:for|until|till|bis)\s+", "", text.strip().casefold())
    word = re.sub(r"(?<=[0-9])\s+(?=[mhdw])", "", word)
    clock = _CLOCK.fullmatch(word)
    if clock:
        return _next(int(clock[1]), int(clock[2]), now)
    seconds = 0
    if _SPAN.fullmatch(word):
        seconds = sum(int(number) * _SECONDS[unit] for number, unit in re.findall(r"([0-9]+)([mhdw])", word))
    return now.at + seconds if 0 < seconds <= MOST_SECONDS else None


def leading(text: str, now: Now) -> tuple[float | None, str]:
    """The moment that `text` begins with, if it does, and what follows it."""
    words = re.match(r"\s*((?:for|until|till|bis)\s+)?(\S+)\s*", text, re.IGNORECASE)
    moment = read(words[0], now) if words else None
    return (moment, text[words.end() :]) if words and moment is not None else (None, text)


def _next(hour: int, minute: int, now: Now) -> float | None:
    if hour > _LAST_HOUR or minute > _LAST_MINUTE:
        return None
    today = dt.datetime.fromtimestamp(now.at, now.zone).date()
    for days in range(3):  # a day on which clocks are changed may leave it out
        at = dt.datetime.combine(today + dt.timedelta(days=days), dt.time(hour, minute), now.zone).timestamp()
        if at > now.at:
            return at
    return None
