"""Compares WSGI servers under the webhook server's own application, on loopback, one process and threads each.

Run `python bench/wsgi_servers.py [NAME…]`; it prints a Markdown table and takes about half a minute for each server.
"""
# ruff: noqa: PLC0415 - each server is imported where it serves, and nowhere else

import argparse
import contextlib
import http.client
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from settings import Settings, load  # noqa: E402 - after the path
from webhook_server.api.auth import app_jwt  # noqa: E402
from webhook_server.app import create_app  # noqa: E402

HOST = "127.0.0.1"
THREADS = 32
STREAMS = 1000
IDLE = 500
SECONDS = 3.0


# ── the servers ───────────────────────────────────────────────────────────────────────────────────────────────────


def waitress(application: Any, port: int, threads: int) -> None:
    """On waitress: one thread for all sockets, a pool for the application."""
    import waitress as server

    def stop(*_: object) -> None:
        raise SystemExit

    signal.signal(signal.SIGTERM, stop)
    options = {"connection_limit": 4000, "asyncore_use_poll": True, "channel_request_lookahead": 0}
    server.serve(application, host=HOST, port=port, threads=threads, **options)


def gunicorn(application: Any, port: int, threads: int) -> None:
    """On gunicorn, with one gthread worker, which its master process watches."""
    from gunicorn.app.base import BaseApplication

    class Bench(BaseApplication):  # type: ignore[misc] # it has no types
        def load_config(self) -> None:
            options = {"bind": f"{HOST}:{port}", "workers": 1, "worker_class": "gthread", "threads": threads}
            options |= {"worker_connections": 4000, "keepalive": 75, "graceful_timeout": 3, "loglevel": "error"}
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return application

    sys.argv = sys.argv[:1]
    Bench().run()


def cheroot(application: Any, port: int, threads: int) -> None:
    """On cheroot: a pool of threads that read, answer and write."""
    from cheroot.wsgi import Server

    server = Server((HOST, port), application, numthreads=threads, request_queue_size=1024, shutdown_timeout=3)
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.stop).start())
    server.start()


def granian(_: Any, port: int, threads: int) -> None:
    """On granian: sockets in Rust, a pool of Python threads, the application in a worker process."""
    from granian import Granian
    from granian.constants import Interfaces

    os.environ["PYTHONPATH"] = os.pathsep.join([str(Path(__file__).parent), str(ROOT)])
    sys.path.insert(0, str(Path(__file__).parent))
    Granian(
        "wsgi_servers:inside",
        factory=True,
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=threads,
        backpressure=4000,
        backlog=2048,
        workers_kill_timeout=3,
        log_enabled=False,
    ).serve()


SERVERS: dict[str, Callable[[Any, int, int], None]] = {
    "waitress": waitress,
    "gunicorn": gunicorn,
    "cheroot": cheroot,
    "granian": granian,
}


def inside() -> Any:
    """The application under test: the webhook server, and what the comparison needs beside it."""
    app = create_app(load())
    wrapped, news = app.wsgi_app, threading.Condition()

    def application(environ: Any, start_response: Any) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path == "/bench/slow":
            time.sleep(1.0)
        elif path == "/bench/stream":
            start_response("200 OK", [("Content-Type", "text/event-stream")])
            return _stream(news)
        elif path.startswith("/bench/path"):
            raw = environ.get("REQUEST_URI") or environ.get("RAW_URI") or ""
            start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(raw)))])
            return [raw.encode("latin-1")]
        elif path == "/bench/floor":
            start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
            return [b"ok"]
        else:
            return wrapped(environ, start_response)
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "4")])
        return [b"slow"]

    return application


def _stream(news: threading.Condition) -> Iterator[bytes]:
    yield b"data: hello\n\n"
    while True:
        with news:
            news.wait(5)
        yield b": still here\n\n"


# ── the clients ───────────────────────────────────────────────────────────────────────────────────────────────────


class Target:
    """A server under test, in a process of its own."""

    def __init__(self, name: str, threads: int = THREADS) -> None:
        self._data = tempfile.TemporaryDirectory(prefix="sk-bench-")
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            self.port = probe.getsockname()[1]
        environ = os.environ | {
            "SK_DATA_DIR": self._data.name, "SK_PORT": str(self.port), "SK_BOT_PORT": "1", "SK_SANDBOX_PORT": "2"
        }  # fmt: skip
        self.settings: Settings = load(environ, Path("/dev/null"))
        self.jwt = app_jwt(self.settings)
        command = [sys.executable, __file__, "--serve", name, str(self.port), str(threads)]
        self.process = subprocess.Popen(command, env=environ, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.get("/healthz")[0] == HTTPStatus.OK:
                    return
            time.sleep(0.05)
        raise TimeoutError("the server did not start")

    def get(self, path: str, timeout: float = 10) -> tuple[int, bytes]:
        """Ask once, on a connection of its own."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=timeout)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def message(self, user: str) -> bytes:
        """A request that posts a message."""
        body = json.dumps({"role": "appUser", "text": "How do I change my address?"}).encode()
        head = f"POST /v1/appusers/{user}/messages HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {self.jwt}\r\n"
        return f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body

    def connect(self) -> socket.socket:
        """A connection that says nothing yet."""
        connection = socket.create_connection((HOST, self.port), timeout=10)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def memory(self) -> float:
        """Resident memory of the process and its children, in MB."""
        pids = [self.process.pid, *_children(self.process.pid)]
        pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids)
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def stop(self) -> float:
        """Seconds from SIGTERM to the end."""
        began = time.monotonic()
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            for pid in _children(self.process.pid):
                os.kill(pid, signal.SIGKILL)
            self.process.kill()
            self.process.wait()
        self._data.cleanup()
        return time.monotonic() - began


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in found] + [grand for child in found for grand in _children(int(child))]


def read_answer(connection: socket.socket) -> tuple[int, bytes]:
    """One answer with a known length from a kept connection."""
    received = b""
    while b"\r\n\r\n" not in received:
        chunk = connection.recv(65536)
        if not chunk:
            raise ConnectionError("closed")
        received += chunk
    head, _, body = received.partition(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")
    )
    while len(body) < length:
        body += connection.recv(65536)
    return int(head.split()[1]), body


@dataclass(frozen=True)
class Load:
    """What kept connections got: each answered request's seconds, sorted, and how many connections were dropped."""

    took: list[float]
    dropped: int

    def __str__(self) -> str:
        """As a cell of the table."""
        p50, p99 = statistics.median(self.took) * 1000, self.took[int(len(self.took) * 0.99)] * 1000
        lost = f", {self.dropped} dropped" if self.dropped else ""
        return f"{len(self.took) / SECONDS:.0f}/s, {p50:.1f} ms, p99 {p99:.1f} ms{lost}"


def load_with(clients: int, target: Target, request: Callable[[int], bytes]) -> Load:
    """Ask as fast as answers come, with `clients` kept connections."""
    took: list[float] = []
    dropped: list[float] = []
    until = time.monotonic() + SECONDS

    def run(number: int) -> None:
        wanted, connection = request(number), target.connect()
        while (began := time.monotonic()) < until:
            try:
                connection.sendall(wanted)
                status = read_answer(connection)[0]
            except OSError:
                dropped.append(began)
                connection.close()
                connection = target.connect()
                continue
            if status >= HTTPStatus.MULTIPLE_CHOICES:
                raise RuntimeError("refused")
            took.append(time.monotonic() - began)
        connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Load(sorted(took), len(dropped))


# ── the questions ─────────────────────────────────────────────────────────────────────────────────────────────────


def throughput(target: Target) -> dict[str, str]:
    """Durable 201s and a bare answer, from 1 and 16 kept connections."""
    found = {}
    for label, path in (("201", None), ("bare", b"GET /bench/floor HTTP/1.1\r\nHost: x\r\n\r\n")):
        for clients in (1, 16):
            load = load_with(clients, target, lambda n, path=path: path or target.message(f"user{n}"))
            found[f"{label}, {clients} client{'s' if clients > 1 else ''}"] = str(load)
    return found


def lazy_clients(target: Target) -> dict[str, str]:
    """500 connections that say nothing, or half a head, or half a body: is anybody else served?"""
    lazy = [b"", b"POST /v1/appusers/x/messages HTTP/1.1\r\nHos", target.message("slow")[:-5]]
    found = {}
    for label, said in zip(("idle", "half a head", "half a body"), lazy, strict=True):
        connections = []
        try:
            for _ in range(IDLE):
                connection = target.connect()
                connection.sendall(said)
                connections.append(connection)
            began = time.monotonic()
            status, _ = target.get("/healthz", timeout=5)
            found[f"{IDLE} clients: {label}"] = f"{status} in {(time.monotonic() - began) * 1000:.0f} ms"
        except (OSError, http.client.HTTPException) as error:
            found[f"{IDLE} clients: {label}"] = f"no service ({type(error).__name__})"
        finally:
            for connection in connections:
                connection.close()
        time.sleep(0.5)
    return found


def manners(target: Target) -> dict[str, str]:
    """Chunked bodies, Connection: close, and the path as it was sent."""
    head, _, body = target.message("chunks").partition(b"\r\n\r\n")
    head = b"\r\n".join(line for line in head.split(b"\r\n") if not line.startswith(b"Content-Length"))
    connection = target.connect()
    chunks = b"".join(b"%x\r\n%s\r\n" % (1, body[i : i + 1]) for i in range(len(body))) + b"0\r\n\r\n"
    connection.sendall(head + b"\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks)
    chunked, _ = read_answer(connection)
    connection.close()
    connection = target.connect()
    connection.sendall(b"GET /bench/floor HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    read_answer(connection)
    closed = connection.recv(1) == b""
    raw = target.get("/bench/path/a%2Fb%25/%C3%A4?q=1")[1].decode()
    return {
        "chunked body": str(chunked),
        "Connection: close": "honoured" if closed else "ignored",
        "path as sent": "yes" if raw == "/bench/path/a%2Fb%25/%C3%A4?q=1" else f"no: {raw!r}",
    }


def ending(target: Target) -> dict[str, str]:
    """SIGTERM while a request of one second is under way."""
    answers: list[str] = []

    def ask() -> None:
        try:
            answers.append(str(target.get("/bench/slow")[0]))
        except (OSError, http.client.HTTPException) as error:
            answers.append(type(error).__name__)

    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(0.3)
    took = target.stop()
    asking.join()
    return {"SIGTERM in a request": f"{answers[0]}, ended after {took:.1f} s"}


def streams(name: str) -> dict[str, str]:
    """1,000 event streams at once."""
    target = Target(name, threads=STREAMS + THREADS)
    before, served, connections = target.memory(), 0, []
    try:
        for _ in range(STREAMS):
            connection = target.connect()
            connection.sendall(b"GET /bench/stream HTTP/1.1\r\nHost: x\r\n\r\n")
            connections.append(connection)
        for connection in connections:
            with contextlib.suppress(TimeoutError):
                connection.settimeout(2 if served else 5)
                received = b""
                while b"hello" not in received:
                    received += connection.recv(4096)
                served += 1
        beside = str(load_with(1, target, lambda _: target.message("beside")))
    except (OSError, http.client.HTTPException) as error:
        beside = type(error).__name__
    grown = target.memory() - before
    for connection in connections:
        connection.close()
    target.stop()
    return {f"{STREAMS} streams": f"{served} served, +{grown:.0f} MB", "201 beside them, 1 client": beside}


def main() -> None:
    """Ask all questions of all servers named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=list(SERVERS))
    parser.add_argument("--serve", nargs=3, metavar=("NAME", "PORT", "THREADS"))
    options = parser.parse_args()
    if options.serve:
        name, port, threads = options.serve
        SERVERS[name](inside() if name != "granian" else None, int(port), int(threads))
        return
    table = {}
    for name in options.names:
        target = Target(name)
        table[name] = {"memory at start": f"{target.memory():.0f} MB"}
        table[name] |= throughput(target) | manners(target) | lazy_clients(target) | ending(target) | streams(name)
    rows = list(next(iter(table.values())))
    print("| |", " | ".join(table), "|")
    print("|---|" + "---|" * len(table))
    for row in rows:
        print(f"| {row} |", " | ".join(found.get(row, "") for found in table.values()), "|")


if __name__ == "__main__":
    main()
