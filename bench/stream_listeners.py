"""What 1,000 listening clients cost the webhook server, and how soon they hear: the real process, on loopback.

Run `python bench/stream_listeners.py [--listeners N] [--rounds N]`; it prints a Markdown table, in about a minute.
Each round measures without listeners, with them, and without again: what else the machine does falls on both.
"""

import argparse
import contextlib
import http.client
import json
import multiprocessing
import os
import selectors
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from settings import load  # noqa: E402 - after the path
from webhook_server.api.auth import app_jwt  # noqa: E402

HOST = "127.0.0.1"
SECONDS = 2.0
"""How long each measurement takes."""
STEADY = 200
"""Messages a second, while it is measured how soon they are heard."""
WRITERS = 4
_MARK = b'"text":"sent '


# ── the server ────────────────────────────────────────────────────────────────────────────────────────────────────


class Server:
    """`python -m webhook_server`, on data of its own, without a bot."""

    def __init__(self) -> None:
        self._data = tempfile.TemporaryDirectory(prefix="sk-bench-")
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            self.port = probe.getsockname()[1]
        environ = os.environ | {
            "SK_DATA_DIR": self._data.name, "SK_PORT": str(self.port), "SK_BOT_PORT": "1", "SK_SANDBOX_PORT": "2"
        }  # fmt: skip
        self.jwt = app_jwt(load(environ, Path("/dev/null")))
        command = [sys.executable, "-m", "webhook_server"]
        self.process = subprocess.Popen(
            command, env=environ, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + 20
        while time.monotonic() < until:
            with contextlib.suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection(HOST, self.port, timeout=1)
                connection.request("GET", "/readyz")
                if connection.getresponse().status == http.HTTPStatus.OK:
                    return
            time.sleep(0.05)
        raise TimeoutError("the server did not start")

    def request(self, method: str, path: str, body: object = None) -> bytes:
        """A request as it goes over the line."""
        data = b"" if body is None else json.dumps(body, separators=(",", ":")).encode()
        head = f"{method} /v1{path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {self.jwt}\r\n"
        return f"{head}Content-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data

    def memory(self) -> float:
        """Resident memory, in MB."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def cpu(self) -> float:
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def threads(self) -> int:
        """How many threads it has."""
        return len(list(Path(f"/proc/{self.process.pid}/task").iterdir()))

    def stop(self) -> float:
        """Seconds from SIGTERM to the end."""
        began = time.monotonic()
        self.process.terminate()
        self.process.wait(15)
        self._data.cleanup()
        return time.monotonic() - began


# ── those who listen ──────────────────────────────────────────────────────────────────────────────────────────────


def listen(port: int, requests: list[bytes], commands: Connection) -> None:
    """In a process of its own: connect, say `ready`, and note how long each message took, until asked for it."""
    selector, took = selectors.DefaultSelector(), list[float]()
    connections = []
    for request in requests:
        connection = socket.create_connection((HOST, port))
        connection.sendall(request)
        selector.register(connection, selectors.EVENT_READ)
        connections.append(connection)
    for connection in connections:
        received = b""
        while b"id: " not in received:
            received += connection.recv(65536)
    selector.register(commands, selectors.EVENT_READ)
    commands.send("ready")
    while True:
        for key, _ in selector.select():
            if key.fileobj is commands:
                if commands.recv() == "stop":
                    return
                commands.send(took)
                took = []
                continue
            received, now = key.fileobj.recv(262_144), time.monotonic()  # type: ignore[union-attr]
            took += [now - float(part.partition(b'"')[0]) for part in received.split(_MARK)[1:]]


@dataclass
class Listeners:
    """Clients that listen, one to each app user."""

    commands: Connection

    def heard(self) -> list[float]:
        """The seconds from sending to hearing, of the messages since the last time."""
        self.commands.send("tell")
        found: list[float] = self.commands.recv()
        return found


@contextlib.contextmanager
def listeners(server: Server, number: int) -> Iterator[Listeners]:
    """So many clients that listen."""
    requests = [server.request("GET", f"/appusers/user{each}/stream") for each in range(number)]
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=listen, args=(server.port, requests, there))
    process.start()
    try:
        assert here.poll(30), "they cannot listen"
        here.recv()
        yield Listeners(here)
    finally:
        here.send("stop")
        process.join(10)
        process.kill()


# ── those who write ───────────────────────────────────────────────────────────────────────────────────────────────


def write(server: Server, make: Callable[[int], bytes], rate: float | None = None) -> tuple[int, list[float]]:
    """Post for `SECONDS`, on kept connections; `rate` messages a second, or all that is taken. Number, and seconds."""
    took: list[float] = []
    until = time.monotonic() + SECONDS

    def run(writer: int) -> None:
        connection = socket.create_connection((HOST, server.port))
        due = time.monotonic() + writer / (rate or 1e9)
        number = writer
        while (began := time.monotonic()) < until:
            if rate and began < due:
                time.sleep(due - began)
            began = time.monotonic()
            connection.sendall(make(number))
            created(connection, b"]}}")
            took.append(time.monotonic() - began)
            number += WRITERS
            due += WRITERS / (rate or 1e9)
        connection.close()

    threads = [threading.Thread(target=run, args=(writer,)) for writer in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(took), took


def created(connection: socket.socket, end: bytes) -> None:
    """Read an answer that says so."""
    received = b""
    while not received.endswith(end):
        received += connection.recv(65536)
    assert b" 201 " in received[:20], received


def rest(server: Server) -> float:
    """The part of one processor that the server takes while nobody does anything."""
    before = server.cpu()
    time.sleep(SECONDS)
    return (server.cpu() - before) / SECONDS


# ── the table ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Found:
    """One value a round, by what was measured."""

    values: dict[str, list[float]] = field(default_factory=dict)

    def note(self, what: str, value: float) -> None:
        """Remember a value."""
        self.values.setdefault(what, []).append(value)

    def __str__(self) -> str:
        """A Markdown table: median, and the least and the most of all rounds."""
        rows = [
            f"| {what} | {statistics.median(found):.3g} | {min(found):.3g} to {max(found):.3g} |"
            for what, found in self.values.items()
        ]
        return "\n".join(["| | median | rounds |", "|---|---|---|", *rows])


def one_round(server: Server, number: int, found: Found) -> None:
    """Everything once without listeners, and once with them."""

    def by_user(each: int) -> bytes:
        return server.request(
            "POST", f"/appusers/user{each % number}/messages", {"role": "appUser", "text": "question"}
        )

    def by_app(each: int) -> bytes:
        body = {"role": "appMaker", "text": f"sent {time.monotonic():.6f}"}
        return server.request("POST", f"/appusers/user{each % number}/messages", body)

    found.note("idle: part of a processor, none listen", rest(server))
    by_user_alone, by_app_alone = write(server, by_user)[0], write(server, by_app)[0]
    memory, began = server.memory(), time.monotonic()
    with listeners(server, number) as those:
        found.note("seconds until all listen", time.monotonic() - began)
        found.note("memory for each listener, kB", (server.memory() - memory) * 1000 / number)
        time.sleep(0.5)
        found.note("idle: part of a processor, all listen", rest(server))
        by_user_beside, by_app_beside = write(server, by_user)[0], write(server, by_app)[0]
        time.sleep(0.5)
        assert len(those.heard()) == by_app_beside, "not all was heard"
        written, took = write(server, by_app, STEADY)
        time.sleep(0.5)
        heard = sorted(those.heard())
        assert len(heard) == written, "not all was heard"
        found.note(f"{STEADY} messages a second: milliseconds to the 201, median", statistics.median(took) * 1000)
        found.note("milliseconds to the event, median", statistics.median(heard) * 1000)
        found.note("milliseconds to the event, p99", heard[int(len(heard) * 0.99)] * 1000)
        found.note("threads", server.threads())
    time.sleep(0.5)
    by_user_alone, by_app_alone = by_user_alone + write(server, by_user)[0], by_app_alone + write(server, by_app)[0]
    found.note("app users' messages accepted a second, none listen", by_user_alone / SECONDS / 2)
    found.note("ratio while all listen", by_user_beside * 2 / by_user_alone)
    found.note("messages for app users accepted a second, none listen", by_app_alone / SECONDS / 2)
    found.note("ratio while all listen and hear them", by_app_beside * 2 / by_app_alone)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listeners", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    server, found = Server(), Found()
    try:
        connection = socket.create_connection((HOST, server.port))
        for each in range(options.listeners):
            connection.sendall(server.request("POST", "/appusers", {"userId": f"user{each}"}))
            created(connection, b"}}")
        connection.close()
        for _ in range(options.rounds):
            one_round(server, options.listeners, found)
        found.note("seconds from SIGTERM to the end", server.stop())
    finally:
        server.process.kill()
    print(found)


if __name__ == "__main__":
    main()
