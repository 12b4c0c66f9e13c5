"""Carries receipts to the bot, which shows agents what became of their replies, and what Slack did not take."""

from dataclasses import dataclass

import structlog

from webhook_server import wording
from webhook_server.courier.asking import doubted, outcome_of
from webhook_server.courier.crew import Trip
from webhook_server.domain.receipts import Place as KnownPlace
from webhook_server.domain.receipts import ReplyReceipt, Stranding, Unshown
from webhook_server.domain.retry import peer_delay
from webhook_server.ledger import Books, Ledger
from wire.client import DoorClient
from wire.ids import AppUserId, MessageId
from wire.messages import (
    OUTCOME,
    RECEIPT,
    STRANDED,
    Agent,
    Done,
    Later,
    Never,
    Place,
    Receipt,
    Said,
    Stranded,
    Unknown,
)

_RETRY_FAILURES = 4
_SHORT = 2_000
"""Characters of a reply that may share a post with others."""

_log = structlog.get_logger()


class ToAgent:
    """Tells the bot the newest state of a reply or a stranded message until the bot says that it shows it."""

    def __init__(self, ledger: Ledger, door: DoorClient) -> None:
        self._ledger = ledger
        self._door = door
        self._held_back: set[AppUserId] = set()

    def carry(self, whose: AppUserId, items: tuple[Unshown, ...]) -> Trip[Unshown]:
        """Tell the state of the oldest of `items`; of the others too, if the bot asked to wait."""
        oldest, behind = items[:1], items[1:] if whose in self._held_back else ()
        news = self._ledger.read(lambda books: _news(books, oldest[0].message_id, behind))
        if news is None:
            return Trip(oldest)
        if news.about.app_user_id != whose:
            return Trip(moved=news.about.app_user_id)
        log = _log.bind(app_user_id=news.about.app_user_id, message_id=news.about.message_id, state=news.state)
        match outcome_of(lambda: self._door.call(news.path, news.said, OUTCOME), doubted):
            case None:
                return Trip(away=True)
            case Done(place=place):
                self._shown(news.about, KnownPlace(place.channel_id, place.ts))
                log.info("receipt_shown")
            case Never(reason=reason):
                self._shown(news.about, None)
                log.warning("receipt_refused", reason=reason)
            case Later(seconds=seconds, reason=reason):
                self._held_back.add(whose)
                log.info("receipt_held_back", seconds=seconds, reason=reason)
                return Trip(delay=max(0.0, seconds))
            case Unknown(reason=reason):
                log.warning("receipt_in_doubt", reason=reason)
                return Trip(delay=peer_delay(_RETRY_FAILURES))
        self._held_back.discard(whose)
        return Trip(oldest)

    def _shown(self, about: ReplyReceipt | Stranding, place: KnownPlace | None) -> None:
        def job(books: Books) -> None:
            if isinstance(about, Stranding):
                books.strandings.shown(about, place)
            else:
                books.receipts.shown(about, place)

        self._ledger.write(job)


@dataclass(frozen=True, slots=True)
class _News:
    """What the bot has to show, and how it is told."""

    about: ReplyReceipt | Stranding
    state: str
    path: str
    said: Said


def _news(books: Books, message_id: MessageId, behind: tuple[Unshown, ...]) -> _News | None:
    """What the bot has to show of a message; None where it shows the newest already. `behind` wait for their turn."""
    receipt = books.receipts.find(message_id)
    if receipt is not None:
        if receipt.shown_sequence >= receipt.sequence:
            return None
        others = [_receipt(found) for each in behind if (found := books.receipts.find(each.message_id))]
        short = tuple(other for other in others if len(other.text) <= _SHORT)  # a request has its limits
        said = _receipt(receipt).model_copy(update={"others": short})
        return _News(receipt, receipt.standing.state, RECEIPT, said)
    stranding = books.strandings.find(message_id)
    message = books.messages.find(message_id)
    if stranding is None or message is None or stranding.shown_sequence >= stranding.sequence:
        return None
    user = books.app_users.by_id(stranding.app_user_id)
    name = wording.shown_name(message.draft.role, message.draft.name) or (user.profile.name if user else None)
    return _News(stranding, stranding.state, STRANDED, _stranded(stranding, name))


def _receipt(receipt: ReplyReceipt) -> Receipt:
    speaker = receipt.speaker
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
        place=_place(receipt.place),
        file_name=receipt.file_name,
    )


def _stranded(stranding: Stranding, name: str | None) -> Stranded:
    return Stranded(
        message_id=stranding.message_id,
        app_user_id=stranding.app_user_id,
        name=name,
        state=stranding.state,
        reason=stranding.reason,
        since=stranding.since,
        place=_place(stranding.place),
    )


def _place(known: KnownPlace | None) -> Place | None:
    return Place(channel_id=known.channel_id, ts=known.ts) if known else None
