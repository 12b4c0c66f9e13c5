"""Slack's rate limits: so many calls of a method in a minute, and about one post a second in each channel."""

import math
from collections import defaultdict, deque
from dataclasses import dataclass

from sandbox.clock import Clock
from sandbox.documented import Method, Tier

WINDOW_SECONDS = 60.0
POSTS_PER_SECOND = 1.0
POST_BURST = 5


@dataclass(slots=True)
class _Bucket:
    """Posts that a channel takes at once; refills with time."""

    tokens: float
    at: float


class Limits:
    """Counts calls against their tier; `enabled` is a switch that tests and demonstrations turn."""

    def __init__(self, clock: Clock, *, enabled: bool = True) -> None:
        self.enabled = enabled
        self._clock = clock
        self._calls: defaultdict[str, deque[float]] = defaultdict(deque)
        self._buckets: dict[str, _Bucket] = {}

    def take(self, method: Method, channel: str | None) -> int | None:
        """Count a call; None if it may go ahead, else the whole seconds to wait. Calls refused are not counted."""
        if not self.enabled:
            return None
        now = self._clock.now()
        bucket = self._bucket(channel, now) if method.tier is Tier.POSTING and channel else None
        waits = [self._window_wait(method, now), self._bucket_wait(bucket)]
        if any(waits):
            return max(1, math.ceil(max(waits)))
        self._calls[method.name].append(now)
        if bucket:
            bucket.tokens -= 1
        return None

    def forget(self) -> None:
        """Begin to count anew."""
        self._calls.clear()
        self._buckets.clear()

    def _window_wait(self, method: Method, now: float) -> float:
        calls = self._calls[method.name]
        while calls and calls[0] <= now - WINDOW_SECONDS:
            calls.popleft()
        return calls[0] + WINDOW_SECONDS - now if len(calls) >= method.tier else 0.0

    def _bucket(self, channel: str, now: float) -> _Bucket:
        bucket = self._buckets.setdefault(channel, _Bucket(POST_BURST, now))
        bucket.tokens = min(POST_BURST, bucket.tokens + (now - bucket.at) * POSTS_PER_SECOND)
        bucket.at = now
        return bucket

    def _bucket_wait(self, bucket: _Bucket | None) -> float:
        if bucket is None or bucket.tokens >= 1:
            return 0.0
        return (1 - bucket.tokens) / POSTS_PER_SECOND
