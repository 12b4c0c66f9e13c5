"""Starting and stopping the process: its port, its signals, and an end in time whatever hangs."""

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn, TypeVar

import structlog

STOP_SECONDS = 4.7
"""After a signal the process ends within this time: what still hangs then is cut off."""

_POLL_SECONDS = 0.1

Got = TypeVar("Got")

log = structlog.get_logger(__name__)


@contextmanager
def stop_signals(stop: threading.Event) -> Iterator[None]:
    """SIGTERM and SIGINT set `stop` while this lasts; outside of the main thread Python allows no handlers."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def asked(number: int, _frame: FrameType | None) -> None:
        if not stop.is_set():
            cut = threading.Timer(STOP_SECONDS, _cut_off)
            cut.daemon = True
            cut.start()
        log.info("stopping", signal=signal.Signals(number).name)
        stop.set()

    before = {number: signal.signal(number, asked) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        if not stop.is_set():  # else the process is ending, and a second signal must not make a traceback of it
            for number, handler in before.items():
                signal.signal(number, handler)


def patiently(get: Callable[[], Got], error_type: type[Exception], *, seconds: float, stop: threading.Event) -> Got:
    """Try `get` until it works: a predecessor that is just stopping may still hold what we need.

    Raises:
        error_type: it still did after `seconds`, or `stop` was set.
    """
    deadline = time.monotonic() + seconds
    while True:
        try:
            return get()
        except error_type:
            if time.monotonic() > deadline or stop.wait(_POLL_SECONDS):
                raise


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
