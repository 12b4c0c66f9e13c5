"""The syntax of what follows `/sk` and `!sk`."""

from dataclasses import dataclass
from difflib import get_close_matches

PROFILE = "!profile"
HELP = "!help"
KNOWN = (PROFILE, HELP)


@dataclass(frozen=True)
class Say:
    """TEXT for the app user, still in Slack's format."""

    text: str


@dataclass(frozen=True)
class ShowProfile:
    """The app user's profile, please."""


@dataclass(frozen=True)
class ShowUsage:
    """How does this work?"""


@dataclass(frozen=True)
class NotUnderstood:
    """It looks like a command and is none. `word` is what was typed, `nearest` the command it may have meant."""

    word: str
    nearest: str


@dataclass(frozen=True)
class TooMuch:
    """`command` stands alone, and something followed it."""

    command: str


Command = Say | ShowProfile | ShowUsage | NotUnderstood | TooMuch


def parse(text: str) -> Command:
    r"""Read what somebody typed. What begins with `!` is a command, also behind spaces; `\!` begins a TEXT with `!`."""
    start = text.lstrip()
    if not start:
        return ShowUsage()
    if start.startswith("\\!"):
        return Say(text[: len(text) - len(start)] + start[1:])
    if not start.startswith("!"):
        return Say(text)
    word, *rest = start.split(maxsplit=1)
    if word.casefold() == HELP:
        return ShowUsage()
    if word.casefold() == PROFILE:
        return TooMuch(PROFILE) if rest and rest[0].strip() else ShowProfile()
    return NotUnderstood(word, _nearest(word))


def _nearest(word: str) -> str:
    """The command that was probably meant: one that begins so, else the one with the fewest letters wrong."""
    typed = word.casefold()
    if len(typed) > 1:
        for command in KNOWN:
            if command.startswith(typed):
                return command
    return get_close_matches(typed, KNOWN, n=1, cutoff=0.0)[0]
