"""Which errors an operation may answer with: those it names, and those that its kind brings along."""

from collections.abc import Iterator

from webhook_server.api.table.operations import Operation
from webhook_server.errors import (
    AppNotFoundError,
    ForbiddenError,
    InvalidRequestError,
    RefusedError,
    TooManyRequestsError,
    UnauthorizedError,
    UnavailableError,
    UnsupportedMediaTypeError,
    UserNotFoundError,
)

Refusal = tuple[int, str]
"""Status and code."""

HEADERS = {"WWW-Authenticate": (401,), "Retry-After": (429, 503)}
"""Headers that answers of these statuses carry."""

_TOO_LARGE = (413, "too_large")
_BROKE = (500, "internal_error")
_CROWDED_OUT = (503, "too_busy")


def of(operation: Operation) -> list[Refusal]:
    """Every refusal that `operation` may answer with, in order."""
    return sorted(set(_of(operation)))


def _of(operation: Operation) -> Iterator[Refusal]:
    for error in operation.errors:
        yield _of_error(error)
    if operation.at_root:
        return
    yield from map(_of_error, (InvalidRequestError, AppNotFoundError, UnavailableError))
    yield _BROKE
    if operation.who != "anyone":
        yield from map(_of_error, (UnauthorizedError, TooManyRequestsError))
    if operation.who == "app":
        yield _of_error(ForbiddenError)
    if "/appusers/{id}" in operation.path:
        yield from map(_of_error, (ForbiddenError, UserNotFoundError))
    if operation.body is not None:
        yield _of_error(UnsupportedMediaTypeError)
        yield _TOO_LARGE
        yield _CROWDED_OUT


def _of_error(error: type[RefusedError]) -> Refusal:
    return error.status, error.code
