"""Lets the bot remove from Slack what it put there of app users who were erased."""

from collections.abc import Callable
from dataclasses import replace

import structlog

from webhook_server.clock import Clock
from webhook_server.courier.asking import held_back, outcome_of
from webhook_server.courier.crew import Trip
from webhook_server.domain.erasures import Erasure
from webhook_server.domain.retry import peer_delay
from webhook_server.ledger import Ledger
from wire.client import DoorClient, DoorError
from wire.ids import AppUserId
from wire.messages import ERASE, ERASURE_OUTCOME, Erase, Erased, Erasing, Later, Unknown

STEP_SECONDS = 120.0
"""The bot works at an erasure for a while before it answers."""

_SOON_SECONDS = 0.2
_MANY = 16

_log = structlog.get_logger()


class ErasureOrders:
    """Asks again until the bot says that nothing is left, or what Slack keeps.

    `still_told` says whether the bot is being told of an app user in another way: that would put back what it removes.
    """

    def __init__(
        self, ledger: Ledger, door: DoorClient, clock: Clock, *, still_told: Callable[[AppUserId], bool]
    ) -> None:
        self._ledger = ledger
        self._door = door
        self._clock = clock
        self._still_told = still_told

    def waiting(self) -> tuple[AppUserId, ...]:
        """Those of whom there may be something left in Slack."""
        return self._ledger.read(lambda books: books.erasures.waiting())

    def carry(self, whose: AppUserId, ids: tuple[int, ...]) -> Trip[int]:
        """Go on with the erasure of `whose`."""
        erasure = self._ledger.read(lambda books: books.erasures.find(whose))
        if erasure is None or erasure.state == "done":
            return Trip(ids)
        if self._still_told(whose):
            return Trip(delay=_SOON_SECONDS)
        said = Erase(app_user_id=whose, merged_ids=erasure.merged_ids)
        outcome = outcome_of(
            lambda: self._door.call(ERASE, said, ERASURE_OUTCOME, answer_seconds=STEP_SECONDS), held_back
        )
        return Trip(away=True) if outcome is None else self._conclude(erasure, outcome, ids)

    def _conclude(
        self, erasure: Erasure, outcome: Erased | Erasing | Later | Unknown, ids: tuple[int, ...]
    ) -> Trip[int]:
        log = _log.bind(app_user_id=erasure.app_user_id)
        match outcome:
            case Erased(deleted=deleted, refused=refused):
                now, total = self._clock.now(), erasure.deleted + deleted
                self._save(replace(erasure, state="done", deleted=total, refused=refused, finished=now))
                log.info("erased_in_slack", deleted=total, refused=len(refused))
                self._acknowledge(erasure)
                return Trip(ids)
            case Erasing(deleted=deleted, seconds=seconds):
                self._save(replace(erasure, deleted=erasure.deleted + deleted))
                log.info("erasing_in_slack", deleted=deleted, seconds=seconds)
                return Trip(delay=max(0.0, seconds))
            case Later(seconds=seconds, reason=reason):
                log.info("erasure_held_back", seconds=seconds, reason=reason)
                return Trip(delay=max(0.0, seconds))
            case Unknown(reason=reason):
                log.warning("erasure_in_doubt", reason=reason)
                return Trip(delay=peer_delay(_MANY))

    def _acknowledge(self, erasure: Erasure) -> None:
        """Let the bot forget its report at once. If this gets lost, it does so in its own time."""
        said = Erase(app_user_id=erasure.app_user_id, merged_ids=erasure.merged_ids, reported=True)
        try:
            self._door.call(ERASE, said, ERASURE_OUTCOME)
        except DoorError as error:
            _log.info("erasure_not_acknowledged", app_user_id=erasure.app_user_id, error=str(error))

    def _save(self, erasure: Erasure) -> None:
        self._ledger.write(lambda books: books.erasures.save(erasure))
