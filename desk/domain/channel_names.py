"""Names of app users' channels: `sk-` and the user's name in Slack's alphabet, never the email."""

# ruff: noqa: RUF001 - the tables hold letters that only look Latin

import re
import unicodedata
from collections.abc import Callable, Iterator

PREFIX = "sk-"
LENGTH_LIMIT = 80
NUMBERS_TRIED = 3
_SUFFIX_ROOM = 26  # a dash and a whole ID

_EMAIL = re.compile(r"[^\s<>(),;:\"]+@[^\s<>(),;:\"]+")
_LATIN = "ß ss æ ae œ oe ø o đ d ð d þ th ł l ħ h ŋ n \u0131 i"
_GREEK = "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o"
_CYRILLIC = (
    "а a б b в v г g д d е e ё e ж zh з z и i й i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh "
    "щ shch ъ . ы y ь . э e ю yu я ya і i ї i є ye ґ g ў u"
)


def _pairs(table: str) -> dict[str, str]:
    words = table.split()
    return {letter: plain.replace(".", "") for letter, plain in zip(words[::2], words[1::2], strict=True)}


_LETTERS = _pairs(f"{_LATIN} {_GREEK} {_CYRILLIC}")


def slug(name: str) -> str:
    """`name` in letters a to z, digits and dashes, without email addresses; empty if nothing can be written so."""
    lowered = _EMAIL.sub(" ", name).casefold()
    plain = "".join(_plain(character) for character in unicodedata.normalize("NFC", lowered))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def candidates(title: str, app_user_id: str, taken: Callable[[str], bool]) -> Iterator[str]:
    """Names to try, best first. Those that are known to be taken are left out; the last is this user's alone."""
    base = PREFIX + (slug(title) or "user-" + app_user_id[-6:].lower())
    base = base[: LENGTH_LIMIT - _SUFFIX_ROOM].rstrip("-")
    numbered = (base if number == 1 else f"{base}-{number}" for number in range(1, 10_000))
    free = (name for name in numbered if not taken(name))
    for _, name in zip(range(NUMBERS_TRIED), free, strict=False):
        yield name
    for suffix in (app_user_id[-6:], app_user_id):
        name = f"{base}-{slug(suffix)}"
        number = 1
        while taken(name if number == 1 else f"{name}-{number}"):
            number += 1
        yield name if number == 1 else f"{name}-{number}"


def _plain(character: str) -> str:
    if character in _LETTERS:
        return _LETTERS[character]
    bare = "".join(part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part))
    return "".join(_LETTERS.get(part, part) for part in bare)
