"""Two app users turned out to be one: their channels come together, and people are told, once."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import structlog

from desk.conversations.joining import is_nameless, join
from desk.conversations.opening import Openings
from desk.dispatch.channel import DispatchError
from desk.dispatch.overdue import Overdue
from desk.dispatch.rewriting import Rewriting
from desk.domain import wording
from desk.domain.announcements import Started
from desk.domain.channel_names import candidates
from desk.domain.naming import clean, title
from desk.domain.slack_text import escape
from desk.errors import BlockedError, ChannelBookError, LimitedError, NameTakenError, RefusedError, WorkspaceError
from desk.lanes import Lanes
from desk.locks import KeyedLocks
from desk.outcomes import BLOCKED_SECONDS, NO_CHANNEL, Setback, setback
from desk.ports import ChannelBook, ChannelEntry, Clock, Joining, Mark, Post, Workspace
from wire.ids import AppUserId, ChannelId, Ts
from wire.messages import Done, Merged, Place

MERGED = "sk_merged"

_log = structlog.get_logger(__name__)


class Mergings:
    """Merges lines of the channel book in one write; what is left to be told is in the line until it was told."""

    def __init__(
        self,
        *,
        workspace: Workspace,
        lanes: Lanes,
        book: ChannelBook,
        openings: Openings,
        rewriting: Rewriting,
        overdue: Overdue,
        locks: KeyedLocks[AppUserId],
        clock: Clock,
        moved: Callable[[AppUserId, AppUserId], None],
    ) -> None:
        self._workspace = workspace
        self._lanes = lanes
        self._book = book
        self._openings = openings
        self._rewriting = rewriting
        self._overdue = overdue
        self._locks = locks
        self._clock = clock
        self._moved = moved
        self._closed = False

    def merge(self, merged: Merged) -> Done | Setback:
        """Carry out the order. The place is that of what was told last, and empty where nobody had to be told."""
        log = _log.bind(app_user_id=merged.app_user_id, merged_id=merged.merged_id)
        first, second = sorted((merged.app_user_id, merged.merged_id))  # always in this order: nobody waits in a ring
        with self._locks.hold(first), self._locks.hold(second):
            try:
                entry = self._joined(merged)
                place = self._told(entry, merged.user_id)
            except (WorkspaceError, DispatchError, ChannelBookError) as error:
                outcome = setback(error)
                log.warning("not merged", outcome=outcome.result, reason=outcome.reason)
                return outcome
            self._rename(merged.app_user_id)
        log.info("merged", channel_id=place.channel_id)
        return Done(place=place)

    def resume(self, entries: Iterable[ChannelEntry]) -> None:
        """Take up the names that an earlier process left."""
        for entry in entries:
            if any(news.told for news in entry.joining):
                self._rename_later(entry.app_user_id, BLOCKED_SECONDS)

    def close(self) -> None:
        """Leave the rest to the next process."""
        self._closed = True

    # --- the book

    def _joined(self, merged: Merged) -> ChannelEntry:
        loser = self._book.of_app_user(merged.merged_id)
        survivor = self._book.of_app_user(merged.app_user_id)
        if survivor and merged.merged_id in survivor.merged:  # told again: an answer got lost, or a process ended
            return survivor
        called = _called(merged, survivor, loser)
        survivor = self._openings.settled(survivor) if survivor else ChannelEntry(merged.app_user_id, called)
        loser = self._openings.settled(loser) if loser else None
        entry = join(replace(survivor, title=called), loser, merged.merged_id, self._clock.now())
        self._book.keep(entry, instead_of=merged.merged_id)
        self._overdue.dismiss(merged.merged_id)
        self._overdue.resume([entry])
        self._moved(merged.merged_id, merged.app_user_id)
        return entry

    # --- people

    def _told(self, entry: ChannelEntry, user_id: str | None) -> Place:
        place = Place(channel_id=entry.channel_id or ChannelId(""), ts=Ts(""))
        for news in entry.joining:
            if not news.told:
                place = self._tell(entry, news, user_id) or place
                entry = self._settle(entry, news, replace(news, told=True) if news.rename else None)
        return place

    def _tell(self, entry: ChannelEntry, news: Joining, user_id: str | None) -> Place | None:
        who = f"{escape(entry.title)} ({escape(user_id)})" if user_id else escape(entry.title)
        before, place = escape(news.title), None
        if news.channel_id and news.channel_id == entry.channel_id:
            place = self._say(entry, news, entry.channel_id, wording.turned_out_here(before, who))
        elif news.channel_id and entry.channel_id:
            away = wording.turned_out_away(before, who, f"<#{entry.channel_id}>")
            place = self._say(entry, news, news.channel_id, away)
            here = wording.turned_out_there(before, who, f"<#{news.channel_id}>")
            place = self._say(entry, news, entry.channel_id, here) or place
        if news.announced:
            line = Started(entry.title, "", entry.channel_id, app_user_id=entry.app_user_id, was=news.title)
            self._rewriting.lead_elsewhere(news.announced, news.app_user_id, line)
        return place

    def _say(self, entry: ChannelEntry, news: Joining, channel_id: ChannelId, text: str) -> Place | None:
        """Post it unless it stands there; a channel that takes no posts does without."""
        mark = Mark(MERGED, (entry.app_user_id, news.app_user_id))
        try:
            ts = self._lanes.standing(channel_id, mark, news.since) or self._lanes.post(channel_id, Post(text, mark))
        except NO_CHANNEL as error:
            _log.info("channel not told", channel_id=channel_id, reason=error.code)
            return None
        return Place(channel_id=channel_id, ts=ts)

    def _settle(self, entry: ChannelEntry, news: Joining, left: Joining | None) -> ChannelEntry:
        joining = tuple(left if each == news else each for each in entry.joining)
        entry = replace(entry, joining=tuple(each for each in joining if each))
        self._book.keep(entry)
        return entry

    # --- the channel's name, which nobody waits for

    def _rename(self, app_user_id: AppUserId) -> None:
        entry = self._book.of_app_user(app_user_id)
        news = next((each for each in entry.joining if each.told), None) if entry else None
        if entry is None or news is None:
            return
        try:
            name = self._renamed(entry) if entry.channel_id == news.channel_id else entry.channel_name
            self._settle(replace(entry, channel_name=name), news, None)
        except (RefusedError, BlockedError) as error:  # a channel of an old name is a channel all the same
            _log.warning("channel not renamed", channel_id=entry.channel_id, reason=error.code)
            self._settle(entry, news, None)
        except (WorkspaceError, ChannelBookError) as error:
            seconds = error.seconds if isinstance(error, LimitedError) else BLOCKED_SECONDS
            self._rename_later(app_user_id, seconds)

    def _rename_later(self, app_user_id: AppUserId, seconds: float) -> None:
        self._clock.after(seconds, lambda: self._rename_now(app_user_id))

    def _rename_now(self, app_user_id: AppUserId) -> None:
        with self._locks.hold(app_user_id):
            if not self._closed:
                self._rename(app_user_id)

    def _renamed(self, entry: ChannelEntry) -> str:
        channel_id = entry.channel_id or ChannelId("")
        for name in candidates(entry.title, entry.app_user_id, self._book.has_name):
            try:
                self._workspace.rename(channel_id, name)
            except NameTakenError:
                if self._workspace.channel(channel_id).name == name:  # an earlier try's answer got lost
                    return name
            else:
                _log.info("channel renamed", channel_id=channel_id)
                return name
        return entry.channel_name


def _called(merged: Merged, survivor: ChannelEntry | None, loser: ChannelEntry | None) -> str:
    """NAME from now on: the profile's, else what either was called before, unless that was for want of a name."""
    if clean(merged.profile_name or ""):
        return title(None, merged.profile_name, merged.app_user_id)
    named = (entry for entry in (survivor, loser) if entry and not is_nameless(entry))
    found = next(named, None)
    return found.title if found else title(None, None, merged.app_user_id)
