"""Paths as clients send them, brought to one form before they are routed.

All prefixes become `/v1`, fixed words lower case, and every ID exactly one segment, however it was encoded.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, unquote, unquote_to_bytes
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.routing import BaseConverter

APP_ID = "sk.app_id"
"""Where the environ says which app the path names; absent where it names none."""
BAD_PATH = "sk.bad_path"
"""Set in the environ when the path's bytes are not UTF-8."""

_VERSIONS = frozenset({"v1", "v1.1"})
_WORDS_ONLY = frozenset({"attachments"})
"""Resources whose second segment is a fixed word, not an ID."""
_WORDS_OF_UPLOADS = frozenset({"attachments", "images"})
"""How the paths end to which files are uploaded."""


@dataclass(frozen=True, slots=True)
class Route:
    """A path in the one form, IDs percent-encoded, and the app that it named."""

    path: str
    app_id: str | None = None


def normalize(raw_path: bytes | str) -> Route:
    """The one form of a path as it came over the wire. Paths outside the App API stay as they are.

    Raises:
        UnicodeDecodeError: a segment is not UTF-8.
    """
    raw = raw_path if isinstance(raw_path, bytes) else raw_path.encode("latin-1")
    segments = [_decode(segment) for segment in raw.lstrip(b"/").split(b"/")]
    if segments[-1] == "" and len(segments) > 1:
        segments.pop()
    if segments[0].lower() not in _VERSIONS:
        return Route("/" + "/".join(quote(segment, safe="") for segment in segments))
    rest, app_id = segments[1:], None
    if len(rest) > 1 and rest[0].lower() == "apps":
        app_id, rest = rest[1], rest[2:]
    words = [_word(rest, place) for place in range(len(rest))]
    return Route("/v1/" + "/".join(quote(word, safe="") for word in words), app_id)


def _decode(segment: bytes) -> str:
    return unquote_to_bytes(segment).decode()


def _word(segments: list[str], place: int) -> str:
    is_id = place == 1 and segments[0].lower() not in _WORDS_ONLY
    return segments[place] if is_id else segments[place].lower()


def may_bring_file(path: str) -> bool:
    """Whether a request to `path`, decoded but in whatever form it came, may be an upload."""
    return path.rstrip("/").rpartition("/")[2].lower() in _WORDS_OF_UPLOADS


class RawPaths:
    """WSGI middleware: routes by the path as it came over the wire, not as the server decoded it."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, with its path in the one form."""
        try:
            route = normalize(raw_path(environ))
        except UnicodeError:
            environ[BAD_PATH] = True
        else:
            environ["PATH_INFO"] = route.path
            if route.app_id is not None:
                environ[APP_ID] = route.app_id
        return self._app(environ, start_response)


def raw_path(environ: WSGIEnvironment) -> str:
    """The path as it came over the wire, without the query. WSGI servers hand it over in one of two variables."""
    uri: str = environ.get("REQUEST_URI") or environ.get("RAW_URI") or quote(environ["PATH_INFO"], encoding="latin-1")
    path = uri.partition("?")[0]
    if not path.startswith("/"):  # a proxy's absolute form
        path = "/" + path.partition("://")[2].partition("/")[2]
    return path


class IdConverter(BaseConverter):
    """An ID in a routed path: one segment, percent-encoded by `normalize`."""

    regex = "[^/]+"

    def to_python(self, value: str) -> str:
        """The ID."""
        return unquote(value)
