"""The process: listens, answers, and ends in good order."""

import signal
import sys

import structlog
from flask import Flask
from waitress.server import create_server

from settings import Settings
from webhook_server import wording
from webhook_server.app import server_of

THREADS = 32

_log = structlog.get_logger()


def serve(app: Flask, settings: Settings) -> int:
    try:
        http = create_server(app, host=settings.sk_host, port=settings.sk_port, threads=THREADS)
    except OSError as error:
        sys.stderr.write(wording.cannot_listen(settings.sk_host, settings.sk_port, str(error)) + "\n")
        return 1
    server = server_of(app)
    server.start()

    def stop(*_):
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    print(wording.listening(f"http://{settings.sk_host}:{settings.sk_port}/"), flush=True)
    try:
        http.run()
    except SystemExit:
        pass
    server.stop()
    return 0
