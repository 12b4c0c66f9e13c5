"""Whether the team is there, and what app users are told while it is not: mrkdwn, all values escaped."""

from desk.domain.wording.speech import number, say


def is_there(until: str | None) -> str:
    """Within office hours; `until`: when they end, if they do."""
    return say("The team is there, until {until}.", until=until) if until else say("The team is there.")


def office_closed(until: str | None) -> str:
    """Outside office hours; `until`: when they begin."""
    if until:
        return say("The team is not there: office hours begin {until}.", until=until)
    return say("The team is not there: no office hours begin within a year.")


def is_away(agent: str, until: str | None) -> str:
    """An agent said so."""
    if until:
        return say("The team is away until {until}, as {agent} said.", until=until, agent=agent)
    return say("The team is away, as {agent} said. `/sk !away off` ends that.", agent=agent)


def is_told(text: str) -> str:
    """What app users are told; behind it nothing else stands in its line."""
    return say("App users who write are told, at most once in 12 hours: {text}", text=text)


def nothing_told() -> str:
    """App users are told nothing."""
    return say("App users who write are told nothing: `/sk !away on TEXT` says what they are told.")


def team_is_away(agent: str, until: str | None, text: str | None) -> str:
    """To the whole team: an agent said so; `text` is what app users are told, if they are told anything."""
    if text is None:
        if until:
            return say("{agent}: the team is away until {until}; app users are told nothing.", agent=agent, until=until)
        return say("{agent}: the team is away; app users are told nothing.", agent=agent)
    if until:
        return say(
            "{agent}: the team is away until {until}; app users are told “{text}”.", agent=agent, until=until, text=text
        )
    return say("{agent}: the team is away; app users are told “{text}”.", agent=agent, text=text)


def team_is_back(agent: str) -> str:
    """To the whole team: an agent said so."""
    return say("{agent}: the team is back.", agent=agent)


def not_understood() -> str:
    """Something else follows the command."""
    return say(
        "Nothing was done: `/sk !away` shows how it is, `/sk !away on`, `/sk !away on 2h TEXT` or "
        "`/sk !away on until 17:00 TEXT` lets the team be away, `/sk !away off` lets it be back. "
        "A TEXT that begins with a digit or like a time goes into quotation marks."
    )


def too_long(most: int) -> str:
    """The text has too many characters."""
    return say("Nothing was done: TEXT may have {most} characters.", most=number(most))


def in_doubt() -> str:
    """The webhook server's answer never came."""
    return say("No answer yet: it may or may not have been done. `/sk !away` shows how it is.")
