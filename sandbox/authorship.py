"""Whose name and picture a post of the app carries."""

from dataclasses import dataclass

from sandbox import cast
from sandbox.identifiers import JsonObject


@dataclass(frozen=True, slots=True)
class Look:
    """The name and picture that a post carries instead of the bot's own."""

    username: str | None = None
    icon_url: str | None = None
    icon_emoji: str | None = None

    @property
    def is_custom(self) -> bool:
        """Whether anything differs from the bot's own look."""
        return bool(self.username or self.icon_url or self.icon_emoji)


OWN_LOOK = Look()


def bot_authorship(look: Look) -> JsonObject:
    """Who wrote it, as Slack marks an app's post: with a look of its own it is a `bot_message` without a user."""
    author: JsonObject = {"bot_id": cast.BOT_ID, "app_id": cast.APP_ID}
    if look.is_custom:
        author |= {"subtype": "bot_message", "username": look.username or cast.APP_NAME}
        if look.icon_emoji:
            author["icons"] = {"emoji": look.icon_emoji}
        elif look.icon_url:
            author["icons"] = {f"image_{size}": look.icon_url for size in (36, 48, 72)}
        return author
    return {**author, "user": cast.BOT_USER_ID, "team": cast.TEAM_ID, "bot_profile": bot_profile()}


def bot_profile() -> JsonObject:
    """The bot as messages and `bots.info` describe it."""
    icons = {f"image_{size}": f"https://avatars.sandbox.example/{cast.BOT_ID}_{size}.png" for size in (36, 48, 72)}
    return {
        "id": cast.BOT_ID,
        "app_id": cast.APP_ID,
        "name": cast.APP_NAME,
        "icons": icons,
        "deleted": False,
        "updated": 1_700_000_000,
        "team_id": cast.TEAM_ID,
    }
