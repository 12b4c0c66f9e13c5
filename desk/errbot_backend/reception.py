"""Where everything from Slack arrives: once each, in the channel's order, acknowledged in time."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import structlog

from desk.errbot_backend import wording
from desk.errbot_backend.arrivals import (
    Arrival,
    ButtonPress,
    ChannelChanged,
    FormSent,
    HomeOpened,
    Me,
    Nothing,
    PersonChanged,
    ShortcutChosen,
    SlashCommand,
    TokensRevoked,
    TypedMessage,
)
from desk.errbot_backend.envelopes import Envelope
from desk.errbot_backend.lanes import Lanes
from desk.errbot_backend.reading import own_command, read
from desk.errbot_backend.replies import (
    FormReply,
    NoReply,
    Outbox,
    PressReply,
    Reply,
    SlashReply,
    TypedReply,
    ViewReply,
)
from desk.errbot_backend.seen import Seen
from desk.errbot_backend.socket_mode import Frame
from wire.ids import AgentId, ChannelId

ACKNOWLEDGE_SECONDS = 2.4
"""Slack waits 3 s. What is not done by now is acknowledged, and goes on: on the way in 2.5 s at the latest."""

TELLING_SECONDS = 0.6
"""How long it may take, at the end, to tell people that nothing was done: Slack may be away."""

_Queued = SlashCommand | TypedMessage | ButtonPress | ShortcutChosen | FormSent | HomeOpened | ChannelChanged

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """A command on its way to a plugin: `text` and `request_id` as the desk wants them, `reply` for the answer."""

    agent_id: AgentId
    channel_id: ChannelId
    text: str
    request_id: str
    reply: Reply


class Performer(Protocol):
    """What is done about arrivals; the backend and its plugins."""

    def ready(self) -> bool:
        """Whether the plugins can work."""

    def understands(self, text: str) -> bool:
        """Whether a message that begins with `!` is a command, ours or Errbot's."""

    def command(self, name: str | None, asked: Asked) -> None:
        """Run our command `name`, or with None the command of Errbot's that `asked.text` holds."""

    def press(self, press: ButtonPress, reply: Reply) -> None:
        """Do what a button asks for."""

    def chose(self, shortcut: ShortcutChosen, reply: Reply) -> None:
        """Do what a shortcut asks for."""

    def sent(self, form: FormSent, reply: FormReply) -> None:
        """Do what a form was sent for."""

    def home_opened(self, opened: HomeOpened) -> None:
        """Show somebody their Home tab as it is now."""

    def channel_changed(self, change: ChannelChanged) -> None:
        """Take note of a channel's change."""

    def person_changed(self, change: PersonChanged) -> None:
        """Take note of a person's change. Must be quick."""

    def tokens_revoked(self) -> None:
        """Take note that Slack took our tokens back. Must be quick."""


"""What is done on its channel's lane."""


class Reception:
    """Takes frames from the socket's thread, in order. `later(seconds, action)` is that thread's timer."""

    def __init__(
        self, me: Me, performer: Performer, outbox: Outbox, later: Callable[[float, Callable[[], None]], None]
    ) -> None:
        self._me = me
        self._performer = performer
        self._outbox = outbox
        self._later = later
        self._lanes = Lanes()
        self._seen = Seen()
        self._closing = False

    def take(self, frame: Frame) -> None:
        """Take one frame. Returns at once: work is done on the channel's lane."""
        arrival = read(frame.kind, frame.payload, self._me)
        envelope = Envelope(frame.envelope_id, frame.answer)
        match arrival:
            case SlashCommand() | TypedMessage() | ButtonPress() | ShortcutChosen() | FormSent():
                self._queue(arrival, envelope)
            case HomeOpened() | ChannelChanged():
                self._queue(arrival, envelope)
            case PersonChanged():
                self._performer.person_changed(arrival)
                envelope.acknowledge()
            case TokensRevoked():
                self._performer.tokens_revoked()
                envelope.acknowledge()
            case Nothing(reason):
                log.debug("nothing to do", reason=reason)
                envelope.acknowledge()

    def close(self, seconds: float) -> None:
        """Take nothing new, finish for up to `seconds` what was begun, and tell the others that nothing was done."""
        self._closing = True
        dropped = [job.reply for job in self._lanes.close(seconds) if isinstance(job, _Task)]
        telling = threading.Thread(target=_drop_all, args=(dropped,), daemon=True)
        telling.start()
        telling.join(TELLING_SECONDS)

    def _queue(self, arrival: _Queued, envelope: Envelope) -> None:
        if isinstance(arrival, TypedMessage) and not self._performer.understands(arrival.text):
            envelope.acknowledge()
            return
        key = None if isinstance(arrival, ChannelChanged | HomeOpened) else arrival.key
        lane = arrival.lane if isinstance(arrival, ButtonPress | HomeOpened) else arrival.channel_id
        if key is not None and not self._seen.first(key):
            log.info("delivered again by Slack, dropped", key=key)
            # Acknowledged behind the first delivery: should we die in between, Slack sends it once more.
            self._put(lane, _Task(NoReply(envelope), _nothing), None)
            return
        reply = self._way_back(arrival, envelope)
        self._put(lane, _Task(reply, lambda: self._perform(arrival, reply)), key)

    def _put(self, lane: str, task: "_Task", key: str | None) -> None:
        if self._closing:
            task.reply.drop(wording.stopping())
        elif self._lanes.put(lane, task):
            self._later(ACKNOWLEDGE_SECONDS, task.reply.time_is_up)
        else:
            log.error("too much is waiting", lane=lane)
            if key is not None:
                self._seen.forget(key)
            task.reply.drop(wording.too_busy())

    def _way_back(self, arrival: Arrival, envelope: Envelope) -> Reply:
        match arrival:
            case SlashCommand():
                return SlashReply(envelope, arrival.response_url, self._outbox)
            case TypedMessage():
                return TypedReply(
                    envelope,
                    self._outbox,
                    channel_id=arrival.channel_id,
                    agent_id=arrival.agent_id,
                    thread_ts=arrival.thread_ts,
                    expected=own_command(arrival.text) is not None,
                )
            case FormSent():
                return FormReply(envelope, self._outbox, channel_id=arrival.channel_id, agent_id=arrival.agent_id)
            case ButtonPress() if arrival.view:
                return ViewReply(envelope, self._outbox, agent_id=arrival.agent_id)
            case ButtonPress() | ShortcutChosen():
                return PressReply(
                    envelope,
                    arrival.response_url,
                    self._outbox,
                    channel_id=arrival.channel_id,
                    agent_id=arrival.agent_id,
                )
        return NoReply(envelope)

    def _perform(self, arrival: Arrival, reply: Reply) -> None:
        match arrival:
            case ChannelChanged():
                self._performer.channel_changed(arrival)
            case HomeOpened():
                if self._performer.ready():
                    self._performer.home_opened(arrival)
            case _:
                self._answer(arrival, reply)

    def _answer(self, arrival: Arrival, reply: Reply) -> None:
        match arrival:
            case TypedMessage() if own_command(arrival.text) is None:  # Errbot's own, not for our plugins
                reply.time_is_up()  # first: `!restart` sent again by Slack would restart the next process as well
                asked = Asked(arrival.agent_id, arrival.channel_id, arrival.text, arrival.key, reply)
                self._performer.command(None, asked)
            case _ if not self._performer.ready():
                reply.say(wording.starting())
            case SlashCommand():
                asked = Asked(arrival.agent_id, arrival.channel_id, arrival.text, arrival.key, reply)
                self._performer.command("sk", asked)
            case TypedMessage():
                self._perform_typed(arrival, reply)
            case ButtonPress():
                self._performer.press(arrival, reply)
            case ShortcutChosen():
                self._performer.chose(arrival, reply)
            case FormSent() if isinstance(reply, FormReply):
                self._performer.sent(arrival, reply)

    def _perform_typed(self, arrival: TypedMessage, reply: Reply) -> None:
        if arrival.has_files:
            reply.say(wording.without_files())
            return
        text = own_command(arrival.text) or ""
        asked = Asked(arrival.agent_id, arrival.channel_id, text, arrival.key, reply)
        self._performer.command("sk", asked)


class _Task:
    """One arrival's work on its lane."""

    def __init__(self, reply: Reply, work: Callable[[], None]) -> None:
        self.reply = reply
        self._work = work

    def run(self) -> None:
        """Do it, and close the request whatever happens."""
        try:
            self._work()
        except Exception:  # the edge towards Slack: the person who asked must learn that it failed
            log.exception("a request failed")
            self.reply.say(wording.went_wrong())
        finally:
            self.reply.finish()


def _drop_all(replies: list[Reply]) -> None:
    for reply in replies:
        reply.drop(wording.stopping())


def _nothing() -> None:
    """A repetition needs no work."""
