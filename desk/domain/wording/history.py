"""What agents read of a conversation's history. Plain text, unless said otherwise."""

from datetime import UTC, datetime

from desk.domain.wording.speech import say, say_many


def history_title(title: str) -> str:
    """Head of a history."""
    return say("The conversation with {title}", title=title)


def nothing_said(title: str) -> str:
    """There is none."""
    return say("Nothing was said in the conversation with {title} yet.", title=title)


def by_app(name: str | None) -> str:
    """Whose a message of the app is."""
    return say("{name} (sent by the app)", name=name) if name else say("Sent by the app")


def left_out(count: int) -> str:
    """Above lines that are not all that was asked for."""
    return say_many(
        count,
        "{count} older line is left out: Slack has no room for it.",
        "{count} older lines are left out: Slack has no room for them.",
    )


def older(most: int) -> str:
    """Above lines, where there are older ones."""
    return say("There is more before that: /sk !history {most} shows the last {most}.", most=most)


def oldest() -> str:
    """Above lines, where there are older ones that cannot be shown."""
    return say("There is more before that.")


def moment(at: float) -> str:
    """A time for those whose Slack shows none."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M UTC")


def not_a_number(most: int) -> str:
    """How many lines? mrkdwn."""
    return say("How many lines? `/sk !history` takes a number from 1 to {most}, or nothing.", most=most)


def away() -> str:
    """The webhook server is not there; mrkdwn."""
    return say("The history cannot be shown: the app's side does not answer. Please try again later.")


def refused(description: str) -> str:
    """The webhook server refused it; mrkdwn, `description` is escaped."""
    return say("The history cannot be shown: {description}", description=description)
