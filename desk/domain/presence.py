"""The syntax of what follows `!away`."""

import re
from dataclasses import dataclass

from desk.domain.moments import Now, leading

TEXT_LIMIT = 1000
"""Characters that app users are told at most."""


@dataclass(frozen=True)
class Show:
    """Is the team there?"""


@dataclass(frozen=True)
class Back:
    """The team is there again."""


@dataclass(frozen=True)
class Away:
    """The team is away, until further notice or `until`. `text`, in Slack's format: what app users are told."""

    until: float | None = None
    text: str | None = None


def parse(argument: str, now: Now) -> Show | Back | Away | None:
    """Read what was typed; None: it is not understood."""
    if not argument:
        return Show()
    word, behind = re.fullmatch(r"(\S+)\s*(.*)", argument, re.DOTALL).groups()  # type: ignore[union-attr] # not empty
    if word.casefold() == "off":
        return None if behind else Back()
    if word.casefold() != "on":
        return None
    until, text = leading(behind, now)
    return Away(until, text.strip() or None)
