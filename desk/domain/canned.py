r"""Canned answers: what is typed behind `!canned`, and how the placeholders of a text are filled.

A placeholder is `{givenName}`, or `{givenName|there}` with what stands there if the app user has none. `\{` is a brace.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from wire.canned import NAME_LENGTH

LIST, SHOW, SAVE, DELETE, SEND = "list", "show", "save", "delete", "send"
ACTIONS = (LIST, SHOW, SAVE, DELETE, SEND)

PLACEHOLDERS = ("givenName", "surname", "name", "userId", "agent")
PROPERTY = "properties."
"""Begins a placeholder for one of the profile's properties, such as `properties.plan`."""

_WORD = re.compile(r"(\S+)\s*(.*)", re.DOTALL)
_TOKEN = re.compile(
    r"\\\{|\{\s*(?P<name>[^\W\d_]+(?:\.[^{}|\n]*[^{}|\s])?)\s*(?:\|(?P<default>[^{}]*))?\}",
)
_BROKEN = re.compile(rf"{_TOKEN.pattern}|(?P<broken>\{{\s*(?P<word>[^\W\d_]+)[^{{}}\n]*(?P<end>\}}?))")
"""A token, or what begins as one and is none."""
_ALIKE = 0.6
"""How much of a word must be that of an action, for the action to have been meant: from 0 to 1."""
_CANONICAL = {name.casefold(): name for name in PLACEHOLDERS}


@dataclass(frozen=True)
class ListAll:
    """Which ones are there?"""


@dataclass(frozen=True)
class Deed:
    """`action` is about the canned answer of this name. `text`: what is to be saved, still in Slack's format."""

    action: str
    name: str
    text: str = ""


@dataclass(frozen=True)
class NoAction:
    """Nothing that can be done is called `word`; `nearest` may have been meant."""

    word: str
    nearest: str


@dataclass(frozen=True)
class NoName:
    """No canned answer can be called `word`."""

    word: str


@dataclass(frozen=True)
class TooLittle:
    """`action` needs more than was typed."""

    action: str


@dataclass(frozen=True)
class TooMuch:
    """Something follows what `action` needs."""

    action: str


@dataclass(frozen=True)
class Followed:
    """Something follows a name that stands alone."""

    name: str


Typed = ListAll | Deed | NoAction | NoName | TooLittle | TooMuch | Followed


def parse(argument: str) -> Typed:
    """Read what follows `!canned`. A name alone is that answer, to be sent."""
    if not argument.strip():
        return ListAll()
    word, rest = _split(argument)
    action = word.casefold()
    if action not in ACTIONS:
        return _followed(word) if rest else _deed(SEND, word)
    if action == LIST:
        return TooMuch(LIST) if rest else ListAll()
    if not rest:
        return TooLittle(action)
    name, text = _split(rest)
    if action == SAVE:
        return _deed(SAVE, name, text) if text else TooLittle(SAVE)
    return TooMuch(action) if text else _deed(action, name)


def _followed(word: str) -> NoAction | Followed | NoName:
    """What is said of a word that is no action, and is followed by something."""
    meant = get_close_matches(word.casefold(), ACTIONS, n=1, cutoff=_ALIKE)
    if meant:
        return NoAction(word, meant[0])
    name = as_name(word)
    return NoName(word) if name is None else Followed(name)


def as_name(word: str) -> str | None:
    """The name that `word` is, whatever the case of its letters; None: it is none."""
    name = unicodedata.normalize("NFC", unicodedata.normalize("NFC", word).casefold())
    readable = all(letter.isalnum() or letter == "-" or unicodedata.combining(letter) for letter in name)
    return name if readable and 0 < len(name) <= NAME_LENGTH and name not in ACTIONS else None


def unknown(text: str) -> tuple[str, ...]:
    """What looks like a placeholder in `text` and is none."""
    names = (name for name, _ in _placeholders(text))
    return tuple(dict.fromkeys(name for name in names if name not in PLACEHOLDERS and not name.startswith(PROPERTY)))


def broken(text: str) -> tuple[str, ...]:
    """What begins as a placeholder in `text` and is none, as it was typed: it is not closed, or has no key."""
    found = (token for token in _BROKEN.finditer(text) if token["broken"])
    return tuple(dict.fromkeys(token["broken"].rstrip() for token in found if _meant(token["word"], token["end"])))


def _meant(word: str, end: str) -> bool:
    """Whether a placeholder was meant. Braces around other words are text."""
    return not end or word.casefold() in _CANONICAL or f"{word.casefold()}." == PROPERTY


@dataclass(frozen=True)
class Unfilled:
    """These placeholders have neither a value nor something that stands for it."""

    names: tuple[str, ...]


def fill(text: str, values: Mapping[str, str]) -> str | Unfilled:
    """`text` with its placeholders replaced. Values are data: no brace in them takes effect."""
    absent = [name for name, default in _placeholders(text) if default is None and not _value(values, name)]
    if absent:
        return Unfilled(tuple(dict.fromkeys(absent)))
    return _TOKEN.sub(lambda token: _replaced(token, values), text)


def _replaced(token: re.Match[str], values: Mapping[str, str]) -> str:
    if token["name"] is None:
        return "{"
    return _value(values, _canonical(token["name"])) or token["default"] or ""


def _value(values: Mapping[str, str], name: str) -> str:
    value = values.get(name, "")
    return value if value.strip() else ""


def _placeholders(text: str) -> Iterator[tuple[str, str | None]]:
    """Each placeholder's name and what stands for a missing value."""
    for token in _TOKEN.finditer(text):
        if token["name"] is not None:
            yield _canonical(token["name"]), token["default"]


def _canonical(name: str) -> str:
    if name[: len(PROPERTY)].casefold() == PROPERTY:
        return PROPERTY + name[len(PROPERTY) :]
    return _CANONICAL.get(name.casefold(), name)


def _split(text: str) -> tuple[str, str]:
    """The first word, and what follows it."""
    match = _WORD.fullmatch(text.strip())
    return (match[1], match[2]) if match else ("", "")


def _deed(action: str, word: str, text: str = "") -> Deed | NoName:
    name = as_name(word)
    return NoName(word) if name is None else Deed(action, name, text)
