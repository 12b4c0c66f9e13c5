"""When people are reminded of an app user who waits: the rule alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from settings import times
from webhook_server.domain.office_hours import OfficeHours
from webhook_server.domain.reminders import Policy, Verdict, Wait, judge, next_at

MINUTE, HOUR = 60.0, 3600.0
NOON = 1_709_553_600.0  # a Monday, in UTC
HOURS = OfficeHours(spans=times.hours("Mon-Fri 09:00-17:00"))
POLICY = Policy(HOURS, 15 * MINUTE, 30 * MINUTE)
OPENING = NOON + 21 * HOUR


@pytest.mark.parametrize(
    ("wait", "policy", "at"),
    [
        pytest.param(Wait(NOON), POLICY, NOON + 15 * MINUTE, id="an answer is due"),
        pytest.param(Wait(NOON, "waiting"), POLICY, NOON + 30 * MINUTE, id="then it is overdue"),
        pytest.param(Wait(NOON, "on_call"), POLICY, None, id="after that nothing comes"),
        pytest.param(Wait(NOON, put_off=True), POLICY, NOON, id="the end of a snooze is told"),
        pytest.param(Wait(NOON + 6 * HOUR, put_off=True), POLICY, OPENING, id="when somebody is there"),
        pytest.param(Wait(NOON, "snooze_over"), POLICY, NOON + 30 * MINUTE, id="then the answer is due as before"),
        pytest.param(Wait(NOON + 4 * HOUR + 50 * MINUTE), POLICY, OPENING + 5 * MINUTE, id="over a night"),
        pytest.param(Wait(NOON), Policy(HOURS), None, id="never"),
        pytest.param(Wait(NOON, put_off=True), Policy(HOURS), NOON, id="a snooze ends also where nothing else is told"),
        pytest.param(Wait(NOON), Policy(HOURS, 0, 30 * MINUTE), NOON + 30 * MINUTE, id="on call alone"),
        pytest.param(Wait(NOON), Policy(HOURS, HOUR, MINUTE), NOON + MINUTE, id="on call first"),
        pytest.param(Wait(NOON, "on_call"), Policy(HOURS, HOUR, MINUTE), None, id="and nothing weaker afterwards"),
    ],
)
def test_when_people_are_reminded_next(wait, policy, at):
    assert next_at(wait, policy) == at


@pytest.mark.parametrize(
    ("wait", "now", "verdict"),
    [
        pytest.param(Wait(NOON), NOON + 14 * MINUTE, Verdict("none", NOON + 15 * MINUTE), id="too early"),
        pytest.param(Wait(NOON), NOON + 15 * MINUTE, Verdict("waiting", NOON + 30 * MINUTE), id="in time"),
        pytest.param(Wait(NOON), NOON + HOUR, Verdict("on_call", None), id="late: only the strongest"),
        pytest.param(Wait(NOON), NOON + 6 * HOUR, Verdict("none", OPENING), id="so late that nobody is there"),
        pytest.param(Wait(NOON), OPENING, Verdict("on_call", None), id="then at the opening"),
        pytest.param(Wait(NOON, put_off=True), NOON, Verdict("snooze_over", NOON + 30 * MINUTE), id="a snooze is over"),
        pytest.param(Wait(NOON, put_off=True), NOON + HOUR, Verdict("on_call", None), id="it was over long ago"),
    ],
)
def test_what_is_due(wait, now, verdict):
    assert judge(wait, POLICY, now) == verdict


kinds = st.sampled_from(["none", "waiting", "snooze_over", "on_call"])
seconds = st.sampled_from([0.0, 30.0, 15 * MINUTE, 2 * HOUR, 30 * HOUR])
waits = st.builds(Wait, st.floats(NOON, NOON + 7 * 24 * HOUR), kinds, st.booleans())
policies = st.builds(Policy, st.sampled_from([HOURS, OfficeHours()]), seconds, seconds)


@given(waits, policies, st.lists(st.floats(0, 30 * HOUR), max_size=20))
def test_each_is_given_once_within_office_hours_however_late_somebody_looks(wait, policy, looks):
    now, given_ = wait.since, []
    for pause in looks:
        now += pause
        verdict = judge(wait, policy, now)
        if verdict.reminder != "none":
            assert policy.hours.is_open(now)
            assert next_at(wait, policy) <= now
            assert verdict.reminder not in given_
            given_.append(verdict.reminder)
            wait = Wait(wait.since, verdict.reminder)
        assert verdict.next_at is None or (verdict.next_at > now and policy.hours.is_open(verdict.next_at))
    assert len(given_) <= 2


@given(waits, policies)
def test_whoever_looks_whenever_they_are_told_to_misses_nothing(wait, policy):
    first, given_ = next_at(wait, policy), []
    at = first
    while at is not None:
        verdict = judge(wait, policy, at)
        assert verdict.reminder != "none"
        given_.append(verdict.reminder)
        wait, at = Wait(wait.since, verdict.reminder), verdict.next_at
    assert bool(given_) == (first is not None)
    assert next_at(wait, policy) is None
