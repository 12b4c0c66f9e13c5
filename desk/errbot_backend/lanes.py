"""Ordered work on few threads: one lane's jobs run one after the other, different lanes side by side."""

import threading
import time
from collections import deque
from typing import Protocol

import structlog

log = structlog.get_logger(__name__)


class Job(Protocol):
    """Something to be done on a lane."""

    def run(self) -> None:
        """Do it. What it raises is logged, and the lane goes on."""


class Lanes:
    """A bounded pool of threads that serves any number of lanes, each in the order in which its jobs were put.

    The threads are daemons: a job that hangs cannot keep the process from ending.
    """

    def __init__(self, *, workers: int = 16, most_waiting: int = 10_000) -> None:
        self._most_waiting = most_waiting
        self._changed = threading.Condition()
        self._waiting: dict[str, deque[Job]] = {}
        self._ready: deque[str] = deque()
        self._count = 0
        self._running = 0
        self._closed = False
        for number in range(workers):
            threading.Thread(target=self._work, name=f"lanes-{number}", daemon=True).start()

    def put(self, lane: str, job: Job) -> bool:
        """Queue `job` behind what its lane already holds. False: closed, or too much is waiting."""
        with self._changed:
            if self._closed or self._count >= self._most_waiting:
                return False
            self._count += 1
            if lane in self._waiting:
                self._waiting[lane].append(job)
            else:
                self._waiting[lane] = deque([job])
                self._ready.append(lane)
                self._changed.notify_all()
            return True

    def close(self, seconds: float) -> list[Job]:
        """Take nothing new, work for up to `seconds` on what waits, and hand back what was not begun by then."""
        deadline = time.monotonic() + seconds
        with self._changed:
            self._closed = True
            while (self._count or self._running) and (left := deadline - time.monotonic()) > 0:
                self._changed.wait(left)
            left_over = [job for jobs in self._waiting.values() for job in jobs]
            self._waiting.clear()
            self._ready.clear()
            self._count = 0
            self._changed.notify_all()
            return left_over

    def _work(self) -> None:
        while (taken := self._take()) is not None:
            lane, job = taken
            try:
                job.run()
            except Exception:  # a thread's edge: one job's fault must not stop the lane
                log.exception("a job failed", lane=lane)
            self._done(lane)

    def _take(self) -> tuple[str, Job] | None:
        with self._changed:
            while not self._ready:
                if self._closed:
                    return None
                self._changed.wait()
            lane = self._ready.popleft()
            self._count -= 1
            self._running += 1
            return lane, self._waiting[lane].popleft()

    def _done(self, lane: str) -> None:
        with self._changed:
            self._running -= 1
            if self._waiting.get(lane):
                self._ready.append(lane)
            else:
                self._waiting.pop(lane, None)
            self._changed.notify_all()
