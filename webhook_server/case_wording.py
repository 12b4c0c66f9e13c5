"""What agents read of cases that stand otherwise than they thought."""
# ruff: noqa: D103 - a sentence describes itself

from webhook_server.speech import say
from wire import cases


def no_case() -> str:
    return say("There is no conversation with this app user to which that could be done.")


def stands_otherwise(code: str, who: str | None) -> str:
    """Why a deed was refused: `who` stands in the way, if that is somebody in person."""
    match code:
        case cases.CLAIMED_ALREADY | cases.NOT_CLAIMED:
            return _claimed(who) if code == cases.CLAIMED_ALREADY or who else _nobodys()
        case cases.CLOSED_ALREADY:
            return _closed(who)
        case cases.OPEN_ALREADY:
            return say("This conversation is open.")
    return say("Nobody waits for an answer in this conversation, so there is nothing to put off.")


def _claimed(who: str | None) -> str:
    if who is None:
        return say("Somebody else takes care of this conversation.")
    return say("{who} takes care of this conversation.", who=who)


def _nobodys() -> str:
    return say("Nobody takes care of this conversation.")


def _closed(who: str | None) -> str:
    return say("This conversation is closed.") if who is None else say("{who} has closed this conversation.", who=who)
