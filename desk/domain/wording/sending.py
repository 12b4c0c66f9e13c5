"""What people read when they send a message of the channel on to the app user. Mrkdwn, values escaped, if not said."""

from collections.abc import Sequence

from desk.domain.wording.speech import number, say, say_many

LISTED = 20
"""Parts that are named; of more their number is told."""

# --- the preview: plain text, up to 24 characters where Slack allows no more


def title() -> str:
    """Head of the preview; 24 characters at most."""
    return say("Send to app user")


def send_button() -> str:
    """Sends it; 24 characters at most."""
    return say("Send")


def cancel_button() -> str:
    """Sends nothing; 24 characters at most."""
    return say("Cancel")


def close_button() -> str:
    """Closes what says that nothing was sent; 24 characters at most."""
    return say("Close")


def gets_this(name: str) -> str:
    """Above the preview: for whom it is."""
    return say("{name} gets this, as it stands here:", name=name)


def got_this(name: str) -> str:
    """Above a preview of what was sent before: it is not sent again."""
    return say("This was sent to {name} already, as it stands here, and is not sent again:", name=name)


def nothing_goes() -> str:
    """Above a preview in which nothing can be sent."""
    return say("Nothing of this message can be sent:")


def each_alone() -> str:
    """Below the files."""
    return say("Each file goes as a message of its own.")


def cut_in_preview(characters: int) -> str:
    """Below a text that is too long to be shown whole."""
    return say("Only the beginning is shown here: all {count} characters are sent.", count=number(characters))


def more_files(count: int) -> str:
    """Below more files than can be shown."""
    return say_many(count, "And {count} more file.", "And {count} more files.")


def file_goes(name: str, kind: str, size: str) -> str:
    """A file that is sent."""
    return say("📎 {name} ({kind}, {size})", name=name, kind=kind, size=size)


def file_stays(name: str, kind: str, size: str, why: str) -> str:
    """A file that cannot be sent; `why` is one of `obstacle`."""
    return say("🚫 {name} ({kind}, {size}) is not sent: {why}", name=name, kind=kind, size=size, why=why)


def obstacle(code: str) -> str:
    """Why a file cannot be sent."""
    match code:
        case "gone":
            return say("it was deleted.")
        case "elsewhere":
            return say("it does not lie in Slack. Send its link instead.")
        case "withheld":
            return say("Slack does not give it out, because it is too old or belongs to another organisation.")
        case "page":
            return say("canvases, lists and posts are no files. Send it as a PDF.")
        case "empty":
            return say("there is nothing in it.")
        case _:
            return say("it is larger than 10 MB.")


def unknown_kind() -> str:
    """Stands for a type that Slack does not tell."""
    return say("unknown type")


# --- why nothing is sent


def from_them(name: str) -> str:
    """The app user wrote it."""
    return say("{name} wrote this: it is not sent back. Nothing was sent.", name=name)


def slacks_line() -> str:
    """Slack itself wrote it."""
    return say("Nobody wrote this: it is a line of Slack's own. Nothing was sent.")


def own_post() -> str:
    """The bot posted it, for agents."""
    return say("This is a post of mine, and it is for you, not for the app user. Nothing was sent.")


def a_command() -> str:
    """It begins as commands do."""
    return say(
        "This looks like a command: it begins with `!` or `/sk`. Nothing was sent. "
        "Write the text without it, and choose the shortcut again."
    )


def nothing_in_it() -> str:
    """There is nothing that could go."""
    return say("There is no text in this message, and no file that can be sent. Nothing was sent.")


def gone() -> str:
    """The message is not there any more."""
    return say("This message was deleted. Nothing was sent.")


def changed() -> str:
    """The message is there, with another content."""
    return say(
        "This message is not what the preview showed: it was edited, or its files have changed. Nothing was sent. "
        "Choose the shortcut again to see it as it is now."
    )


def somebody_else() -> str:
    """The channel's conversation is another one now."""
    return say(
        "Since the preview it has turned out that this app user is somebody else. Nothing was sent. "
        "Choose the shortcut again to see who gets it."
    )


def not_in_channel() -> str:
    """The bot cannot see the message."""
    return say("I am not in this channel, so I cannot see the message. Nothing was sent. Invite me, and try again.")


def slack_silent() -> str:
    """Slack does not show the message."""
    return say("Slack does not show me this message at the moment. Nothing was sent. Please try again.")


def not_opened() -> str:
    """Slack did not show the preview."""
    return say("Slack did not open the preview in time. Nothing was sent. Please choose the shortcut again.")


def out_of_date() -> str:
    """A form or button of another version."""
    return say("This is out of date. Nothing was sent. Please choose the shortcut again.")


# --- what came of it


def the_text() -> str:
    """Names the part that is no file."""
    return say("the text")


def not_fetched(name: str, reason: str) -> str:
    """A file did not come out of Slack."""
    return say("Slack did not hand over {name} ({reason}).", name=name, reason=reason)


def not_kept(name: str, reason: str) -> str:
    """The webhook server did not take a file; `reason` is one of `file_refusal`."""
    return say("The app's side does not take {name}: {reason}", name=name, reason=reason)


def file_refusal(code: str, description: str) -> str:
    """Why the webhook server did not take a file."""
    match code:
        case "image_unreadable":
            return say("the image is broken.")
        case "image_too_large":
            return say("the image has too many pixels. Send a smaller one.")
        case "upload_empty":
            return say("there is nothing in it.")
        case "too_large":
            return say("it is larger than 10 MB.")
        case _:
            return description


def no_answer() -> str:
    """Why a file did not come out of Slack."""
    return say("Slack did not answer")


def app_side_away() -> str:
    """The webhook server is not there."""
    return say("The app's side does not answer.")


def app_side_silent() -> str:
    """The webhook server got something and said nothing."""
    return say("The app's side did not answer in time.")


def busy() -> str:
    """Earlier replies are not through yet."""
    return say("Earlier replies in this channel are still on their way.")


def fault() -> str:
    """A fault of ours."""
    return say(
        "Something went wrong here, and it is in my log. What went out has its notice in the channel. Choose the "
        "shortcut again to send what is missing: nothing is sent twice."
    )


def stopped(why: str, sent: Sequence[str], doubtful: Sequence[str], left: Sequence[str]) -> str:
    """Not all went out. The lists name parts; `why` is a sentence."""
    lines = [
        why,
        say("Sent: {parts}.", parts=_listed(sent)) if sent else say("Nothing was sent."),
        *([say("Not known yet, I keep asking: {parts}.", parts=_listed(doubtful))] if doubtful else []),
        *([say("Not sent: {parts}.", parts=_listed(left))] if left and (sent or doubtful) else []),
    ]
    if doubtful and not sent:
        del lines[1]
    return "\n".join(lines)


def rest_sent(sent: Sequence[str], before: Sequence[str]) -> str:
    """What was missing went out now."""
    return say("Sent now: {parts}. Sent before, and not again: {others}.", parts=_listed(sent), others=_listed(before))


def all_sent_before() -> str:
    """Everything had gone out already."""
    return say("This message had been sent already. Nothing was sent now.")


def send_rest_button() -> str:
    """Sends what was not sent; 75 characters at most."""
    return say("Send what is missing")


def try_again_button() -> str:
    """Tries again to send all of it; 75 characters at most."""
    return say("Try again")


def _listed(parts: Sequence[str]) -> str:
    named = ", ".join(parts[:LISTED])
    if len(parts) <= LISTED:
        return named
    return say("{parts} and {count} more", parts=named, count=len(parts) - LISTED)
