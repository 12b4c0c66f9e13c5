"""Numbers of what there was to do: since when they count, and which of many times stands for them."""

import datetime as dt
import math
from dataclasses import dataclass
from typing import Literal

from webhook_server.domain.receipts import Speaker


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time, in seconds since the epoch: what happened at `begin` belongs to it, at `end` not any more."""

    begin: float
    end: float = math.inf


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases began, were answered for the first time, and were closed by somebody in person."""

    conversations: int = 0
    answered: int = 0
    closed: int = 0


@dataclass(frozen=True, slots=True)
class Deeds:
    """What an agent did in a period, and how many open cases are theirs now."""

    agent: Speaker
    first_answers: int = 0
    replies: int = 0
    closed: int = 0
    open: int = 0


def beginning(span: Literal["today", "week"], now: float, zone: dt.tzinfo) -> float:
    """When today, or this week, which begins on Monday, began in a time zone."""
    today = dt.datetime.fromtimestamp(now, zone)
    first = today.date() - dt.timedelta(days=today.weekday() if span == "week" else 0)
    return dt.datetime.combine(first, dt.time(), zone).timestamp()


def nearest_rank(count: int, percent: int) -> int:
    """Which of `count` values in ascending order, counted from 1, at least `percent` of all do not exceed."""
    return max(1, -(-count * percent // 100))


def most_first(deeds: Deeds) -> tuple[int, int, int, int, str]:
    """Sorts those first who did most."""
    return (-deeds.replies, -deeds.first_answers, -deeds.closed, -deeds.open, deeds.agent.name)
