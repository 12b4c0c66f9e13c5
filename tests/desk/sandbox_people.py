"""What people do in the local workspace, over its own door."""

import requests

SECONDS = 10


class Sandbox:
    def __init__(self, url: str) -> None:
        self.url = url
        self.api_url = f"{url}/api/"
        self._session = requests.Session()

    def post(self, deed: str, **what):
        response = self._session.post(f"{self.url}/_sandbox/{deed}", json=what, timeout=SECONDS)
        assert response.status_code == 200, response.text
        return response.json()

    def get(self, what: str, **query):
        response = self._session.get(f"{self.url}/_sandbox/{what}", params=query, timeout=SECONDS)
        assert response.status_code == 200, response.text
        return response.json()

    def messages(self, channel_id: str) -> list[dict]:
        return self.get("messages", channel=channel_id)["messages"]

    def channel(self, channel_id: str) -> dict:
        return next(channel for channel in self.get("state")["channels"] if channel["id"] == channel_id)

    def calls(self) -> list[str]:
        return [call["method"] for call in self.get("calls")["calls"]]

    def forget_calls(self) -> None:
        self._session.delete(f"{self.url}/_sandbox/calls", timeout=SECONDS)

    def fault(self, method: str, kind: str, **how) -> None:
        self.post("faults", method=method, kind=kind, **how)

    def in_channel(self, op: str, channel_id: str, user: str = "UADMIN0001", **more) -> None:
        self.post("act/channel", user=user, op=op, channel=channel_id, **more)

    def delete_message(self, channel_id: str, ts: str) -> None:
        response = self._session.delete(
            f"{self.url}/_sandbox/act/message",
            json={"user": "UADMIN0001", "channel": channel_id, "ts": ts},
            timeout=SECONDS,
        )
        assert response.status_code == 200, response.text

    def edit_message(self, channel_id: str, ts: str, text: str) -> None:
        response = self._session.put(
            f"{self.url}/_sandbox/act/message",
            json={"user": "UADMIN0001", "channel": channel_id, "ts": ts, "text": text},
            timeout=SECONDS,
        )
        assert response.status_code == 200, response.text
