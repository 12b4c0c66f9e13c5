"""What Slack answered, as the truth for the other process."""

from desk.dispatch.channel import DispatchError
from desk.domain import wording
from desk.errors import (
    BlockedError,
    ChannelArchivedError,
    ChannelBookError,
    ChannelGoneError,
    InDoubtError,
    LimitedError,
    NotInChannelError,
    RefusedError,
    UnreachableError,
    WorkspaceError,
)
from wire.messages import Later, Never, Unknown

UNREACHABLE_SECONDS = 1.0
BLOCKED_SECONDS = 5.0
"""People have to mend it. Asking is cheap: the brake lets one call through to Slack in this time."""

Setback = Later | Never | Unknown
NO_CHANNEL = (ChannelArchivedError, ChannelGoneError, NotInChannelError)
"""The channel does not take posts any more."""


_ONE_THING = {"access_denied", "missing_scope", "no_permission", "not_allowed_token_type", "restricted_action"}


def concerns_one_thing(error: RefusedError | BlockedError) -> bool:
    """Whether Slack may take everything else: a file that it does not take is told of in words, and so on.

    What blocks everything (a revoked token) is waited for instead.
    """
    return isinstance(error, RefusedError) or error.code in _ONE_THING


def setback(error: WorkspaceError | DispatchError | ChannelBookError) -> Setback:
    """The outcome that tells what `error` means for an order of which nothing else was carried out."""
    match error:
        case InDoubtError():
            return Unknown(reason=wording.slack_silent())
        case LimitedError():
            seconds, reason = error.seconds, wording.slack_limits()
        case UnreachableError():
            seconds, reason = UNREACHABLE_SECONDS, wording.slack_unreachable()
        case BlockedError():
            seconds, reason = BLOCKED_SECONDS, wording.slack_blocks(error.code)
        case RefusedError():
            return Never(reason=wording.slack_refuses(error.code))
        case _:
            seconds, reason = BLOCKED_SECONDS, str(error)
    return Later(seconds=seconds, reason=reason)
