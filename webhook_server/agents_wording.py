"""Every sentence that agents read, through the bot, from the webhook server."""

from webhook_server.speech import SPEECH, say
from wire import cases

# ── why a reply did not arrive: kept in English, since developers and operators read it too ───────────────────────

_ANSWERED = "the app's server answered {status}"
_SILENT = "the app's server gave no answer within {seconds} seconds"
_UNREACHABLE = "the app's server could not be reached"
_DROPPED = "the app's server closed the connection without an answer"
_NOT_PUBLIC = "the app's webhook points to a private address"
_CERTIFICATE = "the app's server has no valid certificate"
_LONG_ENOUGH = "{reason}; tried for more than a day"
_REFUSED = "the bot refused it ({problem})"
REASONS = (_LONG_ENOUGH, _ANSWERED, _SILENT, _UNREACHABLE, _DROPPED, _NOT_PUBLIC, _CERTIFICATE, _REFUSED)


def retold(reason: str | None) -> str | None:
    """A reason that was kept, in the language of agents."""
    return SPEECH.retell(reason, REASONS) if reason else reason


def target_answered(status: int) -> str:
    """The webhook's target did not take it."""
    return _ANSWERED.format(status=status)


def target_silent(seconds: float) -> str:
    """The webhook's target did not answer in time."""
    return _SILENT.format(seconds=f"{seconds:g}")


def target_unreachable() -> str:
    """No connection to the webhook's target could be made."""
    return _UNREACHABLE


def target_dropped() -> str:
    """The connection ended before there was an answer."""
    return _DROPPED


def target_not_public() -> str:
    """The webhook's target is in a network that webhooks may not reach."""
    return _NOT_PUBLIC


def target_certificate() -> str:
    """Nobody vouches for the webhook's target."""
    return _CERTIFICATE


def tried_long_enough(reason: str) -> str:
    """It was given up; `reason` is that of the last try."""
    return _LONG_ENOUGH.format(reason=reason)


def bot_refused(problem: str) -> str:
    """The bot does not take an order; `problem` is what it says."""
    return _REFUSED.format(problem=problem)


# ── why something an agent asked for is refused ───────────────────────────────────────────────────────────────────


def refusal(code: str, description: str) -> str:
    """The sentence for what the door refuses with `code`; developers read `description`, where they get the same."""
    sentences = {
        "user_not_found": say("there is no such app user any more"),
        "message_not_found": say("there is no such reply any more"),
        "message_id_taken": say("a reply with this ID exists, with another text or for another app user"),
        "already_sent": say("you sent the same text a moment ago"),
        "ledger_unavailable": say("the app's side is busy or broken at the moment; please try again"),
        "internal_error": say("the app's side failed; its log tells why"),
        "media_unavailable": say("files cannot be had at the moment; please try again"),
    }
    return sentences.get(code, description)


# ── how cases stand otherwise than agents thought ────────────────────────────────────────────────────────────────────


def no_case() -> str:
    """The app user has no case, or not this one."""
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


# ── notes and canned answers that are refused ────────────────────────────────────────────────────────────────────────


def other_note() -> str:
    """A note's ID is known, with another text or app user."""
    return say("A note with this ID exists, with another text or about another app user.")


def canned_not_found() -> str:
    """No canned answer has this name."""
    return say("No canned answer has this name.")


def too_many_canned(limit: int) -> str:
    """There are as many canned answers as there may be."""
    return say("There are {limit} canned answers already: delete one first.", limit=limit)


# ── what stands for a message, or a name ──────────────────────────────────────────────────────────────────────────


def shown_name(role: str, name: str | None) -> str | None:
    """Whose name a message carries in Slack: what the app's backend wrote does not pass for the app user's words."""
    if role != "appMaker":
        return name
    return say("{name} (sent by the app)", name=name) if name else say("Sent by the app")


def file_removed(name: str) -> str:
    """Stands for a file that was removed before it was shown."""
    return say("[the file {name} was removed]", name=name)
