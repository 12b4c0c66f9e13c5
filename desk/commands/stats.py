"""How much there was to do, and how fast it was answered."""

from typing import get_args

import structlog

from desk.asking import Asked
from desk.domain import wording as common
from desk.domain.slack_text import escape, quoted_word
from desk.domain.stats import stats_blocks, stats_text
from desk.domain.wording import stats as wording
from desk.ports import AppSide, Clock
from desk.values import Answer
from wire.cases import StatsRequest
from wire.client import NoAnswerError, PeerAwayError, RefusedError

SPANS = {name: StatsRequest(span=name) for name in get_args(StatsRequest.model_fields["span"].annotation)}

_log = structlog.get_logger(__name__)


def show_stats(app_side: AppSide, clock: Clock, asked: Asked) -> Answer:
    """Ask for the numbers of today, or of this week, and lay them out."""
    request = SPANS.get(asked.argument.casefold()) if asked.argument else StatsRequest()
    if request is None:
        return Answer(wording.today_or_week(quoted_word(asked.argument)))
    try:
        stats = app_side.stats(request, seconds=asked.within.left(clock.now()))
    except (PeerAwayError, NoAnswerError) as error:
        _log.warning("numbers not shown", reason=str(error))
        return Answer(common.not_shown_away())
    except RefusedError as error:
        _log.warning("numbers not shown", reason=error.code)
        return Answer(common.not_shown_refused(escape(error.description)))
    return Answer(stats_text(stats, request), stats_blocks(stats, request), carried_out=True)
