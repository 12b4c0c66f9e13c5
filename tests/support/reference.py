"""Holds answers against the reference: what /openapi.json says, and the closed models that it is made of."""

import json
import re
from functools import cache

import jsonschema_rs
from flask.testing import FlaskClient
from pydantic import TypeAdapter
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

from webhook_server.api import models, routes
from webhook_server.api.models.payloads import PAYLOADS
from webhook_server.api.paths import IdConverter, normalize
from webhook_server.api.reference import refusals
from webhook_server.api.reference.document import document
from webhook_server.api.reference.pages import PATHS
from webhook_server.api.table import RESOURCES
from webhook_server.api.table.operations import Operation

OPERATIONS = {operation.id: operation for resource in RESOURCES for operation in resource.operations}

_JSON = "application/json"
_EVENT = TypeAdapter(models.StreamEvent)


def hold_against_reference(method, raw_path, status, headers, body):
    """Fail if an answer of the App API is none that the reference tells of."""
    path = raw_path.partition("?")[0]
    if method in {"HEAD", "OPTIONS"} or path.startswith("/internal/") or path == "/openapi.json":
        return
    operation = _meant(method, path)
    if operation is None:
        if not path.startswith("/docs") and status != 200:
            _check_refusal(body)
        return
    said = f"{method} {raw_path} answered {status} {body[:300]!r}"
    answers = _document()["paths"][operation.path][method.lower()]["responses"]
    assert str(status) in answers, f"{said}: the reference knows {sorted(answers)}"
    documented = answers[str(status)]
    for name in documented.get("headers", ()):
        assert name in headers, f"{said}: without {name}"
    if operation.in_parts and status in {206, 304}:
        return
    if status == operation.status:
        _check_success(operation, headers, body, said)
    else:
        assert headers["Content-Type"] == _JSON, said
        code = _check_refusal(body)["code"]
        assert (status, code) in refusals.of(operation), f"{said}: the reference does not know {code}"


def hold_payload_against_reference(body):
    """Fail if what a webhook was told is none that the reference tells of."""
    trigger = json.loads(body).get("trigger")
    if trigger is None:  # a test sent something of its own
        return
    assert trigger in PAYLOADS, trigger
    _payload_adapter(trigger).validate_json(body)


def hold_event_against_reference(data):
    """Fail if what a stream told is none that the reference tells of."""
    _EVENT.validate_json(data)


class HeldClient(FlaskClient):
    """Flask's test client, whose every answer is held against the reference."""

    def open(self, *args, **options):
        response = super().open(*args, **options)
        asked = response.request.environ
        path = asked.get("REQUEST_URI") or response.request.path
        if response.mimetype == "text/event-stream":
            return response
        hold_against_reference(asked["REQUEST_METHOD"], path, response.status_code, response.headers, response.data)
        return response


def _check_success(operation: Operation, headers, body, said):
    if operation.answer is bytes or operation.media_type != _JSON:
        return
    assert headers["Content-Type"] == _JSON, said
    _adapter(operation.id).validate_json(body)
    problems = list(_validator(operation.id).iter_errors(json.loads(body)))
    assert not problems, f"{said}: {problems[0].message}"


def _check_refusal(body):
    return TypeAdapter(models.ErrorAnswer).validate_json(body)["error"]


@cache
def _document():
    return document(RESOURCES, app_id="app", public_url="https://sk.example.org")


@cache
def _adapter(operation_id):
    return TypeAdapter(OPERATIONS[operation_id].answer)


@cache
def _payload_adapter(trigger):
    return TypeAdapter(PAYLOADS[trigger])


@cache
def _validator(operation_id):
    operation, whole = OPERATIONS[operation_id], _document()
    answers = whole["paths"][operation.path][operation.method.lower()]["responses"]
    schema = answers[str(operation.status)]["content"][_JSON]["schema"]
    return jsonschema_rs.Draft202012Validator({**schema, "components": whole["components"]}, validate_formats=True)


@cache
def _rules():
    rules = [
        Rule(routes.rule(operation), methods=[operation.method], endpoint=operation.id)
        for operation in OPERATIONS.values()
    ]
    return Map(rules, converters={"id": IdConverter}, merge_slashes=False, strict_slashes=False)


def _meant(method, path):
    """The operation that a path as it was sent is of; None for none."""
    if re.fullmatch("|".join(re.escape(one).replace("<name>", "[^/]*") for one in PATHS), path):
        return None
    try:
        route = normalize(path)
        return OPERATIONS[_rules().bind("").match(route.path, method)[0]]
    except (HTTPException, UnicodeError):
        return None
