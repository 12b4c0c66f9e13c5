"""How much there was to do, counted in the ledger. Each question is answered from an index by time or by state."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Connection, case, func, literal_column, select

from webhook_server.domain.receipts import Speaker
from webhook_server.domain.stats import Counts, Deeds, Period, nearest_rank
from webhook_server.ledger.tables import cases, handovers, receipts
from wire.ids import AgentId

_OPEN = cases.c.closed_at.is_(None)
_WAITING = _OPEN & cases.c.waiting_since.is_not(None)
_IN_PERSON = cases.c.closed_by_id.is_not(None)
_HANDOVERS = {
    state: select(func.count()).select_from(handovers).where(handovers.c.state == literal_column(f"'{state}'"))
    for state in ("waiting", "dead")
}
"""Written out, so that the database sees that its index of just these will do."""
_TOOK = cases.c.first_answer_at - cases.c.opened


@dataclass(frozen=True, slots=True)
class _Tally:
    """How often an agent did something, and what they were called when they did it last."""

    agent: Speaker
    count: int
    last: float


class Numbers:
    """Numbers, seen through one connection. Times are seconds."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def counts(self, period: Period) -> Counts:
        """What happened to cases in a period."""
        return Counts(
            conversations=self._count(_within(cases.c.opened, period)),
            answered=self._count(_within(cases.c.first_answer_at, period)),
            closed=self._count(_within(cases.c.closed_at, period) & _IN_PERSON),
        )

    def begun_by_agents(self, period: Period) -> int:
        """How many of the cases that began in a period agents began."""
        return self._count(_within(cases.c.opened, period) & cases.c.opened_by_id.is_not(None))

    def answer_time(self, period: Period, percent: int) -> float | None:
        """In how many seconds `percent` of the first answers of a period came; None: nobody was answered."""
        answered = _within(cases.c.first_answer_at, period)
        count = self._count(answered)
        found = select(_TOOK).where(answered).order_by(_TOOK).limit(1).offset(nearest_rank(count, percent) - 1)
        seconds = self._connection.execute(found).scalar_one_or_none()
        return None if seconds is None else max(0.0, seconds)  # the clock may have been set back

    def answer_times_up_to(self, period: Period, bounds: tuple[float, ...]) -> tuple[tuple[int, ...], float]:
        """How many first answers of a period took at most so long, bound by bound; and how long all took together."""
        counted = [func.count(case((bound >= _TOOK, 1))) for bound in bounds]
        took = func.sum(case((_TOOK > 0, _TOOK), else_=0.0))
        found = select(*counted, took).where(_within(cases.c.first_answer_at, period))
        *up_to, total = self._connection.execute(found).one()
        return tuple(up_to), total or 0.0

    def waiting(self) -> tuple[int, float | None]:
        """How many app users wait, and since when the one who waits longest does."""
        found = select(func.count(), func.min(cases.c.waiting_since)).where(_WAITING)
        count, oldest = self._connection.execute(found).one()
        return count, oldest

    def unclaimed(self) -> int:
        """How many open cases are nobody's."""
        return self._count(_OPEN) - self._count(_OPEN & cases.c.claimed_by_id.is_not(None))

    def handovers(self) -> Mapping[str, int]:
        """How many hand-overs wait, and how many were given up."""
        return {state: self._connection.execute(counted).scalar_one() for state, counted in _HANDOVERS.items()}

    def deeds(self, period: Period) -> list[Deeds]:
        """What each agent did in a period, or has to do now; in no order."""
        known: dict[AgentId, Deeds] = {}
        named: dict[AgentId, float] = {}
        for what, tallies in (
            ("open", self._tallied("claimed_by", cases.c.opened, _OPEN & cases.c.claimed_by_id.is_not(None))),
            ("first_answers", self._tallied("first_answer_by", cases.c.first_answer_at, _answered(period))),
            ("closed", self._tallied("closed_by", cases.c.closed_at, _closed(period))),
            ("replies", self.replies(period)),
        ):
            for tally in tallies:
                agent_id = tally.agent.agent_id
                before = known.get(agent_id) or Deeds(tally.agent)
                counted = {what: getattr(before, what) + tally.count}
                newer = tally.last >= named.get(agent_id, -math.inf)
                known[agent_id] = replace(before, agent=tally.agent if newer else before.agent, **counted)
                named[agent_id] = max(tally.last, named.get(agent_id, -math.inf))
        return list(known.values())

    def replies(self, period: Period) -> list[_Tally]:
        """How many replies each agent sent in a period; an agent who changed their name comes more than once."""
        who = (receipts.c.agent_id, receipts.c.agent_name)
        found = select(*who, func.count(), func.max(receipts.c.accepted)).where(_within(receipts.c.accepted, period))
        rows = self._connection.execute(found.group_by(*who))
        return [_Tally(Speaker(AgentId(agent_id), name), count, last) for agent_id, name, count, last in rows]

    def _tallied(self, role: str, when: ColumnElement[float], wanted: ColumnElement[bool]) -> list[_Tally]:
        who = (cases.c[f"{role}_id"], cases.c[f"{role}_name"])
        found = select(*who, func.count(), func.max(when)).where(wanted).group_by(*who)
        rows = self._connection.execute(found)
        return [_Tally(Speaker(AgentId(agent_id), name), count, last) for agent_id, name, count, last in rows]

    def _count(self, wanted: ColumnElement[bool]) -> int:
        return self._connection.execute(select(func.count()).select_from(cases).where(wanted)).scalar_one()


def _answered(period: Period) -> ColumnElement[bool]:
    return _within(cases.c.first_answer_at, period)


def _closed(period: Period) -> ColumnElement[bool]:
    return _within(cases.c.closed_at, period) & _IN_PERSON


def _within(column: ColumnElement[float], period: Period) -> ColumnElement[bool]:
    begun = column >= period.begin
    return begun if period.end == math.inf else begun & (column < period.end)
