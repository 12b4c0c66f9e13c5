"""A file's bytes on their way out of Slack: the bot's token goes to Slack's own addresses, and to no other."""

import http.client
import ssl
import time
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPSHandler, Request, build_opener

from desk.errors import FileGoneError, InDoubtError, LimitedError, RefusedError, WorkspaceError
from desk.slack.answers import broken, objection
from desk.slack.own_machine import is_this_machine
from desk.slack.sending import Straight

SECONDS = 20.0
"""To wait for Slack, at each step."""
SECONDS_IN_ALL = 60.0
HOSTS = frozenset({"slack.com", "files.slack.com"})

_PIECE = 64 * 1024


class Fetching:
    """Fetches files for the workspace at `base_url`, with its token."""

    def __init__(self, token: str, base_url: str) -> None:
        self._token = token
        self._base = urlsplit(base_url)
        self._opener = build_opener(Straight, HTTPSHandler(context=ssl.create_default_context()))

    def fetch(self, url: str, most_bytes: int) -> bytes:
        """The bytes at `url`; no redirect is followed.

        Raises:
            FileGoneError: there is no such file.
            RefusedError: the address is none of Slack's, the token opens nothing there, or there is too much.
            WorkspaceError: what else Slack, or the way to it, answers.
        """
        if not self._is_slacks(url):
            raise RefusedError("file_address")
        request = Request(url, headers={"Authorization": f"Bearer {self._token}"})  # noqa: S310 - looked at above
        try:
            with self._opener.open(request, timeout=SECONDS) as response:
                return _read(response, most_bytes)
        except HTTPError as error:
            raise _meaning(error) from error
        except (OSError, http.client.HTTPException) as error:
            raise broken(error) from error

    def _is_slacks(self, url: str) -> bool:
        """Whether the token may go there: https to Slack, or the very place whose API it is for.

        The whole place is compared, port and all: what looks like two names to two readers is none of ours.
        """
        try:
            parts = urlsplit(url)
        except ValueError:
            return False
        if not url.isascii() or any(character in url for character in "\\ \t\r\n"):
            return False
        if (parts.scheme, parts.netloc) == (self._base.scheme, self._base.netloc):
            return parts.scheme == "https" or is_this_machine(url)
        return parts.scheme == "https" and parts.netloc in HOSTS


def _read(response: http.client.HTTPResponse, most_bytes: int) -> bytes:
    """All of the answer, if it is whole and has no more than `most_bytes`."""
    deadline = time.monotonic() + SECONDS_IN_ALL
    promised = response.length
    if (promised or 0) > most_bytes:
        raise RefusedError("file_too_large")
    content = bytearray()
    while piece := response.read(_PIECE):
        content += piece
        if len(content) > most_bytes:
            raise RefusedError("file_too_large")
        if time.monotonic() > deadline:
            raise InDoubtError("the file comes too slowly")
    if promised is not None and len(content) < promised:
        raise InDoubtError("the file broke off")
    return bytes(content)


def _meaning(error: HTTPError) -> WorkspaceError:
    if error.code in {http.HTTPStatus.NOT_FOUND, http.HTTPStatus.GONE}:
        return FileGoneError("file_not_found")
    if error.code in range(300, 400):  # to where people sign in: the token does not open it
        return RefusedError("file_not_opened")
    meaning = objection(error.code, dict(error.headers.items()), {})
    if isinstance(meaning, LimitedError) or error.code >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
        return meaning
    return RefusedError(f"file_{error.code}")
