"""What has happened since the process began, counted up: such numbers never go down, whoever is erased meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from webhook_server.domain.stats import Period
from wire.ids import AgentId

BOUNDS = (30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0, 14_400.0, 28_800.0, 86_400.0, 259_200.0)
"""Seconds from the first words to the first answer by which answers are told apart."""
SETTLED_SECONDS = 10.0
"""What is younger is counted the next time: its transaction may not be over yet."""


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened in a period.

    `up_to`: how many first answers took no longer than each of BOUNDS; `took`: how many seconds all took together.
    """

    by_app_users: int = 0
    by_agents: int = 0
    answered: int = 0
    up_to: tuple[int, ...] = (0,) * len(BOUNDS)
    took: float = 0.0
    closed: int = 0
    replies: Mapping[AgentId, int] = field(default_factory=dict)

    def __add__(self, more: "Happened") -> "Happened":
        """Both together."""
        agents = {**self.replies, **more.replies}
        return Happened(
            by_app_users=self.by_app_users + more.by_app_users,
            by_agents=self.by_agents + more.by_agents,
            answered=self.answered + more.answered,
            up_to=tuple(sum(pair) for pair in zip(self.up_to, more.up_to, strict=True)),
            took=self.took + more.took,
            closed=self.closed + more.closed,
            replies={agent: self.replies.get(agent, 0) + more.replies.get(agent, 0) for agent in agents},
        )


def next_period(counted_until: float, now: float) -> Period:
    """What is to be counted now. Where the clock was set back, counting begins anew from what it shows."""
    begin = min(counted_until, now)
    return Period(begin, max(begin, now - SETTLED_SECONDS))
