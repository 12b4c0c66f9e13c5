"""What people read in the dispatch channel: the notices of cases, their buttons, and reminders.

No value is escaped: they stand in blocks of plain text; links and dates are Slack's own.
"""

from desk.domain.wording.speech import say

# --- how a case stands ------------------------------------------------------------------------------------------------


def wrote_again(title: str, link: str) -> str:
    """The notice of a case that begins in a channel which is open already; `link` leads there."""
    return say("{title} wrote again in {link}", title=title, link=link)


def began(agent_name: str, title: str, link: str) -> str:
    """The notice of a case that an agent began."""
    return say("{agent} began a conversation with {title} in {link}", agent=agent_name, title=title, link=link)


def waiting_since(moment: str) -> str:
    """Nobody has answered the app user yet; `moment` is a date as Slack shows it."""
    return say("⏳ waiting since {moment}", moment=moment)


def snoozed_until(moment: str) -> str:
    """It was put off; `moment` is a date as Slack shows it."""
    return say("💤 snoozed until {moment}", moment=moment)


def claimed_by(agent_name: str) -> str:
    """Somebody takes care of it."""
    return say("🙋 claimed by {agent}", agent=agent_name)


def first_answered(agent_name: str, after: str) -> str:
    """Who answered first; `after` is a duration."""
    return say("💬 first answered by {agent} after {duration}", agent=agent_name, duration=after)


def closed(agent_name: str | None, reason: str | None) -> str:
    """It is closed, by somebody or by itself."""
    match agent_name, reason:
        case None, None:
            return say("✅ closed")
        case None, _:
            return say("✅ closed ({reason})", reason=reason)
        case _, None:
            return say("✅ closed by {agent}", agent=agent_name)
        case _:
            return say("✅ closed by {agent} ({reason})", agent=agent_name, reason=reason)


# --- buttons: at most 75 characters -----------------------------------------------------------------------------------


def open_button() -> str:
    """Leads to the app user's channel."""
    return say("Open")


def claim_button() -> str:
    """Makes the case the presser's."""
    return say("Claim")


def release_button() -> str:
    """Gives a claimed case back."""
    return say("Release")


def profile_button() -> str:
    """Shows the app user's profile to the presser."""
    return say("Profile")


def close_button() -> str:
    """Closes the case."""
    return say("Close")


def reopen_button() -> str:
    """Undoes that."""
    return say("Reopen")


# --- reminders --------------------------------------------------------------------------------------------------------


def nobody_answered(link: str, after: str) -> str:
    """Somebody waits for an answer; `link` leads to their channel, `after` says for how long."""
    return say("{link}: nobody has answered for {duration}", link=link, duration=after)


def still_nobody(called: str, link: str, after: str) -> str:
    """The same, for those on call; `called` mentions them."""
    return say("{called} {link}: nobody has answered for {duration}", called=called, link=link, duration=after)


def snooze_over(link: str) -> str:
    """A case that was put off is due."""
    return say("{link}: the snooze is over", link=link)


# --- for the other process --------------------------------------------------------------------------------------------


def not_open_yet() -> str:
    """Why a case is not told of yet."""
    return say("the app user's channel is not open yet")
