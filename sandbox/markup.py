"""Slack's message markup: what the server makes of posted text, and the client of typed text."""

import re
from collections.abc import Callable
from dataclasses import dataclass

Resolver = Callable[[str], str | None]
"""From a name without its sign to the markup that stands for it; None when there is nobody of that name."""

_CONTROL = re.compile(r"<(?:[@#!][^<>\n]+|(?:https?|ftp|mailto|tel|slack):[^<>\n]+)>")
_CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
_URL = re.compile(r"https?://(?:(?!&[lg]t;)[^\s<>|])+")
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b")
_BARE_DOMAIN = re.compile(r"(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|app|de|eu)(?:/[^\s<>|]*)?(?![\w@.-])")
_AT_NAME = re.compile(r"(?<![\w@])@([a-z0-9][a-z0-9._-]*[a-z0-9]|[a-z0-9])", re.IGNORECASE)
_HASH_NAME = re.compile(r"(?<![\w#&])#([a-z0-9_-]+)")
_TRAILING = ".,;:!?)'\"*_~"


@dataclass(frozen=True, slots=True)
class Names:
    """Who and what `@name` and `#name` can mean."""

    person: Resolver
    channel: Resolver


def escape(text: str) -> str:
    """`&`, `<` and `>` as entities, every one of them."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """The three entities as characters again."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def stored_text(text: str, *, link_urls: bool = True, names: Names | None = None) -> str:
    """Text that an app posted, as Slack stores it: stray `&<>` escaped, bare URLs linked, with `names` names linked."""
    return _outside(_CONTROL, text, lambda plain: _tidy(plain, link_urls=link_urls, names=names))


def stored_plain_text(text: str) -> str:
    """A `plain_text` object's text as Slack stores it: entities stay, everything else is escaped, nothing is live."""
    return re.sub(r"&(?!amp;|lt;|gt;)", "&amp;", text).replace("<", "&lt;").replace(">", "&gt;")


def typed_text(text: str, names: Names) -> str:
    """Text that a person typed, as commands (with escaping on) and messages carry it."""
    return _outside(_CODE, text, lambda plain: _link_typed(plain, names), otherwise=escape)


def _tidy(plain: str, *, link_urls: bool, names: Names | None) -> str:
    tidy = stored_plain_text(plain)
    if not (link_urls or names):
        return tidy

    def link(piece: str) -> str:
        linked = (
            _outside(_URL, piece, lambda rest: _link_names(rest, names), otherwise=_link_url) if link_urls else piece
        )
        return linked if link_urls else _link_names(piece, names)

    return _outside(_CODE, tidy, link)


def _link_typed(plain: str, names: Names) -> str:
    def rest(piece: str) -> str:
        return _outside(_MAIL, piece, lambda text: _link_domains(text, names), otherwise=_link_mail)

    return _outside(_URL, escape(plain), rest, otherwise=_link_url)


def _link_domains(piece: str, names: Names) -> str:
    return _outside(_BARE_DOMAIN, piece, lambda text: _link_names(text, names), otherwise=_link_domain)


def _link_names(piece: str, names: Names | None) -> str:
    if names is None:
        return piece
    linked = _AT_NAME.sub(lambda match: names.person(match[1]) or match[0], piece)
    return _HASH_NAME.sub(lambda match: names.channel(match[1]) or match[0], linked)


def _link_url(url: str) -> str:
    core, tail = _without_trailing(url)
    return f"<{core}>{tail}"


def _link_domain(domain: str) -> str:
    core, tail = _without_trailing(domain)
    return f"<http://{core}|{core}>{tail}"


def _link_mail(mail: str) -> str:
    return f"<mailto:{mail}|{mail}>"


def _without_trailing(url: str) -> tuple[str, str]:
    """The URL, and the punctuation after it that ends the sentence."""
    end = len(url)
    while url[end - 1] in _TRAILING and not url[:end].endswith("&amp;"):
        end -= 1
    return url[:end], url[end:]


def _outside(
    pattern: re.Pattern[str],
    text: str,
    change: Callable[[str], str],
    otherwise: Callable[[str], str] = lambda same: same,
) -> str:
    """Change what lies between the matches, and the matches themselves by `otherwise`."""
    pieces, at = [], 0
    for match in pattern.finditer(text):
        pieces += [change(text[at : match.start()]), otherwise(match[0])]
        at = match.end()
    return "".join([*pieces, change(text[at:])])
