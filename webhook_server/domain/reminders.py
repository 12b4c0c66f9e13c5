"""Reminders: when people are reminded of an app user who waits, and of what. Times are seconds since the epoch.

Reminders differ in strength: after a time in which nobody could be reminded only the strongest of what is due is given,
and none after one that was as strong.
"""

from dataclasses import dataclass, field, replace

from webhook_server.domain.office_hours import OfficeHours
from wire.cases import Reminder

APART_SECONDS = 10.0
"""People are not reminded of two cases within less."""

_STRENGTH: dict[Reminder, int] = {"none": 0, "waiting": 1, "snooze_over": 1, "on_call": 2}


@dataclass(frozen=True, slots=True)
class Policy:
    """After how many seconds of waiting, office hours counted, people are reminded. 0: never."""

    hours: OfficeHours = field(default_factory=OfficeHours)
    remind_after: float = 0.0
    on_call_after: float = 0.0


@dataclass(frozen=True, slots=True)
class Wait:
    """An app user waits, counted from `since`. `given`: of what people were reminded since then.

    `put_off`: it counts from a moment until which an agent put it off, and people are told that this is over.
    """

    since: float
    given: Reminder = "none"
    put_off: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The reminder to be given now, if any, and when to look again."""

    reminder: Reminder = "none"
    next_at: float | None = None


def next_at(wait: Wait, policy: Policy) -> float | None:
    """When people are to be reminded next; None: they are not."""
    return min(_stages(wait, policy).values(), default=None)


def judge(wait: Wait, policy: Policy, now: float) -> Verdict:
    """What is due, however late it is: at most one reminder, the strongest, and none outside office hours."""
    due = [kind for kind, at in _stages(wait, policy).items() if at <= now]
    if not due:
        return Verdict(next_at=next_at(wait, policy))
    if not policy.hours.is_open(now):
        return Verdict(next_at=policy.hours.opening(now))
    strongest = max(due, key=_STRENGTH.__getitem__)
    return Verdict(strongest, next_at(replace(wait, given=strongest), policy))


def stronger(one: Reminder, other: Reminder) -> Reminder:
    """The reminder after which fewer are to be given."""
    return max(one, other, key=_STRENGTH.__getitem__)


def _stages(wait: Wait, policy: Policy) -> dict[Reminder, float]:
    """What is still to be given, and when it is due."""
    after: dict[Reminder, float | None] = {
        "snooze_over": 0.0 if wait.put_off else None,
        "waiting": None if wait.put_off else policy.remind_after or None,
        "on_call": policy.on_call_after or None,
    }
    stages: dict[Reminder, float] = {}
    for kind, seconds in after.items():
        if seconds is not None and _STRENGTH[kind] > _STRENGTH[wait.given]:
            at = policy.hours.after(wait.since, seconds)
            if at is not None:
                stages[kind] = at
    return stages
