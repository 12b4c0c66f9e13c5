"""Whether the team is there."""

import structlog
from flask import Response

from webhook_server.api.house import House
from webhook_server.door.ear import Ear, Views, said
from wire import cases as wire

_log = structlog.get_logger()


def views(house: House, ear: Ear) -> Views:
    """What answers about the team."""

    def away() -> Response:
        """An agent asks whether the team is there, or says so."""
        asked = ear.bot(wire.AwayRequest)
        attendance = house.attendances.ask(asked)
        if asked.agent is not None:
            _log.info("attendance_changed", agent_id=asked.agent.agent_id, away=not asked.back)
        return said(attendance)

    return {wire.AWAY: away}
