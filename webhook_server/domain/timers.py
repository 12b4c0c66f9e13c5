"""A case's timer: how its app user waits, and what becomes of the case when people are reminded of it."""

from dataclasses import replace

from webhook_server.domain import reminders
from webhook_server.domain.cases import Case, changed
from webhook_server.domain.reminders import Policy, Wait
from wire.cases import Reminder


def wait_of(case: Case) -> Wait | None:
    """How the app user of an open case waits; None: nobody does."""
    if case.waiting_since is None or case.closed:
        return None
    if case.snoozed_until is not None:
        return Wait(case.snoozed_until, put_off=True)
    return Wait(case.waiting_since if case.counts_from is None else case.counts_from, case.reminder)


def timed(case: Case, policy: Policy) -> Case:
    """`case`, with the moment at which people are to be reminded of it next, in seconds since the epoch."""
    wait = wait_of(case)
    return replace(case, remind_at=None if wait is None else reminders.next_at(wait, policy))


def reminded(case: Case, kind: Reminder, now: float) -> Case:
    """People are reminded of it now. A snooze that is over thereby is what the wait counts from."""
    counts_from = case.counts_from if case.snoozed_until is None else case.snoozed_until
    after = changed(case, now, reminder=kind, reminders=case.reminders + 1, snoozed_until=None, counts_from=counts_from)
    return replace(after, reminded=after.sequence)


def unheard(case: Case) -> bool:
    """Whether people are to be reminded of it, and the bot has not been told so."""
    return case.reminder != "none" and case.told < case.reminded


def taken_back(case: Case, now: float) -> Case:
    """People were to be reminded and nobody was: the reminder is given another time."""
    return changed(case, now, reminder="none")
