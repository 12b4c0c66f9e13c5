"""Headers that every answer carries: what browsers may do with it, and which pages may read it."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, request

ALLOWED_HEADERS = "authorization, app-token, content-type, idempotency-key, last-event-id"
ALLOWED_METHODS = "GET, POST, PUT, DELETE, OPTIONS"
EXPOSED_HEADERS = "Allow, Retry-After, WWW-Authenticate"

_DAY = "86400"
_YEAR = "31536000"
_EXTENSION = "webhook_server.headers"


def always(public_url: str) -> dict[str, str]:
    """The headers of an answer of the App API. Answers that are pages or files set some of them otherwise.

    Any page may call, so any page may hold the answers (Cross-Origin-Resource-Policy): no cookie tells who asks.
    """
    headers = {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": EXPOSED_HEADERS,
        "Cache-Control": "no-store",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
    return headers | ({"Strict-Transport-Security": f"max-age={_YEAR}"} if public_url.startswith("https://") else {})


def install(app: Flask, public_url: str) -> None:
    """Let every answer of `app` carry them, and answer browsers that ask first."""
    headers = app.extensions[_EXTENSION] = always(public_url)
    app.before_request(_preflight)
    app.after_request(_allow)
    app.wsgi_app = _Always(app.wsgi_app, headers)  # type: ignore[method-assign] # Flask's documented way


def of(app: Flask) -> dict[str, str]:
    """The headers of `app`, for answers that never reach it."""
    headers: dict[str, str] = app.extensions[_EXTENSION]
    return headers


def _preflight() -> Response | None:
    if request.method != "OPTIONS":
        return None
    response = Response(status=HTTPStatus.NO_CONTENT)
    del response.headers["Content-Type"]  # of nothing
    return response


class _Always:
    """WSGI middleware: sets what an answer does not set itself. Here it costs a twentieth of what Werkzeug's takes."""

    def __init__(self, app: WSGIApplication, headers: Mapping[str, str]) -> None:
        self._app = app
        self._headers = [(name.lower(), (name, value)) for name, value in headers.items()]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""

        def begin(status: str, given: list[tuple[str, str]], *error: Any) -> Any:
            named = {name.lower() for name, _ in given}
            missing = [header for name, header in self._headers if name not in named]
            return start_response(status, [*given, *missing], *error)

        return self._app(environ, begin)


def _allow(response: Response) -> Response:
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = ALLOWED_METHODS
        response.headers["Access-Control-Allow-Headers"] = ALLOWED_HEADERS
        response.headers["Access-Control-Max-Age"] = _DAY
    return response
