"""The process: listens, answers, and ends in good order."""

import contextlib
import gc
import logging
import os
import resource
import signal
import socket
import sys
import threading

import structlog
from flask import Flask

from settings import Settings
from webhook_server import wording
from webhook_server.app import server_of
from webhook_server.listener import HttpServer

DRAIN_SECONDS = 1.0
"""Requests under way when the process is told to end may take so long."""
CARRY_SECONDS = 1.5
"""Hand-overs under way may take so much longer."""
STOP_SECONDS = 4.0
"""Then the process ends whatever hangs: all that was promised is on disk."""

UNCOLLECTED = 50_000
"""Objects that may be made, and not gone, before the garbage collector looks at them."""

_FILES = 8192

_log = structlog.get_logger()


def serve(app: Flask, settings: Settings) -> int:
    """Answer until SIGTERM or SIGINT. Returns the exit status."""
    logging.getLogger("waitress").setLevel(logging.ERROR)  # a queue that forms is no news
    _allow_many_connections()
    server = server_of(app)
    try:
        listening = _listen(settings.sk_host, settings.sk_port)
    except OSError as error:
        sys.stderr.write(wording.cannot_listen(settings.sk_host, settings.sk_port, str(error)) + "\n")
        server.stop(0.0)
        return 1
    http = HttpServer(app, listening)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: http.stop())
    server.start()
    _spare_the_collector()
    sys.stdout.write(wording.listening(settings.sk_server_url) + "\n")
    sys.stdout.flush()
    http.run()
    _log.info("stopping")
    _end_in_time()
    http.drain(DRAIN_SECONDS)
    server.stop(CARRY_SECONDS)
    _log.info("stopped")
    return 0


def _spare_the_collector() -> None:
    """What the start made stays: the garbage collector need not look through it again and again, nor at each message.

    Nearly all that a message leaves goes by its references alone; what does not waits a little longer.
    """
    gc.freeze()
    gc.set_threshold(UNCOLLECTED)


def _end_in_time() -> None:
    def end() -> None:
        _log.warning("stopped_hard", after_seconds=STOP_SECONDS)
        os._exit(0)

    timer = threading.Timer(STOP_SECONDS, end)
    timer.daemon = True
    timer.start()


def _listen(host: str, port: int) -> socket.socket:
    family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    return socket.create_server(address[:2], family=family, backlog=1024)


def _allow_many_connections() -> None:
    """Each connection is an open file, and many systems begin with a thousand."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
    with contextlib.suppress(OSError, ValueError):  # then there are fewer
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
