"""How many requests somebody may make: a bucket that fills by itself, and one token a request."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests a second in the long run, and `burst` at once."""

    per_second: float
    burst: float


@dataclass(frozen=True, slots=True)
class Bucket:
    """What is left at a time, in seconds of a clock that never jumps."""

    tokens: float
    at: float


def take(rate: Rate, bucket: Bucket | None, now: float) -> tuple[Bucket, float]:
    """The bucket after one request at `now`, and 0; if it is empty the bucket as it is, and the seconds to wait.

    No bucket is a full one.
    """
    before = bucket or Bucket(rate.burst, now)
    tokens = min(rate.burst, before.tokens + max(0.0, now - before.at) * rate.per_second)
    if tokens < 1:
        return Bucket(tokens, now), (1 - tokens) / rate.per_second
    return Bucket(tokens - 1, now), 0.0


class Allowances:
    """A bucket for each asker, for at most `capacity` of them: those who asked longest ago are forgotten first.

    Whoever did not ask for `burst / per_second` seconds is owed a full bucket anyway. Not safe for threads: its owner
    holds a lock.
    """

    def __init__(self, rate: Rate, capacity: int) -> None:
        self._rate = rate
        self._capacity = capacity
        self._buckets: OrderedDict[Hashable, Bucket] = OrderedDict()

    def ask(self, who: Hashable, now: float) -> float:
        """0 if `who` may make a request now, else the seconds until they may."""
        bucket, seconds = take(self._rate, self._buckets.get(who), now)
        self._buckets[who] = bucket
        self._buckets.move_to_end(who)
        if len(self._buckets) > self._capacity:
            self._buckets.popitem(last=False)
        return seconds

    def __len__(self) -> int:
        """How many askers are remembered."""
        return len(self._buckets)
