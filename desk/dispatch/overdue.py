"""Dispatch notices that are overdue: the text stands in its channel, and the dispatch channel could not be told."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import replace

import structlog

from desk.conversations.opening import Newcomer, Openings
from desk.dispatch.channel import DispatchError
from desk.errors import ChannelBookError, InDoubtError, WorkspaceError
from desk.locks import KeyedLocks
from desk.outcomes import BLOCKED_SECONDS
from desk.ports import ChannelEntry, Clock
from wire.ids import AppUserId

LOOK_BACK = 3600.0
"""Seconds before its start for which a process looks for notices that the one before it may have posted."""

_log = structlog.get_logger(__name__)


class Overdue:
    """Tries again until the dispatch channel is told, so that no app user's next text has to wait for it.

    Each try holds the app user's lock, like every other step of an opening. `_guard` guards everything here.
    """

    def __init__(self, openings: Openings, locks: KeyedLocks[AppUserId], clock: Clock) -> None:
        self._openings = openings
        self._locks = locks
        self._clock = clock
        self._guard = threading.Lock()
        self._appointments: dict[AppUserId, Callable[[], None]] = {}
        self._owed: set[AppUserId] = set()
        self._closed = False

    def __contains__(self, app_user_id: AppUserId) -> bool:
        """Whether this process could not tell the dispatch channel of this app user, and will try again."""
        with self._guard:
            return app_user_id in self._owed

    def owe(self, newcomer: Newcomer) -> None:
        """The dispatch channel could not be told: it is to be told as soon as it can be."""
        with self._guard:
            self._owed.add(newcomer.app_user_id)
        self._appoint(newcomer)

    def dismiss(self, app_user_id: AppUserId) -> None:
        """Nothing is owed to this app user any more."""
        with self._guard:
            self._owed.discard(app_user_id)
            call_off = self._appointments.pop(app_user_id, None)
        if call_off:
            call_off()

    def resume(self, entries: Iterable[ChannelEntry]) -> None:
        """Take up what an earlier process owed."""
        now = self._clock.now()
        for entry in entries:
            if entry.state == "opening" and entry.introduced:
                self._appoint(Newcomer(entry.app_user_id, entry.title, None, "", now, now - LOOK_BACK))

    def close(self) -> None:
        """Call everything off; the next process takes it up."""
        with self._guard:
            self._closed = True
            appointments = list(self._appointments.values())
            self._appointments.clear()
        for call_off in appointments:
            call_off()

    def _appoint(self, newcomer: Newcomer) -> None:
        with self._guard:
            if not self._closed:
                again = self._clock.after(BLOCKED_SECONDS, lambda: self._try(newcomer))
                self._appointments[newcomer.app_user_id] = again

    def _try(self, newcomer: Newcomer) -> None:
        with self._locks.hold(newcomer.app_user_id):
            with self._guard:
                self._appointments.pop(newcomer.app_user_id, None)
                self._owed.discard(newcomer.app_user_id)
            began = self._clock.now()
            try:
                self._openings.announce(newcomer)
            except (WorkspaceError, DispatchError, ChannelBookError) as error:
                in_doubt = isinstance(error, InDoubtError)
                _log.info("dispatch notice overdue", app_user_id=newcomer.app_user_id, error=str(error))
                self.owe(replace(newcomer, doubt_since=newcomer.doubt_since or began) if in_doubt else newcomer)
