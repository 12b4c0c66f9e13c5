"""Every sentence that agents read and that the backend itself says; the desk's are in its own modules."""

from desk.domain import slack_text
from desk.domain.wording.speech import number, say, say_many


def still_working() -> str:
    """In the place of an answer that takes longer than Slack waits."""
    return say("Still working on it… the answer will follow here. Do not send it again until then.")


def done_after_all() -> str:
    """After `still_working`, when there is nothing else to say."""
    return say("Done. If it was a reply, its notice in the channel shows how far it is.")


def starting() -> str:
    """Somebody was faster than the start."""
    return say("I am still starting: nothing was done, nothing was sent. Please try again in a moment.")


def stopping() -> str:
    """Somebody typed a command while the bot was being stopped."""
    return say("I am being restarted: nothing was done, nothing was sent. Please try again in a moment.")


def too_busy() -> str:
    """More commands wait than can be kept."""
    return say("Too many commands are waiting: nothing was done, nothing was sent. Please try again in a minute.")


def went_wrong() -> str:
    """A fault of ours, after which nobody can tell how far it came."""
    return say(
        "Something went wrong here, and it is in my log. If it was a reply and it went out, its notice appears in the "
        "channel; look for it before you send it again."
    )


def without_files() -> str:
    """Somebody attached files to a typed command."""
    return say(
        "Nothing was sent: a typed command cannot send files. To send this message with its files, choose "
        "“Send to app user” in its menu (⋮). Or type the text without them."
    )


def unknown_button() -> str:
    """A button that no plugin knows, from an older version perhaps."""
    return say("This button does not work any more; nothing was done.")


def channels_title(count: int, page: int, pages: int) -> str:
    """Above the list of channels."""
    people = say_many(count, "*{count} app user has a channel*", "*{count} app users have a channel*")
    if pages == 1:
        return people
    paging = say("page {page} of {pages}: `!channels PAGE` shows another", page=number(page), pages=number(pages))
    return f"{people}, {paging}"


def channel_line(title: str, app_user_id: str, channel_id: str | None, state: str) -> str:
    """One line of the list of channels."""
    where = f"<#{channel_id}>" if channel_id else say("no channel yet")
    return f"• {where} {slack_text.escape(title)} `{app_user_id}` {_state(state)}"


def _state(state: str) -> str:
    match state:
        case "opening":
            return say("opening")
        case "open":
            return say("open")
        case "archived":
            return say("archived")
        case "gone":
            return say("gone")
        case _:
            return state
