"""The script a good engineer would write instead: Slack Bolt, Flask and SQLite, in one process, nothing durable.

An app user's message is posted to their channel while the app's backend waits for the answer; `/sk TEXT` goes to the
app's webhook, then a notice says so. What fails is lost: nothing is queued, nothing is tried again but what Slack asks
to wait for. Calls per message and per reply: one.
"""

import os
import sqlite3
import sys
import threading
import time
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import jwt
import requests
import waitress  # type: ignore[import-untyped]
from flask import Flask, request
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

THREADS = 32
RATE_LIMIT_RETRIES = 10
SCHEMA = """
CREATE TABLE IF NOT EXISTS channels (user_id TEXT PRIMARY KEY, channel_id TEXT UNIQUE, name TEXT);
CREATE TABLE IF NOT EXISTS messages (id TEXT PRIMARY KEY, user_id TEXT, role TEXT, text TEXT, received REAL);
"""


class Store:
    """SQLite, a connection a thread; what was written last may be lost with the machine's power."""

    def __init__(self, path: str | Path) -> None:
        self._path = path
        self._local = threading.local()
        self._db.executescript(SCHEMA)

    @property
    def _db(self) -> sqlite3.Connection:
        if not hasattr(self._local, "db"):
            self._local.db = sqlite3.connect(self._path, isolation_level=None, timeout=10)
            self._local.db.execute("PRAGMA journal_mode=WAL")
            self._local.db.execute("PRAGMA synchronous=OFF")
        db: sqlite3.Connection = self._local.db
        return db

    def channel_of(self, user_id: str) -> str | None:
        """The app user's channel."""
        row = self._db.execute("SELECT channel_id FROM channels WHERE user_id = ?", (user_id,)).fetchone()
        return row[0] if row else None

    def user_of(self, channel_id: str) -> str | None:
        """The app user of a channel."""
        row = self._db.execute("SELECT user_id FROM channels WHERE channel_id = ?", (channel_id,)).fetchone()
        return row[0] if row else None

    def remember(self, channels: Iterable[tuple[str, str, str]]) -> None:
        """Keep app users' IDs with their channels' IDs and names."""
        self._db.execute("BEGIN")
        self._db.executemany("INSERT INTO channels VALUES (?, ?, ?)", channels)
        self._db.execute("COMMIT")

    def add(self, user_id: str, role: str, text: str) -> dict[str, Any]:
        """Keep a message."""
        message = {"_id": uuid.uuid4().hex, "authorId": user_id, "role": role, "text": text, "received": time.time()}
        row = (message["_id"], user_id, role, text, message["received"])
        self._db.execute("INSERT INTO messages VALUES (?, ?, ?, ?, ?)", row)
        return message


class Script:
    """Both ways through."""

    def __init__(self, store: Store, client: WebClient, webhook: str, agents: list[str]) -> None:
        self._store = store
        self._client = client
        self._webhook = webhook
        self._agents = agents
        self._names: dict[str, str] = {}
        self._opening = threading.Lock()
        self._http = requests.Session()

    def relay(self, user_id: str, text: str, name: str | None) -> dict[str, Any]:
        """Post an app user's words."""
        channel_id = self._store.channel_of(user_id) or self._open(user_id, name or user_id)
        message = self._store.add(user_id, "appUser", text)
        shown = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        self._client.chat_postMessage(
            channel=channel_id, text=shown, username=name, mrkdwn=False, unfurl_links=False, unfurl_media=False
        )
        return message

    def reply(self, channel_id: str, agent_id: str, text: str) -> str | None:
        """Send an agent's words to the app; returns what went wrong."""
        user_id = self._store.user_of(channel_id)
        if user_id is None:
            return "This is no app user's channel."
        name = self._name(agent_id)
        message = self._store.add(user_id, "appMaker", text) | {"name": name}
        body = {"trigger": "message:appMaker", "messages": [message], "appUser": {"userId": user_id}, "version": "v1"}
        answer = self._http.post(self._webhook, json=body, timeout=20)
        if not answer.ok:
            return f"The app answered {answer.status_code}."
        self._client.chat_postMessage(channel=channel_id, text=f"*{name} replied:* {text}")
        return None

    def _open(self, user_id: str, name: str) -> str:
        with self._opening:
            known = self._store.channel_of(user_id)
            if known:
                return known
            made = self._client.conversations_create(name=f"sk-{user_id.lower()}"[:80])
            channel_id = str(made["channel"]["id"])
            if self._agents:
                self._client.conversations_invite(channel=channel_id, users=self._agents)
            self._store.remember([(user_id, channel_id, name)])
            self._client.chat_postMessage(channel="general", text=f"{name} started a conversation in <#{channel_id}>")
            return channel_id

    def _name(self, agent_id: str) -> str:
        if agent_id not in self._names:
            user = self._client.users_info(user=agent_id)["user"]
            self._names[agent_id] = user["profile"]["real_name"]
        return self._names[agent_id]


def create_app(script: Script, key_id: str, secret: str) -> Flask:
    """The way in for the app's backend."""
    app = Flask("direct", static_folder=None)

    @app.get("/readyz")
    def readyz() -> dict[str, str]:
        return {"status": "ready"}

    @app.post("/v1/appusers/<user_id>/messages")
    def take(user_id: str) -> tuple[dict[str, Any], int]:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            claims = jwt.decode(token, secret, ["HS256"])
        except jwt.InvalidTokenError:
            return {"error": {"code": "unauthorized"}}, 401
        if jwt.get_unverified_header(token).get("kid") != key_id or claims.get("scope") != "app":
            return {"error": {"code": "unauthorized"}}, 401
        body = request.get_json()
        return {"message": script.relay(user_id, body["text"], body.get("name"))}, 201

    return app


def create_bot(script: Script, client: WebClient) -> App:
    """The way in for agents."""
    bot = App(client=client)

    @bot.command("/sk")
    def sk(ack: Any, command: dict[str, str], respond: Any) -> None:
        ack()
        problem = script.reply(command["channel_id"], command["user_id"], command["text"])
        if problem:
            respond(problem)

    return bot


def main() -> None:
    """Serve on the port given until SIGTERM."""
    environ = os.environ
    handlers: list[Any] = [RateLimitErrorRetryHandler(max_retry_count=RATE_LIMIT_RETRIES)]
    client = WebClient(environ["SLACK_BOT_TOKEN"], environ["SLACK_API_URL"], retry_handlers=handlers)
    agents = [agent for agent in environ.get("SK_INVITE", "").split(",") if agent]
    script = Script(Store(environ["DIRECT_DATABASE"]), client, environ["DIRECT_WEBHOOK"], agents)
    SocketModeHandler(create_bot(script, client), environ["SLACK_APP_TOKEN"]).connect()  # type: ignore[no-untyped-call]
    app = create_app(script, environ["SK_KEY_ID"], environ["SK_SECRET"])
    waitress.serve(app, host="127.0.0.1", port=int(sys.argv[1]), threads=THREADS, connection_limit=4000)


if __name__ == "__main__":
    main()
