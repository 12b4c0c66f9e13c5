"""How the app's side tells of a case, as people see it."""

from desk.domain.situation import Situation
from wire.cases import Case


def situation_of(case: Case) -> Situation:
    """A case as its notice and Home tabs show it."""
    first, closed = case.first_answer, case.closed
    return Situation(
        case.case_id,
        waiting_since=case.waiting_since,
        claimed_by=case.claimed_by.name if case.claimed_by else None,
        answered_by=first.agent.name if first else None,
        answered_after=first.seconds if first else 0.0,
        snoozed_until=case.snoozed_until,
        closed=closed is not None,
        closed_by=closed.agent.name if closed and closed.agent else None,
        reason=closed.reason if closed else None,
    )
