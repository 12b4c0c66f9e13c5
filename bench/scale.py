"""How much is measured: everything, or quickly."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """Counts and seconds. `growth` are the numbers of known users, the first of them the measure of the others."""

    rounds: int
    accept_seconds: float
    relay_seconds: float
    sustained_each: int
    replies: int
    growth: tuple[int, ...]
    starts: int
    newcomer_rounds: int
    backlog_conversations: int
    backlog_each: int
    listeners: int
    stream_rounds: int
    burst_direct_seconds: float


ALL = Scale(
    rounds=3,
    accept_seconds=1.5,
    relay_seconds=4.0,
    sustained_each=30,
    replies=40,
    growth=(100, 10_000, 100_000),
    starts=3,
    newcomer_rounds=5,
    backlog_conversations=500,
    backlog_each=40,
    listeners=1000,
    stream_rounds=2,
    burst_direct_seconds=30.0,
)
QUICK = Scale(
    rounds=1,
    accept_seconds=0.5,
    relay_seconds=1.5,
    sustained_each=12,
    replies=20,
    growth=(100, 100_000),
    starts=1,
    newcomer_rounds=1,
    backlog_conversations=50,
    backlog_each=10,
    listeners=1000,
    stream_rounds=1,
    burst_direct_seconds=0.0,
)
