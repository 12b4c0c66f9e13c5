"""The syntax of what follows `/sk` and `!sk`."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

Takes = Literal["nothing", "optional", "something"]

HELP = "!help"
PROFILE = "!profile"
HISTORY = "!history"
CLAIM = "!claim"
RELEASE = "!release"
ASSIGN = "!assign"
CLOSE = "!close"
REOPEN = "!reopen"
NOTE = "!note"
CANNED = "!canned"
SNOOZE = "!snooze"
START = "!start"
WAITING = "!waiting"
STATS = "!stats"
AWAY = "!away"


@dataclass(frozen=True)
class Syntax:
    """What may follow a command, and whether it can be typed anywhere: others need an app user's channel."""

    takes: Takes = "nothing"
    anywhere: bool = False


COMMANDS: Mapping[str, Syntax] = {
    HELP: Syntax("optional", anywhere=True),
    PROFILE: Syntax("optional"),
    HISTORY: Syntax("optional"),
    NOTE: Syntax("something"),
    CANNED: Syntax("optional", anywhere=True),
    CLAIM: Syntax(),
    RELEASE: Syntax(),
    ASSIGN: Syntax("something"),
    CLOSE: Syntax("optional"),
    REOPEN: Syntax(),
    SNOOZE: Syntax("something"),
    START: Syntax("something", anywhere=True),
    WAITING: Syntax("optional", anywhere=True),
    STATS: Syntax("optional", anywhere=True),
    AWAY: Syntax("optional", anywhere=True),
}
"""All commands, in the order in which help lists them."""


@dataclass(frozen=True)
class Say:
    """TEXT for the app user, still in Slack's format."""

    text: str


@dataclass(frozen=True)
class ShowUsage:
    """How does this work? Of one `command`, or of all."""

    command: str | None = None


@dataclass(frozen=True)
class Order:
    """One of COMMANDS but help, and what followed it: still in Slack's format, no white space around."""

    command: str
    argument: str = ""


@dataclass(frozen=True)
class NotUnderstood:
    """It looks like a command and is none. `word` was typed; `nearest`, if any, may have been meant."""

    word: str
    nearest: str | None


@dataclass(frozen=True)
class NoHelp:
    """Help was asked for `word`, which is no command; `nearest` may have been meant, if any."""

    word: str
    nearest: str | None


@dataclass(frozen=True)
class TooMuch:
    """`command` stands alone, and something followed it."""

    command: str


@dataclass(frozen=True)
class TooLittle:
    """`command` needs something behind it, and nothing followed."""

    command: str


Command = Say | Order | ShowUsage | NotUnderstood | NoHelp | TooMuch | TooLittle

_ALIKE = 0.5
"""How much of a word must be that of a command, for the command to have been meant: from 0 to 1."""
_MARKS = ("!", "\uff01", "\ufe57", "\ufe15")
"""What counts as `!`: also as keyboards for Chinese and Japanese write it, wide, small or upright."""
_SLASH = "/sk"
_BLANK_CATEGORIES = {"Cc", "Cf", "Zs", "Zl", "Zp"}
_BLANK_LETTERS = {"\u034f", "\u115f", "\u1160", "\u2800", "\u3164", "\uffa0", *map(chr, range(0xFE00, 0xFE10))}
"""Nothing is seen of these either: fillers, and what chooses how the letter before it looks."""


def parse(text: str) -> Command:
    r"""Read what somebody typed. What begins with `!` is a command, also behind what nobody sees.

    `\!` begins a TEXT with `!`.
    """
    start = _seen(text)
    if not start:
        return ShowUsage()
    if start.startswith("\\") and start[1:].startswith(_MARKS):
        return Say(text[: len(text) - len(start)] + start[1:])
    if not start.startswith(_MARKS):
        return Say(text)
    word, *rest = start.split(maxsplit=1)
    name = "!" + word[1:].casefold()
    if name not in COMMANDS:
        return NotUnderstood(word, nearest(name))
    return _order(name, rest[0].strip() if rest else "")


def looks_like_a_command(text: str) -> bool:
    """Whether a message begins as commands do, with `!` or `/sk`: it was hardly written for an app user."""
    start = _seen(text)
    word = start.split(maxsplit=1)[:1]
    return start.startswith(_MARKS) or [each.casefold() for each in word] == [_SLASH]


def _seen(text: str) -> str:
    """`text` from the first character that is seen."""
    for place, character in enumerate(text):
        if unicodedata.category(character) not in _BLANK_CATEGORIES and character not in _BLANK_LETTERS:
            return text[place:]
    return ""


def nearest(word: str) -> str | None:
    """The command that was probably meant: one that begins so, else the one with the fewest letters wrong, if few."""
    letters = word.casefold().removeprefix("!")
    if not letters:
        return None
    names = [command.removeprefix("!") for command in COMMANDS]
    begun = [name for name in names if name.startswith(letters)]
    found = begun or get_close_matches(letters, names, n=1, cutoff=_ALIKE)
    return f"!{found[0]}" if found else None


def _order(command: str, argument: str) -> Command:
    if command == HELP:
        return _help(argument)
    takes = COMMANDS[command].takes
    if takes == "nothing" and argument:
        return TooMuch(command)
    if takes == "something" and not argument:
        return TooLittle(command)
    return Order(command, argument)


def _help(argument: str) -> ShowUsage | NoHelp:
    if not argument:
        return ShowUsage()
    word = argument.split(maxsplit=1)[0]
    command = "!" + word.casefold().removeprefix("!")
    return ShowUsage(command) if command in COMMANDS else NoHelp(word, nearest(command))
