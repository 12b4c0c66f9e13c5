"""Starting and stopping the process: its port, its signals, and an end in time whatever hangs."""

import gc
import os
import queue
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn, TypeVar

import structlog

STOP_SECONDS = 4.7
"""How long the process may take to end."""

UNCOLLECTED = 50_000
"""Objects that may be made, and not gone, before the garbage collector looks at them."""

_POLL_SECONDS = 0.1

Got = TypeVar("Got")

log = structlog.get_logger(__name__)


class StopRequest:
    """Somebody wants the process to end: a signal, or the program itself."""

    def __init__(self) -> None:
        # A signal handler may interrupt this very thread anywhere, where an Event or a logger would wait for a lock
        # that the interrupted code holds. SimpleQueue.put is made for that.
        self._requests: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._taken = threading.Event()

    def make(self, why: str) -> None:
        """Ask for the end; from a signal handler too."""
        self._requests.put(why)

    def made(self) -> bool:
        """Whether somebody asked."""
        return self._taken.is_set() or not self._requests.empty()

    def wait(self) -> None:
        """Wait until somebody asks."""
        why = self._requests.get()
        self._taken.set()
        log.info("stopping", asked_by=why)

    @contextmanager
    def on_signals(self) -> Iterator[None]:
        """SIGTERM and SIGINT ask for the end while this lasts, if it is the main thread, which alone may see them."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda number, _frame: self.make(signal.Signals(number).name))
        yield  # no handler is put back: the process is ending, and a second signal must not make a traceback of it


def spare_the_collector() -> None:
    """What the start made stays: the garbage collector need not look through it again and again, nor at each message.

    Nearly all that a message leaves goes by its references alone; what does not waits a little longer. During the start
    it does not look at all, which `config.py` sees to.
    """
    gc.freeze()
    gc.set_threshold(UNCOLLECTED)
    gc.enable()


def end_in_time() -> None:
    """From now on the process has STOP_SECONDS: what still hangs then is cut off."""
    timer = threading.Timer(STOP_SECONDS, _cut_off)
    timer.daemon = True
    timer.start()


def patiently(get: Callable[[], Got], error_type: type[Exception], *, seconds: float, stop: StopRequest) -> Got:
    """Try `get` until it works: a predecessor that is just stopping may still hold what we need.

    Raises:
        error_type: it still did after `seconds`, or somebody asked for the end.
    """
    deadline = time.monotonic() + seconds
    while True:
        try:
            return get()
        except error_type:
            if time.monotonic() > deadline or stop.made():
                raise
            time.sleep(_POLL_SECONDS)


def check_port(port: int) -> None:
    """Raises OSError when somebody listens on this port of the loopback interface."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))


def refuse_to_start(sentence: str, *, stopped: bool) -> NoReturn:
    """End the process with one sentence for the operator, unless it was asked to stop anyway."""
    if stopped:
        raise SystemExit(0)
    sys.stderr.write(sentence + "\n")
    raise SystemExit(1)


def _cut_off() -> None:
    log.error("stopping took too long, cut off", seconds=STOP_SECONDS)
    os._exit(1)
