"""Webhooks over HTTP."""

import base64

import pytest

from webhook_server.api.webhooks import LIMIT

TARGET = "https://shop.example/hook"


def test_creating_listing_getting_changing_deleting(office):
    created = office.as_app("POST", "/v1/webhooks", {"target": TARGET})
    assert created.status_code == 201
    webhook = created.json["webhook"]
    assert webhook == {"_id": webhook["_id"], "triggers": ["message"], "secret": webhook["secret"], "target": TARGET}
    assert len(base64.b64decode(webhook["secret"].removeprefix("whsec_"), validate=True)) == 32
    path = f"/v1/webhooks/{webhook['_id']}"
    assert office.as_app("GET", "/v1/webhooks").json == {"webhooks": [webhook]}
    assert office.as_app("GET", path).json == {"webhook": webhook}
    changed = office.as_app("PUT", path, {"triggers": ["*"]})
    assert changed.json == {"webhook": webhook | {"triggers": ["*"]}}
    moved = office.as_app("PUT", path, {"target": TARGET + "2"}).json["webhook"]
    assert (moved["target"], moved["triggers"]) == (TARGET + "2", ["*"])
    assert office.as_app("DELETE", path, {}).json == {}
    for method in ("GET", "PUT", "DELETE"):
        gone = office.as_app(method, path, {})
        assert (gone.status_code, gone.json["error"]["code"]) == (404, "webhook_not_found")
    assert office.as_app("GET", "/v1/webhooks").json == {"webhooks": []}


def test_smoochs_other_triggers_are_accepted(office):
    triggers = ["message:appMaker", "postback", "payment:success", "*", "conversation:start", "postback"]
    assert office.register(TARGET, *triggers)["triggers"] == triggers[:5]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"target": 7},
        {"target": "shop.example"},
        {"target": "ftp://shop.example"},
        {"target": TARGET, "triggers": "message"},
        {"target": TARGET, "triggers": ["mesage"]},
        {"target": TARGET, "triggers": [7]},
        {"target": TARGET, "triggers": ["message"] * 101},
    ],
)
def test_what_is_no_webhook_is_refused(office, body):
    response = office.as_app("POST", "/v1/webhooks", body)
    assert (response.status_code, response.json["error"]["code"]) == (400, "bad_request")


def test_ten_are_enough(office):
    for _ in range(LIMIT):
        office.register(TARGET)
    response = office.as_app("POST", "/v1/webhooks", {"target": TARGET})
    assert (response.status_code, response.json["error"]["code"]) == (403, "too_many_webhooks")


@pytest.fixture
def strict(office):
    office.close()
    office.settings = office.settings.model_copy(update={"sk_allow_private_targets": False})
    office.open()
    office.names = {"inside.example": ["10.0.0.7"], "both.example": ["10.0.0.7", "93.184.216.34"]}
    return office


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 400),
        ("169.254.169.254", 400),
        ("[::1]", 400),
        ("inside.example", 400),
        ("both.example", 201),
        ("unknown.example", 201),
        ("93.184.216.34", 201),
    ],
)
def test_private_targets_are_refused_unless_allowed(strict, host, status):
    assert strict.as_app("POST", "/v1/webhooks", {"target": f"http://{host}/hook"}).status_code == status


def test_a_target_cannot_be_moved_inside(strict):
    webhook = strict.register("https://both.example/")
    moved = strict.as_app("PUT", f"/v1/webhooks/{webhook['_id']}", {"target": "http://inside.example/"})
    assert moved.status_code == 400


def test_a_key_creates_one_webhook(office):
    key = {"Idempotency-Key": "k"}
    first = office.as_app("POST", "/v1/webhooks", {"target": TARGET}, headers=key)
    assert office.as_app("POST", "/v1/webhooks", {"target": TARGET}, headers=key).json == first.json
    assert len(office.as_app("GET", "/v1/webhooks").json["webhooks"]) == 1
