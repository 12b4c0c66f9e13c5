"""Tells the bot that two app users are one, before it gets whatever waits for the one who stayed."""

import structlog

from webhook_server.clock import Clock
from webhook_server.courier.asking import judged, outcome_of
from webhook_server.courier.crew import Trip
from webhook_server.domain.handovers import Event, Parcel
from webhook_server.domain.merging import LOSER
from webhook_server.domain.receipts import Place
from webhook_server.domain.retry import peer_delay
from webhook_server.ledger import Ledger
from wire.client import DoorClient
from wire.ids import AppUserId
from wire.messages import MERGED, OUTCOME, Done, Later, Merged, Never, Unknown

_RETRY_FAILURES = 4

_log = structlog.get_logger()


class MergeOrders:
    """Tells one merge at a time until the bot has carried it out. Told twice, it does nothing the second time."""

    def __init__(self, ledger: Ledger, door: DoorClient, clock: Clock) -> None:
        self._ledger = ledger
        self._door = door
        self._clock = clock

    def carry(self, whose: AppUserId, ids: tuple[int, ...]) -> Trip[int]:
        """Tell the first of `ids`."""
        first = ids[:1]
        found = self._ledger.read(lambda books: books.handovers.parcels(first))
        if not found or found[0].state != "waiting":
            return Trip(first)
        parcel = found[0]
        if parcel.app_user.id != whose:
            return Trip(moved=parcel.app_user.id)
        outcome = outcome_of(lambda: self._door.call(MERGED, _said(parcel), OUTCOME), judged)
        return Trip(away=True) if outcome is None else self._conclude(parcel, outcome)

    def _conclude(self, parcel: Parcel, outcome: Done | Later | Never | Unknown) -> Trip[int]:
        ids = (parcel.id,)
        log = _log.bind(app_user_id=parcel.app_user.id)
        match outcome:
            case Done(place=place):
                stands = Place(place.channel_id, place.ts)
                self._ledger.write(lambda books: books.handovers.arrived(ids, stands))
                log.info("merge_shown")
                return Trip(ids)
            case Never(reason=reason):  # what waits behind it goes on without
                self._ledger.write(lambda books: books.handovers.give_up(ids, reason))
                log.error("merge_refused", reason=reason)
                return Trip(ids)
            case Later(seconds=seconds, reason=reason):
                log.info("merge_held_back", seconds=seconds, reason=reason)
                return Trip(delay=max(0.0, seconds))
            case Unknown(reason=reason):
                now = self._clock.now()
                if parcel.doubt_since is None:
                    self._ledger.write(lambda books: books.handovers.doubt(ids, now))
                log.warning("merge_in_doubt", reason=reason)
                return Trip(delay=peer_delay(_RETRY_FAILURES))


def _said(parcel: Parcel) -> Merged:
    if not isinstance(parcel.about, Event):
        raise TypeError(f"hand-over {parcel.id} tells of no merge")
    user = parcel.app_user
    return Merged(
        app_user_id=user.id,
        merged_id=AppUserId(parcel.about.fields[LOSER]),
        user_id=user.user_id,
        profile_name=user.profile.name,
    )
