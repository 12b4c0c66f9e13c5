"""The boards: one for each dispatch channel, with the notices of the conversations that belong there."""

import threading
from collections.abc import Collection

from desk.dispatch.announcing import Announcing
from desk.dispatch.channels import Dispatches
from desk.dispatch.rewriting import Rewriting
from desk.dispatch.sheets import Sheets
from desk.lanes import Lanes
from desk.ports import ChannelEntry, Clock
from wire.ids import AppUserId


class Boards:
    """Knows on which board a conversation is told of. `_guard` guards the boards' table."""

    def __init__(
        self, lanes: Lanes, dispatches: Dispatches, sheets: Sheets, rewriting: Rewriting, clock: Clock
    ) -> None:
        self._lanes = lanes
        self._dispatches = dispatches
        self._sheets = sheets
        self._rewriting = rewriting
        self._clock = clock
        self._guard = threading.Lock()
        self._boards: dict[str, Announcing] = {}

    def of(self, entry: ChannelEntry) -> Announcing:
        """The board on which this conversation's notices stand."""
        dispatch = self._dispatches.of(entry)
        with self._guard:
            if dispatch.setting not in self._boards:
                board = Announcing(self._lanes, dispatch, self._sheets, self._rewriting, self._clock)
                self._boards[dispatch.setting] = board
            return self._boards[dispatch.setting]

    def forget(self, app_user_ids: Collection[AppUserId]) -> None:
        """Say nothing more of these app users anywhere, and remember nothing."""
        self._sheets.forget(app_user_ids)
        with self._guard:
            boards = list(self._boards.values())
        for board in boards:
            board.forget(app_user_ids)
