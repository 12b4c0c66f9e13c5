"""`!history`: what was said last in a conversation, for one agent."""

import structlog

from desk.asking import Asked
from desk.domain.history import MOST, history_blocks, how_many, told
from desk.domain.slack_text import escape
from desk.domain.wording import history as wording
from desk.ports import AppSide, Clock
from desk.values import Answer
from wire.cases import HistoryRequest
from wire.client import NoAnswerError, PeerAwayError, RefusedError

_log = structlog.get_logger(__name__)


def show_history(app_side: AppSide, clock: Clock, asked: Asked) -> Answer:
    """Ask for the last lines of the channel's conversation and lay them out."""
    entry = asked.there
    most = how_many(asked.argument)
    if most is None:
        return Answer(wording.not_a_number(MOST))
    try:
        said = HistoryRequest(app_user_id=entry.app_user_id, most=most)
        history = app_side.history(said, seconds=asked.within.left(clock.now()))
    except (PeerAwayError, NoAnswerError) as error:
        _log.warning("history not shown", app_user_id=entry.app_user_id, reason=str(error))
        return Answer(wording.away())
    except RefusedError as error:
        _log.warning("history not shown", app_user_id=entry.app_user_id, reason=error.code)
        return Answer(wording.refused(escape(error.description)))
    if not history.lines:
        return Answer(escape(wording.nothing_said(entry.title)), carried_out=True)
    lines = [told(line, entry.title) for line in history.lines]
    blocks = history_blocks(lines, asked=most, more=history.more)
    return Answer(escape(wording.history_title(entry.title)), blocks, carried_out=True)
