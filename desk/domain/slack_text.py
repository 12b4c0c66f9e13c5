"""Slack's text format: the one place where text from outside is escaped, and where Slack's tokens become readable."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

SHOWN_OF_A_WORD = 50
"""Characters of what somebody typed that are said back to them."""

_TOKEN = re.compile(r"<([^<>]*)>")
_CODE = re.compile(r"(```.*?```|`[^`\n]+`)", re.DOTALL)
_SCHEMES = re.compile(r"^(?:https?://|mailto:|tel:)", re.IGNORECASE)


def escape(text: str) -> str:
    """Make text from outside harmless in Slack text. Every such text passes here exactly once."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """Undo Slack's escapes."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@dataclass(frozen=True)
class Names:
    """Looks up how Slack shows people and channels; `None` where it is not known."""

    person: Callable[[str], str | None] = field(default=lambda _: None)
    channel: Callable[[str], str | None] = field(default=lambda _: None)


def to_plain(text: str, names: Names) -> str:
    """What a person typed, from what Slack made of it: escapes undone, mentions, links and emoji readable.

    `<@U…>` becomes `@Alice Adams`, `<#C…|general>` becomes `#general`, a link its URL, or `label (URL)` where
    somebody gave it a label; `:smile:` becomes 😄, but not within code, where Slack shows it as it was typed.
    Source: Slack's "Formatting text for app surfaces", section on retrieved messages.
    """
    pieces = _CODE.split(text)
    return "".join(_plain(piece, names, code=bool(number % 2)) for number, piece in enumerate(pieces))


def _plain(text: str, names: Names, *, code: bool) -> str:
    pieces = []
    end = 0
    for token in _TOKEN.finditer(text):
        pieces += [_typed(text[end : token.start()], code=code), _readable(token[1], names)]
        end = token.end()
    return "".join([*pieces, _typed(text[end:], code=code)])


def _typed(text: str, *, code: bool) -> str:
    return unescape(text) if code else _with_emoji(unescape(text))


def _with_emoji(text: str) -> str:
    if ":" not in text:
        return text
    from desk.domain.emoji_names import with_emoji  # noqa: PLC0415 - a start does not wait for the table of all emoji

    return with_emoji(text)


def _readable(token: str, names: Names) -> str:
    target, _, label = token.partition("|")
    label = unescape(label)
    if target.startswith("@"):
        return "@" + (names.person(target[1:]) or label or target[1:])
    if target.startswith("#"):
        return "#" + (label or names.channel(target[1:]) or target[1:])
    if target.startswith("!"):
        return _special(target[1:], label)
    return _link(unescape(target), label)


def _special(command: str, label: str) -> str:
    """`<!here>`, `<!subteam^S…|@name>`, `<!date^…|fallback>`."""
    if label:
        return label if label.startswith("@") or command.startswith("date^") else "@" + label
    return "@" + command.partition("^")[0]


def _link(url: str, label: str) -> str:
    """A label that Slack made of what was typed is what was typed."""
    if not label or label == url:
        return _SCHEMES.sub("", url) if url.lower().startswith(("mailto:", "tel:")) else url
    if label.rstrip("/") == _SCHEMES.sub("", url).rstrip("/"):
        return label
    return f"{_with_emoji(label)} ({url})"


def length(text: str) -> int:
    """How long Slack counts `text` once it is escaped: in UTF-16 code units, so that it is never too little."""
    return counted(escape(text))


def counted(text: str) -> int:
    """The same for a text that is escaped already."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, limit: int) -> list[str]:
    """Cut `text` into pieces that are at most `limit` long once escaped: between words where it can be.

    Nothing is lost: the pieces joined are the text.
    """
    pieces = []
    while length(text) > limit:
        cut = _cut(text, limit)
        pieces.append(text[:cut])
        text = text[cut:]
    return [*pieces, text] if text or not pieces else pieces


def shorten(text: str, limit: int) -> str:
    """`text`, or as many of its words as fit into `limit` with an ellipsis behind."""
    if length(text) <= limit:
        return text
    return text[: _cut(text, limit - 1)].rstrip() + "…"


def quoted_word(typed: str) -> str:
    """The beginning of what somebody typed, escaped: for sentences that say it back."""
    return escape(shorten(to_plain(typed, Names()), SHOWN_OF_A_WORD))


def _cut(text: str, limit: int) -> int:
    """Where to cut: as far as `limit` reaches, behind white space if some is in the last half."""
    reach = _reach(text, limit)
    for position in range(reach, reach // 2, -1):
        if text[position - 1].isspace():
            return position
    position = reach
    while position > max(1, reach - 16) and _joined(text, position):
        position -= 1
    return max(1, position)


def _reach(text: str, limit: int) -> int:
    used = 0
    for position, size in enumerate(_sizes(text)):
        used += size
        if used > limit:
            return max(1, position)
    return len(text)


def _sizes(text: str) -> Iterator[int]:
    entities = {"&": 5, "<": 4, ">": 4}
    for character in text:
        yield entities.get(character) or (2 if ord(character) > 0xFFFF else 1)  # noqa: PLR2004 - UTF-16's first plane


def _joined(text: str, position: int) -> bool:
    """Whether a cut here would tear apart what is seen as one character."""
    zero_width_joiner = "\u200d"
    following = text[position] if position < len(text) else " "
    return zero_width_joiner in (following, text[position - 1]) or unicodedata.category(following) in {"Mn", "Me", "Mc"}
