"""The local workspace in a measurement's hands: what agents type, what it has seen, how slow it is."""

import re
import time
from collections import Counter
from typing import Any

import requests

BOT_TOKEN = "xoxb-sandbox"
ALICE = "UALICE0001"
MARKER = re.compile(r"m[0-9a-f]+-[0-9]+-[0-9]+")
"""What each measured text holds, so that it is known again: made by `marker`."""

PATIENCE_SECONDS = 120.0
_LOOK_SECONDS = 0.1


def marker(client: int, number: int) -> str:
    """A word that no other text of this run holds."""
    return f"m{time.time_ns():x}-{client}-{number}"


class Workspace:
    """One local workspace, at `url`."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._http = requests.Session()

    def create_channel(self, name: str) -> str:
        """A channel with the bot and Alice in it; returns its ID."""
        channel_id = str(self._api("conversations.create", name=name)["channel"]["id"])
        self._api("conversations.invite", channel=channel_id, users=ALICE)
        return channel_id

    def let_join(self, channel_id: str) -> None:
        """Have the bot be a member of this channel."""
        self._api("conversations.join", channel=channel_id)

    def be_slow(self, seconds: float) -> None:
        """Answer each call so much later; 0 takes that back."""
        self._asked("DELETE", "faults")
        if seconds:
            self._asked("POST", "faults", json={"method": "*", "kind": "slow", "seconds": seconds, "times": 10**9})

    def forget_calls(self) -> None:
        """Empty the log of calls."""
        self._asked("DELETE", "calls")

    def calls(self) -> list[dict[str, Any]]:
        """What the app has asked since."""
        calls: list[dict[str, Any]] = self._asked("GET", "calls")["calls"]
        return calls

    def visible(self) -> dict[str, float]:
        """When each marked text came to stand in a channel, by its marker, since the log was emptied."""
        return visible_in(self.calls())

    def command(self, channel_id: str, text: str) -> None:
        """Alice types `/sk TEXT`; returns when Slack has the acknowledgement."""
        told = self._asked(
            "POST", "act/command", json={"user": ALICE, "channel": channel_id, "command": "/sk", "text": text}
        )
        if told["outcome"] != "ok":
            raise RuntimeError(f"/sk was not acknowledged: {told}")

    def wait_for(self, channel_id: str, word: str, seconds: float = PATIENCE_SECONDS) -> None:
        """Wait until the channel shows `word`.

        Raises:
            TimeoutError: it does not.
        """
        until = time.monotonic() + seconds
        while word not in self._http.get(f"{self._url}/_sandbox/messages", params={"channel": channel_id}).text:
            if time.monotonic() > until:
                raise TimeoutError(f"{word} did not come to stand in {channel_id} within {seconds} s")
            time.sleep(_LOOK_SECONDS)

    def channels(self) -> dict[str, str]:
        """All channels' IDs, by name."""
        return {channel["name"]: channel["id"] for channel in self._asked("GET", "state")["channels"]}

    def _asked(self, method: str, path: str, **more: Any) -> Any:
        answer = self._http.request(method, f"{self._url}/_sandbox/{path}", timeout=60, **more)
        answer.raise_for_status()
        return answer.json()

    def _api(self, method: str, **arguments: str) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {BOT_TOKEN}"}
        answer = self._http.post(f"{self._url}/api/{method}", data=arguments, headers=headers, timeout=60).json()
        if not answer["ok"]:
            raise RuntimeError(f"{method}: {answer['error']}")
        return dict(answer)


def visible_in(calls: list[dict[str, Any]]) -> dict[str, float]:
    """When each marked text came to stand in a channel: a post's effect comes when it is answered."""
    found: dict[str, float] = {}
    for call in calls:
        if call["method"] == "chat.postMessage" and call["ok"]:
            texts = f"{call['args'].get('text', '')} {call['args'].get('blocks') or ''}"
            for word in MARKER.findall(texts):
                found.setdefault(word, call["at"] + call["ms"] / 1000)
    return found


def counted(calls: list[dict[str, Any]]) -> dict[str, int]:
    """How often each method was called."""
    return dict(Counter(call["method"] for call in calls))
