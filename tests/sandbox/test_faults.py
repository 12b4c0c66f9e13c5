"""Ordered faults."""

import pytest
import requests

from sandbox.faults import Fault, FaultKind, Faults


def kinds(faults, method="chat.postMessage", channel="C1", times=6):
    return [fault.kind.value if (fault := faults.take(method, channel)) else None for _ in range(times)]


@pytest.mark.parametrize(
    ("order", "met"),
    [
        pytest.param({}, ["500", None, None, None, None, None], id="once"),
        pytest.param({"times": 2}, ["500", "500", None, None, None, None], id="twice"),
        pytest.param({"skip": 2}, [None, None, "500", None, None, None], id="after two"),
        pytest.param({"method": "*"}, ["500", None, None, None, None, None], id="any method"),
        pytest.param({"method": "chat.update"}, [None] * 6, id="another method"),
        pytest.param({"channel": "C1"}, ["500", None, None, None, None, None], id="this channel"),
        pytest.param({"channel": "C2"}, [None] * 6, id="another channel"),
        pytest.param({"probability": 0.0, "times": 9}, [None] * 6, id="never"),
    ],
)
def test_faults_meet_the_calls_they_were_ordered_for(order, met):
    faults = Faults()
    faults.order(Fault(**{"method": "chat.postMessage", "kind": FaultKind.SERVER_ERROR, **order}))
    assert kinds(faults) == met


def test_chance_repeats_itself_with_the_same_seed():
    def some(seed):
        faults = Faults()
        faults.order(Fault("*", FaultKind.RESET, times=99, probability=0.5, seed=seed))
        return kinds(faults, times=40)

    assert some(1) == some(1) != some(2)


def test_orders_are_carried_out_one_after_the_other():
    faults = Faults()
    faults.order(Fault("*", FaultKind.RATE_LIMITED))
    faults.order(Fault("*", FaultKind.SERVER_ERROR))
    assert kinds(faults, times=3) == ["ratelimited", "500", None]


@pytest.fixture
def channel_id(town):
    return town.quiet_channel()


def order(town, kind, **fields):
    town.do("faults", method="chat.postMessage", kind=kind, **fields)


def post(town, channel_id):
    return town.api_response("chat.postMessage", channel=channel_id, text="x")


def fails(town, channel_id):
    with pytest.raises(requests.ConnectionError) as failure:
        post(town, channel_id)
    return failure


def test_ratelimited_says_how_long_to_wait(town, channel_id):
    order(town, "ratelimited", seconds=7)
    response = post(town, channel_id)
    assert (response.status_code, response.headers["Retry-After"]) == (429, "7")
    assert town.messages(channel_id) == []


def test_500_has_no_effect_and_no_json(town, channel_id):
    order(town, "500")
    response = post(town, channel_id)
    assert (response.status_code, response.headers["Content-Type"]) == (500, "text/html; charset=utf-8")
    assert town.messages(channel_id) == []


def test_an_error_that_slack_documents_can_be_ordered(town, channel_id):
    order(town, "error", error="restricted_action")
    assert post(town, channel_id).json() == {"ok": False, "error": "restricted_action"}


def test_an_error_that_slack_never_gives_cannot_be_ordered(town):
    response = town.try_to("faults", method="chat.postMessage", kind="error", error="bad_mood")
    assert response.status_code == 400
    assert "bad_mood" in response.json()["error"]


@pytest.mark.parametrize(("kind", "effect"), [("timeout_before", 0), ("timeout_after", 1), ("reset", 0)], ids=str)
def test_a_call_may_get_no_answer_before_or_after_its_effect(town, channel_id, kind, effect):
    order(town, kind, seconds=0)
    with pytest.raises(requests.ConnectionError):
        post(town, channel_id)
    assert len(town.messages(channel_id)) == effect
    call = town.get("calls", method="chat.postMessage")["calls"][-1]
    assert (call["status"], call["fault"]) == (0, kind)


def test_silence_lasts_as_long_as_ordered(town, channel_id):
    order(town, "timeout_after", seconds=20)
    outcome = town.later(fails, town, channel_id)
    town.until(lambda: town.messages(channel_id))
    assert town.get("calls", method="chat.postMessage")["calls"][-1]["status"] is None
    town.sleep_through(20)
    assert outcome()


def test_slow_answers_late_and_well(town, channel_id):
    order(town, "slow", seconds=5)
    outcome = town.later(post, town, channel_id)
    town.sleep_through(5)
    assert outcome().json()["ok"]


def test_orders_can_be_seen_and_taken_back(town):
    order(town, "500", times=3)
    assert town.get("faults")["faults"][0]["times"] == 3
    assert town.do("faults", "DELETE")["faults"] == []
