"""App users' messages on their way into Slack."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import unquote, urlsplit

import structlog

from desk.conversations.erasing import refusal
from desk.conversations.files import Files, icon
from desk.conversations.opening import Newcomer, Openings
from desk.conversations.residents import resident
from desk.dispatch.channel import DispatchError
from desk.dispatch.overdue import Overdue
from desk.domain import wording
from desk.domain.announcements import first_words
from desk.domain.naming import clean, title
from desk.domain.relayed import Line, Media, Sheet, sheets, shown_text
from desk.domain.routing import Traits
from desk.errors import ChannelBookError, ChannelGoneError, InDoubtError, WorkspaceError
from desk.lanes import Lanes
from desk.locks import KeyedLocks
from desk.memory import Memory
from desk.outcomes import BLOCKED_SECONDS, NO_CHANNEL, Setback, setback
from desk.ports import ChannelBook, Clock, Mark, Post
from wire.ids import AppUserId, ChannelId, MessageId, Ts
from wire.messages import Done, Incoming, IncomingMessage, Later, Place, Unknown

MESSAGE = "sk_message"
POSTS_REMEMBERED = 20_000
DOUBTS_REMEMBERED = 5_000
CERTAIN_REMEMBERED = POSTS_REMEMBERED
APART_SECONDS = 1.0
"""Several messages of one request are posted one by one for so long; the rest is left for the next."""
JOINED_LOOKED_AT = 3
"""Channels of those who were merged last: what was in doubt before that has been found long ago."""

_log = structlog.get_logger(__name__)


@dataclass
class _Errand:
    """An order on its way: its `lines`, of whom, the posts that it made, and whether the conversation is announced."""

    lines: Sequence[Line]
    newcomer: Newcomer
    posted: list[Sheet] = field(default_factory=list)
    announced: bool = False


class Relay:
    """Shows app users' messages: each once, in order, opening the channel first if need be."""

    def __init__(
        self,
        *,
        lanes: Lanes,
        book: ChannelBook,
        openings: Openings,
        clock: Clock,
        locks: KeyedLocks[AppUserId],
        overdue: Overdue,
        files: Files,
        gone: Callable[[AppUserId], bool],
        trouble: Callable[[], None],
    ) -> None:
        self._lanes = lanes
        self._book = book
        self._openings = openings
        self._clock = clock
        self._locks = locks
        self._overdue = overdue
        self._files = files
        self._gone = gone
        self._trouble = trouble
        self._posted: Memory[tuple[str, int], Place] = Memory(POSTS_REMEMBERED)
        self._doubts: Memory[AppUserId, float] = Memory(DOUBTS_REMEMBERED)
        self._certain: Memory[str, bool] = Memory(CERTAIN_REMEMBERED)

    def receive(self, incoming: Incoming) -> Done | Setback:
        """Carry out the order, or say truthfully how far it went."""
        with resident(self._locks, self._book, incoming.app_user_id) as app_user_id:
            if self._gone(app_user_id):
                return refusal()
            return self._receive(incoming.model_copy(update={"app_user_id": app_user_id}))

    def forget(self, app_user_ids: Collection[AppUserId], channel_ids: Collection[ChannelId]) -> None:
        """These app users are gone, and what stood in these channels."""
        for app_user_id in app_user_ids:
            self._doubts.forget(app_user_id)
        self._posted.forget_where(lambda _, place: place.channel_id in channel_ids)

    def moved(self, merged_id: AppUserId, app_user_id: AppUserId) -> None:
        """One app user turned out to be another: what is in doubt goes along."""
        doubts = [since for since in map(self._doubts.get, (merged_id, app_user_id)) if since is not None]
        self._doubts.forget(merged_id)
        if doubts:
            self._doubts.put(app_user_id, min(doubts))

    def _receive(self, incoming: Incoming) -> Done | Setback:
        app_user_id = incoming.app_user_id
        since = _earliest(incoming.doubt_since, self._doubts.get(app_user_id))
        began = self._clock.now()
        outcome = self._carry_out(incoming, self._doubtful(incoming, since))
        if isinstance(outcome, Done):
            self._doubts.forget(app_user_id)
        elif since is not None or isinstance(outcome, Unknown):
            self._doubts.put(app_user_id, since or began)
        _report(incoming, outcome)
        return outcome

    def _carry_out(self, incoming: Incoming, since: float | None) -> Done | Setback:
        errand = self._errand(incoming, since)
        outcome: Setback | None = None
        try:
            self._show(errand, apart=incoming.apart)
        except NO_CHANNEL:  # a successor was opened already, and closed as well
            outcome = Later(seconds=BLOCKED_SECONDS, reason=wording.channel_lost())
        except (WorkspaceError, DispatchError, ChannelBookError) as error:
            if isinstance(error, InDoubtError):
                for message in incoming.messages:
                    self._certain.forget(message.message_id)
            outcome = setback(error)
        return self._concluded(errand, outcome)

    def _concluded(self, errand: _Errand, outcome: Setback | None) -> Done | Setback:
        """The truth about each message. None counts as shown before its conversation is announced."""
        places = self._places(errand.lines) if errand.announced else []
        self._settle_files(errand, places)
        if outcome is None:
            return Done(place=places[-1], left=len(errand.lines) - len(places))
        shown_ids = {line.message_id for line in errand.lines[: len(places)]}
        half_done = any(sheet.message_ids[0] not in shown_ids for sheet in errand.posted)
        if isinstance(outcome, Later) and half_done:
            outcome = Unknown(reason=outcome.reason)  # "nothing was done" would not be true
        return outcome.model_copy(update={"shown": len(places)})

    def _doubtful(self, incoming: Incoming, since: float | None) -> float | None:
        """Since when Slack may have got something of these messages that this process does not know of.

        Where it has carried all of them from their first try on, and Slack has answered each time, it knows: looking
        into the channel's history would cost a call for nothing.
        """
        message_ids = [message.message_id for message in incoming.messages]
        if since is None:
            for message_id in message_ids:
                self._certain.put(message_id, value=True)
        elif all(self._certain.get(message_id) for message_id in message_ids):
            return None
        return since

    def _errand(self, incoming: Incoming, since: float | None) -> _Errand:
        lines = [_line(message, incoming) for message in incoming.messages]
        newcomer = Newcomer(
            incoming.app_user_id,
            self._title(incoming),
            incoming.user_id,
            first_words(shown_text(lines[0])),
            incoming.messages[0].received,
            since,
            incoming.case_id,
            next((message.received for message in incoming.messages if not message.by_app), None),
            traits=Traits(incoming.properties, incoming.language, incoming.source),
        )
        return _Errand(lines, newcomer)

    def _show(self, errand: _Errand, *, apart: bool) -> None:
        """Post what is not in Slack yet, and announce the conversation when the first message is there.

        `apart`: message by message, as many as the time allows.
        """
        since = errand.newcomer.doubt_since
        if since is not None and len(self._places(errand.lines)) < len(errand.lines):
            self._recall(errand.newcomer.app_user_id, [line.message_id for line in errand.lines], since)
        missing = [line for line in errand.lines if not self._place(line)]
        until = self._clock.monotonic() + APART_SECONDS
        for together in [[line] for line in missing] if apart else [missing]:
            self._post_all(together, errand)
            if self._clock.monotonic() > until:
                break
        self._announce(errand)

    def _post_all(self, lines: Sequence[Line], errand: _Errand) -> None:
        for sheet in sheets(lines):
            if not self._posted.get((sheet.message_ids[0], sheet.part)):
                self._post(sheet, errand.newcomer)
                errand.posted.append(sheet)
                if self._place(errand.lines[0]):
                    self._announce(errand)

    def _settle_files(self, errand: _Errand, places: Sequence[Place]) -> None:
        for line, place in zip(errand.lines, places, strict=False):
            if line.media:
                self._files.settled(MessageId(line.message_id), errand.newcomer.app_user_id, place)

    def _announce(self, errand: _Errand) -> None:
        """Tell the dispatch channel, the opening's last step. One that cannot be used keeps no text waiting."""
        newcomer = errand.newcomer
        if not errand.announced and newcomer.app_user_id not in self._overdue:
            try:
                self._openings.announce(newcomer)
            except DispatchError as error:
                _log.warning("dispatch channel not told", app_user_id=newcomer.app_user_id, error=str(error))
                self._overdue.owe(newcomer)
                self._trouble()
        errand.announced = True

    def _title(self, incoming: Incoming) -> str:
        """NAME for the channel and its announcement: also of a successor, whose first message may carry none."""
        own_name = _own_name(incoming.messages)
        entry = self._book.of_app_user(incoming.app_user_id)
        if entry and not clean(own_name or "") and not clean(incoming.profile_name or ""):
            return entry.title
        return title(own_name, incoming.profile_name, incoming.app_user_id)

    def _places(self, lines: Sequence[Line]) -> list[Place]:
        """Where the first messages stand, up to one that is not known to be in Slack."""
        places: list[Place] = []
        for line in lines:
            place = self._place(line)
            if place is None:
                break
            places.append(place)
        return places

    def _place(self, line: Line) -> Place | None:
        """Where a message stands, if all of it is known to be in Slack."""
        if not self._posted.get((line.message_id, 0)):
            return None
        return self._posted.get((line.message_id, len(sheets([line])) - 1))

    def _recall(self, app_user_id: AppUserId, message_ids: list[str], since: float) -> None:
        """Find out which messages an earlier try has put into Slack."""
        entry = self._book.of_app_user(app_user_id)
        if entry is None:
            return
        certain = True
        for channel_id in (*entry.joined[-JOINED_LOOKED_AT:], *((entry.channel_id,) if entry.channel_id else ())):
            try:
                found = self._lanes.earlier(channel_id, since)
            except NO_CHANNEL:  # nobody can tell any more, and the successor is empty
                certain = False
                continue
            for post in found:
                if post.mark.kind == MESSAGE:
                    self._remember(post.mark.ids, post.mark.part, Place(channel_id=channel_id, ts=post.ts))
        if certain and entry.channel_id and entry.state == "open":  # else what else the opening did is in doubt as well
            for message_id in message_ids:
                self._certain.put(message_id, value=True)

    def _post(self, sheet: Sheet, newcomer: Newcomer) -> Place:
        try:
            return self._post_once(sheet, newcomer)
        except NO_CHANNEL as error:
            self._close(newcomer.app_user_id, gone=isinstance(error, ChannelGoneError))
        return self._post_once(sheet, newcomer)

    def _post_once(self, sheet: Sheet, newcomer: Newcomer) -> Place:
        channel_id = self._openings.channel_for(newcomer)
        mark = Mark(MESSAGE, sheet.message_ids, sheet.part)

        def post(made: Post) -> Ts:
            return self._lanes.post(channel_id, made)

        if sheet.media:
            ts = self._files.show(sheet, sheet.media, newcomer.app_user_id, mark, post)
        else:
            ts = post(Post(sheet.text, mark, username=sheet.name, icon_url=icon(sheet.avatar_url)))
        place = Place(channel_id=channel_id, ts=ts)
        self._remember(sheet.message_ids, sheet.part, place)
        return place

    def _remember(self, message_ids: tuple[str, ...], part: int, place: Place) -> None:
        for message_id in message_ids:
            self._posted.put((message_id, part), place)

    def _close(self, app_user_id: AppUserId, *, gone: bool) -> None:
        """The channel takes no posts any more: the conversation needs a successor."""
        entry = self._book.of_app_user(app_user_id)
        if entry and entry.channel_id:
            self._book.keep(replace(entry, state="gone" if gone else "archived"))
            _log.info("channel closed", app_user_id=app_user_id, channel_id=entry.channel_id, gone=gone)


def _own_name(messages: Sequence[IncomingMessage]) -> str | None:
    """What the app user calls themselves; what the app's backend is called in its own messages names nobody here."""
    return next((message.name for message in messages if not message.by_app), None)


def _line(message: IncomingMessage, incoming: Incoming) -> Line:
    name = title(message.name, incoming.profile_name, incoming.app_user_id)
    media = _media(message)
    return Line(message.message_id, message.text, name, message.avatar_url, message.media_url, media)


def _media(message: IncomingMessage) -> Media | None:
    """The file to show: an upload, or an image that lies elsewhere. Other files elsewhere are told of by their link."""
    if message.media:
        return Media(message.media.name, message.media.type, message.media.size)
    image = message.type == "image" or (message.media_type or "").startswith("image/")
    if not image or not message.media_url:
        return None
    name = unquote(urlsplit(message.media_url).path.rpartition("/")[2]) or wording.an_image()
    return Media(name, message.media_type or "image", url=message.media_url)


def _earliest(*times: float | None) -> float | None:
    return min((time for time in times if time is not None), default=None)


def _report(incoming: Incoming, outcome: Done | Setback) -> None:
    count = len(incoming.messages)
    log = _log.bind(app_user_id=incoming.app_user_id, message_id=incoming.messages[-1].message_id)
    if isinstance(outcome, Done):
        log.info("relayed", count=count - outcome.left, channel_id=outcome.place.channel_id, ts=outcome.place.ts)
    else:
        log.warning("not relayed", count=count - outcome.shown, outcome=outcome.result, reason=outcome.reason)
