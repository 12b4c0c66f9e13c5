"""Conversations: what they are, what they may be called, and how Slack describes them."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from sandbox import cast
from sandbox.errors import SlackError
from sandbox.identifiers import ChannelId, JsonObject, Ts, UserId

NAME_LIMIT = 80
TOPIC_LIMIT = 250
NEVER_READ = Ts("0000000000.000000")


class Kind(StrEnum):
    """The four kinds of conversation, named as their scopes begin."""

    PUBLIC = "channels"
    PRIVATE = "groups"
    DIRECT = "im"
    GROUP_DIRECT = "mpim"


@dataclass(frozen=True, slots=True)
class Note:
    """A topic or a purpose, and who set it when."""

    value: str = ""
    creator: str = ""
    last_set: int = 0


@dataclass(slots=True)
class Channel:
    """A conversation and who is in it, in the order in which they came."""

    id: ChannelId
    name: str
    kind: Kind
    creator: UserId
    created: int
    members: list[UserId] = field(default_factory=list)
    is_general: bool = False
    is_archived: bool = False
    is_ext_shared: bool = False
    topic: Note = field(default_factory=Note)
    purpose: Note = field(default_factory=Note)
    previous_names: list[str] = field(default_factory=list)
    last_read: Ts = NEVER_READ
    pins: list[Ts] = field(default_factory=list)
    bookmarks: list[JsonObject] = field(default_factory=list)
    updated: int = 0

    @property
    def is_private(self) -> bool:
        """Whether only its members see it."""
        return self.kind is not Kind.PUBLIC

    @property
    def is_named(self) -> bool:
        """Whether it is a channel, not a direct message."""
        return self.kind in {Kind.PUBLIC, Kind.PRIVATE}

    @property
    def type_in_events(self) -> str:
        """`channel_type`, as message events call it."""
        return {Kind.PUBLIC: "channel", Kind.PRIVATE: "group"}.get(self.kind, self.kind.value)

    @property
    def name_in_payloads(self) -> str:
        """Its name in commands and interactions, which is not its own unless it is public."""
        return {Kind.PUBLIC: self.name, Kind.DIRECT: "directmessage"}.get(self.kind, "privategroup")


def checked_name(name: str) -> str:
    """The name, if a channel may be called so.

    Raises:
        SlackError: `invalid_name_…`, for a name that is empty, too long or outside Slack's alphabet.
    """
    if not name:
        raise SlackError("invalid_name_required")
    if len(name) > NAME_LIMIT:
        raise SlackError("invalid_name_maxlength")
    if re.search(r"[^a-z0-9_-]", name):
        raise SlackError("invalid_name_specials")
    if not re.search(r"[a-z0-9]", name):
        raise SlackError("invalid_name_punctuation")
    return name


def conversation_object(channel: Channel, *, for_user: UserId = cast.BOT_USER_ID) -> JsonObject:
    """Slack's `channel` object, as this user sees it."""
    if channel.kind is Kind.DIRECT:
        return _direct_message_object(channel, for_user)
    described: JsonObject = {
        "id": channel.id,
        "name": channel.name,
        "is_channel": channel.kind is Kind.PUBLIC,
        "is_group": channel.kind is Kind.PRIVATE,
        "is_im": False,
        "is_mpim": channel.kind is Kind.GROUP_DIRECT,
        "is_private": channel.is_private,
        "created": channel.created,
        "is_archived": channel.is_archived,
        "is_general": channel.is_general,
        "unlinked": 0,
        "name_normalized": channel.name,
        "is_shared": channel.is_ext_shared,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "context_team_id": cast.TEAM_ID,
        "updated": channel.updated,
        "parent_conversation": None,
        "creator": channel.creator,
        "is_ext_shared": channel.is_ext_shared,
        "shared_team_ids": [cast.TEAM_ID, *([cast.OTHER_TEAM_ID] if channel.is_ext_shared else [])],
        "pending_connected_team_ids": [],
        "is_member": for_user in channel.members,
        "topic": _note_object(channel.topic),
        "purpose": _note_object(channel.purpose),
        "previous_names": list(channel.previous_names),
    }
    if for_user in channel.members:
        described["last_read"] = channel.last_read
    return described


def _direct_message_object(channel: Channel, for_user: UserId) -> JsonObject:
    others = [member for member in channel.members if member != for_user]
    return {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.is_archived,
        "is_im": True,
        "is_org_shared": False,
        "context_team_id": cast.TEAM_ID,
        "updated": channel.updated,
        "user": others[0] if others else for_user,
        "is_user_deleted": False,
        "priority": 0,
    }


def _note_object(note: Note) -> JsonObject:
    return {"value": note.value, "creator": note.creator, "last_set": note.last_set}
