"""Moments to come, as people type them."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain import presence
from desk.domain.moments import MOST_SECONDS, Now, leading, read

BERLIN = ZoneInfo("Europe/Berlin")


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp()


NOW = Now(at("2024-03-30 12:00"), BERLIN)
HOUR = 3600


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("2h", 2 * HOUR),
        ("30m", HOUR / 2),
        ("1d", 24 * HOUR),
        ("1h30m", 1.5 * HOUR),
        ("for 2H", 2 * HOUR),
        (" 2h ", 2 * HOUR),
        ("2 h", 2 * HOUR),
        ("1w", 7 * 24 * HOUR),
    ],
)
def test_a_length_of_time_counts_from_now(typed, seconds):
    assert read(typed, NOW) == NOW.at + seconds


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        pytest.param("17:00", "2024-03-30 17:00", id="today"),
        pytest.param("until 17:00", "2024-03-30 17:00", id="until"),
        pytest.param("9:30", "2024-03-31 09:30", id="tomorrow, when clocks are changed"),
        pytest.param("12:00", "2024-03-31 12:00", id="now is over"),
    ],
)
def test_a_time_of_day_is_the_next_that_the_teams_clocks_show(typed, moment):
    assert read(typed, NOW) == at(moment)


@pytest.mark.parametrize(
    "typed", ["", "soon", "2", "2 hours", "2h 3", "5w", "0m", "31d", "24:00", "12:60", "until", "-2h", "2h30", "٢h"]
)
def test_what_is_no_moment_is_none(typed):
    assert read(typed, NOW) is None


@given(st.text(max_size=12), st.floats(0, 4e9), st.sampled_from([BERLIN, dt.UTC, ZoneInfo("Africa/Cairo")]))
def test_a_moment_lies_ahead_and_not_too_far(typed, now, zone):
    found = read(typed, Now(now, zone))
    assert found is None or now < found <= now + MOST_SECONDS


@given(
    st.integers(0, 23), st.integers(0, 59), st.floats(1.6e9, 1.8e9), st.sampled_from([BERLIN, ZoneInfo("Africa/Cairo")])
)
def test_any_time_of_day_comes(hour, minute, now, zone):
    assert now < read(f"{hour}:{minute:02}", Now(now, zone)) <= now + 49 * HOUR


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2h Back soon", (NOW.at + 2 * HOUR, "Back soon")),
        ("until 17:00 Back\nsoon", (at("2024-03-30 17:00"), "Back\nsoon")),
        ("until further notice", (None, "until further notice")),
        ("Back soon", (None, "Back soon")),
        ("", (None, "")),
        ("2h", (NOW.at + 2 * HOUR, "")),
    ],
)
def test_a_text_may_begin_with_a_moment(typed, expected):
    assert leading(typed, NOW) == expected


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("", presence.Show()),
        ("off", presence.Back()),
        ("OFF", presence.Back()),
        ("on", presence.Away()),
        ("On 2h", presence.Away(NOW.at + 2 * HOUR)),
        ("on We are at lunch.\nBack soon", presence.Away(text="We are at lunch.\nBack soon")),
        ("on\nuntil 17:00  Lunch ", presence.Away(at("2024-03-30 17:00"), "Lunch")),
        ("on until further notice", None),
        ("on until", None),
        ("on until 25:00 x", None),
        ("on 0h", None),
        ("on 400d", None),
        ("on -2h", None),
        ("on 2hours Back", None),
        ("on 2 people are ill", None),
        ("on BIS morgen", None),
        ("on 2h 30m Back", None),
        ("on 2h until 17:00", None),
        ('on "2 people are ill"', presence.Away(text="2 people are ill")),
        ("on 2h “2h it is”", presence.Away(NOW.at + 2 * HOUR, "2h it is")),
        ("on „bis morgen“", presence.Away(text="bis morgen")),
        ('on "Lunch" is at "noon"', presence.Away(text='"Lunch" is at "noon"')),
        ("on 2h 3 people are ill", presence.Away(NOW.at + 2 * HOUR, "3 people are ill")),
        ("on Forever", presence.Away(text="Forever")),
        ("off 2h", None),
        ("one", None),
        ("2h", None),
    ],
)
def test_what_follows_away_is_read(typed, understood):
    assert presence.parse(typed, NOW) == understood
