"""Who and what is in a fresh workspace: constants that tests, demonstrations and the page rely on."""

from sandbox.identifiers import AppId, BotId, ChannelId, TeamId, UserId

TEAM_ID = TeamId("T0SANDBOX1")
TEAM_NAME = "Sandbox"
TEAM_DOMAIN = "sandbox"
OTHER_TEAM_ID = TeamId("T0OTHERORG")
WORKSPACE_URL = f"https://{TEAM_DOMAIN}.slack.com/"

APP_ID = AppId("A0SANDBOX1")
APP_NAME = "sk"
BOT_USER_ID = UserId("UBOT000001")
BOT_ID = BotId("BBOT000001")
BOT_TOKEN = "xoxb-sandbox"  # noqa: S105 - the door of a local toy town
APP_TOKEN = "xapp-sandbox"  # noqa: S105
VERIFICATION_TOKEN = "sandbox-verification-token"  # noqa: S105 - deprecated by Slack, still in every payload

ALICE = UserId("UALICE0001")
BRUNO = UserId("UBRUNO0001")
ADMIN = UserId("UADMIN0001")
GUEST = UserId("UGUEST0001")
STRANGER = UserId("USTRANGER1")
SLACKBOT = UserId("USLACKBOT")

GENERAL = ChannelId("CGENERAL01")
RANDOM = ChannelId("CRANDOM001")

COMMANDS = (
    {
        "command": "/sk",
        "description": "Answer the app user of this channel",
        "usage_hint": "your answer | !profile | !help",
    },
)
"""Slash commands that the app has registered, with escaping on."""

SHORTCUTS = ({"name": "Send to app user", "callback_id": "sk_send_to_app_user"},)
"""Message shortcuts that the app has registered."""

BOT_SCOPES = (
    "commands",
    "chat:write",
    "chat:write.customize",
    "channels:manage",
    "channels:read",
    "channels:join",
    "channels:history",
    "groups:write",
    "groups:read",
    "groups:history",
    "files:write",
    "files:read",
    "users:read",
    "team:read",
)
"""What the app was granted as it was installed, as in its manifest; `POST /_sandbox/act/token` changes it."""

BOT_EVENTS = (
    "message.channels",
    "message.groups",
    "channel_archive",
    "channel_unarchive",
    "channel_rename",
    "channel_deleted",
    "group_archive",
    "group_unarchive",
    "group_rename",
    "group_deleted",
    "member_joined_channel",
    "member_left_channel",
    "user_change",
    "app_home_opened",
    "tokens_revoked",
)
"""What the app subscribed to, as in its manifest; `POST /_sandbox/act/token` changes it."""

APP_SCOPES = ("connections:write",)
