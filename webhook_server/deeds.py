"""Agents' deeds about cases, each in one transaction: whom it concerns, whether it can be done, what follows."""

from dataclasses import replace
from typing import NamedTuple

from webhook_server import casework, telling, wording
from webhook_server.domain import deeds
from webhook_server.domain.cases import Case, Untold
from webhook_server.domain.deeds import DeedRefusedError
from webhook_server.errors import CaseStandsOtherwiseError, InvalidRequestError, NoCaseError, UserNotFoundError
from webhook_server.ledger import Books
from wire.cases import CLAIMED_ALREADY, CLOSED_ALREADY, NOT_CLAIMED, OPEN_ALREADY, CaseAfter, Deed


class Done(NamedTuple):
    """The case as it stands after a deed, and what the bot is to be told of it."""

    case: CaseAfter
    untold: tuple[Untold, ...]


def carry_out(books: Books, deed: Deed, now: float) -> Done:
    """Do it. The same deed again changes nothing.

    Raises:
        UserNotFoundError: nobody has this ID.
        NoCaseError: the app user has no such case.
        CaseStandsOtherwiseError: the case is not in a state in which that can be done.
        InvalidRequestError: the deed lacks something, or is to last until a time that is over.
    """
    before = _meant(books, deed)
    after = before
    if before.last_request_id != deed.request_id:
        after = _changed(books, before, deed, now)
    untold = casework.keep(books, before, after)
    case = telling.told(books, after)
    if case is None:
        raise UserNotFoundError
    unchanged = after.sequence == before.sequence
    return Done(CaseAfter(**dict(case), unchanged=unchanged), untold)


def _meant(books: Books, deed: Deed) -> Case:
    """The case that a deed is about."""
    user = books.app_users.by_id(deed.app_user_id)
    if user is None:
        raise UserNotFoundError
    case = books.cases.newest(user.id) if deed.case_id is None else books.cases.find(deed.case_id)
    if case is None or case.app_user_id != user.id:
        raise NoCaseError
    return case


def _changed(books: Books, case: Case, deed: Deed, now: float) -> Case:
    try:
        after = _done(case, deed, now)
        if case.closed and not after.closed:
            _require_no_other(books, case)
    except DeedRefusedError as error:
        raise CaseStandsOtherwiseError(error.code, _in_the_way(case, error.code)) from error
    return case if after == case else replace(after, last_request_id=deed.request_id)


def _require_no_other(books: Books, case: Case) -> None:
    if books.cases.open(case.app_user_id):
        raise DeedRefusedError(OPEN_ALREADY)


def _in_the_way(case: Case, code: str) -> str | None:
    """The name of whoever keeps it from being done, if that is somebody in person."""
    closer = case.closed.by if case.closed else None
    agent = {CLAIMED_ALREADY: case.claimed_by, NOT_CLAIMED: case.claimed_by, CLOSED_ALREADY: closer}.get(code)
    return agent.name if agent else None


def _done(case: Case, deed: Deed, now: float) -> Case:
    agent = casework.speaker(deed.agent)
    match deed.kind:
        case "claim":
            return deeds.claimed(case, agent, now)
        case "release":
            return deeds.released(case, agent, now)
        case "assign":
            if deed.assignee is None:
                raise InvalidRequestError(wording.assignee_needed())
            return deeds.assigned(case, casework.speaker(deed.assignee), now)
        case "close":
            return deeds.closed(case, agent, deed.reason or None, now)
        case "reopen":
            return deeds.reopened(case, now)
        case "snooze":
            if deed.until is None or deed.until <= now:
                raise InvalidRequestError(wording.snooze_over())
            return deeds.snoozed(case, deed.until, now)
