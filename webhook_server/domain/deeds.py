"""What agents do about cases: claim, release, assign, close, reopen, snooze. The same deed twice is one."""

from webhook_server.domain.cases import Case, Closing, changed
from webhook_server.domain.receipts import Speaker
from wire.cases import CLAIMED_ALREADY, CLOSED_ALREADY, NOT_CLAIMED, NOT_WAITING, OPEN_ALREADY


class DeedRefusedError(Exception):
    """A case is not in a state in which that can be done. `code` is one of those in `wire.cases`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def claimed(case: Case, agent: Speaker, now: float) -> Case:
    """`agent` takes care of it.

    Raises:
        DeedRefusedError: it is closed, or somebody else's.
    """
    _require_open(case)
    if case.claimed_by is None:
        return changed(case, now, claimed_by=agent)
    if case.claimed_by.agent_id != agent.agent_id:
        raise DeedRefusedError(CLAIMED_ALREADY)
    return case


def released(case: Case, agent: Speaker, now: float) -> Case:
    """`agent` takes care of it no longer.

    Raises:
        DeedRefusedError: it is closed, or they did not.
    """
    _require_open(case)
    if case.claimed_by is None or case.claimed_by.agent_id != agent.agent_id:
        raise DeedRefusedError(NOT_CLAIMED)
    return changed(case, now, claimed_by=None)


def assigned(case: Case, assignee: Speaker, now: float) -> Case:
    """`assignee` takes care of it, whoever did so far.

    Raises:
        DeedRefusedError: it is closed.
    """
    _require_open(case)
    if case.claimed_by is not None and case.claimed_by.agent_id == assignee.agent_id:
        return case
    return changed(case, now, claimed_by=assignee)


def closed(case: Case, agent: Speaker, reason: str | None, now: float) -> Case:
    """It is over.

    Raises:
        DeedRefusedError: it was, and somebody else closed it.
    """
    if case.closed and case.closed.by and case.closed.by.agent_id == agent.agent_id:
        return case
    _require_open(case)
    return changed(case, now, closed=Closing(now, agent, reason), snoozed_until=None, reminder="none")


def reopened(case: Case, now: float) -> Case:
    """It is not over: who waited when it was closed waits again, counted from now.

    Raises:
        DeedRefusedError: it is open.
    """
    if case.closed is None:
        raise DeedRefusedError(OPEN_ALREADY)
    return changed(case, now, closed=None, counts_from=now)


def snoozed(case: Case, until: float, now: float) -> Case:
    """Nobody is to be reminded before `until`.

    Raises:
        DeedRefusedError: it is closed, or nobody waits.
    """
    _require_open(case)
    if case.waiting_since is None:
        raise DeedRefusedError(NOT_WAITING)
    if case.snoozed_until == until:
        return case
    return changed(case, now, snoozed_until=until, counts_from=None, reminder="none")


def _require_open(case: Case) -> None:
    if case.closed:
        raise DeedRefusedError(CLOSED_ALREADY)
