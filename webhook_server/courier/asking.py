"""What comes of asking the bot for something, whether or not it answers."""

from collections.abc import Callable
from typing import TypeVar

import structlog

from webhook_server import agents_wording as wording
from webhook_server.domain.retry import peer_delay
from wire.client import NoAnswerError, PeerAwayError, RefusedError
from wire.messages import Later, Never, Unknown

_HOPELESS = frozenset({400, 413, 422})
"""Refusals that concern what was asked, rather than who asks or when."""
_MANY = 16
"""Failures after which the delay no longer grows."""

_log = structlog.get_logger()

Outcome = TypeVar("Outcome")


def outcome_of(call: Callable[[], Outcome], refused: Callable[[RefusedError], Outcome]) -> Outcome | Unknown | None:
    """What the bot says to `call`, or what `refused` makes of it where it did nothing; None: it is away."""
    try:
        return call()
    except PeerAwayError as error:
        _log.info("bot_away", error=str(error))
        return None
    except NoAnswerError as error:
        return Unknown(reason=str(error))
    except RefusedError as error:
        return refused(error)


def judged(error: RefusedError) -> Later | Never:
    """The bot did nothing: because of what it was told, or because of a setting that somebody has to mend."""
    return Never(reason=wording.bot_refused(str(error))) if error.status in _HOPELESS else held_back(error)


def doubted(error: RefusedError) -> Unknown:
    """What was asked does no harm when it is asked again."""
    return Unknown(reason=str(error))


def held_back(error: RefusedError) -> Later:
    """The bot did nothing, and somebody has to mend it: there is no giving up."""
    return Later(seconds=peer_delay(_MANY), reason=wording.bot_refused(str(error)))
