"""The load: clients with kept connections, in a process of their own. Reads a plan in JSON, writes what came of it.

A client sends its requests one after the other, each not before its moment, on a raw socket; what it costs is told with
the result. `python -m bench.load` knows nothing of the project and imports nothing but the standard library.
"""

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass

HOST = "127.0.0.1"
PATIENCE_SECONDS = 30.0
STARTING_SECONDS = 0.05
END_OF_HEAD = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Client:
    """Requests of one connection. `moments`: seconds from the beginning; without any, each goes when it can.

    With `seconds` the requests begin again until that time is over.
    """

    requests: tuple[str, ...]
    moments: tuple[float, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Load:
    """What came of a plan: for each client, when it sent each request, how long the answer took, and its status.

    `cpu_seconds` is what the load itself took of a processor.
    """

    sent: tuple[tuple[float, ...], ...]
    took: tuple[tuple[float, ...], ...]
    statuses: tuple[tuple[int, ...], ...]
    elapsed: float
    cpu_seconds: float

    @property
    def count(self) -> int:
        """How many requests were answered."""
        return sum(map(len, self.took))

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.count / self.elapsed

    @property
    def all_took(self) -> list[float]:
        """How long each answer took, in seconds."""
        return [took for client in self.took for took in client]

    @property
    def refused(self) -> int:
        """How many answers were none that a client wants."""
        return sum(status >= 300 for client in self.statuses for status in client)  # noqa: PLR2004 - above are refusals


def run(port: int, clients: Sequence[Client]) -> Load:
    """Carry out a plan in another process.

    Raises:
        RuntimeError: a request was refused or not answered.
    """
    plan = json.dumps({"port": port, "clients": [asdict(client) for client in clients]})
    done = subprocess.run([sys.executable, "-m", "bench.load"], input=plan, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the load failed:\n{done.stderr[-2000:]}")
    load = Load(**json.loads(done.stdout))
    if load.refused:
        raise RuntimeError(f"{load.refused} of {load.count} requests were refused")
    return load


class _Connection:
    """One kept connection; answers have a Content-Length, as all of ours do."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection((HOST, port), timeout=PATIENCE_SECONDS)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> int:
        """Send a request and read its answer; returns the status."""
        self._socket.sendall(request)
        received = self._socket.recv(65536)
        while END_OF_HEAD not in received:
            received += self._more()
        head, _, body = received.partition(END_OF_HEAD)
        left = _content_length(head) - len(body)
        while left > 0:
            left -= len(self._more())
        return int(head[9:12])

    def _more(self) -> bytes:
        part = self._socket.recv(65536)
        if not part:
            raise ConnectionError("the server closed the connection")
        return part

    def close(self) -> None:
        self._socket.close()


def _content_length(head: bytes) -> int:
    lowered = head.lower()
    place = lowered.find(b"content-length:")
    if place < 0:
        raise ValueError("an answer without a length")
    return int(lowered[place + 15 :].split(b"\r\n", 1)[0])


class _Runner(threading.Thread):
    """One client at work."""

    def __init__(self, port: int, client: Client, began: float) -> None:
        super().__init__(daemon=True)
        self._connection = _Connection(port)
        self._requests = [request.encode("latin-1") for request in client.requests]
        self._client = client
        self._began = began
        self.sent: list[float] = []
        self.took: list[float] = []
        self.statuses: list[int] = []
        self.failed: Exception | None = None

    def run(self) -> None:
        """Send everything; what goes wrong is kept."""
        try:
            self._wait_until(self._began)
            if self._client.seconds:
                until = time.monotonic() + self._client.seconds
                while time.monotonic() < until:
                    self._ask(self._requests[len(self.sent) % len(self._requests)])
            else:
                for place, request in enumerate(self._requests):
                    if self._client.moments:
                        self._wait_until(self._began + self._client.moments[place])
                    self._ask(request)
        except (OSError, ValueError) as error:
            self.failed = error
        finally:
            self._connection.close()

    def _ask(self, request: bytes) -> None:
        self.sent.append(time.time())
        began = time.monotonic()
        status = self._connection.ask(request)
        self.took.append(time.monotonic() - began)
        self.statuses.append(status)

    @staticmethod
    def _wait_until(moment: float) -> None:
        time.sleep(max(0.0, moment - time.monotonic()))


def main() -> None:
    """Carry out the plan on standard input."""
    plan = json.load(sys.stdin)
    began = time.monotonic() + STARTING_SECONDS + 0.001 * len(plan["clients"])
    runners = [_Runner(plan["port"], Client(**client), began) for client in plan["clients"]]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()
    failed = [runner.failed for runner in runners if runner.failed]
    if failed:
        sys.exit(f"{len(failed)} clients failed, the first with {failed[0]!r}")
    result = {
        "sent": [runner.sent for runner in runners],
        "took": [runner.took for runner in runners],
        "statuses": [runner.statuses for runner in runners],
        "elapsed": time.monotonic() - began,
        "cpu_seconds": time.process_time(),
    }
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
