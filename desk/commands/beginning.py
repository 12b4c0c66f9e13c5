"""Agents begin conversations: `!start USERID TEXT`, from anywhere."""

import math
from dataclasses import replace
from functools import partial

import structlog

from desk.asking import Asked, Within
from desk.conversations.erasing import Erasings
from desk.conversations.opening import Newcomer, Openings
from desk.dispatch.channel import DispatchError
from desk.domain import wording as sentences
from desk.domain.addressee import addressed
from desk.domain.commands import Say, parse
from desk.domain.naming import title
from desk.domain.routing import Traits
from desk.domain.slack_text import escape, shorten
from desk.domain.wording import beginning as wording
from desk.errors import ChannelBookError, InDoubtError, LimitedError, WorkspaceError
from desk.locks import KeyedLocks
from desk.memory import Memory
from desk.outcomes import setback
from desk.ports import AppSide, ChannelBook, ChannelEntry, Clock
from desk.replies.replies import Replies
from desk.values import Answer
from wire.client import NoAnswerError, PeerAwayError, RefusedError
from wire.ids import AppUserId, ChannelId
from wire.messages import Profile

SEND_WITHIN = 2.2
"""Seconds for which a text whose channel was opened first waits for the app's side."""
USER_SHOWN = 100
NOT_FOUND = "user_not_found"
DOUBTS_REMEMBERED = 1_000

_log = structlog.get_logger(__name__)


class Beginnings:
    """Sends the first text of a conversation, opening a channel for it first if there is none."""

    def __init__(
        self,
        *,
        app_side: AppSide,
        book: ChannelBook,
        openings: Openings,
        replies: Replies,
        erasings: Erasings,
        locks: KeyedLocks[AppUserId],
        clock: Clock,
    ) -> None:
        self._app_side = app_side
        self._book = book
        self._openings = openings
        self._replies = replies
        self._erasings = erasings
        self._locks = locks
        self._clock = clock
        self._doubts: Memory[AppUserId, float] = Memory(DOUBTS_REMEMBERED)

    def start(self, asked: Asked) -> Answer:
        """Send TEXT to the app user with this ID. Nothing is sent as long as there is no channel for the answer."""
        meant = addressed(asked.argument)
        if not meant.text:
            return Answer(wording.text_needed())
        text = parse(meant.text)
        if not isinstance(text, Say):
            return Answer(wording.text_is_a_command())
        try:
            profile = self._app_side.find(meant.user, seconds=asked.within.left(self._clock.now()))
        except (PeerAwayError, NoAnswerError) as error:
            _log.warning("app user not found out", reason=str(error))
            return Answer(sentences.nothing_sent_away())
        except RefusedError as error:
            if error.code == NOT_FOUND:
                return Answer(wording.user_unknown(escape(shorten(meant.user, USER_SHOWN))))
            return Answer(sentences.nothing_sent_refused(escape(error.description)))
        return self._begin(replace(asked, argument=text.text), profile)

    def _begin(self, asked: Asked, profile: Profile) -> Answer:
        entry = self._book.of_app_user(profile.app_user_id)
        app_user_id = entry.app_user_id if entry else profile.app_user_id
        if self._gone(app_user_id):
            return Answer(sentences.being_erased())
        if entry and entry.state == "open" and entry.channel_id:
            return self._send(asked, entry, entry.channel_id)
        full_name = " ".join(name for name in (profile.given_name, profile.surname) if name)
        name = title(full_name, entry.title if entry else None, app_user_id)
        traits = Traits(profile.properties, profile.language, profile.source)
        newcomer = Newcomer(app_user_id, name, profile.user_id, "", self._clock.now(), by_agent=True, traits=traits)
        self._clock.after(0.0, partial(self._open_and_send, asked, newcomer))
        return Answer(wording.opening(escape(name)))

    def _open_and_send(self, asked: Asked, newcomer: Newcomer) -> None:
        """On a thread of its own: Slack may take longer than a person waits for an answer."""
        tell = asked.within.tell
        try:
            with self._locks.hold(newcomer.app_user_id):
                if self._gone(newcomer.app_user_id):
                    tell(Answer(sentences.being_erased()))
                    return
                channel_id = self._opened(newcomer)
                entry = self._book.of_channel(channel_id)
        except (WorkspaceError, DispatchError, ChannelBookError) as error:
            _log.warning("conversation not begun", app_user_id=newcomer.app_user_id, reason=str(error))
            tell(Answer(_not_opened(escape(newcomer.title), error)))
            return
        if entry is None:
            raise AssertionError("an open channel has its line in the book")
        _log.info("conversation begun", app_user_id=newcomer.app_user_id, channel_id=channel_id)
        tell(self._send(replace(asked, within=Within(self._clock.now() + SEND_WITHIN, tell)), entry, channel_id))

    def _opened(self, newcomer: Newcomer) -> ChannelId:
        began = self._clock.now()
        doubt_since = self._doubts.get(newcomer.app_user_id)
        try:
            channel_id = self._openings.channel_for(replace(newcomer, doubt_since=doubt_since))
        except InDoubtError:
            self._doubts.put(newcomer.app_user_id, doubt_since or began)
            raise
        self._doubts.forget(newcomer.app_user_id)
        return channel_id

    def _send(self, asked: Asked, entry: ChannelEntry, channel_id: ChannelId) -> Answer:
        """As if it had been typed in the app user's channel."""
        here = asked.typed.channel_id == channel_id
        tell = asked.within.tell if here else lambda answer: asked.within.tell(_elsewhere(answer, channel_id))
        typed, within = replace(asked.typed, channel_id=channel_id), replace(asked.within, tell=tell)
        answer = self._replies.begin(replace(asked, typed=typed, entry=entry, within=within))
        return answer if here else _elsewhere(answer, channel_id)

    def _gone(self, app_user_id: AppUserId) -> bool:
        return self._erasings.concerns(app_user_id)


def _elsewhere(answer: Answer, channel_id: ChannelId) -> Answer:
    """The answer for somebody who is not in the app user's channel."""
    link = f"<#{channel_id}>"
    if not answer.text:
        return replace(answer, text=wording.gone_out(link))
    return answer if answer.blocks else replace(answer, text=f"{answer.text} {wording.conversation_in(link)}")


def _not_opened(name: str, error: WorkspaceError | DispatchError | ChannelBookError) -> str:
    if isinstance(error, LimitedError):
        return wording.limited(name, math.ceil(error.seconds))
    return wording.no_channel(name, escape(sentences.retold(setback(error).reason)))
