"""A file's bytes on their way to the address that Slack named, and to no other."""

import http.client
import ssl
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, Request, build_opener

from desk.errors import LimitedError, RefusedError, WorkspaceError
from desk.slack.answers import broken, objection
from desk.slack.own_machine import is_this_machine

SECONDS = 20.0
"""To wait for Slack, at each step."""


class Sending:
    """Sends files for the workspace at `base_url`, without its token."""

    def __init__(self, base_url: str) -> None:
        self._plain_allowed = is_this_machine(base_url)
        self._opener = build_opener(Straight, HTTPSHandler(context=ssl.create_default_context()))

    def send(self, url: str, content: bytes) -> None:
        """Send `content` to `url`.

        Raises:
            RefusedError: Slack does not take it; or the address is none that a file may go to.
            WorkspaceError: what else Slack, or the way to it, answers.
        """
        local = self._plain_allowed and is_this_machine(url)
        if urlsplit(url).scheme != "https" and not local:
            raise RefusedError("upload_address")
        headers = {"Content-Type": "application/octet-stream"}
        request = Request(url, content, headers, method="POST")  # noqa: S310 - the scheme was looked at above
        try:
            with self._opener.open(request, timeout=SECONDS) as response:
                response.read()
        except HTTPError as error:
            raise _meaning(error) from error
        except (OSError, http.client.HTTPException) as error:
            raise broken(error) from error


class Straight(HTTPRedirectHandler):
    """Goes where it was told, and nowhere else."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """No redirect is followed: it comes back as an error."""


def _meaning(error: HTTPError) -> WorkspaceError:
    meaning = objection(error.code, dict(error.headers.items()), {})
    if isinstance(meaning, LimitedError) or error.code >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
        return meaning
    return RefusedError(f"upload_{error.code}")
