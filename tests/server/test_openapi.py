"""The table of operations, and the document that is made of it."""

import pytest

from webhook_server.api import routes
from webhook_server.api.reference import wording

OPERATIONS = [operation for resource in routes.RESOURCES for operation in resource.operations]


def test_every_route_is_in_the_table(office):
    """Whoever adds a route without the table hides it from the reference."""
    listed = {(operation.method, routes.rule(operation)) for operation in OPERATIONS}
    answered = {
        (method, rule.rule)
        for rule in office.app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if not rule.rule.startswith("/internal/")
    }
    assert answered == listed


def test_every_operation_is_described():
    assert {operation.id for operation in OPERATIONS} == set(wording.OPERATIONS)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.id)
def test_an_operation_has_an_id_of_its_own(operation):
    assert [operation] == [other for other in OPERATIONS if other.id == operation.id]
