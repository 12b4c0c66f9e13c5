"""The notices of replies: one a reply, true to its last receipt, with as few Slack calls as that takes."""

from dataclasses import replace

import structlog

from desk.domain import wording
from desk.domain.notices import Notice, notice_blocks, notice_text
from desk.errors import (
    InDoubtError,
    LimitedError,
    PostGoneError,
    PostSealedError,
    RefusedError,
    UnreachableError,
    WorkspaceError,
)
from desk.lanes import Lanes
from desk.locks import KeyedLocks
from desk.memory import Memory
from desk.outcomes import NO_CHANNEL, UNREACHABLE_SECONDS, Setback, setback
from desk.pending import Pending, Shown
from desk.ports import ChannelBook, Clock, Mark, Post
from desk.values import RETRY_ACTION
from wire.ids import ChannelId, MessageId
from wire.messages import Done, Never, Place, Receipt

NOTICE = "sk_notice"
PATIENCE = 0.8
"""Seconds for which a notice waits for its final state, so that a fast delivery costs one post."""
SHOWN_REMEMBERED = 5_000

_log = structlog.get_logger(__name__)


class Notices:
    """Shows replies in their channels, in the order of their acceptance."""

    def __init__(self, *, lanes: Lanes, book: ChannelBook, clock: Clock) -> None:
        self._lanes = lanes
        self._book = book
        self._clock = clock
        self._began = clock.now()
        self._locks: KeyedLocks[ChannelId] = KeyedLocks()
        self._shown: Memory[MessageId, Shown] = Memory(SHOWN_REMEMBERED)
        self._pending = Pending(clock, self._due)

    # --- called while an agent waits: never waits for Slack

    def expect(self, channel_id: ChannelId, notice: Notice) -> None:
        """A reply is about to be handed over."""
        self._pending.expect(channel_id, notice)

    def accepted(self, channel_id: ChannelId, message_id: MessageId, state: str) -> None:
        """The reply was accepted: its notice follows, with the first receipt or in PATIENCE seconds."""
        self._pending.accepted(channel_id, message_id, state, PATIENCE)

    def drop(self, channel_id: ChannelId, message_id: MessageId) -> None:
        """The reply was not accepted, or nobody knows: only a receipt brings its notice now."""
        self._pending.drop(channel_id, message_id)

    def close(self) -> None:
        """Call off what is due later: receipts will bring it."""
        self._pending.close()

    # --- what brings notices

    def show(self, receipt: Receipt) -> Done | Setback:
        """Make the notice say what the receipt says, if it is news."""
        notice = Notice(receipt.message_id, receipt.agent.name, receipt.text, receipt.state, receipt.reason)
        log = _log.bind(message_id=receipt.message_id, state=receipt.state, sequence=receipt.sequence)
        with self._locks.hold(receipt.channel_id):
            try:
                place = self._show(receipt, notice)
            except NO_CHANNEL:
                log.warning("notice not shown", outcome="never", reason=wording.channel_lost())
                return Never(reason=wording.channel_lost())
            except WorkspaceError as error:
                self._pending.learn(receipt.channel_id, Shown(notice, receipt.sequence))
                outcome = setback(error)
                log.warning("notice not shown", outcome=outcome.result, reason=outcome.reason)
                return outcome
        log.info("notice shown", channel_id=place.channel_id, ts=place.ts)
        return Done(place=place)

    def _due(self, channel_id: ChannelId, message_id: MessageId) -> None:
        """No receipt came in time: show what is known."""
        with self._locks.hold(channel_id):
            shown = self._pending.get(channel_id, message_id)
            if shown is None:
                return
            try:
                self._show_earlier(channel_id, message_id)
                self._post(channel_id, shown)
            except (LimitedError, UnreachableError) as error:
                self._pending.postpone(channel_id, message_id, getattr(error, "seconds", UNREACHABLE_SECONDS))
            except WorkspaceError as error:
                self._pending.drop(channel_id, message_id)
                _log.warning("notice not shown", message_id=message_id, reason=repr(error))

    def _show(self, receipt: Receipt, notice: Notice) -> Place:
        known = self._shown.get(receipt.message_id) or Shown(notice)
        if known.place and known.sequence >= receipt.sequence:
            return known.place
        place = known.place or receipt.place or self._search(receipt, known)
        news = replace(known, notice=notice, sequence=receipt.sequence, place=place)
        if place is None:
            self._show_earlier(receipt.channel_id, receipt.message_id)
            place = self._post(self._open_channel(receipt.channel_id), news)
            self._pending.drop(receipt.channel_id, receipt.message_id)
            return place
        self._pending.drop(receipt.channel_id, receipt.message_id)
        if known.place is None or notice != known.notice:
            place = self._update(place, news)
        self._shown.put(receipt.message_id, replace(news, place=place))
        return place

    def _show_earlier(self, channel_id: ChannelId, message_id: MessageId) -> None:
        """Notices appear in the order of acceptance: those that wait before this one first."""
        for shown in self._pending.before(channel_id, message_id):
            try:
                self._post(channel_id, shown)
            except RefusedError as error:
                self._pending.drop(channel_id, shown.message_id)
                _log.warning("notice not shown", message_id=shown.message_id, reason=repr(error))

    def _search(self, receipt: Receipt, known: Shown) -> Place | None:
        """Where an earlier process, or a post that was never answered, may have put the notice."""
        times = [known.doubt_since, receipt.accepted if receipt.accepted < self._began else None]
        since = min((time for time in times if time is not None), default=None)
        try:
            ts = self._lanes.standing(receipt.channel_id, _mark(receipt.message_id), since)
        except NO_CHANNEL:
            return None
        return Place(channel_id=receipt.channel_id, ts=ts) if ts else None

    def _open_channel(self, channel_id: ChannelId) -> ChannelId:
        """The channel of the conversation: another one by now, if this one was archived."""
        entry = self._book.of_channel(channel_id)
        return entry.channel_id if entry and entry.channel_id and entry.state == "open" else channel_id

    def _post(self, channel_id: ChannelId, shown: Shown) -> Place:
        began = self._clock.now()
        try:
            ts = self._lanes.post(channel_id, _as_post(shown.notice))
        except InDoubtError:
            self._shown.put(shown.message_id, replace(shown, place=None, doubt_since=shown.doubt_since or began))
            self._pending.drop(channel_id, shown.message_id)  # only a receipt may bring it now: that looks before
            raise
        place = Place(channel_id=channel_id, ts=ts)
        self._shown.put(shown.message_id, replace(shown, place=place, doubt_since=None))
        self._pending.drop(channel_id, shown.message_id)
        return place

    def _update(self, place: Place, shown: Shown) -> Place:
        try:
            self._lanes.update(place.channel_id, place.ts, _as_post(shown.notice))
        except PostGoneError:
            if shown.notice.state != "failed":  # somebody removed it; only bad news is worth showing again
                return place
        except PostSealedError:  # the workspace allows no edits: the truth needs a post of its own
            pass
        else:
            return place
        return self._post(place.channel_id, shown)


def _as_post(notice: Notice) -> Post:
    return Post(notice_text(notice), _mark(notice.message_id), notice_blocks(notice, RETRY_ACTION))


def _mark(message_id: str) -> Mark:
    return Mark(NOTICE, (message_id,))
