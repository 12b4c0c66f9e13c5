"""When an app user who writes is told that nobody is there."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from settings import times
from webhook_server.domain import away
from webhook_server.domain.away import Absence, Presence
from webhook_server.domain.office_hours import OfficeHours
from webhook_server.domain.receipts import Speaker

ALICE = Speaker("UALICE", "Alice", None)
MONDAY_NOON = 1_709_553_600.0
SUNDAY_NOON = MONDAY_NOON - 24 * 3600
HOURS = OfficeHours(spans=times.hours("Mon-Fri 09:00-17:00"))
HOUR = 3600.0


@pytest.mark.parametrize(
    ("presence", "now", "told"),
    [
        pytest.param(Presence(HOURS, "closed"), MONDAY_NOON, None, id="within office hours nothing is said"),
        pytest.param(Presence(HOURS, "closed"), SUNDAY_NOON, "closed", id="outside of them what the settings say"),
        pytest.param(Presence(HOURS), SUNDAY_NOON, None, id="nothing, where they say nothing"),
        pytest.param(Presence(HOURS, "closed", Absence(ALICE)), MONDAY_NOON, "closed", id="an agent said away"),
        pytest.param(
            Presence(HOURS, "closed", Absence(ALICE, text="lunch")), MONDAY_NOON, "lunch", id="and what people are told"
        ),
        pytest.param(Presence(HOURS, None, Absence(ALICE)), MONDAY_NOON, None, id="nobody said what people are told"),
        pytest.param(
            Presence(HOURS, "closed", Absence(ALICE, MONDAY_NOON, "lunch")), MONDAY_NOON, None, id="that time is over"
        ),
        pytest.param(
            Presence(HOURS, "closed", Absence(ALICE, SUNDAY_NOON, "lunch")),
            SUNDAY_NOON,
            "closed",
            id="over, and closed",
        ),
    ],
)
def test_what_app_users_are_told(presence, now, told):
    assert presence.told(now) == told


steps = st.lists(st.tuples(st.floats(0, 20 * HOUR), st.sampled_from(["writes", "answered"])), max_size=60)


@given(steps)
def test_nobody_is_told_twice_in_twelve_hours_nor_within_a_quarter_of_an_hour_after_an_answer(happenings):
    now, told_at, answered_at, all_told = 0.0, None, None, []
    for pause, what in happenings:
        now += pause
        if what == "answered":
            answered_at = now
        elif away.due(told_at, answered_at, now):
            assert answered_at is None or now - answered_at >= 15 * 60
            told_at = now
            all_told.append(now)
        else:  # nobody is left in the dark without a reason
            assert (told_at is not None and now - told_at < 12 * HOUR) or now - answered_at < 15 * 60
    assert all(later - earlier >= 12 * HOUR for earlier, later in itertools.pairwise(all_told))


def test_a_clock_that_was_wrong_for_a_year_silences_nobody():
    assert away.due(MONDAY_NOON + 365 * 24 * HOUR, MONDAY_NOON + 365 * 24 * HOUR, MONDAY_NOON)
    assert not away.due(MONDAY_NOON + HOUR, None, MONDAY_NOON)
