"""The agents' side, free of Errbot and Flask: from commands and app users' messages to Slack and back."""

from desk.desk import Desk
from desk.ports import ChannelBookError, ChannelEntry
from desk.values import RETRY_ACTION, Answer, ChannelChange, Press, Typed
from settings import Settings

__all__ = [
    "RETRY_ACTION",
    "Answer",
    "ChannelBookError",
    "ChannelChange",
    "ChannelEntry",
    "Desk",
    "Press",
    "Typed",
    "build",
]


def build(settings: Settings) -> Desk:
    """The process's desk: the same settings give the same desk, until it is closed. Makes no Slack call.

    Raises:
        ChannelBookError: the channel book cannot be read, or another bot has it open.
    """
    raise NotImplementedError
