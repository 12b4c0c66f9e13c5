"""The tests' own client sees when an answer is none that the reference tells of."""

import json
from copy import deepcopy

import pytest
from reference import hold_against_reference

from webhook_server.api.reference import examples

JSON = {"Content-Type": "application/json"}
ANN = "/v1/appusers/ann"


def held(status, shape, *, method="GET", path=ANN, headers=JSON):
    hold_against_reference(method, path, status, headers, json.dumps(shape).encode())


def refusal(code):
    return {"error": {"code": code, "description": "Because."}}


def test_what_the_reference_tells_of_passes():
    held(200, examples.ANSWERS["getAppUser"])
    held(200, examples.ANSWERS["getAppUser"], path="/V1.1/apps/app/appUsers/a%2Fnn?x")
    held(404, refusal("user_not_found"))
    held(404, refusal("not_found"), path="/nothing")
    held(401, refusal("unauthorized"), headers={**JSON, "WWW-Authenticate": "Bearer"})


def changed(**fields):
    shape = deepcopy(examples.ANSWERS["getAppUser"])
    shape["appUser"] |= fields
    return shape


@pytest.mark.parametrize(
    ("status", "shape"),
    [
        pytest.param(200, {"appUser": {}}, id="fields are missing"),
        pytest.param(200, changed(email=None), id="null"),
        pytest.param(200, changed(another="field"), id="a field that nobody told of"),
        pytest.param(200, changed(_id="short"), id="another form"),
        pytest.param(201, examples.ANSWERS["getAppUser"], id="another status"),
        pytest.param(404, refusal("webhook_not_found"), id="another code"),
        pytest.param(401, refusal("unauthorized"), id="a header is missing"),
        pytest.param(404, {"error": "no"}, id="an error of another form"),
    ],
)
def test_what_it_does_not_tell_of_fails(status, shape):
    with pytest.raises((AssertionError, ValueError)):
        held(status, shape)
