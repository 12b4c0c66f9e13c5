"""What people read of an app user's profile, and why it is not shown."""

from desk.domain.wording.speech import say, say_many


def verified() -> str:
    """The app user proved who they are."""
    return say("✓ Verified: they came with a token that your app signed for them.")


def claimed() -> str:
    """Somebody says that they are this user."""
    return say("⚠ Not verified: somebody only says that they are this user.")


def anonymous() -> str:
    """Nobody says who they are."""
    return say("Anonymous: nobody has logged in, and only their device tells who they are.")


def picture(name: str) -> str:
    """What the avatar shows, for those who do not see it."""
    return say("Picture of {name}", name=name)


def seen(first: str, last: str) -> str:
    """When the app user was there; both are times in Slack's format."""
    return say("First seen {first} · last seen {last}", first=first, last=last)


def seen_last(last: str) -> str:
    """The same where only one is known."""
    return say("Last seen {last}", last=last)


def conversations(count: int) -> str:
    """How many there were."""
    return say_many(count, "{count} conversation", "{count} conversations")


def messages(count: int) -> str:
    """How many the app user wrote."""
    return say_many(count, "{count} message from them", "{count} messages from them")


def replies(count: int) -> str:
    """How many agents wrote."""
    return say_many(count, "{count} reply", "{count} replies")


def devices_title() -> str:
    """Head of the devices."""
    return say("Devices")


def device(what: str, when: str) -> str:
    """One of them: what it is, and when it was there."""
    return say("{what} · seen {when}", what=what, when=when)


def version(number: str) -> str:
    """Which version of the app runs on it."""
    return say("app {number}", number=number)


def last_page(page: str) -> str:
    """What was last open on it."""
    return say("on {page}", page=page)


def more_devices(count: int) -> str:
    """Below the devices that are shown."""
    return say_many(count, "… and {count} more device", "… and {count} more devices")


def shared_by(agent: str) -> str:
    """Above a profile that everybody in the channel sees."""
    return say("{agent} shared this profile with the channel.", agent=agent)


def shared(agent: str, title: str) -> str:
    """The same for notifications, all escaped."""
    return say("{agent} shared the profile of {title}", agent=agent, title=title)


def share_or_nothing() -> str:
    """Something else than `share` followed the command."""
    return say(
        "`/sk !profile` shows the profile to you alone, `/sk !profile share` to everybody in this channel. "
        "Nothing was sent. To send it as text, write `/sk \\!profile …`."
    )


def not_shared(reason: str) -> str:
    """Slack did not take the post; `reason` is escaped."""
    return say("The profile was not shared: {reason}. Please try again in a moment.", reason=reason)


def perhaps_shared() -> str:
    """Slack did not say whether it took the post."""
    return say("Slack did not answer: the profile may stand in the channel. Please look before you share it again.")


def field_label(field: str) -> str:
    """What a field of the profile is called."""
    labels = {
        "user_id": say("User ID"),
        "given_name": say("Given name"),
        "surname": say("Surname"),
        "email": say("Email"),
        "signed_up_at": say("Signed up at"),
        "conversation_started": say("Conversation started"),
        "app_user_id": say("App user ID"),
    }
    return labels[field]


def profile_of(title: str) -> str:
    """Head of a profile."""
    return say("Profile of {name}", name=title)


def typing(title: str) -> str:
    """The app user writes at this moment."""
    return say("✎ {name} is typing now", name=title)


def yes_or_no(value: object) -> str:
    """A truth value."""
    return say("yes") if value else say("no")


def no_value() -> str:
    """Stands for a field without a value."""
    return say("(none)")


def properties() -> str:
    """Head of the properties."""
    return say("Properties")


def no_properties() -> str:
    """The app has set none."""
    return say("No properties.")


def properties_cut() -> str:
    """Below properties that are too many."""
    return say("There are more properties than Slack can show: the App API has them all.")


def away() -> str:
    """The profile cannot be had."""
    return say("The profile cannot be shown: the app's side does not answer. Please try again later.")


def refused(description: str) -> str:
    """The webhook server has no such profile; `description` is escaped."""
    return say("The profile cannot be shown: {description}", description=description)
