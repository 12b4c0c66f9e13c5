"""When a failed hand-over is tried again."""

WEBHOOK_DELAYS = (1.0, 5.0, 15.0, 60.0, 300.0, 900.0, 3600.0, 7200.0, 14400.0, 21600.0, 28800.0, 28800.0)
"""Seconds from one try of a webhook to the next: the first within 10 s, all together more than a day."""

FINAL_STATUSES = frozenset({400, 401, 403, 404, 406})
"""A target that answers one of these will not change its mind."""

GONE = 410
"""A target that answers this wants its webhook removed."""

_SPREAD = 0.1
_PEER_FIRST = 0.2
_PEER_MOST = 5.0


def webhook_delay(tries: int, jitter: float) -> float | None:
    """Seconds to wait after `tries` failed tries; None when it has been tried often enough.

    `jitter` from 0 up to 1 spreads the delay by a tenth either way, so that what failed together returns apart.
    """
    if tries > len(WEBHOOK_DELAYS):
        return None
    return WEBHOOK_DELAYS[tries - 1] * (1 - _SPREAD + 2 * _SPREAD * jitter)


def peer_delay(failures: int) -> float:
    """Seconds to wait for the bot after `failures` failures in a row: short, because it is near and comes back."""
    return min(_PEER_FIRST * 2.0 ** min(failures - 1, 16), _PEER_MOST)
