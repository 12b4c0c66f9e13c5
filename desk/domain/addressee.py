"""What follows `!start`: whom an agent means, and what they are to read."""

import re
from dataclasses import dataclass

from desk.domain.slack_text import Names, to_plain

_QUOTED = re.compile(r"\"([^\"]+)\"|“([^“”\"]+)[“”\"]|„([^“”\"]+)[“”\"]|«([^«»]+)»|»([^«»]+)«")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Addressed:
    """The user ID as it was meant, and what follows it, still in Slack's format."""

    user: str
    text: str


def addressed(argument: str) -> Addressed:
    """The first word is the ID, or all between quotation marks, as devices make them. `argument` is not empty."""
    quoted = _QUOTED.match(argument)
    found = quoted or _WORD.match(argument)
    if found is None:
        raise AssertionError("no white space around, and not empty")
    user = next(part for part in found.groups() if part) if quoted else found[0]
    return Addressed(to_plain(user, Names()).strip(), argument[found.end() :].strip())
