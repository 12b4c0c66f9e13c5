"""What agents read of notes and canned answers that are refused."""
# ruff: noqa: D103 - a sentence describes itself

from webhook_server.speech import say


def other_note() -> str:
    return say("A note with this ID exists, with another text or about another app user.")


def canned_not_found() -> str:
    return say("No canned answer has this name.")


def too_many_canned(limit: int) -> str:
    return say("There are {limit} canned answers already: delete one first.", limit=limit)
