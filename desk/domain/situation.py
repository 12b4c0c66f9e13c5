"""How a case stands, as its dispatch notice shows it: a line of small text, and buttons."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from desk.domain.notices import plain
from desk.domain.slack_text import shorten
from desk.domain.wording import board as wording
from desk.domain.wording.times import span

NAME_LIMIT = 40
REASON_LIMIT = 60
ROOM = 400
"""Characters that the line and the buttons take at most."""
SAME_MOMENT = 60.0
"""Seconds: Slack shows minutes."""

OPEN_ACTION = "sk_open"
CLAIM_ACTION = "sk_claim"
RELEASE_ACTION = "sk_release"
PROFILE_ACTION = "sk_profile"
CLOSE_ACTION = "sk_close"
REOPEN_ACTION = "sk_reopen"

Block = dict[str, Any]


@dataclass(frozen=True)
class Situation:
    """A case as people see it. Times are seconds since the epoch; agents are called by their names.

    `answered_after` is in seconds. Without `closed_by` nobody in person closed it.
    """

    case_id: int
    waiting_since: float | None = None
    claimed_by: str | None = None
    answered_by: str | None = None
    answered_after: float = 0.0
    snoozed_until: float | None = None
    closed: bool = False
    closed_by: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Target:
    """Where a notice's buttons lead: an app user, their channel if there is one, and the case if there is one."""

    app_user_id: str
    channel_id: str | None = None
    team_id: str | None = None
    situation: Situation | None = None


def settle(shown: Situation | None, news: Situation) -> Situation:
    """The news, less a difference that nobody would see."""
    if shown is None or shown.waiting_since is None or news.waiting_since is None:
        return news
    seen = abs(shown.waiting_since - news.waiting_since) >= SAME_MOMENT
    return news if seen else replace(news, waiting_since=shown.waiting_since)


def state_elements(situation: Situation) -> list[Block]:
    """What a context block says of it; empty: nothing is worth saying. Names are data, dates are ours."""
    return list(_state(situation))


def buttons(target: Target, *, own: bool = True) -> list[Block]:
    """Open, Claim or Release, Profile, Close or Reopen: as many as make sense.

    `own`: whoever sees them may have claimed the case, and can give it back then.
    """
    situation = target.situation
    found = [open_button(target)] if target.channel_id else []
    if situation and not situation.closed and situation.claimed_by is None:
        found.append(_button(target, CLAIM_ACTION, wording.claim_button()))
    elif situation and not situation.closed and own:
        found.append(_button(target, RELEASE_ACTION, wording.release_button()))
    found.append(_button(target, PROFILE_ACTION, wording.profile_button()))
    if situation and situation.closed:
        found.append(_button(target, REOPEN_ACTION, wording.reopen_button()))
    elif situation:
        found.append(_button(target, CLOSE_ACTION, wording.close_button()))
    return found


def open_button(target: Target) -> Block:
    """The button that is a link. Source: Slack's "Deep linking", `app_redirect`."""
    team = f"&team={target.team_id}" if target.team_id else ""
    url = f"https://slack.com/app_redirect?channel={target.channel_id}{team}"
    return {**_button(target, OPEN_ACTION, wording.open_button()), "url": url}


def value_of(app_user_id: str, case_id: int | None) -> str:
    """A button's value."""
    return f"{app_user_id}:{'' if case_id is None else case_id}"


def read_value(value: str) -> tuple[str, int | None]:
    """The app user and the case of a button's value; of one that makes no sense nobody is found."""
    app_user_id, _, case = value.partition(":")
    return app_user_id, int(case) if case.isascii() and case.isdigit() else None


def moment(seconds: float) -> str:
    """A time as Slack shows it to each person in their own time zone."""
    fallback = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")
    return f"<!date^{int(seconds)}^{{date_short_pretty}} {{time}}|{fallback}>"


def _state(situation: Situation) -> Iterator[Block]:
    if situation.waiting_since is not None and not situation.closed:
        yield _ours(wording.waiting_since(moment(situation.waiting_since)))
    if situation.snoozed_until is not None and not situation.closed:
        yield _ours(wording.snoozed_until(moment(situation.snoozed_until)))
    if situation.claimed_by is not None and not situation.closed:
        yield plain(wording.claimed_by(_name(situation.claimed_by)))
    if situation.answered_by is not None:
        after = span(situation.answered_after)
        yield plain(wording.first_answered(_name(situation.answered_by), after))
    if situation.closed:
        name = None if situation.closed_by is None else _name(situation.closed_by)
        reason = " ".join((situation.reason or "").split())
        yield plain(wording.closed(name, shorten(reason, REASON_LIMIT) if reason else None))


def _ours(text: str) -> Block:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _name(name: str) -> str:
    return shorten(name, NAME_LIMIT)


def _button(target: Target, action_id: str, label: str) -> Block:
    case_id = target.situation.case_id if target.situation else None
    value = value_of(target.app_user_id, case_id)
    return {"type": "button", "action_id": action_id, "value": value, "text": plain(label)}
