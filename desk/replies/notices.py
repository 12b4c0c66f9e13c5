"""The notices of replies: one a reply, true to its last receipt, with as few Slack calls as that takes."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import structlog

from desk.domain import wording
from desk.domain.notices import (
    Notice,
    notice_blocks,
    notice_text,
    shared_blocks,
    shared_text,
    shown_reply,
    together,
    with_line,
)
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
from desk.ports import ChannelBook, Clock, Mark, Post
from desk.replies.late import Late
from desk.replies.pending import Pending, Shown
from desk.replies.places import NOTICE, Places
from desk.values import RETRY_ACTION
from wire.ids import ChannelId, MessageId, Ts
from wire.messages import Done, Later, Never, Place, Receipt

PATIENCE = 0.8
"""Seconds for which a notice waits for its final state, so that a fast delivery costs one post."""
SHOWN_REMEMBERED = 5_000
CHANNEL_LOST_SECONDS = 300.0
"""Seconds after which bad news asks again whether the conversation goes on somewhere."""
SHEETS_REMEMBERED = 1_000

_log = structlog.get_logger(__name__)


class RoomlessError(LimitedError):
    """What stands at `place` is true; there is no room for the news yet."""

    def __init__(self, seconds: float, place: Place) -> None:
        super().__init__(seconds)
        self.place = place


class Notices:
    """Shows replies in their channels, in the order of their acceptance."""

    def __init__(self, *, lanes: Lanes, book: ChannelBook, clock: Clock) -> None:
        self._lanes = lanes
        self._places = Places(lanes, book)
        self._clock = clock
        self._began = clock.now()
        self._locks: KeyedLocks[ChannelId] = KeyedLocks()
        self._shown: Memory[MessageId, Shown] = Memory(SHOWN_REMEMBERED)
        self._sheets: Memory[Ts, tuple[MessageId, ...]] = Memory(SHEETS_REMEMBERED)
        self._held: Memory[ChannelId, bool] = Memory(SHEETS_REMEMBERED)
        self._pending = Pending(clock, self._due)
        self._late = Late(clock, self._show_late)

    # --- called while an agent waits: never waits for Slack

    def expect(self, channel_id: ChannelId, notice: Notice) -> bool:
        """A reply is about to be handed over. False: it was before, and its notice is on its way."""
        return self._pending.expect(channel_id, notice)

    def accepted(self, channel_id: ChannelId, message_id: MessageId, state: str) -> None:
        """The reply was accepted: its notice follows, with the first receipt or in PATIENCE seconds."""
        self._pending.accepted(channel_id, message_id, state, PATIENCE)

    def drop(self, channel_id: ChannelId, message_id: MessageId) -> None:
        """The reply was not accepted, or nobody knows: only a receipt brings its notice now."""
        self._pending.drop(channel_id, message_id)

    def close(self) -> None:
        """Call off what is due later: receipts will bring it."""
        self._pending.close()
        self._late.close()

    def forget(self, channel_ids: Collection[ChannelId]) -> None:
        """Nothing more is shown in these channels, and nothing is remembered of what was."""
        self._late.forget(channel_ids)
        for channel_id in channel_ids:
            self._pending.forget(channel_id)
            self._held.forget(channel_id)
        gone = self._shown.forget_where(lambda _, shown: bool(shown.place and shown.place.channel_id in channel_ids))
        for _, shown in gone:
            if shown.place:
                self._sheets.forget(shown.place.ts)

    # --- what brings notices

    def show(self, receipt: Receipt) -> Done | Setback:
        """Make the notice say what the receipt says, if it is news."""
        log = _log.bind(message_id=receipt.message_id, state=receipt.state, sequence=receipt.sequence)
        with self._locks.hold(receipt.channel_id):
            try:
                place = self._show(receipt)
            except NO_CHANNEL:
                log.warning("notice not shown", reason=wording.channel_lost())
                if receipt.state == "failed":  # bad news waits for the channel in which the conversation goes on
                    return Later(seconds=CHANNEL_LOST_SECONDS, reason=wording.channel_lost())
                return Never(reason=wording.channel_lost())
            except RoomlessError as error:
                self._late.owe(receipt, error.seconds)
                place = error.place
            except WorkspaceError as error:
                self._pending.learn(receipt.channel_id, Shown(_notice(receipt), receipt.sequence))
                outcome = setback(error)
                log.warning("notice not shown", outcome=outcome.result, reason=outcome.reason)
                return outcome
        log.info("notice shown", channel_id=place.channel_id, ts=place.ts)
        return Done(place=place)

    def _show_late(self, receipt: Receipt) -> float | None:
        """Try again what there was no room for; seconds until there may be."""
        with self._locks.hold(receipt.channel_id):
            try:
                self._show(receipt)
            except (LimitedError, UnreachableError, InDoubtError) as error:
                return float(getattr(error, "seconds", UNREACHABLE_SECONDS))
            except WorkspaceError as error:
                _log.info("notice not shown", message_id=receipt.message_id, reason=repr(error))
        return None

    def _due(self, channel_id: ChannelId, message_id: MessageId) -> None:
        """No receipt came in time: show what is known."""
        with self._locks.hold(channel_id):
            shown = self._pending.get(channel_id, message_id)
            if shown is None:
                return
            if self._stands(shown):  # a receipt brought it while a reply in doubt was asked for again
                self._pending.drop(channel_id, message_id)
                return
            try:
                self._bring(channel_id, channel_id, shown)
            except (LimitedError, UnreachableError) as error:
                self._pending.postpone(channel_id, message_id, getattr(error, "seconds", UNREACHABLE_SECONDS))
            except WorkspaceError as error:
                self._pending.drop(channel_id, message_id)
                _log.warning("notice not shown", message_id=message_id, reason=repr(error))

    def _show(self, receipt: Receipt) -> Place:
        notice = _notice(receipt)
        known = self._shown.get(receipt.message_id) or Shown(notice)
        if known.place and known.sequence >= receipt.sequence:
            return known.place
        for other in receipt.others:
            self._pending.learn(other.channel_id, Shown(_notice(other), other.sequence))
        place = known.place or receipt.place or self._search(receipt, known)
        news = replace(known, notice=notice, sequence=receipt.sequence, place=place)
        if place is None:
            place = self._bring_somewhere(receipt.channel_id, news)
            self._pending.drop(receipt.channel_id, receipt.message_id)
            return place
        self._pending.drop(receipt.channel_id, receipt.message_id)
        if known.place is None or notice != known.notice:
            # what says "delivered" is true for one who has read it: nobody has to wait for more
            patient = receipt.state == "read" and known.place is not None and known.notice.state == "delivered"
            try:
                return self._update_or_move(place, news, receipt, patient=patient)
            except LimitedError as error:
                if patient:
                    raise RoomlessError(error.seconds, place) from error
                raise
        self._shown.put(receipt.message_id, news)
        return place

    def _bring_somewhere(self, channel_id: ChannelId, news: Shown) -> Place:
        target = self._places.channel_for(channel_id)
        try:
            return self._bring(channel_id, target, news)
        except NO_CHANNEL:
            other = self._places.channel_for(channel_id, closed=target)
            if other == target:
                raise
            return self._bring(channel_id, other, news)

    def _bring(self, channel_id: ChannelId, target: ChannelId, news: Shown) -> Place:
        """Post `news`, and before it what waits before it: notices appear in the order of acceptance.

        Where Slack held the channel back, all that waits goes along, several in one post.
        """
        around = self._pending.around(channel_id, news.message_id)
        before, behind = ([shown for shown in part if not self._stands(shown)] for part in around)
        if self._held.get(channel_id):
            waiting = {shown.message_id: shown for shown in (*before, news, *behind)}
            notices = together([shown.notice for shown in waiting.values()])
            sheets = [[waiting[MessageId(notice.message_id)] for notice in sheet] for sheet in notices]
        else:
            sheets = [[shown] for shown in (*before, news)]
        brought = None
        for sheet in sheets:
            try:
                place = self._post(channel_id, target, sheet)
            except RefusedError as error:
                if news in sheet:
                    raise
                for shown in sheet:
                    self._pending.drop(channel_id, shown.message_id)
                    _log.warning("notice not shown", message_id=shown.message_id, reason=repr(error))
            except WorkspaceError:
                if brought is None:
                    raise
                break  # what is left waits on
            else:
                brought = place if news in sheet else brought
        if brought is None:
            raise AssertionError("it was posted, or an error was raised")
        return brought

    def _search(self, receipt: Receipt, known: Shown) -> Place | None:
        """Where an earlier process, or a post that was never answered, may have put the notice."""
        times = [known.doubt_since, receipt.accepted if receipt.accepted < self._began else None]
        since = min((time for time in times if time is not None), default=None)
        if since is None:
            return None
        found = self._places.standing(receipt.channel_id, receipt.message_id, since)
        if found is None:
            return None
        channel_id, post = found
        place = Place(channel_id=channel_id, ts=post.ts)
        if len(post.mark.ids) == 1:
            unread = replace(known.notice, state="", reason=None)  # nobody here knows how far it says the reply is
            self._shown.put(receipt.message_id, replace(known, notice=unread, sequence=-1, place=place))
        return place

    def _post(self, channel_id: ChannelId, target: ChannelId, sheet: Sequence[Shown]) -> Place:
        began = self._clock.now()
        try:
            ts = self._lanes.post(target, _as_post(sheet))
        except InDoubtError:
            for shown in sheet:  # only a receipt may bring them now: that looks before
                self._shown.put(shown.message_id, replace(shown, place=None, doubt_since=shown.doubt_since or began))
                self._pending.drop(channel_id, shown.message_id)
            raise
        except LimitedError:
            self._held.put(channel_id, value=True)
            raise
        self._held.forget(channel_id)
        place = Place(channel_id=target, ts=ts)
        self._note(place, sheet)
        for shown in sheet:
            self._pending.drop(channel_id, shown.message_id)
        return place

    def _stands(self, shown: Shown) -> bool:
        known = self._shown.get(shown.message_id)
        return known is not None and known.place is not None

    def _note(self, place: Place, sheet: Sequence[Shown]) -> None:
        """Remember what stands at `place`."""
        for shown in sheet:
            self._shown.put(shown.message_id, replace(shown, place=place, doubt_since=None))
        if len(sheet) > 1:
            self._sheets.put(place.ts, tuple(shown.message_id for shown in sheet))

    def _update_or_move(self, place: Place, news: Shown, receipt: Receipt, *, patient: bool) -> Place:
        """Let the notice say the news; in the successor, where its own channel takes no changes any more."""
        try:
            return self._update(place, news, receipt.others, patient=patient)
        except NO_CHANNEL:
            target = self._places.channel_for(receipt.channel_id, closed=place.channel_id)
            if target == place.channel_id:
                raise
            return self._post(receipt.channel_id, target, [news])

    def _update(self, place: Place, news: Shown, others: Sequence[Receipt], *, patient: bool) -> Place:
        """Let what stands at `place` say the news; where it tells of several replies, what is known of those too."""
        sheet = self._sheet(place, news, others)
        try:
            post = _as_post(sheet) if sheet else self._as_it_stands(place, news)
            self._lanes.update(place.channel_id, place.ts, post, patient=patient)
        except PostGoneError:
            if news.notice.state == "failed":  # somebody removed it; only bad news is worth showing again
                return self._post(place.channel_id, place.channel_id, [news])
        except PostSealedError:  # the workspace allows no edits: the truth needs a post of its own
            return self._post(place.channel_id, place.channel_id, [news])
        if sheet:
            self._note(place, sheet)
        else:
            self._shown.put(news.message_id, replace(news, place=place))
        return place

    def _sheet(self, place: Place, news: Shown, others: Sequence[Receipt]) -> list[Shown]:
        """All that is to stand at `place`; nothing, if that is not known."""
        latest = {other.message_id: other for other in others}
        sheet: list[Shown] = []
        for message_id in self._sheets.get(place.ts) or ((news.message_id,) if self._alone(place, news) else ()):
            shown = news if message_id == news.message_id else self._shown.get(message_id)
            if shown is None:
                return []
            other = latest.get(message_id)
            if other and other.sequence > shown.sequence:
                shown = replace(shown, notice=_notice(other), sequence=other.sequence)
            sheet.append(shown)
        return sheet

    def _alone(self, place: Place, news: Shown) -> bool:
        """Whether this process posted it there, by itself."""
        known = self._shown.get(news.message_id)
        return known is not None and known.place == place

    def _as_it_stands(self, place: Place, news: Shown) -> Post:
        """A notice that an earlier process posted: it may tell of replies that nobody here knows."""
        found = self._lanes.standing_at(place.channel_id, place.ts)
        if found is None or len(found.mark.ids) == 1:
            return _as_post([news])
        return Post(found.text, found.mark, with_line(found.blocks, news.notice, RETRY_ACTION))


def _notice(receipt: Receipt) -> Notice:
    shown = shown_reply(receipt.text, receipt.file_name)
    return Notice(receipt.message_id, receipt.agent.name, shown, receipt.state, receipt.reason)


def _as_post(sheet: Sequence[Shown]) -> Post:
    notices = [shown.notice for shown in sheet]
    mark = Mark(NOTICE, tuple(notice.message_id for notice in notices))
    if len(notices) == 1:
        return Post(notice_text(notices[0]), mark, notice_blocks(notices[0], RETRY_ACTION))
    return Post(shared_text(notices), mark, shared_blocks(notices, RETRY_ACTION))
