"""Office hours: open and closed as clocks in the team's time zone show it, also when these are changed."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from settings import times
from webhook_server.domain.office_hours import OfficeHours

BERLIN = ZoneInfo("Europe/Berlin")
WEEKDAYS = OfficeHours(BERLIN, times.hours("Mon-Fri 09:00-17:00, Sat 10:00-14:00"))
NIGHTS = OfficeHours(BERLIN, times.hours("Mon-Sun 22:00-06:00"))
HOUR = 3600.0


def moment(text, zone=BERLIN):
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone).timestamp()


@pytest.mark.parametrize(
    ("at", "is_open", "changes"),
    [
        pytest.param("2024-03-06 08:59:59", False, "2024-03-06 09:00", id="before the opening"),
        pytest.param("2024-03-06 09:00", True, "2024-03-06 17:00", id="the moment of opening belongs to the hours"),
        pytest.param("2024-03-06 17:00", False, "2024-03-07 09:00", id="the moment of closing does not"),
        pytest.param("2024-03-09 12:00", True, "2024-03-09 14:00", id="Saturday has its own"),
        pytest.param("2024-03-09 14:00", False, "2024-03-11 09:00", id="Sunday has none"),
        pytest.param("2024-03-30 20:00", False, "2024-04-01 09:00", id="over a Sunday on which clocks are set forward"),
    ],
)
def test_it_is_open_as_the_setting_says(at, is_open, changes):
    assert WEEKDAYS.is_open(moment(at)) is is_open
    assert WEEKDAYS.changes(moment(at)) == moment(changes)


@pytest.mark.parametrize(
    ("hours", "at", "seconds", "expected"),
    [
        pytest.param(WEEKDAYS, "2024-03-06 10:00", HOUR, "2024-03-06 11:00", id="within a day"),
        pytest.param(WEEKDAYS, "2024-03-06 16:30", HOUR, "2024-03-07 09:30", id="over a night"),
        pytest.param(WEEKDAYS, "2024-03-06 16:00", HOUR, "2024-03-07 09:00", id="not at the moment of closing"),
        pytest.param(WEEKDAYS, "2024-03-09 13:00", 2 * HOUR, "2024-03-11 10:00", id="over a Sunday"),
        pytest.param(WEEKDAYS, "2024-03-10 12:00", 0.0, "2024-03-11 09:00", id="nothing is the next opening"),
        pytest.param(WEEKDAYS, "2024-03-06 12:00", 0.0, "2024-03-06 12:00", id="nothing while it is open is now"),
        pytest.param(WEEKDAYS, "2024-03-06 10:00", 44 * HOUR, "2024-03-13 10:00", id="a whole week of hours"),
        pytest.param(
            NIGHTS, "2024-03-30 23:00", 6 * HOUR, "2024-03-31 22:00", id="a night is an hour shorter in spring"
        ),
        pytest.param(NIGHTS, "2024-10-26 23:00", 6 * HOUR, "2024-10-27 04:00+01:00", id="and an hour longer in autumn"),
    ],
)
def test_office_seconds_are_added(hours, at, seconds, expected):
    at_last = dt.datetime.fromisoformat(expected)
    at_last = at_last if at_last.tzinfo else at_last.replace(tzinfo=BERLIN)
    assert hours.after(moment(at), seconds) == at_last.timestamp()


def test_without_hours_it_is_always_open():
    for hours in (OfficeHours(), OfficeHours(BERLIN, times.hours("Mon-Sun 00:00-24:00"))):
        assert hours.is_open(0.0)
        assert hours.changes(0.0) is None
        assert hours.opening(5.0) == 5.0
        assert hours.after(5.0, 10.0) == 15.0


def test_what_is_more_than_a_year_away_is_never():
    minute = OfficeHours(BERLIN, ((0, 540, 541),))
    assert minute.after(moment("2024-03-06 10:00"), 60 * 60.0) is None


zones = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "Asia/Kolkata"]
)
spans = st.tuples(st.integers(0, 6), st.integers(0, 1439), st.integers(1, 1440)).filter(lambda span: span[1] < span[2])


@st.composite
def office_hours(draw):
    """Hours without overlaps, as settings give them."""
    open_at = [False] * 7 * 1440
    for day, begin, end in draw(st.lists(spans, min_size=1, max_size=5)):
        open_at[day * 1440 + begin : day * 1440 + end] = [True] * (end - begin)
    found = [span for day in range(7) for span in times._spans(day, open_at)]
    return OfficeHours(ZoneInfo(draw(zones)), tuple(found))


moments = st.integers(int(moment("2023-01-01")), int(moment("2025-12-31"))).map(float)


def offset(zone, at):
    return dt.datetime.fromtimestamp(at, zone).utcoffset()


@given(office_hours(), moments)
def test_it_is_open_when_the_clock_on_the_wall_is_within_the_hours(hours, at):
    if offset(hours.zone, at - 3 * HOUR) != offset(hours.zone, at + 3 * HOUR):
        return  # clocks are being changed: what then holds is told by the tests below
    shown = dt.datetime.fromtimestamp(at, hours.zone)
    minute = shown.hour * 60 + shown.minute
    within = any(day == shown.weekday() and begin <= minute < end for day, begin, end in hours.spans)
    assert hours.is_open(at) is (within or hours.always)


@given(office_hours(), moments)
def test_between_two_changes_nothing_changes(hours, at):
    change = hours.changes(at)
    if change is None:
        assert hours.always
        return
    assert change > at
    before, middle = change - 1, (at + change) / 2
    for moment_ in (middle, max(at, before)):
        assert hours.is_open(moment_) is hours.is_open(at)
    assert hours.is_open(change) is not hours.is_open(at)


@given(office_hours(), moments, st.floats(0, 40 * HOUR))
def test_so_many_seconds_of_office_hours_lie_before_the_moment_that_is_found(hours, at, seconds):
    found = hours.after(at, seconds)
    if found is None:
        return
    assert found >= at
    assert hours.is_open(found)
    passed, here = 0.0, at
    while here < found:
        until = min(hours.changes(here) or found, found)
        passed += (until - here) * hours.is_open(here)
        here = until
    assert passed == pytest.approx(seconds, abs=1e-3)


@given(office_hours(), moments, st.floats(0, HOUR), st.floats(0, HOUR))
def test_later_is_never_earlier(hours, at, less, more):
    less, more = sorted((less, more))
    one, other = hours.after(at, less), hours.after(at, more)
    assert other is None or one <= other
