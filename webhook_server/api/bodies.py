"""JSON bodies: read within their limit, and given the shape of a model."""

import json
import math
from collections.abc import Iterable
from typing import Any, NoReturn, TypeVar

from flask import request
from pydantic import BaseModel, ConfigDict, ValidationError

from webhook_server import wording
from webhook_server.errors import InvalidRequestError, UnsupportedMediaTypeError

JSON_BYTES = 1_000_000 + 48_576
"""1 MB, the larger of the two that are called so."""
DEPTH = 100
"""Objects and lists in one another, the body itself included."""


class Body(BaseModel):
    """Base of all request bodies: unknown fields are ignored, and no text becomes a number by itself."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class EmptyBody(Body):
    """Nothing needs to be said."""


Model = TypeVar("Model", bound=Body)


def read(model: type[Model]) -> Model:
    """The request's body as `model`.

    Raises:
        InvalidRequestError: it is no JSON object, or a field is not as it should be.
        UnsupportedMediaTypeError: it says that it is something else.
        RequestEntityTooLarge: it is larger than `JSON_BYTES`.
    """
    try:
        return model.model_validate(read_object())
    except ValidationError as error:
        raise InvalidRequestError(explain(error)) from error


def read_object() -> dict[str, Any]:
    """The request's body, a JSON object; no body at all, whatever it is called, is an empty one."""
    request.max_content_length = JSON_BYTES
    raw = request.get_data(cache=False)
    if not raw:
        return {}
    if request.mimetype and not (request.mimetype == "application/json" or request.mimetype.endswith("+json")):
        raise UnsupportedMediaTypeError
    try:
        value = json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse_constant, parse_float=_finite)
    except RecursionError as error:
        raise InvalidRequestError(wording.json_too_deep(DEPTH)) from error
    except ValueError as error:
        raise InvalidRequestError(wording.json_unreadable()) from error
    if not isinstance(value, dict):
        raise InvalidRequestError(wording.object_expected())
    _check_depth(raw, value)
    _check_texts(raw, value)
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _finite(number: str) -> float:
    """JSON has no infinity, so what overflows could not be told again."""
    value = float(number)
    if math.isinf(value):
        raise ValueError(number)
    return value


def _check_depth(raw: bytes, value: object) -> None:
    """Refuse what could be read, but not be told again as a part of something else. Few brackets are never deep."""
    if raw.count(b"[") + raw.count(b"{") <= DEPTH:
        return
    level = [value]
    for _ in range(DEPTH):
        level = [inner for outer in level for inner in _parts(outer) if isinstance(inner, (dict, list))]
    if level:
        raise InvalidRequestError(wording.json_too_deep(DEPTH))


def _parts(value: object) -> Iterable[object]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def _check_texts(raw: bytes, value: object) -> None:
    """Refuse what UTF-8 or a database cannot hold; only an escape can have brought it in."""
    if b"\\u" not in raw and b"\\U" not in raw:
        return
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InvalidRequestError(wording.text_unstorable()) from error
    if "\\u0000" in text.replace("\\\\", ""):
        raise InvalidRequestError(wording.text_unstorable())


def explain(error: ValidationError) -> str:
    """The first thing that is wrong, in a sentence."""
    problem = error.errors(include_url=False, include_context=False)[0]
    field = ".".join(str(part) for part in problem["loc"])
    message = problem["msg"].removeprefix("Value error, ").removeprefix(f"{field}: ").rstrip(".")
    told = wording.field_problem(problem["type"], message[:1].lower() + message[1:])
    return wording.field_wrong(field, told) if field else f"{message}."
