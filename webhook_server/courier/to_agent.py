"""Carries receipts to the bot, which shows agents what became of their replies."""

import structlog

from webhook_server.courier.crew import Trip
from webhook_server.domain.receipts import Place as KnownPlace
from webhook_server.domain.receipts import ReplyReceipt, Unshown
from webhook_server.domain.retry import peer_delay
from webhook_server.ledger import Ledger
from wire.client import DoorClient, NoAnswerError, PeerAwayError, RefusedError
from wire.ids import AppUserId
from wire.messages import OUTCOME, RECEIPT, Agent, Done, Later, Never, Place, Receipt, Unknown

_RETRY_FAILURES = 4

_log = structlog.get_logger()


class ToAgent:
    """Tells the bot a reply's newest state, once for each, until the bot says that it shows it."""

    def __init__(self, ledger: Ledger, door: DoorClient) -> None:
        self._ledger = ledger
        self._door = door

    def carry(self, _: AppUserId, items: tuple[Unshown, ...]) -> Trip[Unshown]:
        """Tell the state of the oldest of `items`."""
        oldest = items[:1]
        receipt = self._ledger.read(lambda books: books.receipts.find(oldest[0].message_id))
        if receipt is None or receipt.shown_sequence >= receipt.sequence:
            return Trip(oldest)
        log = _log.bind(app_user_id=receipt.app_user_id, message_id=receipt.message_id)
        try:
            outcome = self._door.call(RECEIPT, _told(receipt), OUTCOME)
        except PeerAwayError as error:
            log.info("bot_away", error=str(error))
            return Trip(away=True)
        except (NoAnswerError, RefusedError) as error:
            outcome = Unknown(reason=str(error))
        match outcome:
            case Done(place=place):
                self._shown(receipt, KnownPlace(place.channel_id, place.ts))
                log.info("receipt_shown", state=receipt.standing.state)
            case Never(reason=reason):
                self._shown(receipt, None)
                log.warning("receipt_refused", state=receipt.standing.state, reason=reason)
            case Later(seconds=seconds, reason=reason):
                log.info("receipt_held_back", seconds=seconds, reason=reason)
                return Trip(delay=max(0.0, seconds))
            case Unknown(reason=reason):
                log.warning("receipt_in_doubt", reason=reason)
                return Trip(delay=peer_delay(_RETRY_FAILURES))
        return Trip(oldest)

    def _shown(self, receipt: ReplyReceipt, place: KnownPlace | None) -> None:
        self._ledger.write(lambda books: books.receipts.shown(receipt, place))


def _told(receipt: ReplyReceipt) -> Receipt:
    speaker, place = receipt.speaker, receipt.place
    return Receipt(
        message_id=receipt.message_id,
        app_user_id=receipt.app_user_id,
        channel_id=receipt.channel_id,
        text=receipt.text,
        agent=Agent(agent_id=speaker.agent_id, name=speaker.name, avatar_url=speaker.avatar_url),
        state=receipt.standing.state,
        sequence=receipt.sequence,
        accepted=receipt.accepted,
        reason=receipt.standing.reason,
        place=Place(channel_id=place.channel_id, ts=place.ts) if place else None,
    )
