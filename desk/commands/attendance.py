"""Whether the team is there: agents ask, and say so."""

from collections.abc import Callable
from functools import partial

import structlog

from desk.asking import Asked
from desk.cases.deeds import agent_of
from desk.dispatch.channel import Dispatch, DispatchError
from desk.domain import presence
from desk.domain import wording as common
from desk.domain.moments import Now
from desk.domain.slack_text import escape, to_plain
from desk.domain.wording import away as wording
from desk.domain.wording import times
from desk.errors import WorkspaceError
from desk.memory import Memory
from desk.outbox import Outbox
from desk.people import People
from desk.ports import AppSide, Clock, Mark, Post
from desk.values import Answer
from wire.cases import Attendance, AwayRequest
from wire.client import NoAnswerError, PeerAwayError, RefusedError

AWAY = "sk_away"
REQUESTS_REMEMBERED = 200

_log = structlog.get_logger(__name__)


class Attendances:
    """Asks the app's side, which knows office hours and keeps what agents said. `now` tells time and time zone.

    What changes for the team, everybody reads in the dispatch channel.
    """

    def __init__(
        self,
        *,
        app_side: AppSide,
        people: People,
        dispatch: Dispatch,
        outbox: Outbox,
        clock: Clock,
        now: Callable[[], Now],
    ) -> None:
        self._app_side = app_side
        self._people = people
        self._dispatch = dispatch
        self._outbox = outbox
        self._clock = clock
        self._now = now
        self._told: Memory[str, str] = Memory(REQUESTS_REMEMBERED)

    def away(self, asked: Asked) -> Answer:
        """Show whether the team is there, or let it be away, or back."""
        match presence.parse(asked.argument, self._now()):
            case None:
                return Answer(wording.not_understood())
            case presence.Show():
                return self._ask(AwayRequest(), asked)
            case presence.Back():
                return self._ask(AwayRequest(agent=agent_of(asked.person), back=True), asked)
            case presence.Away(until=until, text=text):
                told = to_plain(text, self._people.names(asked.within.deadline)) if text else None
                if told and len(told) > presence.TEXT_LIMIT:
                    return Answer(wording.too_long(presence.TEXT_LIMIT))
                return self._ask(AwayRequest(agent=agent_of(asked.person), until=until, text=told), asked)

    def _ask(self, request: AwayRequest, asked: Asked) -> Answer:
        try:
            attendance = self._app_side.away(request, seconds=asked.within.left(self._now().at))
        except PeerAwayError as error:
            _log.warning("attendance not known", reason=str(error))
            return Answer(common.nothing_done_away())
        except NoAnswerError as error:
            _log.warning("attendance in doubt", reason=str(error))
            return Answer(wording.in_doubt() if request.agent else common.nothing_done_away())
        except RefusedError as error:
            _log.warning("attendance refused", reason=error.code)
            return Answer(common.nothing_done_refused(escape(error.description)))
        if request.agent:
            _log.info("attendance said", agent_id=request.agent.agent_id, back=request.back)
            if not attendance.unchanged:
                self._tell_all(asked.typed.request_id, _line(request.agent.name, attendance))
        return Answer(_told(attendance), carried_out=True)

    def _tell_all(self, request_id: str, line: str) -> None:
        """Let the team read of it, once. Finding the channel may take longer than a person waits for an answer."""
        if self._told.get(request_id):
            return
        self._told.put(request_id, line)
        self._clock.after(0.0, partial(self._post, Post(line, Mark(AWAY, (request_id,)))))

    def _post(self, post: Post) -> None:
        try:
            self._outbox.put(self._dispatch.channel_id(), post)
        except (WorkspaceError, DispatchError) as error:
            _log.warning("the team is not told", reason=str(error))


def _line(agent: str, attendance: Attendance) -> str:
    """What the team reads, in mrkdwn."""
    if attendance.away_by is None:
        return wording.team_is_back(escape(agent))
    until = times.moment(attendance.until) if attendance.until is not None else None
    text = escape(" ".join(attendance.text.split())) if attendance.text else None
    return wording.team_is_away(escape(agent), until, text)


def _told(attendance: Attendance) -> str:
    """How it is, and what app users are told."""
    changes = times.moment(attendance.changes) if attendance.changes is not None else None
    if attendance.away_by:
        until = times.moment(attendance.until) if attendance.until is not None else None
        how = wording.is_away(escape(attendance.away_by.name), until)
    elif attendance.office_open:
        return wording.is_there(changes)
    else:
        how = wording.office_closed(changes)
    told = wording.is_told(escape(attendance.text)) if attendance.text else wording.nothing_told()
    return f"{how}\n{told}"
