"""Messages as the workspace keeps them, and as each side sees them."""

from dataclasses import dataclass

from sandbox.identifiers import CallId, ChannelId, JsonObject, Ts, UserId
from sandbox.mentions import live_mentions

TEXT_LIMIT = 40_000
UPDATE_LIMIT = 4_000


@dataclass(slots=True)
class Message:
    """A stored message: Slack's own object, by which Web API call it came, and whether `*` and the like mark it up."""

    channel_id: ChannelId
    body: JsonObject
    call_id: CallId | None = None
    marked: bool = True

    @property
    def ts(self) -> Ts:
        """Its timestamp, unique in the workspace."""
        return Ts(self.body["ts"])

    @property
    def is_reply(self) -> bool:
        """Whether it stands in a thread only: neither a thread's parent nor sent to the channel as well."""
        parent = self.body.get("thread_ts")
        return bool(parent) and parent != self.ts and self.body.get("subtype") != "thread_broadcast"


@dataclass(slots=True)
class Ephemeral:
    """What only one person sees; `from_slack` marks Slack's own notices."""

    channel_id: ChannelId
    user_id: UserId
    body: JsonObject
    from_slack: bool = False
    call_id: CallId | None = None
    marked: bool = True

    @property
    def ts(self) -> Ts:
        """Its timestamp."""
        return Ts(self.body["ts"])


def for_app(message: Message, *, with_metadata: bool = False) -> JsonObject:
    """The message as history methods return it."""
    body = dict(message.body)
    if not with_metadata:
        body.pop("metadata", None)
    return body


def for_people(message: Message | Ephemeral) -> JsonObject:
    """The message as the people's side shows it: with its live mentions, the call it came by, and `mrkdwn: false`.

    Slack's reference knows `mrkdwn` as an argument, not as a key of what the app reads: only people see it here.
    """
    shown = {
        **message.body,
        "channel": message.channel_id,
        "x_live_mentions": live_mentions(message.body),
        "x_call_id": message.call_id,
    }
    if not message.marked:
        shown["mrkdwn"] = False
    if isinstance(message, Ephemeral):
        shown |= {"x_from_slack": message.from_slack, "x_user": message.user_id, "is_ephemeral": True}
    return shown
