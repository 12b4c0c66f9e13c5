"""A crew has the hands that its work needs, and no more."""

import threading

from server_fakes import TurnableClock, eventually

from webhook_server.clock import SystemClock
from webhook_server.courier.crew import Crew, Trip


def started(crew):
    return len(crew._threads)


def test_what_comes_at_once_is_carried_at_once_also_where_one_hand_is_idle():
    """That hand can be woken twice before it moves: the second time it must not be the one that was meant."""
    together = threading.Barrier(3, timeout=5)
    done = []
    met = threading.Semaphore(0)

    def carry(key, items):
        if key != "first":
            together.wait()
        done.append(key)
        met.release()
        return Trip(carried=items)

    crew = Crew("test", carry, size=8, clock=SystemClock())
    crew.add("first", 1)
    assert met.acquire(timeout=5)
    with crew._changed:  # the idle hand cannot move before all are there
        for key in ("ann", "bob", "zoe"):
            crew.add(key, 1)
    assert all(met.acquire(timeout=10) for _ in range(3))
    assert sorted(done[1:]) == ["ann", "bob", "zoe"]
    crew.stop()
    crew.join(SystemClock().monotonic() + 5)


def test_one_conversation_takes_one_hand_however_much_is_said():
    said = threading.Semaphore(0)

    def carry(_, items):
        for _ in items:
            said.release()
        return Trip(carried=items)

    crew = Crew("test", carry, size=40, clock=SystemClock())
    for number in range(200):
        crew.add("ann", number)
    assert all(said.acquire(timeout=5) for _ in range(200))
    assert started(crew) == 1
    crew.stop()
    crew.join(SystemClock().monotonic() + 5)


def test_what_is_to_be_carried_later_is_carried_then_though_nothing_else_comes():
    clock, carried = TurnableClock(), []

    def carry(key, items):
        carried.extend(items)
        return Trip(carried=items)

    crew = Crew("test", carry, size=8, clock=clock)
    crew.add("ann", 1, seconds=60)
    crew.add("bob", 2, seconds=30)
    clock.turn(29)
    assert carried == []
    clock.turn(1)
    eventually(lambda: carried == [2])
    clock.turn(30)
    eventually(lambda: carried == [2, 1])
    assert started(crew) == 1
    crew.stop()
    crew.join(SystemClock().monotonic() + 5)
