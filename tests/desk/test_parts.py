"""The small parts: locks, memories, the brake, the real clock, and the one place that puts everything together."""

import threading

import pytest
from desk_fakes import TurnableClock

import desk
import settings
from desk.clock import SystemClock
from desk.errors import BlockedError, LimitedError
from desk.locks import BusyError, KeyedLocks
from desk.memory import Memory
from desk.slack.brake import Brake


def test_a_lock_holds_its_key_and_no_other():
    locks = KeyedLocks()
    held, go_on = threading.Event(), threading.Event()

    def hold():
        with locks.hold("a"):
            held.set()
            go_on.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(10)
    with locks.hold("b"), locks.hold("b"):
        pass
    with pytest.raises(BusyError), locks.hold("a", seconds=0):
        pass
    go_on.set()
    thread.join(10)
    with locks.hold("a", seconds=0):
        pass
    assert locks._held == {}


def test_a_memory_forgets_what_was_not_used_for_longest():
    memory = Memory(2)
    memory.put("a", 1)
    memory.put("b", 2)
    assert memory.get("a") == 1
    memory.put("c", 3)
    assert (memory.get("a"), memory.get("b"), memory.get("c")) == (1, None, 3)
    memory.forget("a")
    memory.forget("a")
    assert memory.get("a") is None


def test_the_brake_holds_what_was_limited_until_its_time():
    clock = TurnableClock()
    brake = Brake(clock)
    brake.hold(("chat_postMessage", "C1"), LimitedError(5))
    brake.check(("chat_postMessage", "C2"))
    clock.turn(4)
    with pytest.raises(LimitedError) as limited:
        brake.check(("chat_postMessage", "C1"))
    assert limited.value.seconds == pytest.approx(1)
    clock.turn(1)
    brake.check(("chat_postMessage", "C1"))


def test_the_brake_asks_again_now_and_then_whether_people_mended_what_blocks():
    clock = TurnableClock()
    brake = Brake(clock)
    brake.hold(("chat_postMessage", "C1"), BlockedError("token_revoked"))
    with pytest.raises(BlockedError, match="token_revoked"):
        brake.check(("chat_postMessage", "C1"))
    clock.turn(4.5)
    brake.check(("chat_postMessage", "C1"))


def test_the_real_clock_carries_out_and_calls_off():
    clock = SystemClock()
    done, never = threading.Event(), threading.Event()
    call_off = clock.after(60, never.set)
    clock.after(0.01, done.set)
    assert done.wait(10)
    call_off()
    assert not never.is_set()


def test_one_process_has_one_desk_until_it_is_closed(tmp_path):
    read = settings.load({"SK_DATA_DIR": str(tmp_path)}, tmp_path / "none.env")
    again = settings.load({"SK_DATA_DIR": str(tmp_path)}, tmp_path / "none.env")
    first = desk.build(read)
    assert desk.build(again) is first
    first.close()
    second = desk.build(read)
    assert second is not first
    second.close()
