"""What agents read who begin a conversation. Values come escaped; `link` leads to the channel."""

from desk.domain.wording.speech import number, say


def text_needed() -> str:
    """Only an ID was typed."""
    return say("Nothing was sent: write the text behind the user ID, such as `/sk !start jane Hello!`.")


def text_is_a_command() -> str:
    """What begins with `!` never goes to an app user."""
    return say("Nothing was sent: the text begins with `!`. If it is meant as text, write `\\!` instead.")


def user_unknown(user: str) -> str:
    """The app's side knows nobody of this ID."""
    return say(
        "Nothing was sent: there is no app user “{user}”. Give the ID by which the app knows them, "
        "or the app user ID from their profile.",
        user=user,
    )


def opening(name: str) -> str:
    """There is no channel yet. A bot that dies now tells nothing more; the notice is there whenever it was sent."""
    return say(
        "A channel for {name} is being opened, and then your text goes out: I tell you here when it has. If you read "
        "nothing here within a minute, look into that channel: without a notice on your text there, nothing was sent. "
        "Then type it again.",
        name=name,
    )


def limited(name: str, seconds: int) -> str:
    """Slack's limits hold the channel back."""
    return say(
        "Nothing was sent: Slack's limits let no channel be opened for {name} at the moment. "
        "Please try again in {seconds} s.",
        name=name,
        seconds=number(seconds),
    )


def no_channel(name: str, reason: str) -> str:
    """Something else does."""
    return say(
        "Nothing was sent: the channel for {name} could not be opened ({reason}). Please try again later.",
        name=name,
        reason=reason,
    )


def gone_out(link: str) -> str:
    """It was sent from elsewhere."""
    return say("Your text has gone out: the conversation is in {link}.", link=link)


def conversation_in(link: str) -> str:
    """Follows a sentence on what is not known yet, or was not sent."""
    return say("The conversation is in {link}.", link=link)
