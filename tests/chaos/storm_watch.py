"""Reads what every side saw: the workspace and its logs, the App API, the app's backend."""

import threading
from collections.abc import Iterable, Iterator

import requests
from people import GENERAL, App, Slack, shown
from storm_history import MESSAGE, Call, Conversation, Envelope, Post, Stored

POLL_SECONDS = 5.0
OVERLAP_SECONDS = 70.0
"""A call that is under way ends within a minute: what began so long ago is read again."""


class Watch:
    """Keeps the workspace's logs, which forget: reads them every few seconds while the storm lasts."""

    def __init__(self, slack: Slack, over: threading.Event) -> None:
        self._slack = slack
        self._over = over
        self.calls: dict[str, Call] = {}
        self.envelopes: dict[str, Envelope] = {}

    def keep_watch(self) -> None:
        """Until the storm is over."""
        while not self._over.wait(POLL_SECONDS):
            self.look()

    def look(self) -> None:
        """Read the logs now."""
        latest = max((call.began for call in self.calls.values()), default=OVERLAP_SECONDS)
        for call in self._slack.calls(since=latest - OVERLAP_SECONDS):
            self.calls[call["id"]] = _call(call)
        for delivery in self._slack.envelopes():
            for envelope in _envelopes(delivery):
                self.envelopes[envelope.envelope_id] = envelope


def posts(slack: Slack, channels: Iterable[str]) -> tuple[Post, ...]:
    """What the bot posted there and in the dispatch channel."""
    return tuple(
        _post(channel_id, message)
        for channel_id in (GENERAL, *channels)
        for message in slack.messages(channel_id)
        if message.get("bot_id")
    )


def conversation(app: App, user_id: str, name: str) -> Conversation | None:
    """All messages of one app user, page by page; nothing for somebody who never got to write."""
    stored: list[Stored] = []
    url: str | None = f"{app.base}/appusers/{user_id}/messages?after=0"
    with requests.Session() as http:
        while url:
            answer = http.get(url, headers=app.backend, timeout=20)
            if answer.status_code == 404:
                return None
            assert answer.ok, answer.text
            page = answer.json()
            stored += [Stored(m["_id"], m["role"], m["text"], m["received"]) for m in page["messages"]]
            url = page.get("next")
    return Conversation(name, tuple(stored))


def _post(channel_id: str, message: dict) -> Post:
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    kind = str(metadata.get("event_type", ""))
    return Post(
        channel_id=channel_id,
        ts=message["ts"],
        kind=kind,
        ids=tuple(payload.get("message_ids") or payload.get("ids") or ()),
        text=message["text"] if kind == MESSAGE else shown({"blocks": message.get("blocks"), "text": ""}),
        part=payload.get("part", 0),
        live=tuple(message["x_live_mentions"]),
        call_id=message.get("x_call_id") or "",
    )


def _call(call: dict) -> Call:
    return Call(
        call_id=call["id"],
        method=call["method"],
        channel_id=str(call["args"].get("channel") or ""),
        began=call["at"],
        ended=call["at"] + (call["ms"] or 0.0) / 1000,
        status=call["status"] or 0,
        fault=call["fault"] or "",
        retry_after=float(call["retry_after"] or 0),
    )


def _envelopes(delivery: dict) -> Iterator[Envelope]:
    """Each sending of a payload; one that was followed by another stayed without an answer for its 3 s."""
    last = len(delivery["envelope_ids"]) - 1
    for number, (envelope_id, sent) in enumerate(zip(delivery["envelope_ids"], delivery["sent_at"], strict=True)):
        after = delivery["acked_after_seconds"] if number == last else None
        yield Envelope(envelope_id, delivery["type"], sent, None if after is None else sent + after)
