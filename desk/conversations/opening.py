"""Opening an app user's channel, step by step: what was done is in the book, so that a retry goes on from there."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import structlog

from desk.conversations.looking_back import look_back
from desk.dispatch.announcing import Announcing
from desk.dispatch.routing import Routing, told_in
from desk.domain import wording
from desk.domain.announcements import Started
from desk.domain.channel_names import candidates
from desk.domain.routing import Traits
from desk.domain.situation import Situation
from desk.domain.slack_text import escape
from desk.errors import (
    BlockedError,
    InDoubtError,
    LimitedError,
    NameTakenError,
    RefusedError,
    WorkspaceError,
)
from desk.lanes import Lanes
from desk.looks import CLOCK_MARGIN
from desk.ports import (
    AppSide,
    Channel,
    ChannelBook,
    ChannelEntry,
    Clock,
    Mark,
    Post,
    Workspace,
)
from wire.ids import AppUserId, ChannelId
from wire.messages import Place

INTRODUCTION = "sk_introduction"

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Newcomer:
    """Who needs a channel, and when the message was received that brings them.

    `doubt_since`: an earlier try, begun then, may have got further than the book says. `case_id` is the case of that
    message, if it has one, and `waiting_since` when the app user wrote it. `by_agent`: an agent begins the
    conversation, and the dispatch channel is told of it by the case that begins with the agent's words. `traits` are
    what rules look at.
    """

    app_user_id: AppUserId
    title: str
    user_id: str | None
    first_words: str
    received: float
    doubt_since: float | None = None
    case_id: int | None = None
    waiting_since: float | None = None
    by_agent: bool = False
    traits: Traits = field(default_factory=Traits)


class Openings:
    """Sees to it that an app user has an open channel. One call at a time per app user: the caller holds the lock."""

    def __init__(
        self,
        *,
        workspace: Workspace,
        lanes: Lanes,
        book: ChannelBook,
        routing: Routing,
        app_side: AppSide,
        clock: Clock,
    ) -> None:
        self._workspace = workspace
        self._lanes = lanes
        self._book = book
        self._routing = routing
        self._app_side = app_side
        self._clock = clock
        self._choosing = threading.Lock()

    def channel_for(self, newcomer: Newcomer) -> ChannelId:
        """The app user's channel, ready for posts.

        Raises:
            WorkspaceError: Slack did not let a step be done; the next call goes on from there.
            DispatchError: the channel is held back, and the dispatch channel cannot be told.
        """
        known = self._book.of_app_user(newcomer.app_user_id)
        entry = known or ChannelEntry(newcomer.app_user_id, newcomer.title, case_id=newcomer.case_id)
        if entry.state in {"archived", "gone"}:
            entry = replace(_successor(entry, newcomer.title), case_id=newcomer.case_id)
        if entry.state == "open" and entry.channel_id:
            return entry.channel_id
        entry = self._routing.decided(entry, newcomer.traits)
        entry, channel_id = self._created(entry, newcomer)
        entry = self._invited(entry, channel_id)
        self._introduced(entry, channel_id, newcomer)
        return channel_id

    def settled(self, entry: ChannelEntry) -> ChannelEntry:
        """The line, with the channel that may have been made for it though nobody heard of it."""
        if entry.channel_id or entry.asked is None:
            return entry
        channel = self._lost(entry)
        if channel is None:
            return replace(entry, asked=None)
        return replace(entry, channel_id=channel.channel_id, channel_name=channel.name, asked=None)

    def announce(self, newcomer: Newcomer) -> None:
        """Tell the dispatch channel of the conversation, unless that is done: the opening's last step.

        Raises:
            WorkspaceError: Slack did not let it be done; the next call does it.
            DispatchError: the dispatch channel cannot be used.
        """
        entry = self._book.of_app_user(newcomer.app_user_id)
        if entry is None or entry.state != "opening" or entry.channel_id is None:
            return
        entry, place = self._told(entry, newcomer)
        self._book.keep(replace(entry, announced=place, linked=True, state="open"))
        _log.info("conversation opened", app_user_id=entry.app_user_id, channel_id=entry.channel_id)

    # --- the channel

    def _created(self, entry: ChannelEntry, newcomer: Newcomer) -> tuple[ChannelEntry, ChannelId]:
        if entry.channel_id:
            return entry, entry.channel_id
        channel = self._lost(entry)
        if channel is None:
            if entry.asked is not None:  # it was not made: nobody needs to look for it again
                entry = replace(entry, asked=None)
                self._book.keep(entry)
            try:
                self._workspace.check_creation()  # costs no write where it is too early
                entry, channel = self._create(entry)
            except (LimitedError, BlockedError):
                self._announce_early(entry, newcomer)
                raise
        entry = replace(entry, channel_id=channel.channel_id, channel_name=channel.name, asked=None)
        self._book.keep(entry)
        return entry, channel.channel_id

    def _announce_early(self, entry: ChannelEntry, newcomer: Newcomer) -> None:
        """Slack holds the channel back: people learn of the conversation all the same."""
        if not entry.announced and not newcomer.by_agent:
            entry, place = self._told(entry, newcomer)
            self._book.keep(replace(entry, announced=place))

    def _told(self, entry: ChannelEntry, newcomer: Newcomer) -> tuple[ChannelEntry, Place]:
        def announce(board: Announcing, now: ChannelEntry) -> Place:
            return board.announce(now, self._line(now, newcomer), newcomer.doubt_since)

        return self._routing.told(entry, announce)

    def _line(self, entry: ChannelEntry, newcomer: Newcomer) -> Started:
        """What the dispatch channel is told. How the case stands is known as far as this message tells."""
        situation = None
        if entry.case_id is not None:
            since = newcomer.waiting_since if newcomer.case_id == entry.case_id else None
            situation = Situation(entry.case_id, waiting_since=since)
        return Started(
            entry.title,
            self._routing.quoted(entry, newcomer.first_words),
            entry.channel_id,
            app_user_id=entry.app_user_id,
            situation=situation,
        )

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
                return asked, self._workspace.create_channel(
                    asked.channel_name, private=self._routing.of(entry).private
                )
            except NameTakenError:
                _log.info("channel name taken", app_user_id=entry.app_user_id)
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
        people = self._routing.of(entry).invite
        if entry.invited or not people:
            return entry
        try:
            refused = self._workspace.invite(channel_id, people)
        except (RefusedError, BlockedError) as error:  # a wrong SK_INVITE keeps no app user waiting
            refused = dict.fromkeys(people, error.code)
        if refused:
            _log.warning("some people were not invited", channel_id=channel_id, refused=refused)
        return replace(entry, invited=True, route=replace(entry.route, invite=()) if entry.route else None)

    def _introduced(self, entry: ChannelEntry, channel_id: ChannelId, newcomer: Newcomer) -> None:
        if entry.introduced:
            return
        mark = Mark(INTRODUCTION, (entry.app_user_id, str(len(entry.previous))))
        if not self._stands_introduced(channel_id, newcomer.doubt_since):
            user_id = escape(newcomer.user_id) if newcomer.user_id else None
            earlier = f"<#{entry.continues}>" if entry.continues else None
            recent = look_back(self._app_side, entry.app_user_id, newcomer.received) if entry.previous else ()
            text = wording.introduction(escape(entry.title), user_id, earlier, recent)
            self._lanes.post(channel_id, Post(text, mark))
        entry = replace(entry, introduced=True)
        told = newcomer.by_agent and not entry.announced
        self._book.keep(replace(entry, linked=True, state="open") if told else entry)

    def _stands_introduced(self, channel_id: ChannelId, doubt_since: float | None) -> bool:
        """Whether a try since `doubt_since` got so far, perhaps for somebody who turned out to be this app user."""
        found = () if doubt_since is None else self._lanes.earlier(channel_id, doubt_since)
        return any(post.mark.kind == INTRODUCTION for post in found)


def _successor(entry: ChannelEntry, title: str) -> ChannelEntry:
    """A conversation that comes back gets a new channel: a bot cannot unarchive the old one."""
    previous = (*entry.previous, entry.channel_id) if entry.channel_id else entry.previous
    continues = entry.channel_id if entry.state == "archived" else None
    kept = ChannelEntry(entry.app_user_id, title, previous=previous, continues=continues, boards=told_in(entry))
    return replace(kept, merged=entry.merged, joined=entry.joined, joining=entry.joining, uploads=entry.uploads)
