"""The stand: the systems that several measurements share, and the app's backend."""

import contextlib
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Self

import requests

from bench.systems import Direct, Ours, System
from tests.support.processes import Process, free_port

CONVERSATIONS = 50
_SAMPLE_SECONDS = 0.25


class Receiver:
    """The app's backend, see `bench/receiver.py`."""

    def __init__(self) -> None:
        self._directory = tempfile.mkdtemp(prefix="sk-bench-")
        port = free_port()
        self.url = f"http://127.0.0.1:{port}/hook"
        self._seen_url = f"http://127.0.0.1:{port}/seen"
        command = [sys.executable, "-m", "bench.receiver", str(port)]
        self._process = Process("app", command, dict(os.environ), Path(self._directory) / "app.log", self._seen_url)
        self._process.start()

    def seen(self) -> dict[str, float]:
        """When each text came since the last look."""
        return {text: at for at, text in requests.get(self._seen_url, timeout=10).json()}

    def __enter__(self) -> Self:
        """It runs already."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self._process.end()
        shutil.rmtree(self._directory, ignore_errors=True)


class Stands:
    """The systems that several measurements share, each begun when it is first asked for, and ended with this.

    They stand side by side all the time and are measured in turn: whoever is not asked anything does nothing.
    """

    def __init__(self) -> None:
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Self:
        """Nothing is begun yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """End what was begun."""
        self._stack.close()

    @cached_property
    def receiver(self) -> Receiver:
        """The app's backend, to which replies go."""
        return self._stack.enter_context(Receiver())

    @cached_property
    def direct(self) -> Direct:
        """Direct, with all conversations."""
        return self._stack.enter_context(Direct(talkers=CONVERSATIONS, webhook=self.receiver.url))

    @cached_property
    def ours(self) -> Ours:
        """Ours, whole and running, with as many."""
        return self._stack.enter_context(Ours(talkers=CONVERSATIONS, webhook=self.receiver.url)).start()


@contextlib.contextmanager
def peak_memory(system: System) -> Iterator[list[float]]:
    """Look at the system's memory all the while; the list holds the most it was, in megabytes, when this is over."""
    peak = [system.memory()]
    over = threading.Event()

    def look() -> None:
        while not over.wait(_SAMPLE_SECONDS):
            peak[0] = max(peak[0], system.memory())

    watching = threading.Thread(target=look)
    watching.start()
    try:
        yield peak
    finally:
        over.set()
        watching.join()
