"""Why something was not done, for the other process, which keeps it in English: developers and operators read it too.

Where agents do, they read it `retold`.
"""

from desk.domain.wording.speech import SPEECH

_UNREACHABLE = "Slack cannot be reached"
_LIMITS = "Slack limits the number of calls: it goes on by itself"
_SILENT = "Slack did not answer: it may have been done"
_REFUSES = "Slack refuses it ({code})"
_LOST = "the channel of this reply is archived, deleted or closed to the bot"
_ERASED = "this app user was erased"
REASONS = (_UNREACHABLE, _LIMITS, _SILENT, _REFUSES, _LOST, _ERASED)


def retold(reason: str) -> str:
    """A reason that the other process kept, in the language of agents."""
    return SPEECH.retell(reason, REASONS)


def slack_unreachable() -> str:
    """No connection to Slack."""
    return _UNREACHABLE


def slack_limits() -> str:
    """Too many calls."""
    return _LIMITS


def slack_silent() -> str:
    """Slack's answer never came."""
    return _SILENT


def slack_refuses(code: str) -> str:
    """Slack refuses this one call for good."""
    return _REFUSES.format(code=code)


def channel_lost() -> str:
    """A reply's channel cannot be posted to."""
    return _LOST


def erased() -> str:
    """Why nothing is shown of an app user."""
    return _ERASED
