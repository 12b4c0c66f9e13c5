"""Starts the real processes for a scenario, on free ports with data of their own, and ends each by its ID."""

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import requests

ROOT = Path(__file__).parents[2]
COMMON = {
    "PYTHONUNBUFFERED": "1",
    "SSL_CERT_FILE": os.devnull,  # aiohttp reads all certificates twice when it is imported, and nobody speaks TLS here
}
START_SECONDS = 40
STOP_SECONDS = 8

# Processes keep their compiled code, as where they are installed: compiling takes a seventh of their starts.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

_next_port = 20_000 + os.getpid() * 97 % 11_000


def free_port() -> int:
    """A free port below the range from which the kernel serves outgoing connections: nobody takes it by chance."""
    global _next_port  # noqa: PLW0603 - one counter a test process
    while True:
        _next_port += 1
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", _next_port))
            except OSError:
                continue
            return _next_port


def wait_for(condition, what="the condition", seconds=20.0):
    """Ask `condition` until its answer is true, and return the answer. Fails with the last answer after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > deadline:
            message = f"{what} did not come true within {seconds} s; last answer: {answer!r}"
            raise AssertionError(message)
        time.sleep(0.02)


@dataclass
class Process:
    """One real process: started, stopped, killed and started again."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log_path: Path
    ready_url: str
    ready_status: int = 200
    popen: subprocess.Popen | None = None
    starts: int = field(default=0)
    directory: Path = ROOT

    def start(self, *, wait: bool = True) -> None:
        with self.log_path.open("ab") as log:
            self.popen = subprocess.Popen(
                self.command, cwd=self.directory, env=self.environment, stdout=log, stderr=subprocess.STDOUT
            )
        self.starts += 1
        if wait:
            self.wait_ready()

    def wait_ready(self) -> None:
        def ready() -> bool:
            assert self.popen.poll() is None, f"{self.name} ended with {self.popen.returncode}:\n{self.log()}"
            try:
                return requests.get(self.ready_url, timeout=5).status_code == self.ready_status
            except requests.RequestException:
                return False

        try:
            wait_for(ready, f"{self.name} being ready", START_SECONDS)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.log()}") from None

    def kill(self) -> None:
        """SIGKILL: no clean-up of any kind."""
        self.popen.send_signal(signal.SIGKILL)
        self.popen.wait(STOP_SECONDS)

    def stop(self) -> float:
        """SIGTERM, and the seconds the process took to end."""
        began = time.monotonic()
        self.popen.send_signal(signal.SIGTERM)
        self.popen.wait(STOP_SECONDS)
        return time.monotonic() - began

    def end(self) -> None:
        """Make sure that it is gone, gracefully if it still can."""
        if self.popen is None or self.popen.poll() is not None:
            return
        try:
            self.stop()
        except subprocess.TimeoutExpired:
            self.kill()

    def log(self) -> str:
        return self.log_path.read_text(errors="replace")[-8000:]


class Stack:
    """Local workspace, webhook server and bot, as `make run` starts them; Slack's rate limits only with `limits`."""

    def __init__(self, directory: Path, *, limits: bool = False, **settings: str) -> None:
        ports = {name: str(free_port()) for name in ("SK_SANDBOX_PORT", "SK_PORT", "SK_BOT_PORT")}
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("SK_", "SLACK_"))}
        self.settings = {
            **ports,
            "SK_DATA_DIR": str(directory / "data"),
            "SK_APP_TOKEN": "app-token-of-the-tests",
            "SK_KEY_ID": "key-of-the-tests",
            "SK_SECRET": "secret-of-the-tests-that-is-long-enough",
            **settings,
        }
        environment = {**inherited, **self.settings, **COMMON}
        self.sandbox_url = f"http://127.0.0.1:{ports['SK_SANDBOX_PORT']}"
        self.server_url = f"http://127.0.0.1:{ports['SK_PORT']}"
        self.bot_url = f"http://127.0.0.1:{ports['SK_BOT_PORT']}"
        python = sys.executable
        errbot = str(Path(python).with_name("errbot"))

        def process(name: str, command: list[str], ready: str) -> Process:
            return Process(name, command, environment, directory / f"{name}.log", ready)

        self.sandbox = process(
            "sandbox",
            [
                *(python, "-m", "sandbox", "--state", str(directory / "sandbox.json")),
                *(() if limits else ("--no-limits",)),
            ],
            f"{self.sandbox_url}/_sandbox/state",
        )
        self.server = process("server", [python, "-m", "webhook_server"], f"{self.server_url}/readyz")
        self.bot = process("bot", [errbot, "-c", "config.py"], f"{self.bot_url}/readyz")
        self.processes = (self.sandbox, self.server, self.bot)

    def start(self) -> "Stack":
        for process in self.processes:
            process.start(wait=False)
        for process in self.processes:
            process.wait_ready()
        return self

    def end(self) -> None:
        for process in reversed(self.processes):
            process.end()

    def logs(self) -> str:
        return "\n".join(f"──── {process.name}\n{process.log()}" for process in self.processes)
