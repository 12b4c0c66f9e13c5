"""Slack's objects and the desk's values, converted in both directions."""

from collections.abc import Mapping
from typing import Any

from desk.domain.sent_on import Attached, Obstacle
from desk.ports import Channel, FileId, Found, Mark, Person, Standing, Written
from wire.ids import AgentId, ChannelId, Ts

_KINDS_OF_MESSAGES = {"sk_message", "sk_notice"}
_PAGES = {"canvas", "list", "post", "quip", "space"}
"""Files of these modes and types are pages of Slack's own."""
_SLACKS_LINES = {
    f"{kind}_{what}"
    for kind in ("channel", "group")
    for what in (
        "archive",
        "convert_to_private",
        "convert_to_public",
        "join",
        "leave",
        "name",
        "posting_permissions",
        "purpose",
        "topic",
        "unarchive",
    )
} | {"bot_add", "bot_remove", "pinned_item", "unpinned_item", "tombstone"}
"""Subtypes of what Slack itself writes into channels: nobody but an administrator can delete it."""


def to_person(user: Mapping[str, Any], team_id: str) -> Person:
    """A `user` object; who is not of `team_id` is an outsider."""
    profile = user.get("profile") or {}
    # the full name first: it is app users, not colleagues, who read it
    names = (profile.get("real_name"), user.get("real_name"), profile.get("display_name"), user.get("name"))
    teams = {user.get("team_id", team_id), *((user.get("enterprise_user") or {}).get("teams") or ())}
    return Person(
        agent_id=AgentId(user["id"]),
        name=next((name.strip() for name in names if name and name.strip()), user["id"]),
        avatar_url=profile.get("image_192") or profile.get("image_72"),
        guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        outsider=bool(user.get("is_stranger")) or team_id not in teams,
        bot=bool(user.get("is_bot")) or user["id"] == "USLACKBOT",
        deactivated=bool(user.get("deleted")),
    )


def to_channel(channel: Mapping[str, Any]) -> Channel:
    """A `conversation` object."""
    return Channel(
        channel_id=ChannelId(channel["id"]),
        name=str(channel.get("name", "")),
        private=bool(channel.get("is_private")),
        archived=bool(channel.get("is_archived")),
        member=bool(channel.get("is_member")),
        creator=str(channel.get("creator", "")),
        created=float(channel.get("created", 0)),
        described=any((channel.get(note) or {}).get("value") for note in ("topic", "purpose")),
    )


def to_metadata(mark: Mark) -> dict[str, Any]:
    """A mark as message metadata."""
    ids = "message_ids" if mark.kind in _KINDS_OF_MESSAGES else "ids"
    payload: dict[str, Any] = {ids: list(mark.ids)}
    if mark.part:
        payload["part"] = mark.part
    return {"event_type": mark.kind, "event_payload": payload}


def to_found(message: Mapping[str, Any]) -> Found | None:
    """A message of a channel's history, if it carries our mark."""
    mark = to_mark(message.get("metadata"))
    blocks = tuple(message.get("blocks") or ())
    return Found(Ts(message["ts"]), mark, str(message.get("text", "")), blocks) if mark else None


def to_standing(message: Mapping[str, Any], bot_id: str) -> Standing:
    """Any message of a channel's history. Slack's own lines have a subtype that says so."""
    subtype = str(message.get("subtype", ""))
    own = message.get("bot_id") == bot_id and subtype not in _SLACKS_LINES
    shown = [block.get("slack_file") for block in message.get("blocks") or () if isinstance(block, dict)]
    shared = [file for file in message.get("files") or () if file.get("mode") != "tombstone"]
    file_ids = [FileId(str(file["id"])) for file in (*shown, *shared) if isinstance(file, dict) and file.get("id")]
    return Standing(
        Ts(message["ts"]),
        own=own,
        by_people=not own and subtype not in _SLACKS_LINES,
        mark=to_mark(message.get("metadata")) if own else None,
        file_ids=tuple(dict.fromkeys(file_ids)) if own else (),
        blocks=tuple(message.get("blocks") or ()),
        replies=int(message.get("reply_count") or 0),
    )


def to_written(message: Mapping[str, Any], bot_id: str) -> Written:
    """Any message, with all that it says and brings."""
    standing = to_standing(message, bot_id)
    files = tuple(to_attached(file) for file in message.get("files") or () if isinstance(file, dict))
    return Written(
        standing.ts,
        str(message.get("text") or ""),
        own=standing.own,
        by_people=standing.by_people,
        mark=standing.mark,
        files=files,
    )


def to_attached(file: Mapping[str, Any]) -> Attached:
    """A `file` object of a message. Slack says in several ways that it has no bytes for us."""
    name = str(file.get("name") or file.get("title") or file.get("id") or "")
    return Attached(
        file_id=str(file.get("id") or ""),
        name=name,
        type=str(file.get("mimetype") or ""),
        size=int(file.get("size") or 0),
        url=str(file.get("url_private_download") or file.get("url_private") or ""),
        hindered=_hindered(file),
    )


def _hindered(file: Mapping[str, Any]) -> Obstacle:
    mode = file.get("mode")
    if mode == "tombstone":
        return "gone"
    if mode == "external" or file.get("is_external"):
        return "elsewhere"
    if mode in _PAGES or file.get("filetype") in _PAGES:
        return "page"
    if mode == "hidden_by_limit" or file.get("file_access", "visible") != "visible":
        return "withheld"
    return "" if file.get("url_private") else "withheld"


def to_mark(metadata: object) -> Mark | None:
    """Our mark in a message's metadata. Other apps write metadata too: anything may be in there."""
    if not isinstance(metadata, dict) or not str(metadata.get("event_type", "")).startswith("sk_"):
        return None
    payload = metadata.get("event_payload")
    if not isinstance(payload, dict):
        return None
    ids = payload.get("message_ids") or payload.get("ids")
    part = payload.get("part", 0)
    if not isinstance(ids, list) or not isinstance(part, int):
        return None
    return Mark(str(metadata["event_type"]), tuple(str(each) for each in ids), part)
