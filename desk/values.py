"""What the desk is asked and what it answers: public values, free of Slack's payloads."""

from dataclasses import dataclass
from typing import Any, Literal

from wire.ids import AgentId, ChannelId, Ts

RETRY_ACTION = "sk_retry"
"""`action_id` of a notice's Retry button; the button's value is the reply's message ID."""

SEND_AGAIN_ACTION = "sk_send_again"
"""`action_id` of the button that sends a text once more; its value is the message ID that it will have."""

SHOW_AGAIN_ACTION = "sk_show_again"
"""`action_id` of the button under a message that Slack refused; its value is that message's ID."""

SEND_CANNED_ACTION = "sk_send_canned"
"""`action_id` of the button that sends a previewed answer; its value is the message ID that it will have."""

CANCEL_CANNED_ACTION = "sk_cancel_canned"
"""`action_id` of the button that forgets a previewed answer; the value is the same."""

SEND_TO_APP_USER = "sk_send_to_app_user"
"""`callback_id` of the message shortcut, and of its form; `action_id` of the button that sends what is missing."""


@dataclass(frozen=True)
class Typed:
    r"""A person typed a command.

    `text` is what follows `/sk ` or `!sk `, exactly as Slack sent it: escaped, newlines kept; `!profile` typed alone is
    the text `!profile`. `request_id` is `slash:{trigger_id}` or `message:{channel_id}:{ts}`: Slack's repetition of a
    request has the same one.
    """

    agent_id: AgentId
    channel_id: ChannelId
    text: str
    request_id: str


@dataclass(frozen=True)
class Press:
    """A person pressed a button on the desk's message at `message_ts`.

    In a `view` it has neither channel nor message. `trigger_id` lets a dialog be opened within three seconds.
    """

    agent_id: AgentId
    channel_id: ChannelId
    message_ts: Ts
    action_id: str
    value: str
    view: Literal["home", "modal"] | None = None
    trigger_id: str = ""


@dataclass(frozen=True)
class Shortcut:
    """A person chose a shortcut in the menu of the message at `message_ts`.

    `thread_ts` is the thread that it stands in, if any. `trigger_id` lets a form be opened, for three seconds.
    """

    agent_id: AgentId
    channel_id: ChannelId
    message_ts: Ts
    callback_id: str
    trigger_id: str
    thread_ts: Ts | None = None


@dataclass(frozen=True)
class Submission:
    """A person sent a form of the desk's. `metadata` is what the desk wrote into it."""

    agent_id: AgentId
    callback_id: str
    metadata: str


@dataclass(frozen=True)
class Answer:
    """What the caller alone gets to see, in Slack's mrkdwn; empty text = nothing to say.

    `carried_out`: the ledger has the reply, or what was asked for is shown. `instead`: it takes the place of what the
    pressed button stands on, which the presser alone saw; without a text that just goes. `view` is what a form that was
    sent says from now on; without one it closes.
    """

    text: str
    blocks: tuple[dict[str, Any], ...] = ()
    carried_out: bool = False
    instead: bool = False
    view: dict[str, Any] | None = None


ChannelChangeKind = Literal["archived", "unarchived", "deleted", "renamed", "left"]
"""What Slack reports of a channel; `left`: the bot was removed from it."""


@dataclass(frozen=True)
class ChannelChange:
    """Slack reported a change of a channel, ours or not. `name` is the new one of a renamed channel."""

    channel_id: ChannelId
    kind: ChannelChangeKind
    name: str | None = None
