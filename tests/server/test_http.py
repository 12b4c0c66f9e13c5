"""What holds for every request: errors in JSON, browsers, bodies, repeats."""

import sqlite3
import threading

import pytest
from server_office import Office

from webhook_server import wording
from webhook_server.api.bodies import DEPTH, JSON_BYTES

BODY = {"role": "appUser", "text": "hello"}
MESSAGES = "/v1/appusers/ann/messages"


@pytest.mark.parametrize("path", ["/", "/nothing", "/v1", "/v2/appusers", "/v1/appusers/ann/nothing", "/v1/apps"])
def test_unknown_paths_are_not_found_in_json(office, path):
    response = office.call("GET", path)
    assert (response.status_code, response.json["error"]["code"]) == (404, "not_found")
    assert response.content_type == "application/json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_other_methods_are_named(office):
    response = office.call("PATCH", "/v1/appusers/ann")
    assert (response.status_code, response.json["error"]["code"]) == (405, "method_not_allowed")
    assert "GET, PUT" in response.json["error"]["description"]


def test_paths_that_are_no_utf8_are_refused(office):
    response = office.client.get("/", environ_overrides={"REQUEST_URI": "/v1/appusers/%FF"})
    assert (response.status_code, response.json["error"]["code"]) == (400, "bad_request")


@pytest.mark.parametrize("path", [MESSAGES, "/v1/webhooks", "/nothing"])
def test_browsers_may_ask_first(office, path):
    response = office.client.options(
        path, headers={"Origin": "https://shop.example", "Access-Control-Request-Method": "POST"}
    )
    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    allowed = response.headers["Access-Control-Allow-Headers"].replace(" ", "").split(",")
    assert {"authorization", "app-token", "content-type", "idempotency-key", "last-event-id"} <= set(allowed)
    assert "DELETE" in response.headers["Access-Control-Allow-Methods"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"{", 400, id="cut off"),
        pytest.param(b"[1]", 400, id="a list"),
        pytest.param(b'"x"', 400, id="a text"),
        pytest.param(b'{"role":"appUser","text":"\xff"}', 400, id="no utf-8"),
        pytest.param(b'{"role":"appUser","text":"x","metadata":{"a":NaN}}', 400, id="no number"),
        pytest.param(b"[" * 100_000, 400, id="deep"),
        pytest.param(b'\xef\xbb\xbf{"role":"appUser","text":"x"}', 201, id="byte order mark"),
        pytest.param(b'{"role":"appUser","text":"%s"}' % (b"x" * 64_000), 201, id="64 kB"),
        pytest.param(b'{"role":"appUser","text":"%s"}' % (b"x" * JSON_BYTES), 413, id="more than 1 MB"),
    ],
)
def test_bodies(office, data, expected):
    response = office.as_app("POST", MESSAGES, data=data, content_type="application/json")
    assert response.status_code == expected
    assert response.content_type == "application/json"


def nested(levels):
    """A value of so many levels, lists and objects in turn."""
    return b"".join((b'[{"a":' * (levels // 2), b"[1]" if levels % 2 else b"1", b"}]" * (levels // 2)))


@pytest.mark.parametrize("levels", [DEPTH - 1, DEPTH, 500, 930, 990, 1_500, 100_000], ids=str)
@pytest.mark.parametrize(
    ("path", "form", "above"),
    [
        pytest.param(MESSAGES, b'{"role":"appUser","text":"x","metadata":{"a":%s}}', 2, id="metadata"),
        pytest.param("/v1/init", b'{"device":{"id":"d","platform":"ios","info":{"a":%s}}}', 3, id="device.info"),
        pytest.param(MESSAGES, b'{"role":"appUser","text":"x\\u00fc","ignored":%s}', 1, id="what is not looked at"),
        pytest.param("/v1/appusers/ann/conversation/read", b'{"ignored":%s}', 1, id="all of it ignored"),
    ],
)
def test_bodies_are_as_deep_as_can_be_told_again(office, path, form, above, levels):
    """Anything near Python's own limit could be stored, and broke every answer and webhook that told of it."""
    office.say("ann", "hello")
    data = form % nested(levels if levels > DEPTH else levels - above)
    response = office.as_app("POST", path, data=data, content_type="application/json")
    if levels > DEPTH:
        assert (response.status_code, response.json["error"]["description"]) == (400, wording.json_too_deep(DEPTH))
    else:
        assert response.status_code < 300, response.text
    data = form % nested(DEPTH + 1 - above)
    response = office.as_app("POST", path, data=data, content_type="application/json")
    assert (response.status_code, response.json["error"]["description"]) == (400, wording.json_too_deep(DEPTH))


def test_deep_properties_are_refused(office):
    for levels in (2, 930, 1_500):
        data = b'{"properties":{"a":%s}}' % nested(levels)
        response = office.as_app("PUT", "/v1/appusers/ann", data=data, content_type="application/json")
        assert (response.status_code, response.json["error"]["code"]) == (400, "bad_request")


def test_many_values_beside_one_another_are_not_deep(office):
    metadata = {"list": [{"a": [number]} for number in range(1_000)], "text": "[" * 1_000}
    told = office.as_app("POST", MESSAGES, {"role": "appUser", "text": "x", "metadata": metadata})
    assert told.json["message"]["metadata"] == metadata


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_other_content_types_are_refused(office, content_type):
    response = office.as_app("POST", MESSAGES, data=b'{"role":"appUser","text":"x"}', content_type=content_type)
    assert (response.status_code, response.json["error"]["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", "application/vnd.api+json", None])
def test_json_by_any_name(office, content_type):
    response = office.as_app("POST", MESSAGES, data=b'{"role":"appUser","text":"x"}', content_type=content_type)
    assert response.status_code == 201


def test_what_breaks_is_told_without_a_trace(office, monkeypatch):
    monkeypatch.setattr(office.ledger, "read", lambda _: 1 / 0)
    response = office.as_app("GET", MESSAGES)
    assert (response.status_code, response.json["error"]["code"]) == (500, "internal_error")
    assert "ZeroDivision" not in response.text


def test_a_key_makes_a_repeat_do_nothing(office):
    first = office.as_app("POST", MESSAGES, BODY, headers={"Idempotency-Key": "k1"})
    again = office.as_app("POST", MESSAGES, BODY, headers={"Idempotency-Key": "k1"})
    assert (again.status_code, again.json) == (201, first.json)
    assert office.texts("ann") == ["hello"]


def test_a_key_belongs_to_its_credential_and_path(office):
    key = {"Idempotency-Key": "k1"}
    office.as_app("POST", MESSAGES, BODY, headers=key)
    office.as_app("POST", "/v1/appusers/bob/messages", BODY, headers=key)
    office.as_token("POST", MESSAGES, BODY, headers=key)
    office.as_user("ann", "POST", MESSAGES, BODY, headers=key)
    assert office.texts("ann") == ["hello"] * 3
    assert office.texts("bob") == ["hello"]


def test_a_remembered_answer_is_not_for_those_who_may_no_longer_ask(office):
    office.say("ann", "first")
    key = {"Idempotency-Key": "k1"}
    assert office.as_token("POST", MESSAGES, BODY, headers=key).status_code == 201
    office.as_user("ann", "GET", MESSAGES)
    assert office.as_token("POST", MESSAGES, BODY, headers=key).status_code == 401


def test_a_refused_request_may_be_repeated_under_its_key(office):
    key = {"Idempotency-Key": "k1"}
    assert office.as_app("POST", MESSAGES, {"role": "appUser"}, headers=key).status_code == 400
    assert office.as_app("POST", MESSAGES, BODY, headers=key).status_code == 201


def test_keys_are_kept_a_day(office):
    key = {"Idempotency-Key": "k1"}
    office.as_app("POST", MESSAGES, BODY, headers=key)
    office.clock.turn(86_399)
    office.as_app("POST", MESSAGES, BODY, headers=key)
    assert office.texts("ann") == ["hello"]
    office.clock.turn(2)
    office.as_app("POST", MESSAGES, BODY, headers=key)
    assert office.texts("ann") == ["hello", "hello"]


@pytest.mark.parametrize("key", ["", "x" * 256])
def test_keys_have_a_size(office, key):
    assert office.as_app("POST", MESSAGES, BODY, headers={"Idempotency-Key": key}).status_code == 400


def test_keys_hold_at_the_same_moment(office):
    answers = []

    def post():
        client = office.app.test_client()
        token = office.token({"scope": "app"})
        headers = {"Idempotency-Key": "k1", "Authorization": f"Bearer {token}"}
        answers.append(client.post(MESSAGES, json=BODY, headers=headers).json)

    threads = [threading.Thread(target=post) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == answers[:1] * 12
    assert office.texts("ann") == ["hello"]


def test_one_user_is_created_by_many_first_messages_at_once(office):
    def post(number):
        token = office.token({"scope": "app"})
        body = {"role": "appUser", "text": str(number)}
        office.app.test_client().post(MESSAGES, json=body, headers={"Authorization": f"Bearer {token}"})

    threads = [threading.Thread(target=post, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(office.texts("ann"), key=int) == [str(number) for number in range(20)]


def test_health(office):
    assert office.call("GET", "/healthz").status_code == 200
    assert office.call("GET", "/readyz").status_code == 200


def test_a_ledger_that_cannot_be_written_is_told_and_heals(tmp_path, clock, ids, monkeypatch):
    monkeypatch.setattr("webhook_server.ledger.engine.BUSY_SECONDS", 0.05)
    office = Office(tmp_path, clock, ids)
    other = sqlite3.connect(tmp_path / "ledger.sqlite3", isolation_level=None)
    try:
        office.say("ann", "before")
        other.execute("BEGIN IMMEDIATE")
        ready, post = office.call("GET", "/readyz"), office.as_app("POST", MESSAGES, BODY)
        for response in (ready, post):
            assert (response.status_code, response.json["error"]["code"]) == (503, "ledger_unavailable")
            assert response.headers["Retry-After"] == "1"
        assert office.call("GET", "/healthz").status_code == 200
        assert office.texts("ann") == ["before"]
        other.execute("ROLLBACK")
        assert office.call("GET", "/readyz").status_code == 200
        office.say("ann", "after")
        assert office.texts("ann") == ["before", "after"]
    finally:
        other.close()
        office.close()


@pytest.mark.parametrize(
    ("path", "body", "told"),
    [
        (MESSAGES, {}, "role: it is needed. Give one."),
        (MESSAGES, {"role": "x"}, "role: give 'appUser' or 'appMaker'."),
        (MESSAGES, {"role": "appUser", "text": 5}, "text: give a text."),
        (MESSAGES, {"role": "appUser", "text": "x", "metadata": []}, "metadata: give an object."),
        ("/v1/init", {"device": 5}, "device: give an object."),
        ("/v1/webhooks", {"target": "http://a", "triggers": "x"}, "triggers: give a list."),
        ("/v1/appusers", {"userId": "q", "credentialRequired": "yes"}, "credentialRequired: give true or false."),
    ],
)
def test_a_wrong_field_is_named_with_what_to_give(office, path, body, told):
    response = office.as_app("POST", path, body)
    assert (response.status_code, response.json["error"]["description"]) == (400, told)
