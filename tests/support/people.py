"""The people of a scenario: agents in Slack, users of the app, and the app's backend that receives webhooks."""

import json
import threading
import time
from base64 import b64encode
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
import requests
from processes import wait_for

ALICE, BRUNO, ADA = "UALICE0001", "UBRUNO0001", "UADMIN0001"
GUEST, STRANGER = "UGUEST0001", "USTRANGER1"
GENERAL = "CGENERAL01"


class Slack:
    """Slack as people see and use it, through the local workspace's people's side."""

    def __init__(self, url: str) -> None:
        self.url = f"{url}/_sandbox"
        self.http = requests.Session()

    def _get(self, path: str, **query: object) -> dict:
        answer = self.http.get(f"{self.url}/{path}", params=query, timeout=10)
        assert answer.ok, answer.text
        return answer.json()

    def _post(self, path: str, **body: object) -> dict:
        answer = self.http.post(f"{self.url}/{path}", json=body, timeout=30)
        assert answer.ok, answer.text
        return answer.json()

    def command(self, user: str, channel_id: str, text: str) -> dict:
        """`/sk TEXT`, typed by `user`; returns what Slack's client would show."""
        return self._post("act/command", user=user, channel=channel_id, command="/sk", text=text)

    def type_quickly(self, user: str, channel_id: str, texts: list[str]) -> list[dict]:
        """`/sk` once for each text, in this order, none waiting for the answer to the one before."""
        answers: list[dict] = [{}] * len(texts)

        def type_one(number: int) -> None:
            answers[number] = self.command(user, channel_id, texts[number])

        threads = [threading.Thread(target=type_one, args=(number,)) for number in range(len(texts))]
        for thread in threads:
            before = len(self._get("socket")["envelopes"])
            thread.start()
            wait_for(lambda: len(self._get("socket")["envelopes"]) > before, "the command on its way")  # noqa: B023
        for thread in threads:
            thread.join()
        return answers

    def say(self, user: str, channel_id: str, text: str, *files: tuple[str, bytes], **more: object) -> str:
        """Write in a channel; a file is its name and its bytes."""
        listed = [{"name": name, "content_base64": b64encode(content).decode()} for name, content in files]
        return self._post("act/message", user=user, channel=channel_id, text=text, files=listed, **more)["ts"]

    def choose(self, user: str, channel_id: str, ts: str, callback_id: str) -> dict:
        """Choose a shortcut in a message's menu."""
        return self._post("act/shortcut", user=user, channel=channel_id, ts=ts, callback_id=callback_id)

    def form(self, user: str) -> dict | None:
        """The form that is open before somebody."""
        forms = [view for view in self._get("views", user=user)["views"] if view["type"] == "modal"]
        return forms[-1] if forms else None

    def send_form(self, user: str, view_id: str) -> dict:
        """Press a form's button to send it."""
        return self._post("act/view", user=user, view_id=view_id)

    def edit(self, user: str, channel_id: str, ts: str, text: str) -> None:
        answer = self.http.put(
            f"{self.url}/act/message", json={"user": user, "channel": channel_id, "ts": ts, "text": text}, timeout=10
        )
        assert answer.ok, answer.text

    def press(self, user: str, channel_id: str, ts: str, action_id: str) -> dict:
        return self._post("act/action", user=user, channel=channel_id, ts=ts, action_id=action_id)

    def join(self, user: str, channel_id: str) -> None:
        self._post("act/channel", user=ADA, op="join", channel=channel_id)
        self._post("act/channel", user=ADA, op="invite", channel=channel_id, target=user)

    def channels(self) -> list[dict]:
        return self._get("state")["channels"]

    def user_channels(self) -> list[dict]:
        return [channel for channel in self.channels() if channel["name"].startswith("sk-")]

    def channel_named(self, name: str) -> dict:
        return wait_for(
            lambda: next((channel for channel in self.channels() if channel["name"] == name), None),
            f"a channel #{name}",
        )

    def conversation(self, name: str) -> str:
        """The ID of the channel #NAME, once the app user's first words stand there and the agents were invited."""
        channel = self.channel_named(name)
        wait_for(lambda: self.relayed(channel["id"]), "the first words in Slack")
        return str(channel["id"])

    def messages(self, channel_id: str) -> list[dict]:
        return self._get("messages", channel=channel_id)["messages"]

    def seen_by(self, user: str, channel_id: str) -> list[dict]:
        return self._get("ephemerals", user=user, channel=channel_id)["messages"]

    def relayed(self, channel_id: str) -> list[dict]:
        """What app users wrote, as it stands in the channel: posts that carry their message IDs."""
        return [m for m in self.messages(channel_id) if (m.get("metadata") or {}).get("event_type") == "sk_message"]

    def notices(self, channel_id: str) -> list[dict]:
        return [m for m in self.messages(channel_id) if (m.get("metadata") or {}).get("event_type") == "sk_notice"]

    def calls(self, **query: object) -> list[dict]:
        return self._get("calls", **query)["calls"]

    def envelopes(self) -> list[dict]:
        """What was sent over the app's lines, and how often and how fast it was acknowledged."""
        return self._get("socket")["envelopes"]

    def disturb(self, op: str) -> None:
        """Have something happen to the app's lines: `drop`, `hold`, `duplicate_next` and others."""
        self._post("socket", op=op)

    def order(self, method: str, kind: str, **details: object) -> None:
        """Order a fault."""
        self._post("faults", method=method, kind=kind, **details)

    def take_back_orders(self) -> None:
        """No fault that was ordered and has not come yet shall come."""
        self.http.delete(f"{self.url}/faults", timeout=10)

    def forget_calls(self) -> None:
        self.http.delete(f"{self.url}/calls", timeout=10)


def shown(message: dict) -> str:
    """Everything a person reads in a message: text and all texts in its blocks."""
    texts = [message.get("text") or ""]

    def walk(node: object) -> None:
        if isinstance(node, dict):
            if isinstance(node.get("text"), str):
                texts.append(node["text"])
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(message.get("blocks"))
    return "\n".join(texts)


class App:
    """The app: its users, and its backend with the app's key."""

    def __init__(self, server_url: str, settings: dict) -> None:
        self.base = f"{server_url}/v1"
        token = jwt.encode({"scope": "app"}, settings["SK_SECRET"], "HS256", headers={"kid": settings["SK_KEY_ID"]})
        self.backend = {"Authorization": f"Bearer {token}"}
        self.device = {"app-token": settings["SK_APP_TOKEN"]}

    def create(self, user_id: str, **profile: object) -> dict:
        return self.call("POST", "/appusers", {"userId": user_id, **profile})["appUser"]

    def write(self, user_id: str, text: str, **more: object) -> dict:
        body = {"role": "appUser", "text": text, **more}
        return self.call("POST", f"/appusers/{user_id}/messages", body)["message"]

    def messages(self, user_id: str) -> list[dict]:
        return self.call("GET", f"/appusers/{user_id}/messages")["messages"]

    def replies(self, user_id: str) -> list[str]:
        return [message["text"] for message in self.messages(user_id) if message["role"] == "appMaker"]

    def call(self, method: str, path: str, body: object = None) -> dict:
        answer = requests.request(method, self.base + path, json=body, headers=self.backend, timeout=20)
        assert answer.ok, f"{answer.status_code} {answer.text}"
        return answer.json()

    def webhook(self, target: str, *triggers: str) -> dict:
        body = {"target": target, "triggers": list(triggers or ("message:appMaker",))}
        return self.call("POST", "/webhooks", body)["webhook"]


class Receiver:
    """The app's backend as webhooks reach it. `answers` are the next status codes; then 200 for ever."""

    def __init__(self) -> None:
        self.received: list[tuple[dict, bytes]] = []
        self.tries: list[tuple[dict, bytes]] = []
        self.answers: list[int] = []
        self._lock = threading.Lock()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(receiver.note(dict(self.headers), body))
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self.url = f"http://127.0.0.1:{self._server.server_port}/hook"

    def note(self, headers: dict, body: bytes) -> int:
        with self._lock:
            self.tries.append((headers, body))
            status = self.answers.pop(0) if self.answers else 200
            if status == 200:
                self.received.append((headers, body))
            return status

    def texts(self) -> list[str]:
        with self._lock:
            return [message["text"] for _, body in self.received for message in json.loads(body)["messages"]]

    @contextmanager
    def running(self):
        self._thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()


def shown_all(messages: list[dict]) -> str:
    """Everything a person reads in all these messages."""
    return "\n".join(shown(message) for message in messages)


def unique(word: str) -> str:
    """A user ID or name that no other scenario uses."""
    return f"{word}-{time.time_ns():x}"
