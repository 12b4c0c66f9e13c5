"""slack_sdk's client on connections that are kept: slack_sdk makes a new one, with TLS and all, for each call."""

import http.client
import json
import ssl
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import getproxies, proxy_bypass

from slack_sdk import WebClient

from wire.lines import Lines, PlainLine, SecureLine

IDLE_SECONDS = 10.0
"""Slack does not say how long it keeps a connection; in a conversation, calls follow sooner than that."""


class KeptWebClient(WebClient):
    """Makes each call once, on a kept connection where no proxy is in between, and follows no redirect then.

    What goes wrong has the shape that urllib gives it: URLError until the request is out, afterwards what broke. That
    holds for a kept connection as well, so that a call of which Slack may have heard is never made twice.
    """

    def __init__(self, token: str, base_url: str, *, seconds: float) -> None:
        context = ssl.create_default_context() if base_url.startswith("https:") else None
        timeout: Any = seconds  # urllib takes fractions, whatever slack_sdk says
        super().__init__(token, base_url, timeout=timeout, ssl=context, retry_handlers=[])
        parts = urlsplit(base_url)
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._direct = not (self.proxy or getproxies().get(parts.scheme)) or bool(proxy_bypass(parts.netloc))

        def line() -> http.client.HTTPConnection:
            if context is None:
                return PlainLine(parts.netloc, timeout=seconds)
            return SecureLine(parts.netloc, timeout=seconds, context=context)

        self._lines = Lines(line, idle_seconds=IDLE_SECONDS)

    def close(self) -> None:
        """Keep no connections any more."""
        self._lines.close()

    def _perform_urllib_http_request(self, *, url: str, args: dict[str, dict[str, Any]]) -> dict[str, Any]:
        """slack_sdk's one way to the network."""
        if not self._direct or args["data"] or not url.startswith(f"{self._origin}/"):
            return super()._perform_urllib_http_request(url=url, args=args)
        headers, body = _written(args)
        try:
            connection = self._lines.take()
        except OSError as error:
            raise URLError(error) from error
        try:
            try:
                connection.request("POST", url.removeprefix(self._origin), body, headers)
            except OSError as error:
                raise URLError(error) from error
            response = connection.getresponse()
            content = response.read()
        except BaseException:
            connection.close()  # an answer may still come on it
            raise
        self._lines.give_back(connection)
        text = content.decode(response.headers.get_content_charset() or "utf-8")
        return {"status": response.status, "headers": response.headers, "body": text}


def _written(args: dict[str, dict[str, Any]]) -> tuple[dict[str, str], bytes | None]:
    """Headers and body, as slack_sdk makes them."""
    if args["json"]:
        return {**args["headers"], "Content-Type": "application/json;charset=utf-8"}, json.dumps(args["json"]).encode()
    if args["params"]:
        form = urlencode(args["params"]).encode()
        return {**args["headers"], "Content-Type": "application/x-www-form-urlencoded"}, form
    return args["headers"], None
