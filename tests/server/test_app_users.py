"""App users over HTTP."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from webhook_server.domain.profile import KEY_BYTES, VALUE_BYTES


def test_creating_returns_the_user_without_empty_fields(office):
    response = office.as_app("POST", "/v1/appusers", {"userId": "ann", "givenName": "Ann", "unknown": 1})
    assert response.status_code == 201
    user = response.json["appUser"]
    assert len(user.pop("_id")) == 24
    assert user == {
        "userId": "ann",
        "givenName": "Ann",
        "properties": {},
        "conversationStarted": False,
        "credentialRequired": False,
        "devices": [],
        "clients": [],
    }
    assert office.user("ann")["givenName"] == "Ann"


def test_creating_twice_is_a_conflict(office):
    office.as_app("POST", "/v1/appusers", {"userId": "ann"})
    again = office.as_app("POST", "/v1/appusers", {"userId": "ann"})
    assert (again.status_code, again.json["error"]["code"]) == (409, "user_exists")


def test_updates_add_and_keep(office):
    office.as_app(
        "POST",
        "/v1/appusers",
        {"userId": "ann", "givenName": "Ann", "email": "a@example.org", "properties": {"plan": "free", "seats": 3}},
    )
    changed = office.as_app(
        "PUT",
        "/v1/appusers/ann",
        {"surname": "Lee", "signedUpAt": "2026-01-02T03:04:05Z", "properties": {"plan": "pro"}, "email": None},
    )
    assert changed.status_code == 200
    user = changed.json["appUser"]
    assert user == office.user("ann")
    assert (user["givenName"], user["surname"], user["email"]) == ("Ann", "Lee", "a@example.org")
    assert user["signedUpAt"] == "2026-01-02T03:04:05.000Z"
    assert user["properties"] == {"plan": "pro", "seats": 3}


def test_app_users_may_change_themselves(office):
    office.as_app("POST", "/v1/appusers", {"userId": "ann"})
    assert office.as_token("PUT", "/v1/appusers/ann", {"givenName": "Ann"}).status_code == 200
    assert office.as_user("ann", "PUT", "/v1/appusers/ann", {"surname": "Lee"}).json["appUser"]["givenName"] == "Ann"


def test_long_properties_are_shortened_on_a_character(office):
    office.as_app("POST", "/v1/appusers", {"userId": "ann", "properties": {"ä" * 60: "€" * 300}})
    assert office.user("ann")["properties"] == {"ä" * 50: "€" * 266}


@pytest.mark.parametrize(
    "user_id",
    ["a/b", "a%2Fb", "a b", "ä€😀", "me@example.org", "a+b", "..", "a?b#c", "x" * 256, "messages", "%", "0" * 24],
)
def test_any_user_id_works_in_a_path(office, user_id):
    created = office.as_app("POST", "/v1/appusers", {"userId": user_id}).json["appUser"]
    encoded = quote(user_id, safe="")
    assert office.as_app("GET", f"/v1/appusers/{encoded}").json["appUser"] == created
    assert office.as_app("GET", f"/v1/appusers/{created['_id']}").json["appUser"] == created
    office.say(encoded, "hello")
    assert office.texts(encoded) == ["hello"]


def test_unencoded_ids_work_where_http_allows_them(office):
    office.as_app("POST", "/v1/appusers", {"userId": "me+you@example.org"})
    assert office.as_app("GET", "/v1/appusers/me+you@example.org").status_code == 200


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "userId"),
        ({"userId": ""}, "userId"),
        ({"userId": 7}, "userId"),
        ({"userId": "x" * 257}, "userId"),
        ({"userId": "ä" * 129}, "userId"),
        ({"userId": "x", "givenName": 7}, "givenName"),
        ({"userId": "x", "email": ["a"]}, "email"),
        ({"userId": "x", "properties": "free"}, "properties"),
        ({"userId": "x", "properties": {"a": {"b": 1}}}, "properties"),
        ({"userId": "x", "properties": {"a": [1]}}, "properties"),
        ({"userId": "x", "signedUpAt": "yesterday"}, "signedUpAt"),
        ({"userId": "x", "signedUpAt": 1e300}, "signedUpAt"),
        ({"userId": "x", "credentialRequired": "yes"}, "credentialRequired"),
    ],
)
def test_invalid_fields_are_named(office, body, field):
    response = office.as_app("POST", "/v1/appusers", body)
    assert (response.status_code, response.json["error"]["code"]) == (400, "bad_request")
    assert field in response.json["error"]["description"]


def test_unknown_users_are_not_found(office):
    for method in ("GET", "PUT"):
        response = office.as_app(method, "/v1/appusers/nobody", {} if method == "PUT" else None)
        assert (response.status_code, response.json["error"]["code"]) == (404, "user_not_found")


def test_get_may_carry_a_json_type_and_an_empty_object(office):
    office.as_app("POST", "/v1/appusers", {"userId": "ann"})
    assert office.as_app("GET", "/v1/appusers/ann", {}).status_code == 200
    assert office.as_app("GET", "/v1/appusers/ann", content_type="application/json").status_code == 200


def test_nobodys_name_is_another_users_internal_id(office):
    known = office.as_app("POST", "/v1/appusers", {"userId": "ann"}).json["appUser"]["_id"]
    taken = office.as_app("POST", "/v1/appusers", {"userId": known})
    assert (taken.status_code, taken.json["error"]["code"]) == (409, "user_exists")


def test_who_needs_a_credential_is_created_so_and_stays_so(office):
    created = office.as_app("POST", "/v1/appusers", {"userId": "ann", "credentialRequired": True}).json["appUser"]
    assert created["credentialRequired"] is True
    assert office.as_app("PUT", "/v1/appusers/ann", {"credentialRequired": False}).json["appUser"] == created
    assert office.as_token("PUT", "/v1/appusers/ann", {"givenName": "Ann"}).status_code == 401
    assert office.user("ann") == created


CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(CHARACTERS, min_size=1, max_size=256))
def test_a_user_id_is_any_unicode_of_up_to_256_bytes(office, user_id):
    created = office.as_app("POST", "/v1/appusers", {"userId": user_id})
    if len(user_id.encode()) > 256:
        assert created.status_code == 400
        return
    assert created.status_code in {201, 409}
    found = office.as_app("GET", f"/v1/appusers/{quote(user_id, safe='')}").json["appUser"]
    assert found["userId"] == user_id


def near(limit):
    """Texts about `limit` bytes long, of characters of one to four bytes."""
    wide = st.sampled_from("aä€😀")
    return st.builds(
        lambda filler, start, end: start + filler * ((limit - len(start.encode())) // len(filler.encode())) + end,
        *(wide, st.text(wide, max_size=3), st.text(wide, max_size=4)),
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(near(KEY_BYTES), near(VALUE_BYTES), near(VALUE_BYTES))
def test_a_profile_holds_as_many_whole_characters_as_fit(office, key, value, name):
    office.as_app("POST", "/v1/appusers", {"userId": "ann"})
    body = {"properties": {key: value}, "givenName": name}
    office.as_app("PUT", "/v1/appusers/ann", {"properties": dict.fromkeys(office.user("ann")["properties"])})
    told = office.as_app("PUT", "/v1/appusers/ann", body).json["appUser"]
    assert told == office.user("ann")
    [(kept_key, kept_value)] = told["properties"].items()
    for given_text, kept, limit in ((key, kept_key, 100), (value, kept_value, 800), (name, told["givenName"], 800)):
        assert given_text.startswith(kept)
        assert len(kept.encode()) <= limit
        assert kept == given_text or len(given_text[: len(kept) + 1].encode()) > limit
