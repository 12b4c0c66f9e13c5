"""The people of the workspace, its bot included, and how Slack describes them."""

from dataclasses import dataclass

from sandbox import cast
from sandbox.identifiers import JsonObject, TeamId, UserId


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a user ID; `is_restricted` marks guests, `is_stranger` members of other organisations."""

    id: UserId
    name: str
    real_name: str
    email: str = ""
    title: str = ""
    color: str = "9f69e7"
    team_id: TeamId = cast.TEAM_ID
    is_admin: bool = False
    is_restricted: bool = False
    is_stranger: bool = False
    is_bot: bool = False
    deleted: bool = False
    updated: int = 1_700_000_000


FRESH: tuple[Person, ...] = (
    Person(cast.ALICE, "alice", "Alice Adams", "alice@sandbox.example", "Support", "4bbe2e"),
    Person(cast.BRUNO, "bruno", "Bruno Bauer", "bruno@sandbox.example", "Support", "e7392d"),
    Person(cast.ADMIN, "ada", "Ada Admin", "ada@sandbox.example", "Workspace admin", "3c989f", is_admin=True),
    Person(cast.GUEST, "gus", "Gus Guest", "gus@guests.example", "Guest", "674b1b", is_restricted=True),
    Person(
        cast.STRANGER, "sten", "Sten Stranger", "", "Other Organisation", "e96699", cast.OTHER_TEAM_ID, is_stranger=True
    ),
    Person(cast.BOT_USER_ID, "sk", "sk", "", "", "2b6836", is_bot=True),
    Person(cast.SLACKBOT, "slackbot", "Slackbot", "", "", "757575"),
)


def user_object(person: Person, *, with_email: bool = True) -> JsonObject:
    """Slack's `user` object; the email only for those who hold `users:read.email`."""
    described: JsonObject = {
        "id": person.id,
        "team_id": person.team_id,
        "name": person.name,
        "deleted": person.deleted,
        "color": person.color,
        "real_name": person.real_name,
        "tz": "Europe/Berlin",
        "tz_label": "Central European Time",
        "tz_offset": 3600,
        "profile": profile_object(person, with_email=with_email),
        "is_admin": person.is_admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": person.is_restricted,
        "is_ultra_restricted": False,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": person.updated,
        "is_email_confirmed": not person.is_bot,
        "who_can_share_contact_card": "EVERYONE",
    }
    if person.is_stranger:
        described["is_stranger"] = True
    return described


def profile_object(person: Person, *, with_email: bool = True) -> JsonObject:
    """The `profile` inside a `user` object, as `users.profile.get` returns it too."""
    first_name, _, last_name = person.real_name.partition(" ")
    described: JsonObject = {
        "title": person.title,
        "phone": "",
        "skype": "",
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name": "" if person.is_bot else person.name,
        "display_name_normalized": "" if person.is_bot else person.name,
        "fields": {},
        "status_text": "",
        "status_emoji": "",
        "status_emoji_display_info": [],
        "status_expiration": 0,
        "avatar_hash": f"g{person.color}",
        "first_name": first_name,
        "last_name": last_name,
        "team": person.team_id,
    }
    for size in (24, 32, 48, 72, 192, 512):
        described[f"image_{size}"] = _avatar(person, size)
    if person.is_bot:
        described |= {"api_app_id": cast.APP_ID, "bot_id": cast.BOT_ID, "always_active": True}
    elif with_email and person.email:
        described["email"] = person.email
    return described


def _avatar(person: Person, size: int) -> str:
    return f"https://avatars.sandbox.example/{person.id}-{person.color}_{size}.png"
