"""The agents' side, free of Errbot and Flask: from commands and app users' messages to Slack and back."""

from desk.building import build
from desk.desk import Desk
from desk.errors import ChannelBookError, ChannelBookTakenError
from desk.ports import ChannelEntry
from desk.values import RETRY_ACTION, Answer, ChannelChange, Press, Shortcut, Submission, Typed

__all__ = [
    "RETRY_ACTION",
    "Answer",
    "ChannelBookError",
    "ChannelBookTakenError",
    "ChannelChange",
    "ChannelEntry",
    "Desk",
    "Press",
    "Shortcut",
    "Submission",
    "Typed",
    "build",
]
