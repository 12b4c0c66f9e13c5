"""The agents' side, free of Errbot and Flask: from commands and app users' messages to Slack and back.

`desk.py` lists the use cases, `parts/` puts them together from what the other packages hold: app users'
`conversations/`, the `dispatch/` channels that tell of them, `cases/`, agents' `replies/` and other `commands/`, their
`home/` tabs. `domain/` decides and words things, and does nothing. `ports/` is what all this needs from outside:
`slack/`, `channel_book/`, `app_side.py`. `errbot_backend/` is how it is heard in Slack.
"""

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
