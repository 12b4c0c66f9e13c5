"""All traces of an app user are removed from Slack, step by step; what Slack keeps is told, nothing is kept secret."""

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import structlog

from desk.conversations.clearing import Clearing, Step
from desk.conversations.opening import Openings
from desk.dispatch.channel import DispatchError
from desk.dispatch.routing import told_in
from desk.domain import wording
from desk.domain.naming import short_id
from desk.errors import ChannelBookError, InDoubtError, WorkspaceError
from desk.locks import KeyedLocks
from desk.memory import Memory
from desk.outcomes import BLOCKED_SECONDS, setback
from desk.ports import ChannelBook, ChannelEntry, Clock, Erasure
from wire.ids import AppUserId, ChannelId
from wire.messages import Erase, Erased, Erasing, Later, Never

STEP_SECONDS = 4.0
"""For which a step goes on taking new things in hand."""
KEPT_SECONDS = 7 * 86_400.0
"""For which the report of a finished erasure is kept at most, should its answer, or the word that it came, be lost."""
PRUNE_SECONDS = 3_600.0
AGAIN_SECONDS = 1.0
REMEMBERED = 2_000

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Gone:
    """Whom the rest of the desk has to forget."""

    app_user_ids: tuple[AppUserId, ...]
    channel_ids: tuple[ChannelId, ...]


class Erasings:
    """Carries out erasures. How far each is stands in the channel book, so that any process goes on with it."""

    def __init__(
        self,
        *,
        book: ChannelBook,
        openings: Openings,
        clearing: Clearing,
        locks: KeyedLocks[AppUserId],
        clock: Clock,
        forget: Callable[[Gone], None],
    ) -> None:
        self._book = book
        self._openings = openings
        self._clearing = clearing
        self._locks = locks
        self._clock = clock
        self._forget = forget
        self._done: Memory[AppUserId, Erased] = Memory(REMEMBERED)
        self._pruning = threading.Lock()  # guards _call_off, so that there is one appointment and not many
        self._call_off: Callable[[], None] | None = None
        self._closed = False

    def concerns(self, app_user_id: AppUserId) -> bool:
        """Whether this app user is gone, or about to be: nothing may be shown of them any more."""
        entry = self._book.of_app_user(app_user_id)
        return bool(entry and entry.erasure) or self._done.get(app_user_id) is not None

    def resume(self, entries: Iterable[ChannelEntry]) -> None:
        """Forget in time the reports that an earlier process kept."""
        if any(_is_finished(entry) for entry in entries):
            self._prune()

    def close(self) -> None:
        """Leave the rest to the next process."""
        with self._pruning:
            self._closed = True
            if self._call_off:
                self._call_off()

    def erase(self, erase: Erase) -> Erased | Erasing | Later:
        """Go on with the erasure for a few seconds, and say truthfully how far it is."""
        with self._locks.hold(erase.app_user_id):
            done = self._done.get(erase.app_user_id)
            try:
                if erase.reported:
                    self._forget_report(erase.app_user_id)
                    return done or Erased(deleted=0)
                if done:
                    return done
                return self._go_on(erase)
            except ChannelBookError as error:
                return Later(seconds=BLOCKED_SECONDS, reason=str(error))

    def _go_on(self, erase: Erase) -> Erased | Erasing | Later:
        entry = self._begun(erase)
        objection = None
        try:
            entry = self._step(entry)
        except (WorkspaceError, DispatchError) as error:
            entry, objection = self._begun(erase), error
        erasure = entry.erasure or Erasure(())
        news = erasure.deleted - erasure.counted
        if erasure.finished is not None:
            return self._finished(entry, erase, Erased(deleted=news, refused=erasure.refused))
        if news:  # it counts as told from now on; a process that was killed before this has told nobody
            self._book.keep(replace(entry, erasure=replace(erasure, counted=erasure.deleted)))
        return Erasing(deleted=news, seconds=0.0) if objection is None else _interrupted(objection, news)

    # --- the book

    def _begun(self, erase: Erase) -> ChannelEntry:
        """The line that says how far the erasure is. From now on it says nothing else of the app user."""
        found = self._book.of_app_user(erase.app_user_id)
        if found and found.erasure:
            return found
        ids = (erase.app_user_id, *erase.merged_ids)
        lines = {line.app_user_id: line for line in map(self._book.of_app_user, ids) if line}
        settled = [self._openings.settled(line) for line in lines.values()]
        channels = [each for line in settled for each in (*line.previous, line.channel_id) if each]
        merged = (*ids, *(each for line in settled for each in (line.app_user_id, *line.merged)))
        entry = ChannelEntry(
            erase.app_user_id,
            wording.nameless(short_id(erase.app_user_id)),
            state="gone",
            previous=tuple(dict.fromkeys(channels)),
            merged=tuple(each for each in dict.fromkeys(merged) if each != erase.app_user_id),
            uploads=tuple(each for line in settled for each in line.uploads),
            erasure=Erasure(tuple(dict.fromkeys(channels)), boards=_boards(settled)),
        )
        self._forget(_gone(entry))
        self._book.keep(entry)
        for line in settled:
            if line.app_user_id != entry.app_user_id:
                self._book.keep(entry, instead_of=line.app_user_id)
        return entry

    def _step(self, entry: ChannelEntry) -> ChannelEntry:
        """Clear as much as there is time for. The book knows what is done, whatever comes."""
        step = Step(self._clock.monotonic() + STEP_SECONDS)
        while (erasure := entry.erasure) and erasure.finished is None and self._clock.monotonic() < step.deadline:
            step.deleted = 0
            try:
                entry = self._clearing.go_on(entry, erasure, step)
            finally:  # what was deleted before somebody objected was deleted
                done = entry.erasure or erasure
                entry = replace(entry, erasure=replace(done, deleted=done.deleted + step.deleted))
                self._book.keep(entry)
        return entry

    def _finished(self, entry: ChannelEntry, erase: Erase, report: Erased) -> Erased:
        self._forget(_gone(entry))
        for app_user_id in (erase.app_user_id, *entry.merged):
            self._done.put(app_user_id, report)
        self._prune_later()
        _log.info("erased", app_user_id=erase.app_user_id, refused=len(report.refused))
        return report

    # --- reports that nobody needs any more

    def _forget_report(self, app_user_id: AppUserId) -> None:
        """Take a finished erasure out of the book, with the lines of all who were merged."""
        with self._locks.hold(app_user_id):
            entry = self._book.of_app_user(app_user_id)
            if self._closed or entry is None or not _is_finished(entry):
                return
            theirs = {app_user_id, *entry.merged}
            for each in theirs:
                self._book.forget(each)

    def _prune_later(self) -> None:
        with self._pruning:
            if self._call_off is None and not self._closed:
                self._call_off = self._clock.after(PRUNE_SECONDS, self._prune)

    def _prune(self) -> None:
        """Forget the reports that nobody asked for in a long time; look again as long as there are others."""
        with self._pruning:
            self._call_off = None
        try:
            for entry in filter(_is_finished, self._book.unfinished()):
                if _is_old(entry, self._clock.now()):
                    self._forget_report(entry.app_user_id)
        except ChannelBookError as error:
            _log.warning("reports of erasures not forgotten", error=str(error))
        if any(map(_is_finished, self._book.unfinished())):
            self._prune_later()


def _is_finished(entry: ChannelEntry) -> bool:
    return entry.erasure is not None and entry.erasure.finished is not None


def _is_old(entry: ChannelEntry, now: float) -> bool:
    """Whether a report was kept for long enough. A clock that was set wrong must not keep it for years."""
    finished = entry.erasure.finished if entry.erasure else None
    return finished is not None and abs(now - finished) >= KEPT_SECONDS


def _interrupted(error: WorkspaceError | DispatchError, news: int) -> Erasing | Later:
    """What was done stays done, and asking for it again does no harm: nothing is ever in doubt here."""
    outcome = setback(error)
    seconds = AGAIN_SECONDS if isinstance(error, InDoubtError) else getattr(outcome, "seconds", BLOCKED_SECONDS)
    _log.info("erasure interrupted", reason=outcome.reason, deleted=news)
    return Erasing(deleted=news, seconds=seconds) if news else Later(seconds=seconds, reason=outcome.reason)


def refusal() -> Never:
    """The answer to every order that still concerns an erased app user."""
    return Never(reason=wording.erased())


def _boards(lines: Sequence[ChannelEntry]) -> tuple[str, ...]:
    """Where dispatch notices of these conversations may stand; of one that was only begun, nothing may be known yet."""
    chosen = [line.route.dispatch for line in lines if line.route and line.route.dispatch]
    return tuple(dict.fromkeys((*told_in(*lines), *chosen)))


def _gone(entry: ChannelEntry) -> Gone:
    return Gone((entry.app_user_id, *entry.merged), entry.previous)
