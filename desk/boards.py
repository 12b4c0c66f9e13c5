"""The boards: one for each dispatch channel, with the notices of the conversations that belong there."""

import threading
from collections.abc import Collection

from desk.announcing import Announcing
from desk.dispatch import Dispatch
from desk.dispatches import Dispatches
from desk.domain.announcements import Started
from desk.lanes import Lanes
from desk.ports import ChannelEntry, Clock
from wire.ids import AppUserId
from wire.messages import Place


class Boards:
    """Knows on which board a conversation is told of. `_guard` guards the boards' table."""

    def __init__(self, lanes: Lanes, dispatches: Dispatches, clock: Clock) -> None:
        self._lanes = lanes
        self._dispatches = dispatches
        self._clock = clock
        self._guard = threading.Lock()
        self._boards: dict[Dispatch, Announcing] = {}

    def of(self, entry: ChannelEntry) -> Announcing:
        """The board on which this conversation's notices stand."""
        return self._board(self._dispatches.of(entry))

    def at(self, place: Place) -> Announcing:
        """The board on which a notice stands; for one in a channel of earlier settings any will do."""
        with self._guard:
            boards = dict(self._boards)
        found = (board for dispatch, board in boards.items() if dispatch.is_known_as(place.channel_id))
        return next(found, None) or self._board(self._dispatches.default)

    def lead_elsewhere(self, place: Place, app_user_id: AppUserId, line: Started) -> None:
        """As `Announcing.lead_elsewhere`."""
        self.at(place).lead_elsewhere(place, app_user_id, line)

    def leave_out(self, place: Place, app_user_ids: Collection[AppUserId]) -> None:
        """As `Announcing.leave_out`."""
        self.at(place).leave_out(place, app_user_ids)

    def forget(self, app_user_ids: Collection[AppUserId]) -> None:
        """Say nothing more of these app users anywhere, and remember nothing."""
        with self._guard:
            boards = list(self._boards.values())
        for board in boards:
            board.forget(app_user_ids)

    def _board(self, dispatch: Dispatch) -> Announcing:
        with self._guard:
            if dispatch not in self._boards:
                self._boards[dispatch] = Announcing(self._lanes, dispatch, self._clock)
            return self._boards[dispatch]
