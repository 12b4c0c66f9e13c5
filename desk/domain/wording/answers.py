"""What whoever typed or pressed something reads alone: why it was not done, what became of it. Values are escaped."""

from datetime import UTC, datetime

from desk.domain.wording.speech import say

EXAMPLE = "`/sk TEXT`"


# --- where and who ----------------------------------------------------------------------------------------------------


def wrong_place(dispatch: str) -> str:
    """Not a user's channel; `dispatch` leads to the dispatch channel."""
    return say(
        "This is no user's channel, so there is nobody to send it to. Nothing was sent. "
        "Use {example} in a user's channel: {dispatch} lists the conversations.",
        example=EXAMPLE,
        dispatch=dispatch,
    )


def being_erased() -> str:
    """A channel of somebody who is to be forgotten."""
    return say("This app user is being erased: nothing was sent. The channel will be closed.")


def moved_on(link: str) -> str:
    """A channel of an earlier conversation."""
    return say(
        "This conversation goes on in {link}. Nothing was sent: use {example} there.", link=link, example=EXAMPLE
    )


def refused_guest() -> str:
    """Guests may not speak to app users."""
    return say("Guests of this workspace cannot speak to app users. Nothing was sent: ask a member to answer.")


def refused_outsider() -> str:
    """People from other organisations may not speak to app users."""
    return say("People from other organisations cannot speak to app users. Nothing was sent.")


def refused_bot() -> str:
    """Bots may not speak to app users."""
    return say("Bots cannot speak to app users. Nothing was sent.")


def refused_deactivated() -> str:
    """Deactivated accounts may not speak to app users."""
    return say("This account is deactivated and cannot speak to app users. Nothing was sent.")


def person_unknown() -> str:
    """Slack did not say who is asking."""
    return say("Slack does not say who you are at the moment, so nothing was sent. Please try again in a few seconds.")


# --- replies ----------------------------------------------------------------------------------------------------------


def nothing_sent_away() -> str:
    """The webhook server is not there."""
    return say("Nothing was sent: the app's side does not answer (the webhook server is down). Please try again later.")


def nothing_sent_refused(description: str) -> str:
    """The webhook server refused the reply; `description` is escaped."""
    return say("Nothing was sent: {description}", description=description)


def nothing_sent_busy() -> str:
    """An earlier reply of this channel is still being handed over."""
    return say(
        "Nothing was sent: earlier replies in this channel are still on their way. Please try again in a moment."
    )


def in_doubt() -> str:
    """The webhook server has the reply, or not."""
    return say(
        "No answer yet: your reply may or may not have gone out. I keep asking, and tell you here as soon as it is "
        "known. Please do not send it again until then."
    )


def settled_sent(words: str) -> str:
    """A reply in doubt is in the ledger; `words` are its first, escaped."""
    return say("Your reply “{words}” has gone out. Its notice in this channel shows how far it is.", words=words)


def settled_refused(words: str, description: str) -> str:
    """A reply in doubt was refused; both are escaped."""
    return say("Your reply “{words}” was not sent: {description}", words=words, description=description)


def never_settled(words: str) -> str:
    """Nobody ever knew; `words` are its first, escaped."""
    return say(
        "Nobody can tell whether your reply “{words}” has gone out. If it did, its notice appears in this channel.",
        words=words,
    )


def already_sent(words: str, at: float) -> str:
    """The same text by the same agent a moment ago, at `at` seconds since the epoch; `words` are escaped."""
    clock = datetime.fromtimestamp(at, UTC).strftime("%H:%M:%S")
    return say(
        "You sent “{words}” already, at {time}, and it went out. Nothing was sent now. Send it once more?",
        words=words,
        time=f"<!date^{int(at)}^{{time_secs}}|{clock} UTC>",
    )


def send_again_button() -> str:
    """Sends the same text once more."""
    return say("Send again")


# --- what is only shown ----------------------------------------------------------------------------------------------


def not_shown_away() -> str:
    """The webhook server is not there."""
    return say("This cannot be shown: the app's side does not answer. Please try again in a moment.")


def not_shown_refused(description: str) -> str:
    """The webhook server refused it; `description` is escaped."""
    return say("This cannot be shown: {description}", description=description)


# --- deeds, of any kind -----------------------------------------------------------------------------------------------


def nothing_done_away() -> str:
    """The webhook server is not there."""
    return say("Nothing was done: the app's side does not answer. Please try again in a moment.")


def nothing_done_refused(description: str) -> str:
    """The webhook server refused; `description` is escaped."""
    return say("Nothing was done: {description}", description=description)


# --- retries ----------------------------------------------------------------------------------------------------------


def retry_away() -> str:
    """The webhook server is not there for a retry."""
    return say("It is not sent again: the app's side does not answer. Please press Retry later.")


def retry_refused(description: str) -> str:
    """The webhook server refused a retry; `description` is escaped."""
    return say("It is not sent again: {description}", description=description)


def retry_in_doubt() -> str:
    """The webhook server has the retry, or not."""
    return say("No answer yet: if it is sent again, its notice will say so.")


def unknown_button() -> str:
    """A button of ours that does nothing any more."""
    return say("This button is out of date: nothing was done.")
