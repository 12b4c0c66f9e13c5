"""The syntax of what follows `!away`."""

import re
from dataclasses import dataclass

from desk.domain.moments import Now, leading

TEXT_LIMIT = 1000
"""Characters that app users are told at most."""

_TIME = re.compile(r"[-+]?\d|(?:for|until|till|bis)(?:\s|$)", re.IGNORECASE)
"""How a time begins."""
_QUOTED = re.compile(r"\"([^\"]+)\"|“([^“”\"]+)[“”\"]|„([^“”\"]+)[“”\"]|«([^«»]+)»|»([^«»]+)«")


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
    """Read what was typed; None: it is not understood, perhaps a mistyped time. A TEXT may stand in quotation marks."""
    if not argument:
        return Show()
    word, behind = re.fullmatch(r"(\S+)\s*(.*)", argument, re.DOTALL).groups()  # type: ignore[union-attr] # not empty
    if word.casefold() == "off":
        return None if behind else Back()
    if word.casefold() != "on":
        return None
    until, text = leading(behind, now)
    mistyped = _TIME.match(text) if until is None else leading(text, now)[0]
    return None if mistyped else Away(until, _unquoted(text.strip()) or None)


def _unquoted(text: str) -> str:
    quoted = _QUOTED.fullmatch(text)
    return next(part for part in quoted.groups() if part).strip() if quoted else text
