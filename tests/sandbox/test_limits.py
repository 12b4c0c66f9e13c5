"""Rate limits and what they count."""

import pytest

from sandbox.documented import METHODS
from sandbox.limits import POST_BURST, Limits

POST = METHODS["chat.postMessage"]


@pytest.fixture
def limits(clock):
    return Limits(clock)


@pytest.mark.parametrize(("name", "calls"), [("conversations.create", 20), ("chat.update", 50), ("users.info", 100)])
def test_a_tier_takes_so_many_calls_a_minute(limits, clock, name, calls):
    method = METHODS[name]
    assert [limits.take(method, "C1") for _ in range(calls)] == [None] * calls
    assert limits.take(method, "C1") == 60
    clock.turn(59.5)
    assert limits.take(method, "C1") == 1
    clock.turn(0.5)
    assert limits.take(method, "C1") is None


def test_methods_are_counted_apart(limits):
    for _ in range(20):
        limits.take(METHODS["conversations.create"], None)
    assert limits.take(METHODS["conversations.archive"], None) is None


def test_a_channel_takes_a_short_burst_of_posts_then_one_a_second(limits, clock):
    assert [limits.take(POST, "C1") for _ in range(POST_BURST)] == [None] * POST_BURST
    assert limits.take(POST, "C1") == 1
    clock.turn(1)
    assert [limits.take(POST, "C1"), limits.take(POST, "C1")] == [None, 1]


def test_channels_are_counted_apart(limits):
    for _ in range(POST_BURST):
        limits.take(POST, "C1")
    assert limits.take(POST, "C2") is None


def test_the_workspace_takes_so_many_posts_a_minute(limits):
    taken = [limits.take(POST, f"C{number}") for number in range(POST.tier + 1)]
    assert taken.count(None) == POST.tier
    assert taken[-1] == 60


def test_refused_calls_are_not_counted(limits, clock):
    method = METHODS["conversations.create"]
    for _ in range(30):
        limits.take(method, None)
    clock.turn(60)
    assert [limits.take(method, None) for _ in range(20)] == [None] * 20


def test_limits_can_be_switched_off(clock):
    limits = Limits(clock, enabled=False)
    assert [limits.take(POST, "C1") for _ in range(50)] == [None] * 50


def test_over_the_limit_is_429_with_retry_after(town):
    channel_id = town.channel()
    town.do("limits", enabled=True)
    responses = [town.api_response("chat.postMessage", channel=channel_id, text="x") for _ in range(POST_BURST + 1)]
    assert [response.status_code for response in responses] == [200] * POST_BURST + [429]
    assert responses[-1].headers["Retry-After"] == "1"
    assert responses[-1].json() == {"ok": False, "error": "ratelimited"}
    assert town.get("calls", method="chat.postMessage")["calls"][-1]["retry_after"] == 1
    town.clock.turn(1)
    town.ok("chat.postMessage", channel=channel_id, text="x")
    town.do("limits", enabled=False)
    town.ok("chat.postMessage", channel=channel_id, text="x")
