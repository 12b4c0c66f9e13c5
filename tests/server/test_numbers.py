"""The numbers: since when they count, which time stands for many, and what is counted, on both databases."""

import datetime as dt
import math
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_ledger import ANN, BOB, ledger, peopled, postgres, url

from webhook_server import stats
from webhook_server.domain.cases import Answered, Case, Closing
from webhook_server.domain.receipts import Speaker
from webhook_server.domain.stats import Counts, Period, beginning, nearest_rank
from webhook_server.domain.tallies import BOUNDS, SETTLED_SECONDS, Happened, next_period
from wire.cases import AgentStats, Stats
from wire.messages import Agent

__all__ = ["ledger", "peopled", "postgres", "url"]

T = 1_700_000_000.0
ALICE, BEA = Speaker("UALICE", "Alice"), Speaker("UBEA", "Bea")
BERLIN = ZoneInfo("Europe/Berlin")


# ── since when ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("span", "now", "since"),
    [
        ("today", "2026-11-28T15:00+01:00", "2026-11-28T00:00+01:00"),
        ("today", "2026-11-28T00:00+01:00", "2026-11-28T00:00+01:00"),
        ("today", "2026-11-27T23:30+00:00", "2026-11-28T00:00+01:00"),
        ("week", "2026-11-28T15:00+01:00", "2026-11-23T00:00+01:00"),
        ("week", "2026-11-23T00:00+01:00", "2026-11-23T00:00+01:00"),
        ("today", "2026-10-25T12:00+01:00", "2026-10-25T00:00+02:00"),
        ("week", "2026-10-26T12:00+01:00", "2026-10-26T00:00+01:00"),
        ("week", "2026-10-25T12:00+01:00", "2026-10-19T00:00+02:00"),
    ],
)
def test_today_and_the_week_begin_in_the_teams_time_zone(span, now, since):
    now, since = (dt.datetime.fromisoformat(moment).timestamp() for moment in (now, since))
    assert beginning(span, now, BERLIN) == since


def test_a_day_without_midnight_begins_when_it_begins():
    zone = ZoneInfo("America/Sao_Paulo")  # 2018-11-04 began at 01:00
    noon = dt.datetime(2018, 11, 4, 12, tzinfo=zone).timestamp()
    assert beginning("today", noon, zone) == dt.datetime(2018, 11, 4, 1, tzinfo=zone).timestamp()


@given(st.floats(0, 4e9), st.sampled_from(["today", "week"]))
def test_now_is_in_the_time_that_began(now, span):
    begun = beginning(span, now, BERLIN)
    assert begun <= now < begun + (1 if span == "today" else 7) * 86_400 + 7200


@given(st.lists(st.floats(0, 1e6), min_size=1), st.integers(1, 100))
def test_the_nearest_rank_is_the_least_value_that_enough_do_not_exceed(values, percent):
    values.sort()
    value = values[nearest_rank(len(values), percent) - 1]
    assert sum(each <= value for each in values) * 100 >= percent * len(values)
    assert sum(each < value for each in values) * 100 < percent * len(values)


# ── what is counted ───────────────────────────────────────────────────────────────────────────────────────────────────


def keep(ledger, *cases):
    def job(books):
        for case in cases:
            books.cases.add(case)

    ledger.write(job)


def answered(took, *, at=T, agent=ALICE, **more):
    more = {"claimed_by": agent, "closed": Closing(at + 5, agent), **more}
    return Case(ANN.id, at - took, None, first_answer=Answered(at, agent), **more)


def numbers(ledger, since=T, now=T + 100):
    return ledger.read(lambda books: stats.numbers(books, since, now))


def test_nothing_makes_no_numbers(peopled):
    assert numbers(peopled) == Stats(since=T, conversations=0, answered=0, closed=0, waiting=0)


def test_half_and_nine_tenths_are_exact(peopled):
    keep(peopled, *[answered(took) for took in (50, 10, 20, 100, 30, 60, 40, 90, 80, 70)], answered(999, at=T - 1))
    assert (numbers(peopled).median, numbers(peopled).ninety) == (50, 90)
    keep(peopled, answered(110))
    assert (numbers(peopled).median, numbers(peopled).ninety) == (60, 100)


def test_a_clock_that_was_set_back_makes_no_time_negative(peopled):
    keep(peopled, answered(-30))
    assert numbers(peopled).median == 0


def test_what_happened_before_does_not_count_and_what_stands_now_does(peopled):
    before = answered(5, at=T - 10)
    reopened = answered(5, at=T - 10, closed=None)
    waiting = Case(BOB.id, T - 500, None, waiting_since=T - 400)
    keep(peopled, before, reopened, waiting)
    told = numbers(peopled)
    assert (told.conversations, told.answered, told.closed, told.median) == (0, 0, 0, None)
    assert (told.waiting, told.longest_wait) == (1, 500)
    assert told.by_agent == (AgentStats(agent=Agent(agent_id="UALICE", name="Alice"), open=1),)


def test_who_waits_in_a_closed_case_does_not_wait(peopled):
    keep(peopled, Case(ANN.id, T, None, waiting_since=T, closed=Closing(T + 1, ALICE)))
    assert numbers(peopled).waiting == 0


def test_what_nobody_in_person_closed_is_not_counted_as_closed(peopled):
    keep(peopled, Case(ANN.id, T, None, closed=Closing(T + 1, reason="merged")))
    assert (numbers(peopled).conversations, numbers(peopled).closed) == (1, 0)


def test_agents_are_told_apart_who_did_most_first_under_the_name_they_had_last(peopled):
    renamed = Speaker("UBEA", "Bea Beyer")
    keep(
        peopled,
        answered(10, at=T + 1, agent=BEA),
        answered(10, at=T + 2, agent=renamed, closed=Closing(T + 9, renamed)),
        answered(10, at=T + 3, agent=ALICE, closed=None),
    )
    told = numbers(peopled).by_agent
    assert [(each.agent.name, each.first_answers, each.closed, each.open) for each in told] == [
        ("Bea Beyer", 2, 2, 0),
        ("Alice", 1, 0, 1),
    ]


def test_a_period_ends_where_the_next_begins(peopled):
    keep(peopled, answered(10, at=T), answered(10, at=T + 10))
    first, second = Period(T - 10, T + 10), Period(T + 10, T + 20)
    counted = [peopled.read(lambda books, period=period: books.numbers.counts(period)) for period in (first, second)]
    assert counted == [Counts(conversations=2, answered=1, closed=1), Counts(conversations=0, answered=1, closed=1)]


def test_answers_are_told_apart_by_how_long_they_took(peopled):
    keep(peopled, answered(30), answered(31), answered(10**6))
    up_to, took = peopled.read(lambda books: books.numbers.answer_times_up_to(Period(T), BOUNDS))
    assert up_to == (1, 2, *[2] * (len(BOUNDS) - 2))
    assert took == 61 + 10**6
    nothing = peopled.read(lambda books: books.numbers.answer_times_up_to(Period(T + 1), BOUNDS))
    assert nothing == ((0,) * len(BOUNDS), 0.0)


def test_who_began_and_what_is_nobodys_is_counted(peopled):
    keep(peopled, Case(ANN.id, T, None, opened_by=ALICE, claimed_by=ALICE), Case(BOB.id, T, None))
    assert peopled.read(lambda books: books.numbers.begun_by_agents(Period(T))) == 1
    assert peopled.read(lambda books: books.numbers.unclaimed()) == 1


def test_handovers_that_wait_are_counted(peopled):
    assert peopled.read(lambda books: books.numbers.handovers()) == {"waiting": 0, "dead": 0}


# ── what has happened since the process began ─────────────────────────────────────────────────────────────────────────


@given(st.lists(st.floats(-1000, 1000), max_size=30))
def test_periods_follow_each_other_whenever_somebody_asks(steps):
    until = now = T
    for step in steps:
        now += abs(step)
        period = next_period(until, now)
        assert period.begin == until
        assert period.begin <= period.end <= max(until, now - SETTLED_SECONDS)
        until = period.end


def test_where_the_clock_was_set_back_counting_begins_from_there():
    assert next_period(T, T - 500) == Period(T - 500, T - 500)


def test_what_happened_adds_up():
    one = Happened(1, 2, 3, (1,) * len(BOUNDS), 4.5, 6, {"UALICE": 1})
    other = Happened(replies={"UALICE": 1, "UBEA": 5})
    assert (one + other).replies == {"UALICE": 2, "UBEA": 5}
    assert one + Happened() == one
    assert math.isclose((one + one).took, 9.0)
