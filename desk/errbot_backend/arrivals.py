"""What can arrive from Slack, as values."""

from dataclasses import dataclass
from typing import Literal

from wire.ids import AgentId, ChannelId, Ts

ChangeKind = Literal["archived", "unarchived", "deleted", "renamed", "left"]


@dataclass(frozen=True, slots=True)
class Me:
    """Who the bot is in its workspace."""

    user_id: AgentId
    bot_id: str


@dataclass(frozen=True, slots=True)
class SlashCommand:
    """Somebody typed `/sk TEXT`; `text` is as Slack sent it."""

    agent_id: AgentId
    channel_id: ChannelId
    text: str
    trigger_id: str
    response_url: str

    @property
    def key(self) -> str:
        """The same for every delivery of this command."""
        return f"slash:{self.trigger_id}"


@dataclass(frozen=True, slots=True)
class TypedMessage:
    """Somebody posted a message that begins with `!`."""

    agent_id: AgentId
    channel_id: ChannelId
    ts: Ts
    text: str
    thread_ts: Ts | None = None
    has_files: bool = False

    @property
    def key(self) -> str:
        """The same for every delivery of this message, whatever its event ID."""
        return f"message:{self.channel_id}:{self.ts}"


ViewKind = Literal["home", "modal"]


@dataclass(frozen=True, slots=True)
class ButtonPress:
    """Somebody pressed a button on a message.

    In a view there is neither channel nor message nor response_url; `view` says of which kind it is.
    """

    agent_id: AgentId
    channel_id: ChannelId
    message_ts: Ts
    action_id: str
    value: str
    trigger_id: str
    response_url: str
    view: ViewKind | None = None

    @property
    def key(self) -> str:
        """The same for every delivery of this press."""
        return f"press:{self.trigger_id}"

    @property
    def lane(self) -> str:
        """What it keeps its order among: the channel, or what the same person does in views."""
        return self.channel_id or view_lane(self.agent_id)


@dataclass(frozen=True, slots=True)
class HomeOpened:
    """Somebody opened the app's Home tab."""

    agent_id: AgentId

    @property
    def lane(self) -> str:
        """What it keeps its order among."""
        return view_lane(self.agent_id)


@dataclass(frozen=True, slots=True)
class ShortcutChosen:
    """Somebody chose a shortcut in a message's menu."""

    agent_id: AgentId
    channel_id: ChannelId
    message_ts: Ts
    callback_id: str
    trigger_id: str
    response_url: str
    thread_ts: Ts | None = None

    @property
    def key(self) -> str:
        """The same for every delivery of this choice."""
        return f"shortcut:{self.trigger_id}"


@dataclass(frozen=True, slots=True)
class FormSent:
    """Somebody sent a form of ours. `channel_id` is the channel that its `metadata` tells: it is about that one."""

    agent_id: AgentId
    channel_id: ChannelId
    callback_id: str
    metadata: str
    trigger_id: str

    @property
    def key(self) -> str:
        """The same for every delivery of this form."""
        return f"form:{self.trigger_id}"


@dataclass(frozen=True, slots=True)
class ChannelChanged:
    """A channel was archived, renamed and so on; `left`: the bot is no member any more."""

    channel_id: ChannelId
    kind: ChangeKind
    name: str | None = None


@dataclass(frozen=True, slots=True)
class PersonChanged:
    """Somebody's profile or standing changed."""

    agent_id: AgentId


@dataclass(frozen=True, slots=True)
class TokensRevoked:
    """Slack took our tokens back, or the app was uninstalled."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing to do; `reason` is for the log."""

    reason: str


Arrival = (
    SlashCommand
    | TypedMessage
    | ButtonPress
    | ShortcutChosen
    | FormSent
    | HomeOpened
    | ChannelChanged
    | PersonChanged
    | TokensRevoked
    | Nothing
)


def view_lane(agent_id: AgentId) -> str:
    """The lane of what somebody does in views."""
    return f"views:{agent_id}"
