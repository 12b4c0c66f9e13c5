"""Errbot's identifiers for Slack, made from IDs alone: no lookup before somebody asks for a name."""

from typing import Any

from slackv3.person import SlackPerson
from slackv3.room import SlackRoom, SlackRoomOccupant

from desk.errbot_backend.directory import Directory


class Agent(SlackPerson):  # type: ignore[misc] # slackv3 has no types
    """A person, in a direct conversation when `channel_id` is given. Looks names up in the directory when asked."""

    def __init__(self, directory: Directory, agent_id: str, channel_id: str | None = None) -> None:
        self._directory = directory
        self._userid = agent_id
        self._channelid = channel_id

    @property
    def _user_info(self) -> dict[str, Any]:
        profile = self._directory.person(self._userid).get("profile") or {}
        return {name: profile.get(name) or "" for name in ("real_name", "display_name", "email")}

    @property
    def _channel_info(self) -> dict[str, Any]:
        return self._directory.channel(self._channelid) if self._channelid else {}

    def __eq__(self, other: object) -> bool:
        """By ID."""
        return isinstance(other, SlackPerson) and other.userid == self._userid

    def __hash__(self) -> int:
        """By ID."""
        return hash(self._userid)


class Channel(SlackRoom):  # type: ignore[misc] # slackv3 has no types
    """A channel."""

    def __init__(self, directory: Directory, channel_id: str, bot: Any) -> None:
        self._directory = directory
        self._id = channel_id
        self._bot = bot
        self._webclient = bot.slack_web

    @property
    def id(self) -> str:
        """Slack's ID."""
        return self._id

    @property
    def aclattr(self) -> str:
        """What access control compares."""
        return self._id

    @property
    def _cache(self) -> dict[str, Any]:
        channel = self._directory.channel(self._id)
        return channel | {part: (channel.get(part) or {}).get("value", "") for part in ("topic", "purpose")}

    def __str__(self) -> str:
        """As Slack links it, without its name."""
        return f"<#{self._id}>"

    def __eq__(self, other: object) -> bool:
        """By ID."""
        return isinstance(other, SlackRoom) and other.id == self._id

    def __hash__(self) -> int:
        """By ID."""
        return hash(self._id)


class Member(Agent, SlackRoomOccupant):  # type: ignore[misc] # slackv3 has no types
    """A person in a channel."""

    def __init__(self, directory: Directory, agent_id: str, channel: Channel) -> None:
        super().__init__(directory, agent_id, channel.id)
        self._room = channel

    def __str__(self) -> str:
        """Channel and person, by their IDs."""
        return f"{self._room}/<@{self._userid}>"

    def __eq__(self, other: object) -> bool:
        """By ID."""
        return isinstance(other, SlackRoomOccupant) and other.userid == self._userid and other.room == self._room

    def __hash__(self) -> int:
        """By ID."""
        return hash((self._userid, self._room.id))


def is_id(text: str) -> bool:
    """Whether this is a bare ID of a person or a channel."""
    return text[:1] in {"U", "W", "C", "G"} and text.isalnum() and text.isupper()


def identify(text: str, bot: Any) -> Agent | Channel | Member:
    """`<@U…>`, `<#C…>`, `@name`, `#name`, `#name/person` or a bare ID; names are looked up in Slack's lists."""
    if is_id(text):
        return Agent(bot.directory, text) if text[0] in {"U", "W"} else Channel(bot.directory, text, bot)
    name, agent_id, channel_name, channel_id = bot.extract_identifiers_from_string(text)
    agent_id = agent_id or (bot.username_to_userid(name) if name else "")
    channel_id = channel_id or (bot.channelname_to_channelid(channel_name) if channel_name else "")
    if not channel_id:
        return Agent(bot.directory, agent_id)
    channel = Channel(bot.directory, channel_id, bot)
    return Member(bot.directory, agent_id, channel) if agent_id else channel
