"""Agents' replies on their way to app users, and failed ones sent again."""

from collections.abc import Callable, Collection
from dataclasses import replace

import structlog

from desk.asking import WORTH_TRYING, Asked, Pressed, Within
from desk.domain import wording
from desk.domain.notices import Notice, question, shown_reply
from desk.domain.slack_text import Names, escape, shorten, to_plain
from desk.domain.wording import beginning
from desk.errors import WorkspaceError
from desk.locks import BusyError, KeyedLocks
from desk.memory import Memory
from desk.people import People
from desk.ports import AppSide, ChannelBook, Clock, Workspace
from desk.replies.notices import Notices
from desk.replies.unsettled import Unsettled, Verdict
from desk.values import SEND_AGAIN_ACTION, Answer
from wire.client import NoAnswerError, PeerAwayError, RefusedError
from wire.ids import AgentId, AppUserId, ChannelId, MessageId, reply_id
from wire.messages import ALREADY_SENT, Agent, Face, Reply, ReplyAccepted

FIRST_TRY = 1.2
"""Seconds for an answer, so that a second try fits into the time a person waits."""
NAMES_WITHIN = 0.8
"""Seconds after which no more names are looked up for mentions in a reply."""
SETTLE_TRY = 1.0
"""Seconds for an answer about a reply in doubt; whoever typed the next one waits for it."""
CHANNELS_REMEMBERED = 1_000
ASKED_REMEMBERED = 1_000
WORDS_SHOWN = 60

_log = structlog.get_logger(__name__)


class Replies:
    """Hands replies over, one after the other in each channel, and says truthfully what became of that.

    `team` is under which name and picture app users see all of them; without it they see the agent's own.
    """

    def __init__(
        self,
        *,
        workspace: Workspace,
        app_side: AppSide,
        book: ChannelBook,
        people: People,
        notices: Notices,
        clock: Clock,
        team: Face | None = None,
    ) -> None:
        self._workspace = workspace
        self._team = team
        self._app_side = app_side
        self._book = book
        self._people = people
        self._notices = notices
        self._clock = clock
        self._locks: KeyedLocks[ChannelId] = KeyedLocks()
        self._channel_names: Memory[str, str] = Memory(CHANNELS_REMEMBERED)
        self._asked_about: Memory[MessageId, Reply] = Memory(ASKED_REMEMBERED)
        self._unsettled = Unsettled(clock, self._try_to_settle, self._locked)

    def say(self, asked: Asked) -> Answer:
        """Send TEXT, still in Slack's format, to the app user of the channel."""
        return self.send(self.made(asked, self.plain(asked.argument, asked.within.deadline)), asked.within)

    def begin(self, asked: Asked) -> Answer:
        """The same, and a conversation begins with it."""
        reply = self.made(asked, self.plain(asked.argument, asked.within.deadline))
        return self.send(reply.model_copy(update={"begins": True}), asked.within)

    def made(self, asked: Asked, text: str) -> Reply:
        """The reply with which an agent says `text` to the app user of the channel; not sent yet."""
        typed, person = asked.typed, asked.person
        return Reply(
            message_id=reply_id(typed.request_id),
            app_user_id=asked.there.app_user_id,
            channel_id=typed.channel_id,
            text=text,
            agent=Agent(agent_id=typed.agent_id, name=person.name, avatar_url=person.avatar_url),
            shown_as=self._team,
        )

    def pass_on(self, reply: Reply, deadline: float) -> ReplyAccepted:
        """Hand over a reply that was made elsewhere, behind those before it in its channel.

        Raises:
            BusyError: those before it are still on their way.
            PeerAwayError, RefusedError: it was not sent.
            NoAnswerError: it may have been sent. It is asked for until that is known, and then its notice tells.
        """
        reply = reply.model_copy(update={"shown_as": self._team})
        try:
            return self._in_turn(reply, deadline)
        except NoAnswerError:
            self._unsettled.add(reply, lambda _: None)
            raise

    def plain(self, text: str, deadline: float) -> str:
        """Text in Slack's format as the app user gets it. Looks names up as long as there is time."""
        return to_plain(text, self._names(deadline))

    def send_once_more(self, pressed: Pressed) -> Answer:
        """Send a text that its agent sent before and was asked about. A button that is pressed twice sends once."""
        message_id, agent_id = MessageId(pressed.press.value), pressed.press.agent_id
        asked = self._asked_about.get(message_id)
        theirs = asked is not None and asked.agent.agent_id == agent_id
        reply = self._asked_about.take(message_id) if theirs else None
        if reply is None:
            return Answer(wording.unknown_button())
        answer = self.send(reply.model_copy(update={"again": True}), pressed.within)
        if answer.text and not answer.carried_out:
            self._asked_about.put(message_id, reply)  # it has the same ID whenever it is sent
        elif not answer.text and pressed.press.channel_id != reply.channel_id:
            return replace(answer, text=beginning.gone_out(f"<#{reply.channel_id}>"))
        return answer

    def forget(self, app_user_ids: Collection[AppUserId]) -> None:
        """Remember no text for these app users."""
        self._asked_about.forget_where(lambda _, reply: reply.app_user_id in app_user_ids)

    def close(self) -> None:
        """Ask no more for what is in doubt."""
        self._unsettled.close()

    def send(self, reply: Reply, within: Within) -> Answer:
        """Hand a reply over, in its channel's turn, and say what became of it. The same one twice is one."""
        log = _log.bind(message_id=reply.message_id, app_user_id=reply.app_user_id, channel_id=reply.channel_id)
        try:
            accepted = self._in_turn(reply, within.deadline)
        except BusyError:
            log.warning("reply not accepted", reason="busy")
            return Answer(wording.nothing_sent_busy())
        except PeerAwayError as error:
            log.warning("reply not accepted", reason=str(error))
            return Answer(wording.nothing_sent_away())
        except RefusedError as error:
            log.warning("reply not accepted", reason=error.code)
            return self._refused(reply, error)
        except NoAnswerError as error:
            log.warning("reply in doubt", reason=str(error))
            self._unsettled.add(reply, lambda verdict: within.tell(self._settled(reply, verdict)))
            return Answer(wording.in_doubt())
        log.info("reply accepted", state=accepted.state, repeated=accepted.repeated)
        return Answer("", carried_out=True)

    def _refused(self, reply: Reply, error: RefusedError) -> Answer:
        if error.code != ALREADY_SENT:
            return Answer(wording.nothing_sent_refused(escape(error.description)))
        self._asked_about.put(reply.message_id, reply)
        sentence = wording.already_sent(_words(reply), error.at or self._clock.now())
        button = question(sentence, wording.send_again_button(), SEND_AGAIN_ACTION, reply.message_id)
        return Answer(sentence, button)

    def _settled(self, reply: Reply, verdict: Verdict) -> Answer:
        match verdict:
            case RefusedError():
                if verdict.code == ALREADY_SENT:
                    return self._refused(reply, verdict)
                return Answer(wording.settled_refused(_words(reply), escape(verdict.description)))
            case None:
                return Answer(wording.never_settled(_words(reply)))
        return Answer(wording.settled_sent(_words(reply)), carried_out=True)

    def _try_to_settle(self, reply: Reply) -> ReplyAccepted:
        """Ask once more for a reply in doubt. Whichever try it was that the ledger took, its notice is due."""
        self._notices.expect(reply.channel_id, _notice(reply))
        try:
            accepted = self._app_side.reply(reply, seconds=SETTLE_TRY)
        except (PeerAwayError, RefusedError, NoAnswerError):
            self._notices.drop(reply.channel_id, reply.message_id)
            raise
        self._notices.accepted(reply.channel_id, reply.message_id, accepted.state)
        return accepted

    def _locked(self, channel_id: ChannelId, action: Callable[[], object]) -> None:
        with self._locks.hold(channel_id):
            action()

    def send_again(self, pressed: Pressed) -> Answer:
        """Have a failed reply, or a message that Slack refused, tried again; its notice tells what becomes of that."""
        message_id = MessageId(pressed.press.value)
        try:
            self._app_side.retry(message_id, seconds=pressed.within.left(self._clock.now()))
        except PeerAwayError:
            return Answer(wording.retry_away())
        except RefusedError as error:
            return Answer(wording.retry_refused(escape(error.description)))
        except NoAnswerError:
            return Answer(wording.retry_in_doubt())
        _log.info("reply sent again", message_id=message_id)
        return Answer("", carried_out=True)

    def _in_turn(self, reply: Reply, deadline: float) -> ReplyAccepted:
        """Hand it over, unless it would overtake one before it."""
        with self._locks.hold(reply.channel_id, seconds=max(0.0, self._left(deadline))):
            if not self._unsettled.settle(reply.channel_id):
                raise BusyError
            return self._hand_over(reply, deadline)

    def _hand_over(self, reply: Reply, deadline: float) -> ReplyAccepted:
        first = self._notices.expect(reply.channel_id, _notice(reply))
        tried_twice = False
        try:
            try:
                accepted = self._app_side.reply(reply, seconds=max(WORTH_TRYING, min(FIRST_TRY, self._left(deadline))))
            except NoAnswerError:
                if self._left(deadline) < WORTH_TRYING:
                    raise
                tried_twice = True
                accepted = self._once_more(reply, deadline)
        except (PeerAwayError, RefusedError, NoAnswerError):
            if first:
                self._notices.drop(reply.channel_id, reply.message_id)
            raise
        if first and accepted.repeated and not tried_twice:  # Slack's repetition of a request that was carried out
            self._notices.drop(reply.channel_id, reply.message_id)
        elif first:
            self._notices.accepted(reply.channel_id, reply.message_id, accepted.state)
        return accepted

    def _once_more(self, reply: Reply, deadline: float) -> ReplyAccepted:
        """The same reply again: it has the same ID, so that it is accepted once."""
        try:
            return self._app_side.reply(reply, seconds=self._left(deadline))
        except PeerAwayError as error:
            raise NoAnswerError("the first try may have been accepted") from error

    def _left(self, deadline: float) -> float:
        return deadline - self._clock.now()

    def _names(self, deadline: float) -> Names:
        """Looks names up as long as there is time."""
        last = min(deadline, self._clock.now() + NAMES_WITHIN)
        return Names(
            person=lambda agent_id: self._people.name(AgentId(agent_id)) if self._clock.now() < last else None,
            channel=lambda channel_id: self._channel_name(ChannelId(channel_id)) if self._clock.now() < last else None,
        )

    def _channel_name(self, channel_id: ChannelId) -> str | None:
        known = self._channel_names.get(channel_id)
        if known is None:
            try:
                known = self._workspace.channel(channel_id).name
            except WorkspaceError as error:
                _log.info("name not found out", channel_id=channel_id, error=str(error))
                return None
            self._channel_names.put(channel_id, known)
        return known


def _notice(reply: Reply) -> Notice:
    shown = shown_reply(reply.text, reply.media.name if reply.media else None)
    return Notice(reply.message_id, reply.agent.name, shown, "sending")


def _words(reply: Reply) -> str:
    return escape(shorten(" ".join(reply.text.split()), WORDS_SHOWN))
