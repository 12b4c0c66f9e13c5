"""Reads what Slack sends over Socket Mode. Payloads are as in Slack's reference; nothing is looked up."""

import json
import re
from collections.abc import Mapping
from typing import Any

from desk.domain.commands import COMMANDS
from desk.errbot_backend.arrivals import (
    Arrival,
    ButtonPress,
    ChangeKind,
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
from wire.ids import AgentId, ChannelId, Ts

_CHANNEL_CHANGES: dict[str, ChangeKind] = {
    "channel_archive": "archived",
    "group_archive": "archived",
    "channel_unarchive": "unarchived",
    "group_unarchive": "unarchived",
    "channel_deleted": "deleted",
    "group_deleted": "deleted",
    "channel_rename": "renamed",
    "group_rename": "renamed",
    "channel_left": "left",
    "group_left": "left",
    "member_left_channel": "left",
}
_VIEW_KINDS = {"home", "modal"}
_TYPED_SUBTYPES = {None, "file_share"}
"""Subtypes of what a person wrote just now. Edits, deletions and copies of thread replies are none."""

_SK = re.compile(r"!sk(?:\s(?P<text>.*))?", re.DOTALL | re.IGNORECASE)
_COMMAND = re.compile(rf"(?:{'|'.join(COMMANDS)})(?:\s.*)?", re.DOTALL | re.IGNORECASE)


def read(kind: str, payload: Mapping[str, Any], me: Me) -> Arrival:
    """Read one envelope's `payload`; `kind` is the envelope's `type`."""
    try:
        match kind:
            case "slash_commands":
                return _slash_command(payload)
            case "interactive":
                return _interaction(payload)
            case "events_api":
                return _event(payload["event"], me)
    except (KeyError, TypeError, IndexError) as error:
        return Nothing(f"malformed {kind}: {error!r}")
    return Nothing(f"envelope of type {kind}")


def own_command(text: str) -> str | None:
    """What the desk gets to read of a typed message, as if it had come with `/sk`; None: it is no command of ours.

    One white space parts `!sk` from its text, all others belong to the text. `!claim` alone is `!sk !claim`.
    """
    if match := _SK.fullmatch(text):
        return match["text"] or ""
    return text if _COMMAND.fullmatch(text) else None


def _slash_command(payload: Mapping[str, Any]) -> SlashCommand:
    return SlashCommand(
        agent_id=AgentId(payload["user_id"]),
        channel_id=ChannelId(payload["channel_id"]),
        text=payload.get("text") or "",
        trigger_id=payload["trigger_id"],
        response_url=payload["response_url"],
    )


def _interaction(payload: Mapping[str, Any]) -> ButtonPress | ShortcutChosen | FormSent | Nothing:
    match payload["type"]:
        case "message_action":
            return _shortcut(payload)
        case "view_submission":
            return _form(payload)
    return _press(payload)


def _shortcut(payload: Mapping[str, Any]) -> ShortcutChosen:
    thread_ts, ts = payload["message"].get("thread_ts"), payload["message_ts"]
    return ShortcutChosen(
        agent_id=AgentId(payload["user"]["id"]),
        channel_id=ChannelId(payload["channel"]["id"]),
        message_ts=Ts(ts),
        callback_id=payload["callback_id"],
        trigger_id=payload["trigger_id"],
        response_url=payload.get("response_url") or "",
        thread_ts=Ts(thread_ts) if thread_ts and thread_ts != ts else None,
    )


def _form(payload: Mapping[str, Any]) -> FormSent | Nothing:
    view = payload["view"]
    metadata = str(view.get("private_metadata") or "")
    try:
        channel_id = ChannelId(str(json.loads(metadata)["channel_id"]))
    except (ValueError, KeyError, TypeError):
        return Nothing("a form that tells no channel")
    return FormSent(
        agent_id=AgentId(payload["user"]["id"]),
        channel_id=channel_id,
        callback_id=view["callback_id"],
        metadata=metadata,
        trigger_id=payload["trigger_id"],
    )


def _press(payload: Mapping[str, Any]) -> ButtonPress | Nothing:
    container = payload.get("container") or {}
    if payload["type"] != "block_actions":
        return Nothing(f"interaction {payload['type']}")
    if container.get("type") == "view":
        return _press_in_view(payload)
    if container.get("type") != "message":
        return Nothing(f"interaction {payload['type']}")
    action = payload["actions"][0]
    return ButtonPress(
        agent_id=AgentId(payload["user"]["id"]),
        channel_id=ChannelId(container["channel_id"]),
        message_ts=Ts(container["message_ts"]),
        action_id=action["action_id"],
        value=action.get("value") or "",
        trigger_id=payload["trigger_id"],
        response_url=payload.get("response_url") or "",
    )


def _press_in_view(payload: Mapping[str, Any]) -> ButtonPress | Nothing:
    """A press in a view has neither a channel nor a response_url."""
    kind, action = payload["view"]["type"], payload["actions"][0]
    if kind not in _VIEW_KINDS:
        return Nothing(f"press in a view of type {kind}")
    return ButtonPress(
        agent_id=AgentId(payload["user"]["id"]),
        channel_id=ChannelId(""),
        message_ts=Ts(""),
        action_id=action["action_id"],
        value=action.get("value") or "",
        trigger_id=payload["trigger_id"],
        response_url="",
        view=kind,
    )


def _event(event: Mapping[str, Any], me: Me) -> Arrival:
    kind = event["type"]
    if kind == "message":
        return _message(event, me)
    if kind in _CHANNEL_CHANGES:
        return _channel_change(event, _CHANNEL_CHANGES[kind], me)
    if kind == "user_change":
        return PersonChanged(AgentId(event["user"]["id"]))
    if kind == "app_home_opened" and event.get("tab") == "home":
        return HomeOpened(AgentId(event["user"]))
    if kind in {"tokens_revoked", "app_uninstalled"}:
        return TokensRevoked()
    return Nothing(f"event {kind}")


def _message(event: Mapping[str, Any], me: Me) -> TypedMessage | Nothing:
    subtype = event.get("subtype")
    if subtype not in _TYPED_SUBTYPES:
        return Nothing(f"message of subtype {subtype}")
    # Our own posts come back as events, under a custom name without a user. Other apps' posts command nothing either.
    if event.get("bot_id") or event.get("app_id") or event.get("user") in {None, me.user_id}:
        return Nothing("posted by an app")
    text = event.get("text") or ""
    if not text.startswith("!"):
        return Nothing("talk")
    thread_ts, ts = event.get("thread_ts"), event["ts"]
    return TypedMessage(
        agent_id=AgentId(event["user"]),
        channel_id=ChannelId(event["channel"]),
        ts=Ts(ts),
        text=text,
        thread_ts=Ts(thread_ts) if thread_ts and thread_ts != ts else None,
        has_files=bool(event.get("files")),
    )


def _channel_change(event: Mapping[str, Any], kind: ChangeKind, me: Me) -> ChannelChanged | Nothing:
    if event["type"] == "member_left_channel" and event["user"] != me.user_id:
        return Nothing("somebody else left a channel")
    channel = event["channel"]
    if kind == "renamed":
        return ChannelChanged(ChannelId(channel["id"]), kind, channel["name"])
    return ChannelChanged(ChannelId(channel), kind)
