"""What agents read in their Home tab."""

from desk.domain.wording.speech import say, say_many


def title() -> str:
    """Head of the tab."""
    return say("Conversations")


def yours(count: int) -> str:
    """How many open ones the agent has claimed."""
    return say_many(count, "{count} open conversation is yours", "{count} open conversations are yours")


def wait(count: int) -> str:
    """How many app users wait."""
    return say_many(count, "{count} app user waits for an answer", "{count} app users wait for an answer")


def longest(moment: str) -> str:
    """Since when the first of them waits, as Slack writes times."""
    return say("the longest since {moment}", moment=moment)


def yours_title() -> str:
    """Head of the agent's own."""
    return say("Yours")


def waiting_title() -> str:
    """Head of the others that wait."""
    return say("Waiting")


def in_channel(title_: str, channel: str) -> str:
    """Whose conversation, and where."""
    return say("{title} in {channel}", title=title_, channel=channel)


def more(count: int) -> str:
    """Below those that are shown."""
    return say_many(count, "… and {count} more", "… and {count} more")


def nothing_yours() -> str:
    """The agent has claimed none."""
    return say("None is yours. Claim one, and it stands here until it is closed.")


def nobody_waits() -> str:
    """Everybody else was answered."""
    return say("Nobody else waits.")


def all_done() -> str:
    """There is nothing at all to do."""
    return say("☕ Nobody waits, and nothing of yours is open. New conversations appear here by themselves.")


def away() -> str:
    """The webhook server does not answer."""
    return say(
        "⚠ The app's side does not answer at the moment, so nobody can say who waits. "
        "This page looks again by itself; app users' messages are kept meanwhile."
    )


def no_dialog() -> str:
    """Slack opened no dialog."""
    return say("Slack did not open the dialog. Please press the button once more.")


def dialog_title() -> str:
    """Head of a dialog, at most 24 characters."""
    return say("Conversation")


def dialog_close() -> str:
    """Its button, at most 24 characters."""
    return say("Done")


def resting() -> str:
    """In the tab of somebody who has not opened it for long."""
    return say("Open this tab again to see who waits.")
