"""The agents' side of every conversation: what people type, what app users write, what becomes of replies."""

from desk.ports import ChannelEntry
from desk.values import Answer, ChannelChange, Press, Typed
from wire.messages import Done, Incoming, Later, Never, Receipt, Unknown


class Desk:
    """All use cases. Safe to call from many threads."""

    def typed(self, typed: Typed) -> Answer:
        """Carry out a command somebody typed: a reply, `!profile`, `!help`, or a refusal. Takes up to 2.2 s.

        Raises nothing that a person or the other process can cause: such answers are sentences.
        """
        raise NotImplementedError

    def pressed(self, press: Press) -> Answer:
        """Carry out what a button asks for. Takes up to 2.2 s and raises as little as `typed`."""
        raise NotImplementedError

    def receive(self, incoming: Incoming) -> Done | Later | Never | Unknown:
        """Show an app user's messages in their channel, which is opened first if need be."""
        raise NotImplementedError

    def show(self, receipt: Receipt) -> Done | Later | Never | Unknown:
        """Make a reply's notice say what `receipt` says."""
        raise NotImplementedError

    def channel_changed(self, change: ChannelChange) -> None:
        """Take note of what Slack reports about a channel, ours or any other."""
        raise NotImplementedError

    def problems(self) -> list[str]:
        """Why the desk cannot work, a sentence each; empty = ready. Asks Slack at most once in a few seconds."""
        raise NotImplementedError

    def channels(self) -> list[ChannelEntry]:
        """The channel book, oldest line first."""
        raise NotImplementedError

    def close(self) -> None:
        """Stop timers and let go of the channel book. The desk cannot be used afterwards; closing twice is harmless."""
        raise NotImplementedError
