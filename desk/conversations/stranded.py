"""App users' messages that Slack refused: a notice tells agents, with a button that has them tried again."""

from collections.abc import Iterator
from contextlib import suppress

import structlog

from desk.dispatch.channel import Dispatch, DispatchError
from desk.dispatch.channels import Dispatches
from desk.domain.naming import title
from desk.domain.stranded import stranded_blocks, stranded_text
from desk.errors import PostGoneError, PostSealedError, WorkspaceError
from desk.lanes import Lanes
from desk.locks import KeyedLocks
from desk.outcomes import NO_CHANNEL, Setback, setback
from desk.ports import ChannelBook, ChannelEntry, Mark, Post
from desk.values import SHOW_AGAIN_ACTION
from wire.ids import ChannelId, MessageId
from wire.messages import Done, Place, Stranded

STRANDED = "sk_stranded"

_log = structlog.get_logger(__name__)


class Strandings:
    """Shows them in the app user's channel, or in the dispatch channel where there is none."""

    def __init__(self, *, lanes: Lanes, book: ChannelBook, dispatches: Dispatches) -> None:
        self._lanes = lanes
        self._book = book
        self._dispatches = dispatches
        self._locks: KeyedLocks[MessageId] = KeyedLocks()

    def show(self, stranded: Stranded) -> Done | Setback:
        """Make the notice say what `stranded` says."""
        log = _log.bind(message_id=stranded.message_id, state=stranded.state)
        with self._locks.hold(stranded.message_id):
            try:
                place = self._show(stranded)
            except (WorkspaceError, DispatchError) as error:
                outcome = setback(error)
                log.warning("stranding not shown", outcome=outcome.result, reason=outcome.reason)
                return outcome
        log.info("stranding shown", channel_id=place.channel_id, ts=place.ts)
        return Done(place=place)

    def _show(self, stranded: Stranded) -> Place:
        name = title(stranded.name, None, stranded.app_user_id)
        text = stranded_text(name, stranded.state, stranded.reason)
        blocks = stranded_blocks(name, stranded.state, stranded.reason, (stranded.message_id, SHOW_AGAIN_ACTION))
        post = Post(text, Mark(STRANDED, (stranded.message_id, stranded.app_user_id)), blocks)
        own = self._own_channel(stranded)
        standing = stranded.place or self._search(own, stranded)
        if standing and self._changed(standing, post):
            return standing
        if own is not None:
            try:
                return Place(channel_id=own, ts=self._lanes.post(own, post))
            except NO_CHANNEL:
                _log.info("stranding goes to the dispatch channel", message_id=stranded.message_id)
        dispatch, default = self._dispatches.of(self._book.of_app_user(stranded.app_user_id)), self._dispatches.default
        try:
            return self._told(dispatch, post)
        except DispatchError:
            if dispatch is default:
                raise
        return self._told(default, post)

    def _told(self, dispatch: Dispatch, post: Post) -> Place:
        dispatch_id = dispatch.channel_id()
        try:
            return Place(channel_id=dispatch_id, ts=self._lanes.post(dispatch_id, post))
        except NO_CHANNEL as error:
            raise dispatch.lost() from error

    def _own_channel(self, stranded: Stranded) -> ChannelId | None:
        entry = self._book.of_app_user(stranded.app_user_id)
        return entry.channel_id if entry and entry.state == "open" else None

    def _search(self, own: ChannelId | None, stranded: Stranded) -> Place | None:
        """Where a try whose answer got lost may have put the notice. It happens rarely, so looking costs little."""
        entry = self._book.of_app_user(stranded.app_user_id)
        joined = entry.joined if entry else ()
        for channel_id in (*((own,) if own else ()), *joined, *self._dispatch_ids(entry)):
            try:
                found = self._lanes.earlier(channel_id, stranded.since)
            except NO_CHANNEL:
                continue
            for post in found:  # its app user may have turned out to be another since
                if post.mark.kind == STRANDED and stranded.message_id in post.mark.ids:
                    return Place(channel_id=channel_id, ts=post.ts)
        return None

    def _dispatch_ids(self, entry: ChannelEntry | None) -> Iterator[ChannelId]:
        """The settings' dispatch channel stands in for another that cannot be used."""
        chosen = self._dispatches.of(entry)
        if chosen is not self._dispatches.default:
            with suppress(DispatchError):
                yield chosen.channel_id()
        yield self._dispatches.default.channel_id()

    def _changed(self, place: Place, post: Post) -> bool:
        try:
            self._lanes.update(place.channel_id, place.ts, post)
        except (PostGoneError, PostSealedError, *NO_CHANNEL):
            return False
        return True
