"""Who may do what."""

import hmac
import json
import time
from base64 import urlsafe_b64encode
from hashlib import sha256

import pytest
from server_office import SECRET

MESSAGES = "/v1/appusers/ann/messages"


def status(response):
    return response.status_code, response.json.get("error", {}).get("code")


@pytest.fixture
def ann(office):
    office.as_app("POST", "/v1/appusers", {"userId": "ann"})
    office.as_app("POST", "/v1/appusers", {"userId": "bob"})
    return office


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"app-token": "apt_other"}, id="another app token"),
        pytest.param({"app-token": ""}, id="an empty app token"),
        pytest.param({"app-token": "äöü"}, id="strange app token"),
        pytest.param({"Authorization": "Basic a2V5MTpzZWNyZXQ="}, id="basic"),
        pytest.param({"Authorization": "Bearer"}, id="bearer without a token"),
        pytest.param({"Authorization": "Bearer x.y.z"}, id="no token"),
        pytest.param(
            {"Authorization": "Bearer nonsense", "app-token": "apt_test"}, id="a bad JWT beside the app token"
        ),
    ],
)
def test_strangers_are_refused(ann, headers):
    response = ann.call("GET", "/v1/appusers/ann", headers=headers)
    assert status(response) == (401, "unauthorized")
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def handmade(header, claims):
    """A JWT that no library would make, signed with the right secret."""
    parts = [urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in (header, claims)]
    digest = hmac.new(SECRET.encode(), b".".join(parts), sha256).digest()
    return b".".join([*parts, urlsafe_b64encode(digest).rstrip(b"=")]).decode()


def tokens(office):
    now = int(time.time())
    scope = {"scope": "app"}
    return {
        "unsigned": office.token(scope, secret="", algorithm="none"),
        "another secret": office.token(scope, secret="another secret of some length, too"),
        "another algorithm": office.token(scope, algorithm="HS512"),
        "another algorithm of the family": office.token(scope, algorithm="HS384"),
        "an asymmetric algorithm": handmade({"alg": "RS256", "kid": "key1"}, scope),
        "the algorithm in other letters": handmade({"alg": "hs256", "kid": "key1"}, scope),
        "no algorithm": handmade({"kid": "key1"}, scope),
        "none, though signed": handmade({"alg": "none", "kid": "key1"}, scope),
        "an algorithm in a list": handmade({"alg": ["HS256"], "kid": "key1"}, scope),
        "unknown kid": office.token(scope, kid="key2"),
        "empty kid": office.token(scope, kid=""),
        "kid is null": handmade({"alg": "HS256", "kid": None}, scope),
        "kid in a list": handmade({"alg": "HS256", "kid": ["key1"]}, scope),
        "critical extension": handmade({"alg": "HS256", "kid": "key1", "crit": ["b64"], "b64": False}, scope),
        "kid is no text": handmade({"alg": "HS256", "kid": 7}, scope),
        "no kid": handmade({"alg": "HS256"}, scope),
        "a list for a header": handmade([], scope),
        "a list for claims": handmade({"alg": "HS256", "kid": "key1"}, []),
        "no scope": office.token({}),
        "another scope": office.token({"scope": "user"}),
        "scope in a list": office.token({"scope": ["app"]}),
        "no userId": office.token({"scope": "appUser"}),
        "userId is a number": office.token({"scope": "appUser", "userId": 7}),
        "userId is empty": office.token({"scope": "appUser", "userId": ""}),
        "userId is too long": office.token({"scope": "appUser", "userId": "x" * 257}),
        "userId is null": office.token({"scope": "appUser", "userId": None}),
        "userId in a list": office.token({"scope": "appUser", "userId": ["ann"]}),
        "expired": office.token(scope | {"exp": now - 70}),
        "issued in the future": office.token(scope | {"iat": now + 90}),
        "not yet": office.token(scope | {"nbf": now + 300}),
        "iat is no number": office.token(scope | {"iat": "now"}),
        "exp is no number": office.token(scope | {"exp": "never"}),
    }


@pytest.mark.parametrize("name", list(tokens(type("", (), {"token": lambda *_, **__: ""})())))
def test_bad_tokens_are_refused(ann, name):
    assert status(ann.call("GET", "/v1/appusers/ann", token=tokens(ann)[name])) == (401, "unauthorized")


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"exp": 100},
        {"exp": 0.5},
        {"iat": 1},
        {"aud": "x", "sub": 1},
        {"userId": 7},
    ],
)
def test_good_tokens_pass(ann, claims):
    """`exp` is given in seconds from when the test runs: the suite may have been collected long before."""
    if "exp" in claims:
        claims = {"exp": time.time() + claims["exp"]}
    assert ann.call("GET", "/v1/appusers/ann", token=ann.token({"scope": "app", **claims})).status_code == 200


@pytest.mark.parametrize("claim", ["exp", "iat", "nbf"])
def test_clocks_may_be_a_minute_apart(ann, claim):
    off = -40 if claim == "exp" else 40
    token = ann.token({"scope": "app", claim: int(time.time()) + off})
    assert ann.call("GET", "/v1/appusers/ann", token=token).status_code == 200


@pytest.mark.parametrize("kid", ["key1", "nobody's"])
def test_a_key_that_nobody_has_is_looked_into_like_any_other(ann, monkeypatch, kid):
    compared = []
    monkeypatch.setattr("hmac.compare_digest", lambda one, other: compared.append((one, other)))
    token = ann.token({"scope": "app"}, secret="another secret of some length, too", kid=kid)
    assert status(ann.call("GET", "/v1/appusers/ann", token=token)) == (401, "unauthorized")
    assert len(compared) == 1


@pytest.mark.parametrize(
    ("claims", "looks"),
    [({}, 1), ({"iat": 1}, 1), ({"exp": 2**33}, 3), ({"nbf": 1}, 3)],
    ids=["without an end", "since some time", "with an end", "with a beginning"],
)
def test_a_signature_is_looked_at_once_where_time_changes_nothing(ann, monkeypatch, claims, looks):
    """An app's backend sends the same token with each message; one that ends is judged each time."""
    compared = []
    real = hmac.compare_digest
    monkeypatch.setattr("hmac.compare_digest", lambda *both: compared.append(both) or real(*both))
    token = ann.token({"scope": "app", "jti": "not seen before", **claims})
    assert {ann.call("GET", "/v1/appusers/ann", token=token).status_code for _ in range(3)} == {200}
    assert len(compared) == looks


def test_more_tokens_than_are_kept_in_mind_all_pass(ann, monkeypatch):
    monkeypatch.setattr("webhook_server.api.auth.TOKENS_KNOWN", 2)
    tokens = [ann.token({"scope": "app", "n": number}) for number in range(5)]
    assert {ann.call("GET", "/v1/appusers/ann", token=token).status_code for token in tokens * 2} == {200}


def test_an_app_users_token_opens_that_user_alone_by_either_id(ann):
    internal_id = ann.user("ann")["_id"]
    assert ann.as_user("ann", "GET", "/v1/appusers/ann").status_code == 200
    assert ann.as_user("ann", "GET", f"/v1/appusers/{internal_id}").status_code == 200
    assert status(ann.as_user("ann", "GET", "/v1/appusers/bob")) == (403, "forbidden")
    assert status(ann.as_user("ann", "GET", "/v1/appusers/nobody")) == (403, "forbidden")
    assert status(ann.as_user("nobody", "GET", "/v1/appusers/nobody")) == (404, "user_not_found")
    assert status(ann.as_user("nobody", "POST", "/v1/appusers/nobody/messages", {"role": "appUser", "text": "x"})) == (
        404,
        "user_not_found",
    )


def test_the_app_token_opens_users_until_they_are_seen_with_a_jwt(ann):
    assert ann.as_token("GET", "/v1/appusers/ann").status_code == 200
    assert ann.as_user("ann", "GET", "/v1/appusers/ann").status_code == 200
    assert status(ann.as_token("GET", "/v1/appusers/ann")) == (401, "unauthorized")
    assert status(ann.as_token("POST", MESSAGES, {"role": "appUser", "text": "x"})) == (401, "unauthorized")
    assert ann.as_token("GET", "/v1/appusers/bob").status_code == 200


def test_writing_with_a_jwt_locks_as_reading_does(ann):
    assert ann.as_user("ann", "POST", MESSAGES, {"role": "appUser", "text": "x"}).status_code == 201
    assert ann.as_token("GET", MESSAGES).status_code == 401


def test_credential_required_locks_from_the_start(office):
    office.as_app("POST", "/v1/appusers", {"userId": "cy", "credentialRequired": True})
    assert status(office.as_token("GET", "/v1/appusers/cy")) == (401, "unauthorized")
    assert office.as_user("cy", "GET", "/v1/appusers/cy").json["appUser"]["credentialRequired"] is True


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/v1/appusers", {"userId": "new"}),
        ("POST", MESSAGES, {"role": "appMaker", "text": "x"}),
        ("GET", "/v1/webhooks", None),
        ("POST", "/v1/webhooks", {"target": "https://example.org"}),
        ("GET", "/v1/webhooks/x", None),
        ("PUT", "/v1/webhooks/x", {}),
        ("DELETE", "/v1/webhooks/x", None),
    ],
)
def test_what_needs_the_app_scope(ann, method, path, body):
    assert status(ann.as_token(method, path, body)) == (403, "forbidden")
    assert status(ann.as_user("ann", method, path, body)) == (403, "forbidden")


def test_the_app_token_creates_nobody(ann):
    body = {"role": "appUser", "text": "x"}
    assert status(ann.as_token("POST", "/v1/appusers/nobody/messages", body)) == (404, "user_not_found")
