"""What the app is told: events of the types it subscribed to, where the bot may see them."""

from sandbox import cast
from sandbox.channels import Channel, Kind
from sandbox.credentials import Standing
from sandbox.identifiers import JsonObject
from sandbox.world import World

EVENT_SCOPES = {
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "channel_created": "channels:read",
    "channel_archive": "channels:read",
    "channel_unarchive": "channels:read",
    "channel_rename": "channels:read",
    "channel_deleted": "channels:read",
    "group_archive": "groups:read",
    "group_unarchive": "groups:read",
    "group_rename": "groups:read",
    "group_deleted": "groups:read",
    "member_joined_channel": "",
    "member_left_channel": "",
    "app_home_opened": "",
    "tokens_revoked": "",
    "user_change": "users:read",
}
"""The events that the sandbox has, each with the scope that it needs; the app gets those that it subscribed to."""


def tell_message(world: World, channel: Channel, event: JsonObject) -> None:
    """A `message` event, of whatever subtype, to the bot if it is in the channel."""
    if cast.BOT_USER_ID in channel.members:
        told = {**event, "channel": channel.id, "channel_type": channel.type_in_events}
        _deliver(world, f"message.{channel.kind.value}", told)


def tell_channel(
    world: World, channel: Channel, what: str, fields: JsonObject, *, bot_was_member: bool = False
) -> None:
    """A `channel_…` event, or `group_…` where the channel is private and the bot is or was in it."""
    if channel.kind is Kind.PUBLIC:
        told = {"type": f"channel_{what}", **fields}
    elif bot_was_member or cast.BOT_USER_ID in channel.members:
        told = {"type": f"group_{what}", **fields}
    else:
        return
    told["event_ts"] = world.workspace.next_ts(world.clock.now())
    _deliver(world, told["type"], told)


def tell_membership(world: World, channel: Channel, event: JsonObject) -> None:
    """A `member_…` event about a channel that the bot is in, or has just left."""
    if f"{channel.kind.value}:read" in world.workspace.credentials.bot_scopes:
        tell(world, {**event, "channel": channel.id, "channel_type": "C" if channel.kind is Kind.PUBLIC else "G"})


def tell(world: World, event: JsonObject) -> None:
    """An event that is about no channel, or whose audience has been decided."""
    _deliver(world, event["type"], {**event, "event_ts": world.workspace.next_ts(world.clock.now())})


def _deliver(world: World, subscription: str, event: JsonObject) -> None:
    scope = EVENT_SCOPES[subscription]
    credentials = world.workspace.credentials
    if subscription not in credentials.subscriptions or (scope and scope not in credentials.bot_scopes):
        return
    if credentials.standing is not Standing.VALID and event["type"] != "tokens_revoked":
        return
    world.socket.deliver_event(_event_callback(world, event))


def _event_callback(world: World, event: JsonObject) -> JsonObject:
    channel = world.workspace.channel(event["channel"]) if isinstance(event.get("channel"), str) else None
    return {
        "token": cast.VERIFICATION_TOKEN,
        "team_id": cast.TEAM_ID,
        "context_team_id": cast.TEAM_ID,
        "context_enterprise_id": None,
        "api_app_id": cast.APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": world.ids.slack_id("Ev"),
        "event_time": int(world.clock.now()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": cast.TEAM_ID,
                "user_id": cast.BOT_USER_ID,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": channel is not None and channel.is_ext_shared,
        "event_context": f"4-{world.ids.secret(40)}",
    }
