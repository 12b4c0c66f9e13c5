"""What agents do about cases, and which of them wait."""

import structlog
from flask import Response

from webhook_server import deeds, telling
from webhook_server.api.house import House
from webhook_server.domain.errands import Errands
from webhook_server.door.ear import Ear, Views, said
from webhook_server.ledger import Books
from wire import cases as wire

_log = structlog.get_logger()


def views(house: House, ear: Ear) -> Views:
    """What answers about cases."""
    door = _CasesDoor(house, ear)
    return {wire.DEED: door.deed, wire.CASES: door.listing}


class _CasesDoor:
    def __init__(self, house: House, ear: Ear) -> None:
        self._house = house
        self._ear = ear

    def deed(self) -> Response:
        """An agent does something about a case."""
        asked = self._ear.bot(wire.Deed)
        now = self._house.clock.now()
        done = self._house.ledger.write(lambda books: deeds.carry_out(books, asked, now))
        self._house.courier.run(Errands(untold=done.untold))
        about = {"kind": asked.kind, "case_id": done.case.case_id, "app_user_id": done.case.app_user_id}
        _log.info("case_deed", **about, agent_id=asked.agent.agent_id, unchanged=done.case.unchanged)
        return said(done.case)

    def listing(self) -> Response:
        """Which cases wait, or are an agent's."""
        asked = self._ear.bot(wire.CasesRequest)
        return said(self._house.ledger.read(lambda books: _listed(books, asked)))


def _listed(books: Books, asked: wire.CasesRequest) -> wire.CaseList:
    if asked.agent_id is None:
        found, total = books.cases.waiting(asked.most)
    else:
        found, total = books.cases.claimed_by(asked.agent_id, asked.most)
    told = (telling.told(books, case) for case in found)
    return wire.CaseList(cases=tuple(case for case in told if case), total=total)
