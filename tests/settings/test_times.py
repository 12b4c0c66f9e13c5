"""Durations, office hours and time zones in settings: read as they are meant, or refused with a clear sentence."""

from pathlib import Path

import pytest

from settings import SettingsError, load, times


def read(tmp_path, **variables):
    return load({"SK_DATA_DIR": str(tmp_path / "data"), **variables}, Path("/nonexistent/.env"))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("0", 0), ("2s", 2), ("15m", 900), ("2h", 7200), ("1d", 86400), ("1h30m", 5400), ("90S", 90)],
)
def test_a_duration_is_a_number_with_its_unit(text, seconds):
    assert times.seconds(text) == seconds


@pytest.mark.parametrize("text", ["15", "-1m", "m", "1.5h", "0m", "15 minutes", "99999d", "1m1", "\u0661m"])
def test_what_is_no_duration_is_refused(text):
    with pytest.raises(ValueError, match="15m"):
        times.seconds(text)


NINE, FIVE = 9 * 60, 17 * 60


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        pytest.param("Mon-Wed 09:00-17:00", tuple((day, NINE, FIVE) for day in range(3)), id="a range of days"),
        pytest.param("sat 10:00-14:00", ((5, 600, 840),), id="one day, in any case"),
        pytest.param("Tuesday 9:00-17:00", ((1, NINE, FIVE),), id="a day's whole name, an hour's one digit"),
        pytest.param("Mon 09:00-12:00 13:00-17:00", ((0, NINE, 720), (0, 780, FIVE)), id="a break"),
        pytest.param("Sun-Mon 00:00-24:00", ((0, 0, 1440), (6, 0, 1440)), id="beyond Sunday, whole days"),
        pytest.param("Fri 22:00-06:00", ((4, 1320, 1440), (5, 0, 360)), id="beyond midnight"),
        pytest.param("Sun 22:00-06:00", ((0, 0, 360), (6, 1320, 1440)), id="beyond midnight of the last day"),
        pytest.param("Mon 09:00-12:00, Mon 11:00-17:00", ((0, NINE, FIVE),), id="what overlaps is one"),
        pytest.param(
            "Mon\N{EN DASH}Tue 09:00\N{EN DASH}17:00", ((0, NINE, FIVE), (1, NINE, FIVE)), id="typed on a phone"
        ),
    ],
)
def test_office_hours_are_read_as_they_are_meant(text, hours):
    assert times.hours(text) == hours


@pytest.mark.parametrize(
    "part",
    [
        "Mon",
        "09:00-17:00",
        "Mon 9-17",
        "Mon 09:00",
        "Mon 09:00-09:00",
        "Mon 25:00-26:00",
        "Mon 09:60-10:00",
        "Xyz 09:00-17:00",
    ],
)
def test_office_hours_that_are_not_understood_are_named(part):
    with pytest.raises(ValueError, match=f"not understood: {part}"):
        times.hours(f"Fri 09:00-17:00, {part}")


def test_without_settings_the_team_is_always_there_and_reminded_after_a_quarter_of_an_hour(tmp_path):
    settings = read(tmp_path)
    assert settings.sk_office_hours == ()
    assert settings.sk_away_message is None
    assert (settings.sk_remind_after, settings.sk_on_call_after, settings.sk_on_call) == (900, 1800, ())


def test_good_values_are_read(tmp_path):
    settings = read(
        tmp_path,
        SK_TIME_ZONE="Europe/Berlin",
        SK_OFFICE_HOURS="Mon 09:00-17:00",
        SK_REMIND_AFTER="2s",
        SK_ON_CALL_AFTER="0",
        SK_ON_CALL="S0123456, U0123456",
    )
    assert settings.sk_time_zone == "Europe/Berlin"
    assert settings.sk_office_hours == ((0, NINE, FIVE),)
    assert (settings.sk_remind_after, settings.sk_on_call_after) == (2, 0)
    assert settings.sk_on_call == ("S0123456", "U0123456")


def test_every_bad_value_is_named_at_once_and_told_what_to_give(tmp_path):
    with pytest.raises(SettingsError) as caught:
        read(
            tmp_path,
            SK_TIME_ZONE="Berlin",
            SK_OFFICE_HOURS="nine to five",
            SK_AWAY_MESSAGE="x" * 1001,
            SK_REMIND_AFTER="soon",
            SK_ON_CALL_AFTER="-5m",
            SK_ON_CALL="@oncall",
        )
    lines = {line.strip().partition(": ")[0]: line for line in str(caught.value).splitlines()[1:]}
    assert "Europe/Berlin" in lines["SK_TIME_ZONE"]
    assert "not understood: nine to five" in lines["SK_OFFICE_HOURS"]
    assert "1,000 characters" in lines["SK_AWAY_MESSAGE"]
    assert "15m" in lines["SK_REMIND_AFTER"]
    assert "15m" in lines["SK_ON_CALL_AFTER"]
    assert "user group" in lines["SK_ON_CALL"]


@pytest.mark.parametrize("name", ["../etc/passwd", "/etc/passwd", "Europe", "", "a" * 300])
def test_no_file_but_a_time_zone_is_read(name):
    with pytest.raises(ValueError, match="time zone"):
        times.zone(name)
