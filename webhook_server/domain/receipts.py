"""How far an agent's reply is, judged from its hand-overs to webhooks."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from wire.ids import AgentId, AppUserId, ChannelId, MessageId, Ts

HandoverState = Literal["waiting", "done", "dead"]
State = Literal["sending", "waiting", "delivered", "read", "failed"]


@dataclass(frozen=True, slots=True)
class Leg:
    """One webhook's part in the delivery of a reply. `error` is its last failure."""

    state: HandoverState
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What the agent is told: the state, and the reason where something went wrong."""

    state: State
    reason: str | None = None


def standing(legs: Iterable[Leg], *, read: bool = False, fetched: bool = False) -> Standing:
    """The state of a reply whose hand-overs stand like `legs`. No webhook: it waits until the app has `fetched` it.

    One dead hand-over makes it failed, all done delivered; what the app user has `read` has arrived, whatever
    became of a webhook.
    """
    if read:
        return Standing("read")
    legs = tuple(legs)
    dead = [leg for leg in legs if leg.state == "dead"]
    waiting = [leg for leg in legs if leg.state == "waiting"]
    if dead:
        return Standing("failed", dead[0].error)
    if waiting:
        return Standing("sending", next((leg.error for leg in waiting if leg.error), None))
    return Standing("delivered" if legs or fetched else "waiting")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in Slack, as the bot told. Kept for the bot, never read."""

    channel_id: ChannelId
    ts: Ts


@dataclass(frozen=True, slots=True)
class Speaker:
    """The agent who replied, as the bot named them."""

    agent_id: AgentId
    name: str
    avatar_url: str | None = None


@dataclass(frozen=True, slots=True)
class ReplyReceipt:
    """An agent's reply and what the bot is to show of it. `accepted` is in seconds since the epoch.

    `file_name` is that of its file.
    `sequence` grows with every change that the agent shall see; `shown_sequence` is the newest that the bot showed.
    """

    message_id: MessageId
    app_user_id: AppUserId
    channel_id: ChannelId
    speaker: Speaker
    text: str
    accepted: float
    standing: Standing
    sequence: int
    shown_sequence: int = 0
    place: Place | None = None
    file_name: str | None = None


StrandingState = Literal["failed", "sending", "shown"]


@dataclass(frozen=True, slots=True)
class Stranding:
    """An app user's message that Slack refused at `since` (seconds since the epoch), and what became of it.

    `sending`: somebody asked for another try; `shown`: that one worked. The rest is as in a receipt.
    """

    message_id: MessageId
    app_user_id: AppUserId
    since: float
    state: StrandingState
    reason: str | None
    sequence: int
    shown_sequence: int = 0
    place: Place | None = None


class Unshown(NamedTuple):
    """A reply, or a stranded message, whose newest state the bot has not shown yet. Sorts by age."""

    accepted: float
    message_id: MessageId
    app_user_id: AppUserId
