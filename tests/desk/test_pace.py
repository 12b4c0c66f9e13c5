"""Calls are let through as fast as Slack takes them: its limits are met, not hit."""

import pytest
from desk_fakes import TurnableClock

from desk.errors import LimitedError
from desk.slack.pace import POST_BURST, Pace, remembered, size


@pytest.fixture
def clock():
    return TurnableClock()


def call(pace, method, channel_id=""):
    """Seconds to wait, 0 if the call was let through."""
    try:
        with pace.take(method, channel_id):
            return 0
    except LimitedError as limited:
        return limited.seconds


def test_as_many_calls_as_a_minute_allows_go_at_once_and_the_next_when_the_first_is_a_minute_old(clock):
    pace = Pace(clock)
    for _ in range(20):
        assert call(pace, "conversations_create") == 0
        clock.turn(1)
    assert call(pace, "conversations_create") == pytest.approx(40, abs=0.1)
    assert call(pace, "chat_update") == 0
    clock.turn(40.1)
    assert call(pace, "conversations_create") == 0
    assert call(pace, "conversations_create") == pytest.approx(0.9, abs=0.1)


def test_a_call_counts_from_its_end_and_while_it_is_under_way(clock):
    pace = Pace(clock)
    with pace.take("conversations_create"):
        for _ in range(19):
            assert call(pace, "conversations_create") == 0
        clock.turn(10)
    clock.turn(55)
    for _ in range(19):
        assert call(pace, "conversations_create") == 0
    assert call(pace, "conversations_create") == pytest.approx(5, abs=0.1)


def test_whether_a_call_would_wait_can_be_asked_without_making_it(clock):
    pace = Pace(clock)
    pace.check("conversations_create")
    for _ in range(20):
        pace.check("conversations_create")
        call(pace, "conversations_create")
    with pytest.raises(LimitedError):
        pace.check("conversations_create")


def test_a_channel_takes_a_short_burst_and_then_a_post_a_second_and_delays_no_other(clock):
    pace = Pace(clock)
    for _ in range(POST_BURST):
        assert call(pace, "chat_postMessage", "C1") == 0
    assert call(pace, "chat_postMessage", "C1") == pytest.approx(1, abs=0.1)
    assert call(pace, "chat_postMessage", "C2") == 0
    for _ in range(3):
        clock.turn(1)
        assert call(pace, "chat_postMessage", "C1") == 0
        assert call(pace, "chat_postMessage", "C1") > 0


def test_a_post_that_takes_long_earns_nothing_meanwhile(clock):
    """Slack may count it at its end: the channel must not get a whole burst behind it."""
    pace = Pace(clock)
    with pace.take("chat_postMessage", "C1"):
        clock.turn(8)
    assert [call(pace, "chat_postMessage", "C1") > 0 for _ in range(POST_BURST)] == [False] * 3 + [True]


def test_the_next_process_goes_on_counting(clock, tmp_path):
    first = Pace(clock, remembered(tmp_path / "calls"))
    for _ in range(18):
        call(first, "conversations_create")
    killed = first.take("conversations_create")  # never ends
    killed.__enter__()
    second = Pace(clock, remembered(tmp_path / "calls"))
    assert call(second, "conversations_create") == 0
    assert call(second, "conversations_create") == pytest.approx(60, abs=0.1)
    assert call(second, "chat_postMessage", "C1") == 0
    assert call(second, "chat_postMessage", "C1") > 0  # the first may have used the channel's burst
    second.fresh("C2")
    assert call(second, "chat_postMessage", "C2") == call(second, "chat_postMessage", "C2") == 0


def test_times_of_another_life_of_the_machine_hold_nobody_up(tmp_path):
    clock = TurnableClock()
    clock.turn(1_000_000)
    for _ in range(20):
        call(Pace(clock, remembered(tmp_path / "calls")), "conversations_create")
    assert call(Pace(TurnableClock(), remembered(tmp_path / "calls")), "conversations_create") == 0


def test_a_file_of_another_size_is_begun_anew_and_one_that_cannot_be_had_is_done_without(tmp_path):
    (tmp_path / "calls").write_bytes(b"short")
    assert remembered(tmp_path / "calls").nbytes == size()
    assert (tmp_path / "calls").stat().st_size == size()
    assert remembered(tmp_path / "missing" / "calls") is None


def test_the_patient_leave_calls_to_others(clock):
    pace = Pace(clock)

    def patient():
        try:
            with pace.take("chat_update", spare=25):
                return 0
        except LimitedError as limited:
            return limited.seconds

    assert [patient() for _ in range(25)] == [0] * 25
    clock.turn(10)
    assert patient() == pytest.approx(50, abs=0.1)
    assert [call(pace, "chat_update") for _ in range(25)] == [0] * 25
    assert call(pace, "chat_update") == pytest.approx(50, abs=0.1)
    clock.turn(50.1)
    assert patient() == pytest.approx(9.9, abs=0.1)
    clock.turn(10)
    assert patient() == 0
