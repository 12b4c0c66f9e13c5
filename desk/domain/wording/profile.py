"""What is shown of an app user's profile, and why it is not."""

from desk.domain.wording.speech import say


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


def profile_title(title: str) -> str:
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


def properties_title() -> str:
    """Head of the properties."""
    return say("Properties")


def no_properties() -> str:
    """The app has set none."""
    return say("No properties.")


def properties_cut() -> str:
    """Below properties that are too many."""
    return say("There are more properties than Slack can show: the App API has them all.")


def profile_away() -> str:
    """The profile cannot be had."""
    return say("The profile cannot be shown: the app's side does not answer. Please try again later.")


def profile_refused(description: str) -> str:
    """The webhook server has no such profile; `description` is escaped."""
    return say("The profile cannot be shown: {description}", description=description)
