"""How often credentials may ask: the rule, and what the App API does with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webhook_server.domain.allowance import Allowances, Bucket, Rate, take

RATE = Rate(per_second=10.0, burst=200.0)

steps = st.lists(st.floats(0, 30), max_size=400)


@given(steps)
def test_in_any_time_no_more_is_allowed_than_the_burst_and_the_rate(pauses):
    bucket, now, allowed = None, 0.0, 0
    for pause in pauses:
        now += pause
        bucket, wait = take(RATE, bucket, now)
        allowed += wait == 0
        assert 0 <= bucket.tokens <= RATE.burst
    assert allowed <= RATE.burst + now * RATE.per_second + 1e-6


@given(steps)
def test_whoever_waits_as_long_as_asked_may(pauses):
    bucket, now = Bucket(0.5, 0.0), 0.0
    for pause in pauses:
        now += pause
        bucket, wait = take(RATE, bucket, now)
        if wait:
            now += wait + 1e-9
            bucket, wait = take(RATE, bucket, now)
            assert wait == 0


def test_a_clock_that_steps_back_costs_nobody_anything():
    bucket, _ = take(RATE, Bucket(5.0, 100.0), 50.0)
    assert bucket == Bucket(4.0, 50.0)


def test_only_so_many_are_remembered_and_the_longest_silent_are_forgotten_first():
    allowances = Allowances(Rate(1.0, 1.0), capacity=3)
    for who in "abca":
        allowances.ask(who, 0.0)
    allowances.ask("d", 0.0)
    assert len(allowances) == 3
    assert [allowances.ask(who, 0.0) > 0 for who in "acd"] == [True, True, True]
    assert allowances.ask("b", 0.0) == 0


def flood(ask, most=260):
    for count in range(most):
        response = ask()
        if response.status_code == 429:
            return count, response
    return most, None


@pytest.mark.parametrize("kind", ["user", "token"])
def test_an_app_users_own_credentials_are_limited_and_say_how_long(office, clock, kind):
    office.say("ann", "hello")
    asks = {
        "user": lambda: office.as_user("bob", "GET", "/v1/appusers/bob/messages"),
        "token": lambda: office.as_token("GET", "/v1/appusers/ann/messages"),
    }
    if kind == "user":
        office.say("bob", "hello")
    count, refused = flood(asks[kind])
    assert count == 200
    assert refused.json["error"]["code"] == "too_many_requests"
    assert refused.headers["Retry-After"] == "1"
    assert refused.headers["Access-Control-Allow-Origin"] == "*"
    assert asks["token" if kind == "user" else "user"]().status_code != 429  # another app user
    assert office.as_app("GET", "/v1/appusers/ann/messages").status_code == 200
    clock.turn(1)
    assert flood(asks[kind])[0] == 10


def test_one_app_user_has_one_allowance_however_they_are_called(office):
    office.say("ann", "hello")
    internal_id = office.user("ann")["_id"]
    for _ in range(100):
        assert office.as_token("GET", "/v1/appusers/ann").status_code == 200
        assert office.as_token("GET", f"/v1/appusers/{internal_id}").status_code == 200
    assert office.as_token("GET", f"/v1/appusers/{internal_id}").status_code == 429


def test_whoever_has_the_public_token_cannot_use_up_an_app_users_own_allowance(office):
    office.say("ann", "hello")
    assert flood(lambda: office.as_token("GET", "/v1/appusers/ann"))[1] is not None
    assert office.as_user("ann", "GET", "/v1/appusers/ann").status_code == 200


def test_introductions_count_for_whom_they_introduce(office):
    body = {"device": {"id": "phone", "platform": "ios"}}
    count, refused = flood(lambda: office.as_token("POST", "/v1/init", body))
    assert (count, refused.status_code) == (200, 429)
    assert office.as_token("POST", "/v1/init", {**body, "userId": "ann"}).status_code == 200


def test_the_apps_backend_is_limited_only_if_the_operator_says_so(office, clock):
    assert flood(lambda: office.as_app("GET", "/v1/webhooks"), 400) == (400, None)
    office.close()
    office.settings = office.settings.model_copy(update={"sk_app_rate": 5})
    office.open()
    count, refused = flood(lambda: office.as_app("GET", "/v1/webhooks"))
    assert (count, refused.headers["Retry-After"]) == (50, "1")
    clock.turn(1)
    assert flood(lambda: office.as_app("GET", "/v1/webhooks"))[0] == 5


def test_who_is_not_known_is_told_so_rather_than_counted(office):
    assert flood(lambda: office.call("GET", "/v1/appusers/ann", headers={"app-token": "wrong"}))[1] is None
