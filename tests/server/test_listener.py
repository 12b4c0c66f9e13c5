"""The thread that serves all sockets, and those that answer requests."""

import socket
import threading
from contextlib import contextmanager

import pytest
from flask import Flask

from webhook_server.listener import HttpServer

REQUEST = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
LARGE = 8 * 1024 * 1024


class Turned(HttpServer):
    """Counts how often the serving thread looks around."""

    turns = 0

    def _turn(self, seconds):
        self.turns += 1
        super()._turn(seconds)


@contextmanager
def serving(answer):
    """A server whose application is `answer`; yields it and where it listens."""
    app = Flask("test", static_folder=None)
    app.wsgi_app = answer
    door = socket.create_server(("127.0.0.1", 0))
    http = Turned(app, door, always={})
    thread = threading.Thread(target=http.run)
    thread.start()
    try:
        yield http, door.getsockname()
    finally:
        http.stop()
        thread.join()
        http.drain(0.0)


def test_nobody_looks_around_again_and_again_while_an_answer_is_being_sent(monkeypatch):
    """Whoever sends holds the buffer; while the system takes the bytes, the serving thread sleeps."""
    sending, go_on = threading.Event(), threading.Event()

    def answer(_, start_response):
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ok"]

    with serving(answer) as (http, where):
        channel_class = type(http._server).channel_class
        send = channel_class.send

        def slow_send(channel, data, *, do_close=True):
            sending.set()
            assert go_on.wait(10)
            return send(channel, data, do_close=do_close)

        monkeypatch.setattr(channel_class, "send", slow_send)
        with socket.create_connection(where) as client:
            client.sendall(REQUEST)
            assert sending.wait(10)
            before = http.turns
            http._server.pull_trigger()  # as another connection's request would, it wakes the serving thread
            assert not go_on.wait(0.3)  # the serving thread has all this time to look around in
            looked = http.turns - before
            go_on.set()
            said = b"".join(iter(lambda: client.recv(65536), b""))
    assert said.endswith(b"\r\n\r\nok")
    assert looked <= 2


@pytest.mark.parametrize("piece", [LARGE, 100_000])
def test_an_answer_that_does_not_fit_at_once_arrives_whole(piece):
    """What the system does not take at once is sent later by the serving thread, however its request ended."""

    def answer(_, start_response):
        start_response("200 OK", [("Content-Length", str(LARGE))])
        return [b"x" * min(piece, LARGE - start) for start in range(0, LARGE, piece)]

    with serving(answer) as (_, where), socket.create_connection(where) as client:
        client.settimeout(10)
        client.sendall(REQUEST)
        said = b"".join(iter(lambda: client.recv(65536), b""))
    assert said.endswith(b"x" * LARGE)
