"""Carries out a storm's plan: faults, disturbed lines, killed processes."""

import threading
import time
from collections import Counter

from people import Slack
from processes import Process, Stack
from storm_history import Span
from storm_plan import Step


class Trouble:
    """Makes trouble on a thread of its own until the storm is over, then none."""

    def __init__(self, stack: Stack, over: threading.Event) -> None:
        self._stack = stack
        self._over = over
        self._slack = Slack(stack.sandbox_url)
        self.kills: list[Span] = []
        self.cuts: list[Span] = []
        self.made: Counter[str] = Counter()
        self.mishaps: list[str] = []

    def make(self, steps: tuple[Step, ...]) -> None:
        """Every step at its time."""
        began = time.monotonic()
        for step in steps:
            if self._over.wait(max(0.0, began + step.at - time.monotonic())):
                return
            self._watch()
            self._do(step)

    def end(self) -> None:
        """No faults any more, lines may be opened and are not held, both processes run."""
        self._slack.take_back_orders()
        for op in ("accept", "release"):
            self._slack.disturb(op)
        self._watch()
        for process in (self._stack.server, self._stack.bot):
            process.wait_ready()

    def hold(self) -> None:
        """Nothing more arrives at the bot."""
        self._slack.disturb("hold")

    def _do(self, step: Step) -> None:
        match step.deed:
            case "kill":
                names = ("server", "bot") if step.target == "both" else (step.target,)
                self._kill([getattr(self._stack, name) for name in names])
            case "fault":
                self._slack.order(step.target, **step.details)
                self.made[f"ordered {step.details['kind']}"] += 1
            case "disturb":
                began = time.time()
                self._slack.disturb(step.target)
                self.made[step.target] += 1
                if step.target == "drop":
                    self.cuts.append(Span("drop", began, time.time()))

    def _kill(self, processes: list[Process]) -> None:
        """SIGKILL, and a new one at once, whether or not the old one had got going."""
        began = time.time()
        for process in processes:
            process.kill()
        ended = time.time()
        for process in processes:
            self.kills.append(Span(process.name, began, ended))
            process.start(wait=False)

    def _watch(self) -> None:
        """A process that ended by itself is a mishap; it is started again as an operator would."""
        for process in self._stack.processes:
            if process.popen.poll() is not None:
                self.mishaps.append(f"{process.name} ended by itself with {process.popen.returncode}:\n{process.log()}")
                process.start(wait=False)
