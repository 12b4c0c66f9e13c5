"""Cases: stretches of a conversation, from the first words to the close. What waits, and who takes care of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from webhook_server.domain.receipts import Place, Speaker
from webhook_server.domain.reminders import stronger
from wire.cases import Reminder
from wire.ids import AppUserId, MessageId

GRACE_SECONDS = 60.0
"""That an app user waits again is told after so long, if they still do: a live dialogue changes nothing in Slack."""

MERGED = "merged"
"""Why a case was closed whose app user turned out to be one who has another."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The first answer to a case: when, in seconds since the epoch, and by whom."""

    at: float
    by: Speaker


@dataclass(frozen=True, slots=True)
class Closing:
    """When a case was closed, by whom if that was somebody in person, and why, if they said so."""

    at: float
    by: Speaker | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A case as it stands. Times are seconds since the epoch. `id` is 0 before the ledger has it.

    `waiting_since`: the oldest message of the app user that nobody has answered, also where the case was closed so.
    `reminder` is what people were last to be reminded of since the app user waits, for the `reminders`th time in all,
    which was the change `reminded`; `remind_at` is when to look whether they are to be reminded next. A wait counts
    from `counts_from` where it was put off before, or is older than it shows.

    `sequence` grows with every change that agents see; `told` is the newest that the bot has shown, at `place`. Where
    it is behind, `untold_since` is when the first change came that the bot has not shown, and it is not told before
    `quiet_until`. `doubt_since` is when a try to tell began that may have been carried out.
    """

    app_user_id: AppUserId
    opened: float
    first_message_id: MessageId | None
    id: int = 0
    opened_by: Speaker | None = None
    waiting_since: float | None = None
    claimed_by: Speaker | None = None
    first_answer: Answered | None = None
    last_answer_at: float | None = None
    snoozed_until: float | None = None
    closed: Closing | None = None
    reminder: Reminder = "none"
    reminders: int = 0
    remind_at: float | None = None
    counts_from: float | None = None
    reminded: int = 0
    sequence: int = 1
    told: int = 0
    untold_since: float | None = None
    quiet_until: float | None = None
    place: Place | None = None
    doubt_since: float | None = None
    last_request_id: str | None = None

    @property
    def has_news(self) -> bool:
        """Whether the bot has yet to show how it stands."""
        return self.told < self.sequence

    def quiet(self, now: float) -> float:
        """Seconds until the bot is to be told its news; 0: at once. However the clock was set, it is a short time."""
        return 0.0 if self.quiet_until is None else min(max(0.0, self.quiet_until - now), GRACE_SECONDS)


class Untold(NamedTuple):
    """A case whose news the bot is to be told, in `seconds`."""

    case_id: int
    app_user_id: AppUserId
    seconds: float = 0.0


def changed(case: Case, now: float, **fields: Any) -> Case:
    """`case` with something else that agents see, told at once."""
    since = case.untold_since if case.has_news else now
    return replace(case, sequence=case.sequence + 1, untold_since=since, quiet_until=None, **fields)


# ── what is said ──────────────────────────────────────────────────────────────────────────────────────────────────


def begun(app_user_id: AppUserId, message_id: MessageId, now: float) -> Case:
    """The case that begins with an app user's message."""
    return Case(app_user_id, now, message_id, waiting_since=now, untold_since=now)


def begun_by(agent: Speaker, app_user_id: AppUserId, message_id: MessageId, now: float) -> Case:
    """The case that an agent begins, who takes care of it."""
    return Case(app_user_id, now, message_id, opened_by=agent, claimed_by=agent, last_answer_at=now, untold_since=now)


def wrote(case: Case, now: float) -> Case:
    """The app user wrote in an open case: they wait, if they did not yet, and what was put off is so no longer."""
    if case.snoozed_until is not None:
        since = now if case.waiting_since is None else case.waiting_since
        return changed(case, now, waiting_since=since, snoozed_until=None, reminder="none", counts_from=now)
    if case.waiting_since is not None:
        return case
    quiet_until = case.quiet_until if case.has_news else now + GRACE_SECONDS
    return replace(changed(case, now, waiting_since=now, reminder="none", counts_from=None), quiet_until=quiet_until)


def answered(case: Case, agent: Speaker, now: float) -> Case:
    """An agent answered: nobody waits any more. A closed case stays so."""
    done = replace(case, waiting_since=None, counts_from=None, last_answer_at=now)
    if case.closed:
        return done
    claimed_by, first_answer = case.claimed_by or agent, case.first_answer
    if first_answer is None and case.opened_by is None:
        first_answer = Answered(now, agent)
    done = replace(done, claimed_by=claimed_by, first_answer=first_answer, snoozed_until=None, reminder="none")
    if _seen(done) == _seen(case):
        return done
    if _seen(replace(done, waiting_since=case.waiting_since)) == _seen(case) and case.has_news and case.quiet(now):
        return replace(done, sequence=case.sequence + 1, told=case.sequence + 1, untold_since=None, quiet_until=None)
    return changed(done, now)


def _seen(case: Case) -> tuple[object, ...]:
    """What agents see of a case where it is answered."""
    return (case.waiting_since, case.claimed_by, case.first_answer, case.snoozed_until, case.reminder)


# ── two app users are one ─────────────────────────────────────────────────────────────────────────────────────────


def merged(survivors: Case | None, losers: Case | None, now: float) -> tuple[Case, ...]:
    """What becomes of the open cases of two app users who are one: those that change, each in its new state.

    One stays open: the survivor's, else the loser's. It waits since the earlier of both, and is whoever's took care
    of the other one, if nobody did of this one.
    """
    if losers is None:
        return ()
    if survivors is None:
        return (changed(losers, now),)  # agents see another name
    over = changed(losers, now, closed=Closing(now, reason=MERGED), snoozed_until=None, reminder="none")
    return (over, _joined(survivors, losers, now))


def _joined(one: Case, other: Case, now: float) -> Case:
    waiting = [case for case in (one, other) if case.waiting_since is not None]
    due = [case for case in waiting if case.snoozed_until is None]
    last_answer_at = _of(max, one.last_answer_at, other.last_answer_at)
    reminder: Reminder = "none"
    for case in due:
        reminder = stronger(reminder, case.reminder)
    waiting_since = _of(min, *(case.waiting_since for case in waiting))
    counts_from = _of(min, *(case.waiting_since if case.counts_from is None else case.counts_from for case in due))
    joined = replace(
        one,
        waiting_since=waiting_since,
        claimed_by=one.claimed_by or other.claimed_by,
        snoozed_until=None if due else _of(min, *(case.snoozed_until for case in waiting)),
        counts_from=None if counts_from == waiting_since else counts_from,
        reminder=reminder,
    )
    if joined == one:
        return replace(one, last_answer_at=last_answer_at)
    return changed(joined, now, last_answer_at=last_answer_at)


def _of(which: Callable[[list[float]], float], *times: float | None) -> float | None:
    """The least or greatest of `times`, as far as they are known."""
    known = [time for time in times if time is not None]
    return which(known) if known else None
