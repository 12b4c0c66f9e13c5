"""Everything the workspace remembers: people, conversations, messages, files, views and the app's standing."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sandbox import cast, markup, people
from sandbox.channels import Channel, Kind
from sandbox.credentials import Credentials
from sandbox.errors import SlackError
from sandbox.files import StoredFile
from sandbox.identifiers import ChannelId, FileId, Ts, UserId, ViewId
from sandbox.messages import Ephemeral, Message
from sandbox.people import Person
from sandbox.views import View


@dataclass(slots=True)
class Workspace:
    """The state that a snapshot holds."""

    people: dict[UserId, Person] = field(default_factory=dict)
    channels: dict[ChannelId, Channel] = field(default_factory=dict)
    messages: dict[ChannelId, dict[Ts, Message]] = field(default_factory=dict)
    ephemerals: list[Ephemeral] = field(default_factory=list)
    files: dict[FileId, StoredFile] = field(default_factory=dict)
    views: dict[ViewId, View] = field(default_factory=dict)
    credentials: Credentials = field(default_factory=Credentials)
    last_ts: float = 0.0

    def channel(self, channel_id: str) -> Channel | None:
        """The conversation of that ID, whoever sees it."""
        return self.channels.get(ChannelId(channel_id))

    def channel_named(self, name: str) -> Channel | None:
        """The channel of that name, archived ones included."""
        return next((channel for channel in self.channels.values() if channel.is_named and channel.name == name), None)

    def visible_to(self, user_id: UserId) -> Iterator[Channel]:
        """The conversations somebody sees: their own, and public channels unless they are a guest or a stranger."""
        person = self.people[user_id]
        outsider = person.is_restricted or person.is_stranger
        for channel in self.channels.values():
            if user_id in channel.members or (channel.kind is Kind.PUBLIC and not outsider):
                yield channel

    def message(self, channel_id: ChannelId, ts: str) -> Message | None:
        """The stored message, if there is one."""
        return self.messages.get(channel_id, {}).get(Ts(ts))

    def next_ts(self, now: float) -> Ts:
        """A timestamp that no message has yet, at or after now."""
        self.last_ts = max(round(now, 6), round(self.last_ts + 0.000001, 6))
        return Ts(f"{self.last_ts:.6f}")

    def person(self, user_id: str) -> Person:
        """The person of that ID.

        Raises:
            SlackError: `user_not_found`.
        """
        found = self.people.get(UserId(user_id))
        if found is None:
            raise SlackError("user_not_found")
        return found

    def names(self, *, labelled: bool) -> markup.Names:
        """What `@name` and `#name` mean here; `labelled` as commands have it, with the name beside the ID."""
        return markup.Names(
            person=lambda name: self._person_markup(name, labelled=labelled),
            channel=self._channel_markup,
        )

    def _person_markup(self, name: str, *, labelled: bool) -> str | None:
        if name.lower() in {"here", "channel", "everyone"}:
            return f"<!{name.lower()}>"
        for person in self.people.values():
            if person.name == name.lower():
                return f"<@{person.id}|{person.name}>" if labelled else f"<@{person.id}>"
        return None

    def _channel_markup(self, name: str) -> str | None:
        channel = self.channel_named(name)
        if channel is None:
            return None
        return f"<#{channel.id}|{channel.name}>"


def fresh_workspace(now: float) -> Workspace:
    """A workspace as it is after installing the app: the cast, two channels, the bot in neither."""
    created = int(now)
    everyone = [cast.ADMIN, cast.ALICE, cast.BRUNO]
    general = Channel(
        cast.GENERAL, "general", Kind.PUBLIC, cast.ADMIN, created, [*everyone, cast.GUEST], is_general=True
    )
    random = Channel(cast.RANDOM, "random", Kind.PUBLIC, cast.ADMIN, created, list(everyone))
    return Workspace(
        people={person.id: person for person in people.FRESH},
        channels={channel.id: channel for channel in (general, random)},
        messages={general.id: {}, random.id: {}},
    )
