"""Opening an app user's channel, step by step: what was done is in the book, so that a retry goes on from there."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace

import structlog

from desk.dispatch import Dispatch
from desk.domain import wording
from desk.domain.announcements import announcement_blocks, announcement_text
from desk.domain.channel_names import candidates
from desk.domain.slack_text import escape
from desk.lanes import Lanes
from desk.outcomes import NO_CHANNEL
from desk.ports import (
    BlockedError,
    Channel,
    ChannelBook,
    ChannelEntry,
    Clock,
    InDoubtError,
    LimitedError,
    Mark,
    NameTakenError,
    Post,
    PostGoneError,
    PostSealedError,
    RefusedError,
    Workspace,
    WorkspaceError,
)
from wire.ids import AgentId, AppUserId, ChannelId, Ts
from wire.messages import Place

CLOCK_MARGIN = 60.0
"""Seconds by which Slack's clock and ours may differ."""
INTRODUCTION = "sk_introduction"
ANNOUNCEMENT = "sk_announcement"

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Newcomer:
    """Who needs a channel. `doubt_since`: an earlier try, begun then, may have got further than the book says."""

    app_user_id: AppUserId
    title: str
    user_id: str | None
    first_words: str
    doubt_since: float | None = None


@dataclass(frozen=True)
class House:
    """The rules of the house for new channels."""

    invite: tuple[AgentId, ...] = ()
    private: bool = False


class Openings:
    """Sees to it that an app user has an open channel. One call at a time per app user: the caller holds the lock."""

    def __init__(
        self, *, workspace: Workspace, lanes: Lanes, book: ChannelBook, dispatch: Dispatch, clock: Clock, house: House
    ) -> None:
        self._workspace = workspace
        self._lanes = lanes
        self._book = book
        self._dispatch = dispatch
        self._clock = clock
        self._house = house
        self._choosing = threading.Lock()

    def channel_for(self, newcomer: Newcomer) -> ChannelId:
        """The app user's channel, open and announced.

        Raises:
            WorkspaceError: Slack did not let a step be done; the next call goes on from there.
            DispatchError: the dispatch channel cannot be told.
        """
        entry = self._book.of_app_user(newcomer.app_user_id) or ChannelEntry(newcomer.app_user_id, newcomer.title)
        if entry.state in {"archived", "gone"}:
            entry = _successor(entry, newcomer.title)
        if entry.state == "open" and entry.channel_id:
            return entry.channel_id
        entry, channel_id = self._created(entry, newcomer)
        entry = self._invited(entry, channel_id)
        entry = self._introduced(entry, channel_id, newcomer)
        entry = self._announced(entry, channel_id, newcomer)
        self._book.keep(replace(entry, state="open"))
        _log.info("conversation opened", app_user_id=entry.app_user_id, channel_id=channel_id, name=entry.channel_name)
        return channel_id

    # --- the channel

    def _created(self, entry: ChannelEntry, newcomer: Newcomer) -> tuple[ChannelEntry, ChannelId]:
        if entry.channel_id:
            return entry, entry.channel_id
        channel = self._lost(entry)
        if channel is None:
            entry = replace(entry, asked=None)
            try:
                entry, channel = self._create(entry)
            except (LimitedError, BlockedError):
                self._announced(entry, None, newcomer)
                raise
        entry = replace(entry, channel_id=channel.channel_id, channel_name=channel.name, asked=None)
        self._book.keep(entry)
        return entry, channel.channel_id

    def _lost(self, entry: ChannelEntry) -> Channel | None:
        """The channel whose creation was asked for, if the answer got lost and it was made after all."""
        if entry.asked is None:
            return None
        channel = self._workspace.find_channel(entry.channel_name)
        if channel is None or self._book.of_channel(channel.channel_id):
            return None
        ours = channel.creator == self._workspace.identity().user_id
        return channel if ours and channel.created >= entry.asked - CLOCK_MARGIN else None

    def _create(self, entry: ChannelEntry) -> tuple[ChannelEntry, Channel]:
        names = candidates(entry.title, entry.app_user_id, lambda name: self._taken(name, entry))
        while asked := self._reserve(entry, names):
            try:
                return asked, self._workspace.create_channel(asked.channel_name, private=self._house.private)
            except NameTakenError:
                _log.info("channel name taken", app_user_id=entry.app_user_id, name=asked.channel_name)
            except InDoubtError:
                raise
            except WorkspaceError:
                self._book.keep(entry)
                raise
        self._book.keep(entry)
        raise BlockedError("name_taken")

    def _reserve(self, entry: ChannelEntry, names: Iterator[str]) -> ChannelEntry | None:
        """Write down which channel is about to be asked for: no two conversations ask for one name at a time."""
        with self._choosing:
            name = next(names, None)
            if name is None:
                return None
            asked = replace(entry, channel_name=name, asked=self._clock.now())
            self._book.keep(asked)
            return asked

    def _taken(self, name: str, entry: ChannelEntry) -> bool:
        return name != entry.channel_name and self._book.has_name(name)

    # --- what a new channel gets

    def _invited(self, entry: ChannelEntry, channel_id: ChannelId) -> ChannelEntry:
        if entry.invited or not self._house.invite:
            return entry
        try:
            refused = self._workspace.invite(channel_id, self._house.invite)
        except (RefusedError, BlockedError) as error:  # a wrong SK_INVITE keeps no app user waiting
            refused = dict.fromkeys(self._house.invite, error.code)
        if refused:
            _log.warning("some people were not invited", channel_id=channel_id, refused=refused)
        return replace(entry, invited=True)

    def _introduced(self, entry: ChannelEntry, channel_id: ChannelId, newcomer: Newcomer) -> ChannelEntry:
        if entry.introduced:
            return entry
        mark = Mark(INTRODUCTION, (entry.app_user_id, str(len(entry.previous))))
        if not self._stands(channel_id, mark, newcomer.doubt_since):
            user_id = escape(newcomer.user_id) if newcomer.user_id else None
            earlier = f"<#{entry.continues}>" if entry.continues else None
            text = wording.introduction(escape(entry.title), user_id, earlier)
            self._lanes.post(channel_id, Post(text, mark))
        entry = replace(entry, introduced=True)
        self._book.keep(entry)
        return entry

    # --- the dispatch notice

    def _announced(self, entry: ChannelEntry, channel_id: ChannelId | None, newcomer: Newcomer) -> ChannelEntry:
        """Announced, with a link if there is a channel yet."""
        if entry.linked or (entry.announced and channel_id is None):
            return entry
        mark = Mark(ANNOUNCEMENT, (entry.app_user_id, str(len(entry.previous))))
        words = newcomer.first_words
        post = Post(
            announcement_text(entry.title, words, channel_id), mark, announcement_blocks(entry.title, words, channel_id)
        )
        place = self._linked(entry.announced, post) if entry.announced else None
        if place is None:
            place = self._announce(post, newcomer.doubt_since)
        entry = replace(entry, announced=place, linked=channel_id is not None)
        self._book.keep(entry)
        return entry

    def _announce(self, post: Post, doubt_since: float | None) -> Place:
        dispatch_id = self._dispatch.channel_id()
        try:
            standing = self._stands(dispatch_id, post.mark, doubt_since)
            if standing:
                self._lanes.update(dispatch_id, standing, post)
            return Place(channel_id=dispatch_id, ts=standing or self._lanes.post(dispatch_id, post))
        except NO_CHANNEL as error:
            raise self._dispatch.lost() from error

    def _linked(self, place: Place, post: Post) -> Place | None:
        """The place of the notice that got its link, or nothing where it cannot get one any more."""
        try:
            self._lanes.update(place.channel_id, place.ts, post)
        except (PostGoneError, PostSealedError, *NO_CHANNEL):
            return None
        return place

    def _stands(self, channel_id: ChannelId, mark: Mark, doubt_since: float | None) -> Ts | None:
        """Where the post with `mark` stands, if a try since `doubt_since` may have made it."""
        if doubt_since is None:
            return None
        found = self._workspace.marked(channel_id, doubt_since - CLOCK_MARGIN)
        return next((post.ts for post in found if post.mark == mark), None)


def _successor(entry: ChannelEntry, title: str) -> ChannelEntry:
    """A conversation that comes back gets a new channel: a bot cannot unarchive the old one."""
    previous = (*entry.previous, entry.channel_id) if entry.channel_id else entry.previous
    continues = entry.channel_id if entry.state == "archived" else None
    return ChannelEntry(entry.app_user_id, title, previous=previous, continues=continues)
