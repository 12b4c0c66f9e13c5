"""Whether the process is up, and whether it can do its job."""

from flask import Response

from webhook_server import wording
from webhook_server.api.answers import answer, refusal
from webhook_server.api.house import House
from webhook_server.ledger import LedgerUnavailableError


class HealthApi:
    """Health over HTTP, open to everyone."""

    def __init__(self, house: House) -> None:
        self._house = house

    def up(self) -> Response:
        """GET /healthz."""
        return answer({"status": "ok"})

    def ready(self) -> Response:
        """GET /readyz: the ledger can be written. The bot may be away: messages wait for it."""
        try:
            self._house.ledger.check(self._house.clock.now())
        except LedgerUnavailableError as error:
            return refusal(503, "ledger_unavailable", wording.not_ready(str(error)), retry_after=1)
        return answer({"status": "ready"})
