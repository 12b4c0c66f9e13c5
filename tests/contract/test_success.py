"""Every operation of the contract, asked rightly: status, exact shape, under every prefix and in every case."""

import json
from urllib.parse import quote

import pytest
from contract_shapes import error_answer, no_nulls
from contract_table import ODD_CASES, PREFIXES, TABLE

ANSWERED = [row for row in TABLE if not row.streaming]
QUIET = [row for row in ANSWERED if row.method in {"GET", "DELETE"}]


@pytest.mark.parametrize("prefix", [*PREFIXES, *ODD_CASES])
@pytest.mark.parametrize("row", ANSWERED, ids=lambda row: row.name)
def test_the_answer_has_the_contracts_shape(scene, row, prefix):
    response = scene.ask(row, prefix=prefix)
    assert response.status_code == row.status, response.text
    assert response.content_type == "application/json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert row.shape(response.json)
    assert no_nulls(response.json)


@pytest.mark.parametrize("case", [str.upper, str.title], ids=["UPPER", "Title"])
@pytest.mark.parametrize("row", ANSWERED, ids=lambda row: row.name)
def test_fixed_words_match_in_any_case(scene, row, case):
    words = [word if word.startswith("{") else case(word) for word in row.path.split("/")]
    path = "/".join(words).replace("{user}", quote(scene.user)).replace("{webhook}", scene.webhook)
    response = scene.ask(row, path=f"/v1{path}" + (f"?{row.query}" if row.query else ""))
    assert response.status_code == row.status, response.text


def test_old_clients_spelling_of_app_users(scene):
    response = scene.office.as_app("GET", f"/v1/appUsers/{scene.user}/conversation")
    assert response.json["conversation"]["appUsers"] == [scene.internal_id]


@pytest.mark.parametrize("row", [row for row in ANSWERED if row.about_user], ids=lambda row: row.name)
def test_an_app_user_is_found_by_either_id(scene, row):
    response = scene.ask(row, user=scene.internal_id)
    assert response.status_code == row.status, response.text


@pytest.mark.parametrize("data", [b"", b"{}"], ids=["no body", "{}"])
@pytest.mark.parametrize("row", QUIET, ids=lambda row: row.name)
def test_get_and_delete_may_carry_a_json_content_type(scene, row, data):
    response = scene.ask(row, data=data, content_type="application/json")
    assert response.status_code == row.status, response.text


@pytest.mark.parametrize("row", [row for row in ANSWERED if row.takes_json], ids=lambda row: row.name)
def test_unknown_fields_are_ignored(scene, row):
    response = scene.ask(row, body={**scene.body(row), "actions": [{"type": "buy"}], "unknown": None, "_id": 7})
    assert response.status_code == row.status, response.text
    assert row.shape(response.json)


@pytest.mark.parametrize("row", [row for row in ANSWERED if row.form], ids=lambda row: row.name)
def test_unknown_parts_are_ignored(scene, row):
    form = {**row.form(), "unknown": "x", "size": "7"}
    response = scene.ask(row, data=form, content_type="multipart/form-data")
    assert response.status_code == row.status, response.text


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_browsers_may_ask_first(scene, row):
    origin = {"Origin": "https://shop.example", "Access-Control-Request-Method": row.method}
    response = scene.office.client.options(scene.path(row), headers=origin)
    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert row.method in response.headers["Access-Control-Allow-Methods"]
    allowed = set(response.headers["Access-Control-Allow-Headers"].replace(" ", "").split(","))
    assert allowed >= {"authorization", "app-token", "content-type", "idempotency-key", "last-event-id"}


def test_what_an_app_user_is_told_whole(office):
    told = {"userId": "whole", "givenName": "Ann", "surname": "Lee", "email": "ann@example.org"}
    told |= {"signedUpAt": "2030-12-31T23:59:59Z", "properties": {"plan": "gold", "visits": 7, "vip": True}}
    created = office.as_app("POST", "/v1/appusers", told).json["appUser"]
    assert created == {
        "_id": created["_id"],
        **told,
        "signedUpAt": "2030-12-31T23:59:59.000Z",
        "conversationStarted": False,
        "credentialRequired": False,
        "devices": [],
        "clients": [],
    }
    assert office.as_app("GET", "/v1/appusers/whole").json == {"appUser": created}


def test_errors_are_no_shape_of_success(scene):
    missing = scene.office.as_app("GET", "/v1/appusers/nobody")
    assert error_answer(json.loads(missing.text))
