"""Order within a lane, none between lanes, and nothing forgotten at the end."""

import threading

from desk.errbot_backend.lanes import Lanes


class Job:
    """Waits until it may begin, then does its deed."""

    def __init__(self, deed=lambda: None, may_begin=None):
        self._deed = deed
        self._may_begin = may_begin
        self.begun = threading.Event()

    def run(self):
        self.begun.set()
        if self._may_begin is not None:
            assert self._may_begin.wait(5)
        self._deed()


def test_jobs_of_one_lane_run_one_after_the_other_in_order():
    lanes, done, running = Lanes(workers=8), [], []

    def deed(number):
        running.append(number)
        done.append((number, len(running)))
        running.remove(number)

    for number in range(300):
        assert lanes.put("C1", Job(lambda number=number: deed(number)))
    assert lanes.close(5) == []
    assert done == [(number, 1) for number in range(300)]


def test_a_lane_that_stands_still_holds_up_no_other():
    lanes, gate, done = Lanes(workers=2), threading.Event(), threading.Event()
    lanes.put("slow", Job(may_begin=gate))
    lanes.put("slow", Job())
    lanes.put("quick", Job(done.set))
    assert done.wait(5)
    gate.set()
    assert lanes.close(5) == []


def test_a_job_that_fails_does_not_stop_its_lane():
    lanes, done = Lanes(workers=1), threading.Event()
    lanes.put("C1", Job(lambda: 1 / 0))
    lanes.put("C1", Job(done.set))
    assert done.wait(5)
    assert lanes.close(5) == []


def test_closing_hands_back_what_was_not_begun_and_takes_nothing_new():
    lanes, gate = Lanes(workers=1), threading.Event()
    first, second, third = Job(may_begin=gate), Job(), Job()
    lanes.put("C1", first)
    assert first.begun.wait(5)
    lanes.put("C1", second)
    lanes.put("C2", third)
    assert lanes.close(0.05) == [second, third]
    assert not lanes.put("C3", Job())
    gate.set()
    assert lanes.close(5) == []
    assert not second.begun.is_set()


def test_too_much_waiting_is_refused():
    lanes, gate = Lanes(workers=1, most_waiting=2), threading.Event()
    blocking = Job(may_begin=gate)
    lanes.put("C1", blocking)
    assert blocking.begun.wait(5)
    assert lanes.put("C1", Job())
    assert lanes.put("C2", Job())
    assert not lanes.put("C3", Job())
    gate.set()
    assert lanes.close(5) == []


def test_many_threads_may_put_at_once():
    lanes, done = Lanes(workers=4), []

    def put_many(lane):
        for number in range(100):
            lanes.put(lane, Job(lambda number=number: done.append((lane, number))))

    threads = [threading.Thread(target=put_many, args=(f"C{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert lanes.close(5) == []
    for number in range(8):
        assert [n for lane, n in done if lane == f"C{number}"] == list(range(100))
