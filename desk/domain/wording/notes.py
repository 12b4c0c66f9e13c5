"""What agents read about notes."""

from desk.domain.wording.speech import say


def note_by(name: str) -> str:
    """Head of a note; plain text."""
    return say("📝 Note by {name}", name=name)


def not_kept_away() -> str:
    """The webhook server is not there."""
    return say("The note was not kept: the app's side does not answer. Please try again later.")


def not_kept_refused(description: str) -> str:
    """The webhook server refused it; `description` is escaped."""
    return say("The note was not kept: {description}", description=description)


def in_doubt() -> str:
    """The webhook server has it, or not."""
    return say("No answer yet: the note may or may not have been kept. `/sk !history` shows whether it was.")


def not_shown() -> str:
    """It is kept, and Slack does not take the post that shows it."""
    return say("The note is kept, and `/sk !history` shows it; Slack does not let it be posted in the channel.")
