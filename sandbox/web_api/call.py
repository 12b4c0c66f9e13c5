"""One call of a Web API method: its arguments, as forms and JSON bring them, and what it may see."""

import json
from dataclasses import dataclass
from typing import Any

from sandbox import cast, channel_deeds
from sandbox.channels import Channel, Kind
from sandbox.documented import Method
from sandbox.errors import SlackError
from sandbox.identifiers import CallId, JsonObject, UserId
from sandbox.workspace import Workspace
from sandbox.world import World

TRUE_WORDS = frozenset({"1", "true", "t", "yes"})


@dataclass(frozen=True, slots=True)
class Args:
    """A call's arguments; forms bring strings, JSON brings values, and both mean the same."""

    raw: JsonObject

    def has(self, name: str) -> bool:
        """Whether the argument was given at all."""
        return self.raw.get(name) is not None

    def text(self, name: str, default: str = "") -> str:
        """A string."""
        value = self.raw.get(name)
        return default if value is None else str(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A boolean."""
        value = self.raw.get(name)
        if value is None or value == "":
            return default
        return value if isinstance(value, bool) else str(value).lower() in TRUE_WORDS

    def integer(self, name: str, default: int, error: str = "invalid_arguments") -> int:
        """A whole number.

        Raises:
            SlackError: the given error, for anything else.
        """
        value = self.raw.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            raise SlackError(error, problems=(f"must be a number [{name}]",)) from None

    def json(self, name: str, error: str = "invalid_arguments") -> Any:
        """A JSON value, given as such or as a string of it; None when absent or empty.

        Raises:
            SlackError: the given error, when it cannot be read.
        """
        value = self.raw.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise SlackError(error, problems=(f"must be valid JSON [{name}]",)) from None

    def words(self, name: str) -> list[str]:
        """Values separated by commas, or a JSON array of them."""
        value = self.raw.get(name)
        if isinstance(value, list):
            return [str(item) for item in value]
        return [word.strip() for word in str(value or "").split(",") if word.strip()]


@dataclass(frozen=True, slots=True)
class Call:
    """A call that has been let in: by whose token, with what."""

    world: World
    method: Method
    args: Args
    token: str
    scopes: tuple[str, ...]
    id: CallId

    @property
    def workspace(self) -> Workspace:
        """The workspace called."""
        return self.world.workspace

    def channel(self, argument: str = "channel") -> Channel:
        """The conversation that an argument names, if the bot sees it and holds the scope for its kind.

        Raises:
            SlackError: `channel_not_found` or `missing_scope`.
        """
        channel = self.workspace.channel(self.args.text(argument))
        if channel is None or (channel.is_private and cast.BOT_USER_ID not in channel.members):
            raise SlackError("channel_not_found")
        self.require_scope_for(channel.kind)
        return channel

    def named_channel(self) -> Channel:
        """Like `channel`, for methods that direct messages are not for.

        Raises:
            SlackError: as `channel`, and `method_not_supported_for_channel_type`.
        """
        channel = self.channel()
        if not channel.is_named:
            raise SlackError("method_not_supported_for_channel_type")
        return channel

    def members_channel(self) -> Channel:
        """Like `named_channel`, where the bot has to be in it.

        Raises:
            SlackError: as `named_channel`, and `not_in_channel`.
        """
        channel = self.named_channel()
        if cast.BOT_USER_ID not in channel.members:
            raise SlackError("not_in_channel")
        return channel

    def posting_channel(self, argument: str = "channel") -> Channel:
        """Where a post goes: a conversation's ID, a channel's name, or a user's ID for their direct messages.

        Raises:
            SlackError: `channel_not_found`.
        """
        wanted = self.args.text(argument)
        channel = self.workspace.channel(wanted) or self.workspace.channel_named(wanted.removeprefix("#"))
        person = self.workspace.people.get(UserId(wanted))
        if person and not person.is_bot and not person.deleted:
            channel = channel_deeds.open_direct(self.world, [cast.BOT_USER_ID, person.id])
        if channel is None or (channel.is_private and cast.BOT_USER_ID not in channel.members):
            raise SlackError("channel_not_found")
        return channel

    def require_scope_for(self, kind: Kind) -> None:
        """Refuse unless a scope for conversations of this kind was granted, where the method's scopes tell kinds apart.

        Raises:
            SlackError: `missing_scope`.
        """
        wanted = [scope for scope in self.method.scopes if scope.startswith(f"{kind.value}:")]
        if wanted and not any(scope in self.scopes for scope in wanted):
            raise missing_scope(wanted, self.scopes)


def missing_scope(wanted: list[str] | tuple[str, ...], granted: tuple[str, ...]) -> SlackError:
    """The refusal that tells which scopes are needed, any one of them, and which were granted."""
    return SlackError("missing_scope", needed=",".join(wanted), provided=",".join(granted))
