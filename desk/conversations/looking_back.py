"""What was said last in a conversation that goes on in a new channel, for its introduction."""

import structlog

from desk.domain import wording
from desk.domain.naming import title
from desk.domain.slack_text import escape, shorten
from desk.ports import AppSide
from wire.client import DoorError
from wire.ids import AppUserId
from wire.messages import RecentMessage

SECONDS = 2.0
"""To wait for the ledger: an introduction without a past is better than none."""
TEXT_SHOWN = 300

_log = structlog.get_logger(__name__)


def look_back(app_side: AppSide, app_user_id: AppUserId, before: float) -> list[str]:
    """Lines of the messages before `before` (seconds since the epoch), oldest first, escaped."""
    try:
        messages = app_side.recent(app_user_id, before, seconds=SECONDS)
    except DoorError as error:
        _log.warning("the last messages are not known", app_user_id=app_user_id, reason=str(error))
        return []
    return [_line(message, app_user_id) for message in messages]


def _line(message: RecentMessage, app_user_id: AppUserId) -> str:
    name = (message.name or wording.an_agent()) if message.by_agent else title(message.name, None, app_user_id)
    said = " ".join(message.text.split())
    if message.file_name:
        said = f"{said} {wording.file_named(message.file_name)}".strip()
    text = shorten(said, TEXT_SHOWN) or wording.empty_message()
    return wording.said_by(escape(name), escape(text))
