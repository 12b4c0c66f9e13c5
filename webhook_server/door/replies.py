"""Agents' replies, and failed ones that are tried again."""

import structlog
from flask import Response

from webhook_server import enclosures, intake, outcomes, wording
from webhook_server.api.house import House
from webhook_server.domain.receipts import Standing
from webhook_server.door.ear import Ear, Views, said
from webhook_server.errors import InvalidRequestError, RefusedError
from wire import messages as wire
from wire.ids import MessageId

_log = structlog.get_logger()


def views(house: House, ear: Ear) -> Views:
    """What answers about replies."""
    replies = _Replies(house, ear)
    return {wire.REPLIES: replies.reply, wire.RETRY: replies.retry}


class _Replies:
    """Takes them into the ledger, and lets the courier run."""

    def __init__(self, house: House, ear: Ear) -> None:
        self._house = house
        self._ear = ear

    def reply(self) -> Response:
        """An agent replied."""
        reply = self._ear.bot(wire.Reply)
        if reply.media is None and not reply.text.strip():
            raise InvalidRequestError(wording.text_needed())
        now = self._house.clock.now()
        try:
            accepted = self._house.ledger.write(lambda books: intake.accept_reply(books, reply, now))
        except RefusedError:
            enclosures.discard(self._house.media, reply.media)
            raise
        self._house.courier.run(accepted.errands)
        if accepted.repeated:  # with the file that came the first time
            enclosures.discard(self._house.media, reply.media)
        ids = {"message_id": reply.message_id, "app_user_id": accepted.app_user_id}
        _log.info("reply_accepted", **ids, repeated=accepted.repeated)
        return _accepted(reply.message_id, accepted.standing, repeated=accepted.repeated)

    def retry(self) -> Response:
        """An agent wants a failed reply to be delivered again."""
        asked = self._ear.bot(wire.RetryRequest)
        now = self._house.clock.now()
        retried = self._house.ledger.write(lambda books: outcomes.retry(books, asked.message_id, now))
        self._house.courier.run(retried.errands)
        _log.info("reply_retried", message_id=asked.message_id, state=retried.standing.state)
        return _accepted(asked.message_id, retried.standing, repeated=retried.in_vain)


def _accepted(message_id: MessageId, standing: Standing, *, repeated: bool) -> Response:
    return said(wire.ReplyAccepted(message_id=message_id, state=standing.state, repeated=repeated))
