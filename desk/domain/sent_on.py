"""A message of the channel that somebody sends on to the app user: what goes, what does not, and how it is named."""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from wire.ids import AppUserId, ChannelId, MessageId, Ts, reply_id
from wire.uploads import FILE_BYTES

Obstacle = Literal["", "gone", "elsewhere", "withheld", "page", "empty", "too_large"]
"""Why a file cannot be sent: it was deleted, lies outside of Slack, Slack does not give it out, it is a canvas, a list
or a post, which have no bytes that an app could show, there is nothing in it, or too much."""

TEXT = "text"
"""Names the part that is no file."""
WHOLE = "whole"
"""Names all parts together."""


@dataclass(frozen=True)
class Attached:
    """A file that a message in Slack brings. `url` gives its bytes to the bot; `size` is in bytes."""

    file_id: str
    name: str
    type: str
    size: int
    url: str = ""
    hindered: Obstacle = ""

    @property
    def obstacle(self) -> Obstacle:
        """Why it cannot be sent; empty: it can."""
        if self.hindered:
            return self.hindered
        if not self.size:
            return "empty"
        return "too_large" if self.size > FILE_BYTES else ""


@dataclass(frozen=True)
class Content:
    """What a message holds, its text as the app user gets it."""

    text: str
    files: tuple[Attached, ...] = ()

    @property
    def goes(self) -> bool:
        """Whether there is anything to send."""
        return bool(self.text.strip() or self.sendable)

    @property
    def sendable(self) -> tuple[Attached, ...]:
        """The files that go."""
        return tuple(file for file in self.files if not file.obstacle)

    @property
    def digest(self) -> str:
        """The same for the same content: what was previewed can be told from what stands there now."""
        told = [self.text, *([file.file_id, file.name, file.size, file.obstacle] for file in self.files)]
        return sha256(json.dumps(told).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Order:
    """What was previewed: a message, its content's digest, and for whom. Without any content: Slack keeps it.

    `thread_ts` is the thread that the message stands in, if it stands in one.
    """

    channel_id: ChannelId
    ts: Ts
    app_user_id: AppUserId
    digest: str
    thread_ts: Ts | None = None

    def dump(self) -> str:
        """As it goes through Slack, in a form or a button. Whoever reads it may rely on `channel_id`."""
        return json.dumps(
            {
                "channel_id": self.channel_id,
                "ts": self.ts,
                "thread_ts": self.thread_ts or "",
                "app_user_id": self.app_user_id,
                "digest": self.digest,
            },
            separators=(",", ":"),
        )

    def reply_id(self, part: str) -> MessageId:
        """The ID of the reply that brings a part, TEXT or a file: the same content, the same ID."""
        return reply_id(f"shortcut:{self.channel_id}:{self.ts}:{self.digest}:{part}")


def read_order(dumped: str) -> Order | None:
    """The order that `Order.dump` wrote; None: nobody did."""
    try:
        told = json.loads(dumped)
        texts = {key: told[key] for key in ("channel_id", "ts", "thread_ts", "app_user_id", "digest")}
    except (ValueError, KeyError, TypeError):
        return None
    if not all(isinstance(text, str) for text in texts.values()):
        return None
    return Order(
        ChannelId(texts["channel_id"]),
        Ts(texts["ts"]),
        AppUserId(texts["app_user_id"]),
        texts["digest"],
        Ts(texts["thread_ts"]) if texts["thread_ts"] else None,
    )
