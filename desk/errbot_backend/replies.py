"""The ways back to the person who asked: with the acknowledgement, to a response_url, or as an ephemeral message."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from desk.domain.pictures import pictured, without_pictures
from desk.errbot_backend import wording
from desk.errbot_backend.envelopes import Envelope
from wire.ids import AgentId, ChannelId, Ts

Blocks = tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """Something for one person to read, in Slack's mrkdwn, escaped already.

    `instead`: it takes the place of the message on which a button was pressed; without a text that message goes.
    """

    text: str
    blocks: Blocks = ()
    instead: bool = False

    def bare(self) -> "Said | None":
        """The same without pictures from elsewhere, which Slack may not be able to load; None: there are none."""
        return Said(self.text, without_pictures(self.blocks), self.instead) if pictured(self.blocks) else None

    def payload(self) -> dict[str, Any]:
        """As Slack wants it in acknowledgements."""
        shown: dict[str, Any] = {"response_type": "ephemeral", "text": self.text}
        return shown | ({"blocks": list(self.blocks)} if self.blocks else {})

    def response(self) -> dict[str, Any]:
        """As Slack wants it at response_urls."""
        if self.instead and not self.text:
            return {"delete_original": True}
        return {**self.payload(), "replace_original": self.instead}


class Outbox(Protocol):
    """How answers get to Slack when they do not go with an acknowledgement. Failures are logged, not raised."""

    def respond(self, response_url: str, said: Said) -> None:
        """Post to a response_url."""

    def whisper(self, channel_id: ChannelId, agent_id: AgentId, said: Said, thread_ts: Ts | None = None) -> None:
        """Show it to one person in a channel."""

    def post(self, place: ChannelId | AgentId, said: Said) -> None:
        """Post to a channel, or to a person's direct conversation with the bot."""


class Reply(Protocol):
    """What becomes of one request: answers, then the acknowledgement; or the acknowledgement when time is up."""

    def say(self, text: str, blocks: Blocks = (), *, instead: bool = False) -> None:
        """Answer. An empty text counts as an answer too: there is nothing to say.

        `instead`: in place of what a pressed button stands on.
        """

    def time_is_up(self) -> None:
        """Slack waits no longer: acknowledge, the answer will come later. Must not block."""

    def finish(self) -> None:
        """All was said."""

    def follow_up(self, text: str, blocks: Blocks = ()) -> None:
        """Say something after the request was closed, minutes later perhaps."""

    def drop(self, sentence: str) -> None:
        """Nothing was or will be done; `sentence` says so. Must not block unless the time was up already."""


class SlashReply:
    """Answers to a slash command: with the acknowledgement, or later to its response_url. Never silence."""

    def __init__(self, envelope: Envelope, response_url: str, outbox: Outbox) -> None:
        self._envelope = envelope
        self._response_url = response_url
        self._outbox = outbox
        self._said: list[Said] = []
        self._lock = threading.Lock()

    def say(self, text: str, blocks: Blocks = (), *, instead: bool = False) -> None:  # noqa: ARG002 - no button
        """Keep it until `finish`."""
        with self._lock:
            self._said.append(Said(text, blocks))

    def time_is_up(self) -> None:
        """Tell the person to wait."""
        self._envelope.acknowledge(Said(wording.still_working()).payload())

    def finish(self) -> None:
        """Acknowledge with what was said; if that is too late, say it at the response_url.

        What shows a picture from elsewhere goes there as well: only there Slack tells whether it could load it.
        """
        with self._lock:
            answer = _joined(self._said or [Said(wording.went_wrong())])
        apart = pictured(answer.blocks)
        payload = answer.payload() if answer.text and not apart else None
        if self._envelope.acknowledged or not self._envelope.acknowledge(payload) or apart:
            self._outbox.respond(self._response_url, answer if answer.text else Said(wording.done_after_all()))

    def follow_up(self, text: str, blocks: Blocks = ()) -> None:
        """Say it at the response_url, which Slack keeps open for half an hour."""
        self._outbox.respond(self._response_url, Said(text, blocks))

    def drop(self, sentence: str) -> None:
        """Say so at once."""
        self.say(sentence)
        self.finish()


class _AtOnce:
    """What the replies have in common that show each answer at once.

    `silence`: what is said where there was no answer at all; without it, that is no fault.
    """

    def __init__(self, envelope: Envelope, outbox: Outbox, silence: Callable[[], str] | None) -> None:
        self._envelope = envelope
        self._outbox = outbox
        self._silence = silence

    def say(self, text: str, blocks: Blocks = (), *, instead: bool = False) -> None:
        """Show it now."""
        self._silence = None
        self._show(Said(text, blocks, instead))

    def time_is_up(self) -> None:
        """Keep Slack from sending the request again, or showing it as failed."""
        self._envelope.acknowledge()

    def finish(self) -> None:
        """Acknowledge."""
        self._envelope.acknowledge()
        if self._silence:
            self.say(self._silence())

    def follow_up(self, text: str, blocks: Blocks = ()) -> None:
        """Show it."""
        self.say(text, blocks)

    def drop(self, sentence: str) -> None:
        """Leave it to Slack to send it again, or to show it as failed; only where it will not, say so."""
        if self._envelope.acknowledged:
            self.say(sentence)

    def _show(self, said: Said) -> None:
        raise NotImplementedError


class TypedReply(_AtOnce):
    """Answers to a typed message: shown to its author alone. `expected`: silence would be a fault."""

    def __init__(
        self,
        envelope: Envelope,
        outbox: Outbox,
        *,
        channel_id: ChannelId,
        agent_id: AgentId,
        thread_ts: Ts | None,
        expected: bool,
    ) -> None:
        super().__init__(envelope, outbox, wording.went_wrong if expected else None)
        self._channel_id = channel_id
        self._agent_id = agent_id
        self._thread_ts = thread_ts

    def _show(self, said: Said) -> None:
        if said.text:
            self._outbox.whisper(self._channel_id, self._agent_id, said, self._thread_ts)


class PressReply(_AtOnce):
    """Answers to a button or a shortcut: shown to the person who pressed or chose it.

    The acknowledgement comes first: Slack marks the button as failed otherwise.
    """

    def __init__(
        self, envelope: Envelope, response_url: str, outbox: Outbox, *, channel_id: ChannelId, agent_id: AgentId
    ) -> None:
        super().__init__(envelope, outbox, wording.unknown_button)
        self._response_url = response_url
        self._channel_id = channel_id
        self._agent_id = agent_id

    def _show(self, said: Said) -> None:
        self._envelope.acknowledge()
        if (said.text or said.instead) and self._response_url:
            self._outbox.respond(self._response_url, said)
        elif said.text:
            self._outbox.whisper(self._channel_id, self._agent_id, said)


class FormReply(_AtOnce):
    """Answers to a form: it closes, or says something else from now on; anything more is shown in its channel.

    It closes when time is up, too: Slack would say that it could not be sent.
    """

    def __init__(self, envelope: Envelope, outbox: Outbox, *, channel_id: ChannelId, agent_id: AgentId) -> None:
        super().__init__(envelope, outbox, wording.went_wrong)
        self._channel_id = channel_id
        self._agent_id = agent_id

    def turn_into(self, view: dict[str, Any], text: str) -> None:
        """Let the form be `view` from now on; where it has closed already, show `text`."""
        self._silence = None
        if self._envelope.acknowledged or not self._envelope.acknowledge({"response_action": "update", "view": view}):
            self.say(text)

    def _show(self, said: Said) -> None:
        self._envelope.acknowledge()
        if said.text:
            self._outbox.whisper(self._channel_id, self._agent_id, said)


class ViewReply(_AtOnce):
    """Answers to a button in a view. The desk shows its own in the view; what we have to say goes to the person."""

    def __init__(self, envelope: Envelope, outbox: Outbox, *, agent_id: AgentId) -> None:
        super().__init__(envelope, outbox, wording.unknown_button)
        self._agent_id = agent_id

    def _show(self, said: Said) -> None:
        self._envelope.acknowledge()
        if said.text:
            self._outbox.post(self._agent_id, said)


class NoReply:
    """An event nobody waits for an answer to."""

    def __init__(self, envelope: Envelope) -> None:
        self._envelope = envelope

    def say(self, text: str, blocks: Blocks = (), *, instead: bool = False) -> None:
        """There is nobody to hear it."""

    def time_is_up(self) -> None:
        """Keep Slack from sending the event again."""
        self._envelope.acknowledge()

    def finish(self) -> None:
        """Acknowledge."""
        self._envelope.acknowledge()

    def follow_up(self, text: str, blocks: Blocks = ()) -> None:
        """There is nobody to hear it."""

    def drop(self, sentence: str) -> None:
        """Leave it unacknowledged: Slack sends the event again."""


def _joined(said: list[Said]) -> Said:
    """All that was said as one message; blocks only where each part has some, since they hide the text."""
    spoken = [part for part in said if part.text]
    blocks = tuple(block for part in spoken for block in part.blocks) if all(part.blocks for part in spoken) else ()
    return Said("\n".join(part.text for part in spoken), blocks)
