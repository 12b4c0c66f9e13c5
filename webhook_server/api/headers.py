"""Headers that every answer carries: what browsers may do with it, and which pages may read it."""

from http import HTTPStatus

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
    app.after_request(lambda response: _complete(response, headers))


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


def _complete(response: Response, headers: dict[str, str]) -> Response:
    for name, value in headers.items():
        response.headers.setdefault(name, value)
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = ALLOWED_METHODS
        response.headers["Access-Control-Allow-Headers"] = ALLOWED_HEADERS
        response.headers["Access-Control-Max-Age"] = _DAY
    return response
