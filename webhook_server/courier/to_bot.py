"""Carries app users' messages to the bot, which puts them into Slack."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import replace

import structlog

from webhook_server import agents_wording as wording
from webhook_server import outcomes
from webhook_server.clock import Clock
from webhook_server.courier.asking import judged, outcome_of
from webhook_server.courier.crew import Trip
from webhook_server.domain import origin
from webhook_server.domain.errands import Errands
from webhook_server.domain.handovers import Parcel
from webhook_server.domain.paging import seconds
from webhook_server.domain.receipts import Place
from webhook_server.domain.retry import peer_delay
from webhook_server.ledger import Ledger
from webhook_server.media.links import Links
from wire.client import DoorClient
from wire.ids import AppUserId
from wire.messages import OUTCOME, RECEIVE, Done, Incoming, IncomingMessage, Later, MediaFile, Never, Unknown

TOGETHER_CHARACTERS = 100_000
"""Messages that go together have at most so many."""

_log = structlog.get_logger()


class ToBot:
    """Hands over what waits of a conversation, in one request: one message nearly always.

    Each gets a post of its own, unless the bot asked to wait: then they may share one.

    `errands` takes what follows from a message's fate for others, `decided` whose message it was. `in_doubt` are
    hand-overs that may have been under way when the process last ended. `_lock` guards what is remembered of lanes.
    """

    def __init__(
        self,
        ledger: Ledger,
        door: DoorClient,
        links: Links,
        clock: Clock,
        *,
        errands: Callable[[Errands], None],
        decided: Callable[[AppUserId], None] = lambda _: None,
        in_doubt: Iterable[int] = (),
    ) -> None:
        self._errands = errands
        self._decided = decided
        self._ledger = ledger
        self._door = door
        self._links = links
        self._clock = clock
        self._lock = threading.Lock()
        self._in_doubt = set(in_doubt)
        self._held_back: set[AppUserId] = set()
        self._alone_until: dict[AppUserId, int] = {}
        self._failures: dict[AppUserId, int] = {}

    def carry(self, whose: AppUserId, ids: tuple[int, ...]) -> Trip[int]:
        """Hand over `ids`, the oldest first."""
        wanted = ids[:1] if ids[0] <= self._alone_until.get(whose, 0) else ids
        found = self._ledger.read(lambda books: books.handovers.parcels(wanted))
        parcels = _together([parcel for parcel in found if parcel.state == "waiting"])
        if not parcels:
            return Trip(wanted)
        if parcels[0].app_user.id != whose:
            return Trip(moved=parcels[0].app_user.id)
        began = self._clock.now()
        outcome = outcome_of(lambda: self._door.call(RECEIVE, self._incoming(parcels), OUTCOME), judged)
        if outcome is None:
            return Trip(away=True)
        if isinstance(outcome, Done):
            shown = max(1, len(parcels) - outcome.left)
            return Trip(self._shown(whose, parcels[:shown], Place(outcome.place.channel_id, outcome.place.ts)))
        shown = min(outcome.shown, len(parcels) - 1)
        carried = self._shown(whose, parcels[:shown], None) if shown else ()
        return self._not_shown(whose, parcels[shown:], carried, outcome, began)

    def _shown(self, whose: AppUserId, parcels: list[Parcel], place: Place | None) -> tuple[int, ...]:
        """They are in Slack."""
        now = self._clock.now()
        self._errands(self._ledger.write(lambda books: outcomes.shown(books, parcels, place, now)))
        self._decided(whose)
        _log.info("message_shown", app_user_id=whose, message_ids=[parcel.message.id for parcel in parcels])
        return self._forget(whose, parcels)

    def _not_shown(
        self,
        whose: AppUserId,
        parcels: list[Parcel],
        carried: tuple[int, ...],
        outcome: Later | Never | Unknown,
        began: float,
    ) -> Trip[int]:
        """What becomes of those that did not come into Slack, after others that did."""
        log = _log.bind(app_user_id=whose, message_ids=[parcel.message.id for parcel in parcels], reason=outcome.reason)
        match outcome:
            case Later(seconds=delay):
                with self._lock:
                    self._held_back.add(whose)
                log.info("message_held_back", seconds=delay)
                return Trip(carried, max(0.0, delay))
            case Never() if len(parcels) > 1:  # which of them is the bad one shows when each goes alone
                with self._lock:
                    self._alone_until[whose] = parcels[-1].id
                log.warning("messages_refused")
                return Trip(carried)
            case Never(reason=reason):
                now = self._clock.now()
                self._errands(self._ledger.write(lambda books: outcomes.strand(books, parcels[0], reason, now)))
                self._decided(whose)
                log.error("message_refused")
                return Trip(carried + self._forget(whose, parcels))
            case Unknown():
                undoubted = [parcel.id for parcel in parcels if parcel.doubt_since is None]
                self._ledger.write(lambda books: books.handovers.doubt(undoubted, began))
                delay = peer_delay(self._failed(whose))
                log.warning("message_in_doubt", seconds=delay)
                return Trip(carried, delay)

    def _incoming(self, parcels: list[Parcel]) -> Incoming:
        user = parcels[0].app_user
        doubts = [since for parcel in parcels if (since := self._doubt_since(parcel)) is not None]
        return Incoming(
            app_user_id=user.id,
            user_id=user.user_id,
            profile_name=user.profile.name,
            messages=tuple(_shown(parcel, self._links) for parcel in parcels),
            doubt_since=min(doubts, default=None),
            properties=origin.within_bounds(user.profile.properties),
            language=origin.language(parcels[0].devices, user.profile),
            source=origin.source(parcels[0].devices),
            case_id=parcels[0].message.case_id,
            apart=user.id not in self._held_back,
        )

    def _doubt_since(self, parcel: Parcel) -> float | None:
        if parcel.doubt_since is None and parcel.id in self._in_doubt:
            return parcel.accepted
        return parcel.doubt_since

    def _failed(self, whose: AppUserId) -> int:
        with self._lock:
            self._failures[whose] = self._failures.get(whose, 0) + 1
            return self._failures[whose]

    def _forget(self, whose: AppUserId, parcels: list[Parcel]) -> tuple[int, ...]:
        """These need no more care, and whatever was in their lane's way is gone. Returns their hand-overs."""
        ids = tuple(parcel.id for parcel in parcels)
        with self._lock:
            self._held_back.discard(whose)
            self._failures.pop(whose, None)
            self._in_doubt.difference_update(ids)
            if ids[-1] >= self._alone_until.get(whose, 0):
                self._alone_until.pop(whose, None)
        return ids


def _shown(parcel: Parcel, links: Links) -> IncomingMessage:
    """A message as the bot gets it."""
    draft = parcel.message.draft
    upload = draft.media
    if upload is not None and not upload.size:  # removed before it was shown: nothing is left but words
        text = draft.text or wording.file_removed(upload.file_name)
        draft = replace(draft, type="text", text=text, media=None, media_type=None)
        upload = None
    return IncomingMessage(
        message_id=parcel.message.id,
        text=draft.text,
        received=seconds(parcel.message.received),
        name=wording.shown_name(draft.role, draft.name),
        avatar_url=draft.avatar_url,
        media_url=draft.media_url if upload is None else links.of(upload),
        media_type=draft.media_type,
        type=draft.type,
        media=None if upload is None else MediaFile(name=upload.file_name, type=upload.media_type, size=upload.size),
        by_app=draft.role == "appMaker",
    )


def _together(parcels: list[Parcel]) -> list[Parcel]:
    """As many of the oldest as fit into one call."""
    room = TOGETHER_CHARACTERS
    for place, parcel in enumerate(parcels):
        room -= len(parcel.message.draft.text)
        if room < 0:
            return parcels[: max(1, place)]
    return parcels
