"""The table of operations, and the document that is made of it."""

import json
import re

import jsonschema_rs
import pytest
from pydantic import TypeAdapter
from schemathesis.specs.openapi.definitions import OPENAPI_31

from webhook_server import metrics
from webhook_server.api import routes
from webhook_server.api.models.payloads import PAYLOADS
from webhook_server.api.reference import examples, refusals, wording
from webhook_server.api.reference.pages import PATHS
from webhook_server.api.table import RESOURCES
from webhook_server.domain import triggers

OPERATIONS = [operation for resource in RESOURCES for operation in resource.operations]


@pytest.fixture
def document(office):
    response = office.call("GET", "/openapi.json")
    assert (response.status_code, response.content_type) == (200, "application/json")
    return response.json


def test_the_document_is_openapi(document):
    """Held against the schema of OpenAPI 3.1 that schemathesis brings along."""
    problems = [error.message for error in jsonschema_rs.Draft202012Validator(OPENAPI_31).iter_errors(document)]
    assert problems == []


def test_every_route_is_in_the_table(office):
    """Whoever adds a route without the table hides it from the reference, which is not for operators."""
    listed = {(operation.method, routes.rule(operation)) for operation in OPERATIONS}
    answered = {
        (method, rule.rule)
        for rule in office.app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.rule not in {*PATHS, metrics.PATH} and not rule.rule.startswith("/internal/")
    }
    assert answered == listed


def test_the_document_has_every_operation_of_the_table_once(document):
    listed = [(path, method.upper()) for path, methods in document["paths"].items() for method in methods]
    assert sorted(listed) == sorted((operation.path, operation.method) for operation in OPERATIONS)


def test_every_reference_leads_somewhere(document):
    for pointer in set(re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(document))):
        found = document
        for step in pointer.split("/"):
            found = found[step]


def test_every_operation_is_described():
    assert {operation.id for operation in OPERATIONS} == set(wording.OPERATIONS)
    assert {resource.tag for resource in RESOURCES} == set(wording.TAGS)


def test_every_trigger_that_fires_is_described(document):
    assert set(PAYLOADS) == triggers.LIVE - {"*", "message"}
    assert set(document["webhooks"]) == set(PAYLOADS) == set(wording.TRIGGERS) == set(examples.PAYLOADS)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.id)
class TestOperation:
    def test_has_an_id_of_its_own(self, operation):
        assert [operation] == [other for other in OPERATIONS if other.id == operation.id]

    def test_says_what_each_of_its_errors_means(self, operation):
        for _, code in refusals.of(operation):
            assert wording.CODES[code]
            assert examples.refusal(code)

    def test_has_examples_that_fit_its_models(self, operation):
        if operation.media_type == "application/json":
            TypeAdapter(operation.answer).validate_python(examples.ANSWERS[operation.id])
        elif operation.resumable:
            TypeAdapter(operation.answer).validate_python(examples.EVENT)
        if isinstance(operation.body, type):
            operation.body.model_validate(examples.BODIES[operation.id])


@pytest.mark.parametrize("trigger", PAYLOADS)
def test_examples_of_payloads_fit_their_models(trigger):
    TypeAdapter(PAYLOADS[trigger]).validate_python(examples.PAYLOADS[trigger])


def test_servers_are_the_prefixes(document):
    assert [server["url"].removeprefix("https://sk.example.org") for server in document["servers"]] == [
        "/v1",
        "/v1.1",
        "/v1/apps/{appId}",
        "/v1.1/apps/{appId}",
    ]
    assert document["servers"][2]["variables"]["appId"]["default"] == "app"


def test_the_document_may_be_kept(office):
    first = office.call("GET", "/openapi.json")
    again = office.call("GET", "/openapi.json", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
