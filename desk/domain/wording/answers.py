"""What whoever typed or pressed something reads alone: why it was not done, what became of it. Values are escaped."""

from datetime import UTC, datetime
from typing import Literal

from desk.domain.wording.speech import say

EXAMPLE = "`/sk TEXT`"

Standing = Literal["guest", "outsider", "bot", "deactivated", "unknown"]
"""Why somebody may not speak to app users. "unknown": Slack does not say who they are."""


# --- where and who ----------------------------------------------------------------------------------------------------


def wrong_place(dispatch: str | None, command: str) -> str:
    """Not an app user's channel, so that `command`, or TEXT where that is empty, concerns nobody.

    `dispatch` leads to the dispatch channel; None: this is one.
    """
    if command:
        return _nobody_to_be_about(dispatch, f"`/sk {command}`")
    if dispatch is None:
        return say(
            "This is no app user's channel, so there is nobody to send it to. Nothing was sent. "
            "Use {example} in an app user's channel: the notices here lead to them.",
            example=EXAMPLE,
        )
    return say(
        "This is no app user's channel, so there is nobody to send it to. Nothing was sent. "
        "Use {example} in an app user's channel: {dispatch} lists the conversations.",
        example=EXAMPLE,
        dispatch=dispatch,
    )


def _nobody_to_be_about(dispatch: str | None, command: str) -> str:
    if dispatch is None:
        return say(
            "This is no app user's channel, so {command} has nobody to be about. Nothing was done. "
            "Type it in an app user's channel: the notices here lead to them.",
            command=command,
        )
    return say(
        "This is no app user's channel, so {command} has nobody to be about. Nothing was done. "
        "Type it in an app user's channel: {dispatch} lists the conversations.",
        command=command,
        dispatch=dispatch,
    )


def being_erased() -> str:
    """TEXT for somebody who is to be forgotten."""
    return say("This app user is being erased: nothing was sent. The channel will be closed.")


def nothing_done_erased() -> str:
    """A command or a button about somebody who is to be forgotten."""
    return say("This app user is being erased: nothing was done. The channel will be closed.")


def moved_on(link: str, command: str) -> str:
    """A channel of an earlier conversation; `command` is empty for TEXT."""
    if command:
        return say(
            "This conversation goes on in {link}. Nothing was done: type {command} there.",
            link=link,
            command=f"`/sk {command}`",
        )
    return say(
        "This conversation goes on in {link}. Nothing was sent: use {example} there.", link=link, example=EXAMPLE
    )


def may_not_send(why: Standing) -> str:
    """Why somebody's TEXT does not go to an app user."""
    match why:
        case "guest":
            return say("Guests of this workspace cannot speak to app users. Nothing was sent: ask a member to answer.")
        case "outsider":
            return say("People from other organisations cannot speak to app users. Nothing was sent.")
        case "bot":
            return say("Bots cannot speak to app users. Nothing was sent.")
        case "deactivated":
            return say("This account is deactivated and cannot speak to app users. Nothing was sent.")
        case "unknown":
            return say(
                "Slack does not say who you are at the moment, so nothing was sent. Please try again in a few seconds."
            )


def may_not_do(why: Standing) -> str:
    """Why somebody's command or button has no effect."""
    match why:
        case "guest":
            return say("Guests of this workspace cannot do this. Nothing was done.")
        case "outsider":
            return say("People from other organisations cannot do this. Nothing was done.")
        case "bot":
            return say("Bots cannot do this. Nothing was done.")
        case "deactivated":
            return say("This account is deactivated and cannot do this. Nothing was done.")
        case "unknown":
            return say(
                "Slack does not say who you are at the moment, so nothing was done. Please try again in a few seconds."
            )


def may_not_look(why: Standing) -> str:
    """Why somebody's Home tab is empty."""
    match why:
        case "guest":
            return say("Guests see no conversations here.")
        case "outsider":
            return say("People from other organisations see no conversations here.")
        case "unknown":
            return say("Slack does not say who you are at the moment. Please open this tab again in a few seconds.")
        case _:
            return say("This account sees no conversations here.")


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
