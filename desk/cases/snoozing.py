"""Reminders of a conversation are put off."""

from collections.abc import Callable

from desk.asking import Asked
from desk.cases.deeds import Deeds, Whose, agent_of
from desk.domain import moments
from desk.domain.moments import Now
from desk.domain.slack_text import escape
from desk.domain.wording import snooze as wording
from desk.domain.wording import times
from desk.values import Answer
from wire.cases import Deed


def snooze(deeds: Deeds, now: Callable[[], Now], asked: Asked) -> Answer:
    """Let nobody be reminded before the moment that was typed; the caller and the channel are told."""
    until = moments.read(asked.argument, now())
    if until is None:
        return Answer(wording.moment_needed())
    entry = asked.there
    deed = Deed(
        request_id=asked.typed.request_id,
        app_user_id=entry.app_user_id,
        agent=agent_of(asked.person),
        kind="snooze",
        until=until,
    )
    answer = deeds.do(deed, Whose(entry.app_user_id, entry.title, asked.typed.channel_id), asked.within)
    if answer.text:
        return answer
    return Answer(wording.snoozed(escape(entry.title), times.moment(until)), carried_out=True)
