"""The systems that are measured, each with processes and a local workspace of its own."""

import json
import os
import shutil
import sys
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Self

import jwt
import psutil
import requests

from bench import known
from bench.direct import Store
from bench.known import Talker
from bench.workspace import ALICE, BOT_TOKEN, Workspace
from tests.support.processes import Process, free_port

KEY_ID, SECRET = "key-of-the-bench", "secret-of-the-bench-that-is-long-enough"
APP_TOKEN = "app-token-of-the-bench"
MEGABYTE = 1024 * 1024


class System(ABC):
    """Whoever takes messages. `talkers` are known app users whose channels its workspace has."""

    name: str
    port: int
    workspace: Workspace
    talkers: tuple[Talker, ...]

    def __init__(self) -> None:
        self.directory = Path(tempfile.mkdtemp(prefix="sk-bench-"))
        self.port = free_port()
        self.talkers = ()
        token = jwt.encode({"scope": "app"}, SECRET, "HS256", headers={"kid": KEY_ID})
        self.authorization = f"Bearer {token}"
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("SK_", "SLACK_"))}
        self.environment = {
            **inherited,
            "PYTHONUNBUFFERED": "1",
            "SK_KEY_ID": KEY_ID,
            "SK_SECRET": SECRET,
            "SK_APP_TOKEN": APP_TOKEN,
            "SK_PORT": str(self.port),
            "SK_INVITE": ALICE,
            "SK_DATA_DIR": str(self.directory / "data"),
        }

    @property
    @abstractmethod
    def processes(self) -> Sequence[Process]:
        """In the order in which they start."""

    @property
    def own_processes(self) -> Sequence[Process]:
        """Those whose memory counts."""
        return self.processes

    def end(self) -> None:
        """End all processes, by their IDs, and remove what they wrote."""
        for process in reversed(self.processes):
            process.end()
        shutil.rmtree(self.directory, ignore_errors=True)

    def __enter__(self) -> Self:
        """Begin, or leave nothing behind."""
        try:
            self.prepare()
        except BaseException:
            self.end()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """End everything."""
        self.end()

    @abstractmethod
    def prepare(self) -> None:
        """Get everything ready that is not started by the measurement itself."""

    def message(self, user_id: str, text: str) -> str:
        """A request that posts `text` for this app user."""
        body = json.dumps({"role": "appUser", "text": text})
        return (
            f"POST /v1/appusers/{user_id}/messages HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Authorization: {self.authorization}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        )

    def memory(self) -> float:
        """Megabytes that its own processes hold."""
        held = [psutil.Process(process.popen.pid).memory_info().rss for process in self.own_processes if process.popen]
        return sum(held) / MEGABYTE

    def processor_seconds(self) -> float:
        """What its own processes have had of a processor since they began."""
        used = [psutil.Process(process.popen.pid).cpu_times() for process in self.own_processes if process.popen]
        return sum(times.user + times.system for times in used)

    def _process(self, name: str, command: Sequence[str], ready_url: str, **environment: str) -> Process:
        environ = {**self.environment, **environment}
        return Process(name, list(command), environ, self.directory / f"{name}.log", ready_url)


class Floor(System):
    """A bare Flask handler."""

    name = "floor"

    def __init__(self) -> None:
        super().__init__()
        command = [sys.executable, "-m", "bench.floor", str(self.port)]
        self._floor = self._process("floor", command, f"http://127.0.0.1:{self.port}/readyz")

    def prepare(self) -> None:
        """Start it."""
        self._floor.start()

    @property
    def processes(self) -> Sequence[Process]:
        """The one."""
        return (self._floor,)


class _WithWorkspace(System):
    def __init__(self, *, talkers: int, limits: bool) -> None:
        super().__init__()
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "sandbox", *([] if limits else ["--no-limits"])]
        self._sandbox = self._process("sandbox", command, f"{url}/_sandbox/state", SK_SANDBOX_PORT=str(port))
        self.environment |= {"SK_SANDBOX_PORT": str(port)}
        self.workspace = Workspace(url)
        self._slack_url = f"{url}/api/"
        self._talkers = talkers

    def prepare(self) -> None:
        """Start the workspace, and have it know the talkers' channels."""
        self._sandbox.start()
        self.talkers = tuple(
            replace(talker, channel_id=self.workspace.create_channel(talker.channel_name))
            for talker in map(Talker, range(1, self._talkers + 1))
        )


class Direct(_WithWorkspace):
    """The script that calls Slack directly, see `bench/direct.py`."""

    name = "direct"

    def __init__(self, *, talkers: int, webhook: str = "", limits: bool = False) -> None:
        super().__init__(talkers=talkers, limits=limits)
        self._database = self.directory / "direct.sqlite3"
        self._direct = self._process(
            "direct",
            [sys.executable, "-m", "bench.direct", str(self.port)],
            f"http://127.0.0.1:{self.port}/readyz",
            DIRECT_DATABASE=str(self._database),
            DIRECT_WEBHOOK=webhook,
            SLACK_API_URL=self._slack_url,
            SLACK_BOT_TOKEN=BOT_TOKEN,
            SLACK_APP_TOKEN="xapp-sandbox",
        )

    def prepare(self) -> None:
        """Let it know the talkers, and start it."""
        super().prepare()
        rows = [(talker.user_id, talker.channel_id, f"Talker {talker.number}") for talker in self.talkers]
        Store(self._database).remember(rows)
        self._direct.start()

    @property
    def processes(self) -> Sequence[Process]:
        """Workspace and script."""
        return (self._sandbox, self._direct)

    @property
    def own_processes(self) -> Sequence[Process]:
        """The script."""
        return (self._direct,)


class Ours(_WithWorkspace):
    """The webhook server and the bot. `known_users` counts all, `talkers` those of them that write.

    With `limits` the workspace has Slack's, and the bot keeps to them; else both go as fast as they can.
    """

    name = "ours"

    def __init__(self, *, talkers: int, known_users: int = 0, webhook: str = "", limits: bool = False) -> None:
        super().__init__(talkers=talkers, limits=limits)
        self._known_users = known_users
        bot_port = free_port()
        self.environment |= {"SK_BOT_PORT": str(bot_port)}
        self.data_dir = self.directory / "data"
        errbot = str(Path(sys.executable).with_name("errbot"))
        command = [errbot] if limits else [sys.executable, "-m", "bench.unpaced_bot"]
        server_url = f"http://127.0.0.1:{self.port}"
        self.server = self._process("server", [sys.executable, "-m", "webhook_server"], f"{server_url}/readyz")
        self.bot = self._process("bot", [*command, "-c", "config.py"], f"http://127.0.0.1:{bot_port}/readyz")
        self._url = server_url
        self._webhook = webhook

    def prepare(self) -> None:
        """Let them know all known users."""
        super().prepare()
        others = map(Talker, range(self._talkers + 1, self._known_users + 1))
        known.fill(self.data_dir, [*self.talkers, *others])
        self.workspace.let_join(known.DISPATCH)

    def start(self) -> Self:
        """Start both processes and wait until they can work."""
        self.server.start()
        if self._webhook:
            self._add_webhook()
        self.bot.start()
        return self

    @property
    def processes(self) -> Sequence[Process]:
        """Workspace, webhook server and bot."""
        return (self._sandbox, self.server, self.bot)

    @property
    def own_processes(self) -> Sequence[Process]:
        """Webhook server and bot."""
        return (self.server, self.bot)

    def _add_webhook(self) -> None:
        answer = requests.post(
            f"{self._url}/v1/webhooks",
            json={"target": self._webhook, "triggers": ["message:appMaker"]},
            headers={"Authorization": self.authorization},
            timeout=10,
        )
        answer.raise_for_status()
