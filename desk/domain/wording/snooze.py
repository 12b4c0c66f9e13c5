"""Reminders that are put off: mrkdwn, all values escaped; `until` is a moment."""

from desk.domain.wording.speech import say


def snoozed(name: str, until: str) -> str:
    """To whoever asked for it."""
    return say(
        "Nobody is reminded of {name} before {until}. A message of theirs, or an answer to them, ends that at once.",
        name=name,
        until=until,
    )


def put_off_already(name: str, until: str) -> str:
    """To whoever asked for what was asked for before."""
    return say("Reminders of {name} are put off until {until} already.", name=name, until=until)


def put_off(agent: str, until: str) -> str:
    """The channel reads it."""
    return say("{agent} put off reminders of this conversation until {until}", agent=agent, until=until)


def moment_needed() -> str:
    """What followed the command is no time."""
    return say(
        "Nothing was done: say how long, such as `/sk !snooze 30m`, `2h`, `1d` or `1w` (30 days at most), "
        "or until when, such as `/sk !snooze 17:00` in the team's time zone."
    )
