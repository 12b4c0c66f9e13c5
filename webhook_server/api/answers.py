"""JSON answers, errors included."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import structlog
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound, RequestEntityTooLarge

from webhook_server import wording
from webhook_server.errors import RefusedError, UnavailableError
from webhook_server.ledger import LedgerUnavailableError

_CODES = {400: "bad_request", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}

_log = structlog.get_logger()


def dump(body: object) -> str:
    """JSON as it is sent."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def answer(body: str | Mapping[str, Any], status: int = HTTPStatus.OK) -> Response:
    """A JSON answer; a text is JSON already."""
    return Response(body if isinstance(body, str) else dump(body), status, content_type="application/json")


def refusal(
    status: int, code: str, description: str, *, retry_after: int | None = None, **details: str | float | None
) -> Response:
    """The answer to what is refused. `details` are those fields of the error that have a value."""
    told = {name: value for name, value in details.items() if value is not None}
    response = answer({"error": {"code": code, "description": description, **told}}, status)
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response


def install(app: Flask) -> None:
    """Let `app` answer in JSON whatever happens."""
    app.register_error_handler(RefusedError, _refused)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(LedgerUnavailableError, _ledger_unavailable)
    app.register_error_handler(Exception, _broke)


def _refused(error: RefusedError) -> Response:
    response = refusal(error.status, error.code, str(error), retry_after=error.retry_after, at=error.at, who=error.who)
    if error.status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _http_error(error: HTTPException) -> Response:
    """What Flask and Werkzeug refuse by themselves."""
    status = error.code or 500
    if isinstance(error, NotFound):
        description = wording.no_such_path()
    elif isinstance(error, MethodNotAllowed):
        description = wording.no_such_method(", ".join(sorted(set(error.valid_methods or ()) - {"HEAD", "OPTIONS"})))
    elif isinstance(error, RequestEntityTooLarge):
        description = wording.body_too_large(request.max_content_length or 0)
    else:
        description = wording.request_unreadable()
    response = refusal(status, _CODES.get(status, "bad_request"), description)
    if isinstance(error, MethodNotAllowed):
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
    return response


def _ledger_unavailable(error: LedgerUnavailableError) -> Response:
    _log.error("ledger_unavailable", error=str(error))
    return _refused(UnavailableError(wording.busy_or_broken()))


def _broke(error: Exception) -> Response:
    route = str(request.url_rule)  # the path may tell who somebody is
    _log.error("request_broke", route=route, method=request.method, exc_info=error)
    return refusal(500, "internal_error", wording.something_broke())
