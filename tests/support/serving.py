"""The real webhook server in a process of its own, for tests that ask it over the network."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import jwt
from processes import Process, free_port

APP_TOKEN = "app-token-of-the-tests"
KEY_ID = "key-of-the-tests"
SECRET = "secret-of-the-tests-that-is-long-enough"


@dataclass(frozen=True)
class Serving:
    """Where it is, and how to be let in."""

    url: str
    process: Process

    @staticmethod
    def jwt(**claims: str) -> str:
        return jwt.encode(claims, SECRET, "HS256", {"kid": KEY_ID})

    @property
    def as_app(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.jwt(scope='app')}"}

    def as_user(self, user_id: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.jwt(scope='appUser', userId=user_id)}"}


@contextmanager
def serving(directory: Path, **settings: str) -> Iterator[Serving]:
    """A server on a free port with fresh data in `directory`; no bot is there."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("SK_", "SLACK_"))}
    environment = {
        **inherited,
        "SK_PORT": str(port),
        "SK_BOT_PORT": str(free_port()),
        "SK_SANDBOX_PORT": str(free_port()),
        "SK_DATA_DIR": str(directory / "data"),
        "SK_APP_TOKEN": APP_TOKEN,
        "SK_KEY_ID": KEY_ID,
        "SK_SECRET": SECRET,
        "SK_ALLOW_PRIVATE_TARGETS": "1",
        **settings,
    }
    command = [sys.executable, "-m", "webhook_server"]
    process = Process("server", command, environment, directory / "server.log", f"{url}/readyz")
    process.start()
    try:
        yield Serving(url, process)
    finally:
        process.end()
