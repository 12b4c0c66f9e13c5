"""People and user groups: users.*, usergroups.*."""

from sandbox import cast
from sandbox.channels import conversation_object
from sandbox.errors import SlackError
from sandbox.identifiers import JsonObject, UserId
from sandbox.people import Person, profile_object, user_object
from sandbox.web_api.call import Call
from sandbox.web_api.conversations_read import wanted_channels, wanted_kinds
from sandbox.web_api.paging import page
from sandbox.web_api.registry import web_method

MOST_USERS = 1000
MOST_CONVERSATIONS = 999
EMAIL_SCOPE = "users:read.email"


@web_method("users.info")
def info(call: Call) -> JsonObject:
    """One person."""
    return {"user": _described(call, call.workspace.person(call.args.text("user")))}


@web_method("users.list")
def list_users(call: Call) -> JsonObject:
    """Everyone, by pages where a limit is given."""
    everyone = list(call.workspace.people.values())
    found = page(everyone, call.args, most=MOST_USERS, default=len(everyone), error="invalid_arguments")
    return {
        "members": [_described(call, person) for person in found.items],
        "cache_ts": int(call.world.clock.now()),
        "response_metadata": found.response_metadata,
    }


@web_method("users.lookupByEmail")
def lookup_by_email(call: Call) -> JsonObject:
    """The active person with an address."""
    wanted = call.args.text("email").lower()
    for person in call.workspace.people.values():
        if wanted and person.email.lower() == wanted and not person.deleted:
            return {"user": _described(call, person)}
    raise SlackError("users_not_found")


@web_method("users.profile.get")
def profile_get(call: Call) -> JsonObject:
    """One person's profile; the bot's own where none is named."""
    person = call.workspace.person(call.args.text("user", cast.BOT_USER_ID))
    return {"profile": profile_object(person, with_email=EMAIL_SCOPE in call.scopes)}


@web_method("users.conversations")
def conversations(call: Call) -> JsonObject:
    """The conversations that somebody is in, as far as the bot sees them."""
    user_id = UserId(call.args.text("user", cast.BOT_USER_ID))
    kinds = wanted_kinds(call)
    seen = [channel for channel in call.workspace.visible_to(cast.BOT_USER_ID) if user_id in channel.members]
    found = page(seen, call.args, most=MOST_CONVERSATIONS, error="invalid_limit")
    channels = []
    for channel in wanted_channels(found.items, kinds, call.args):
        described = conversation_object(channel)
        for only_elsewhere in ("is_member", "last_read"):
            described.pop(only_elsewhere, None)
        channels.append(described)
    return {"channels": channels, "response_metadata": found.response_metadata}


@web_method("usergroups.list")
def usergroups_list(_call: Call) -> JsonObject:
    """None: this workspace's plan has user groups, and nobody has made one."""
    return {"usergroups": []}


@web_method("usergroups.users.list")
def usergroups_users_list(_call: Call) -> JsonObject:
    """Refused always: there is no user group."""
    raise SlackError("no_such_subteam")


def _described(call: Call, person: Person) -> JsonObject:
    described = user_object(person, with_email=EMAIL_SCOPE in call.scopes)
    return described | ({"locale": "en-US"} if call.args.flag("include_locale") else {})
