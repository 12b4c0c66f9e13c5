"""Who and what is in a fresh workspace: constants that tests, demonstrations and the page rely on."""

from sandbox.identifiers import AppId, BotId, ChannelId, TeamId, UserId

TEAM_ID = TeamId("T0SANDBOX1")
TEAM_NAME = "Sandbox"
TEAM_DOMAIN = "sandbox"
OTHER_TEAM_ID = TeamId("T0OTHERORG")
ENTERPRISE: None = None
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

COMMANDS = frozenset({"/sk"})
"""Slash commands the app has registered."""

BOT_SCOPES = (
    "app_mentions:read",
    "bookmarks:write",
    "channels:history",
    "channels:join",
    "channels:manage",
    "channels:read",
    "chat:write",
    "chat:write.customize",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "groups:write",
    "im:history",
    "im:read",
    "im:write",
    "mpim:history",
    "mpim:read",
    "mpim:write",
    "pins:write",
    "reactions:read",
    "reactions:write",
    "team:read",
    "usergroups:read",
    "users.profile:read",
    "users:read",
    "users:read.email",
)
"""What the app was granted when it was installed; `POST /_sandbox/act/token` takes away and gives back."""

APP_SCOPES = ("connections:write",)
