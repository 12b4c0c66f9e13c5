"""What Slack says about people and channels, remembered for a while: only asked for when somebody needs a name."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from slack_sdk.web import WebClient

LIFE_SECONDS = 600.0
MOST_ENTRIES = 5_000


class Directory:
    """Cached lookups. Safe to use from many threads; they raise what slack_sdk raises."""

    def __init__(self, web: WebClient, now: Callable[[], float] = time.monotonic) -> None:
        self._web = web
        self._now = now
        self._lock = threading.Lock()
        self._entries: OrderedDict[tuple[str, str], tuple[float, Any]] = OrderedDict()

    def person(self, agent_id: str) -> dict[str, Any]:
        """users.info's `user`."""
        return self._get("person", agent_id, lambda: self._web.users_info(user=agent_id)["user"])

    def channel(self, channel_id: str) -> dict[str, Any]:
        """conversations.info's `channel`."""
        return self._get("channel", channel_id, lambda: self._web.conversations_info(channel=channel_id)["channel"])

    def forget_person(self, agent_id: str) -> None:
        """Look the person up anew next time."""
        self._forget("person", agent_id)

    def forget_channel(self, channel_id: str) -> None:
        """Look the channel up anew next time."""
        self._forget("channel", channel_id)

    def _forget(self, kind: str, slack_id: str) -> None:
        with self._lock:
            self._entries.pop((kind, slack_id), None)

    def _get(self, kind: str, slack_id: str, look_up: Callable[[], Any]) -> dict[str, Any]:
        with self._lock:
            found = self._entries.get((kind, slack_id))
        if found is not None and found[0] > self._now():
            return dict(found[1])
        answer = dict(look_up())  # without the lock: one slow answer must not hold up the others
        with self._lock:
            self._entries[kind, slack_id] = (self._now() + LIFE_SECONDS, answer)
            self._entries.move_to_end((kind, slack_id))
            if len(self._entries) > MOST_ENTRIES:
                self._entries.popitem(last=False)
        return dict(answer)
