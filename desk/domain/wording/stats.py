"""The numbers. Plain text throughout, but for `since`, which is mrkdwn."""

from datetime import UTC, datetime
from typing import Literal

from desk.domain.wording.speech import say, say_many


def head(span: Literal["today", "week"]) -> str:
    """Of which time the numbers are."""
    return say("This week's numbers") if span == "week" else say("Today's numbers")


def since(at: float) -> str:
    """When they begin, in the reader's own time zone."""
    clock = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M")
    return say("since {moment}", moment=f"<!date^{int(at)}^{{date_short}} {{time}}|{clock} UTC>")


def conversations() -> str:
    """A label: cases that began."""
    return say("Conversations begun")


def answered() -> str:
    """A label: app users' first words that were answered."""
    return say("Answered for the first time")


def closed() -> str:
    """A label: cases that were closed."""
    return say("Closed")


def waiting() -> str:
    """A label: app users who wait at this moment."""
    return say("Waiting now")


def longest_wait() -> str:
    """A label: how long whoever waits longest has waited."""
    return say("Longest wait now")


def median() -> str:
    """A label: the time in which half of the first answers came."""
    return say("Half of first answers within")


def ninety() -> str:
    """A label: the time in which nine of ten first answers came."""
    return say("Nine of ten within")


def nothing() -> str:
    """Stands for a number that there is not."""
    return say("none")


def line(label: str, value: str) -> str:
    """A number where there are no columns."""
    return say("{label}: {value}", label=label, value=value)


def columns() -> tuple[str, str, str, str, str]:
    """Heads of the table of agents."""
    return say("Agent"), say("First answers"), say("Replies"), say("Closed"), say("Open now")


def no_agents() -> str:
    """Nobody did anything, and nobody has a conversation."""
    return say("No agent has replied, closed or claimed anything.")


def more_agents(count: int) -> str:
    """Below a table that is too long."""
    return say_many(count, "… and one more agent", "… and {count} more agents")


def today_or_week(word: str) -> str:
    """Something else was typed behind the command; `word` is escaped."""
    return say(
        "`/sk !stats today` shows today's numbers, `/sk !stats week` this week's. There is no “{word}”.", word=word
    )
