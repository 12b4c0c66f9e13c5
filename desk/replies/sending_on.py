"""The shortcut "Send to app user": a message of the channel, its files too, seen first and confirmed."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import structlog

from desk.admission import Admission, NotAdmittedError
from desk.asking import Pressed, Within
from desk.conversations.relay import MESSAGE
from desk.domain.commands import looks_like_a_command
from desk.domain.preview import View, instead, preview
from desk.domain.sent_on import Content, Order, read_order
from desk.domain.slack_text import escape
from desk.domain.wording import sending
from desk.errors import NotInChannelError, RefusedError, WorkspaceError
from desk.ports import ChannelEntry, Clock, Person, Workspace, Written
from desk.replies.passing_on import PassingOn
from desk.replies.replies import Replies
from desk.values import SEND_TO_APP_USER, Answer, Shortcut, Submission
from wire.ids import AgentId

_log = structlog.get_logger(__name__)


class NothingSentError(Exception):
    """Nothing is sent; the text says why, in mrkdwn."""


@dataclass(frozen=True)
class _Confirmed:
    """What somebody confirmed, and what is there."""

    order: Order
    content: Content
    person: Person


class SendingOn:
    """Shows what would be sent, and sends what was shown: never anything else."""

    def __init__(
        self, *, workspace: Workspace, replies: Replies, admission: Admission, passing_on: PassingOn, clock: Clock
    ) -> None:
        self._workspace = workspace
        self._replies = replies
        self._admission = admission
        self._passing_on = passing_on
        self._clock = clock

    def chosen(self, shortcut: Shortcut, within: Within) -> Answer:
        """Show the preview of a message, or say why it cannot be sent."""
        try:
            entry, _ = self._admission.admit(shortcut.channel_id, shortcut.agent_id)
            order = Order(shortcut.channel_id, shortcut.message_ts, entry.app_user_id, "", shortcut.thread_ts)
            content = self._content(order, entry, within)
            if not content.goes and not content.files:
                return Answer(sending.nothing_in_it())
            self._open(shortcut.trigger_id, order, self._form(order, content, entry.title))
        except (NotAdmittedError, NothingSentError) as refused:
            return Answer(str(refused))
        return Answer("", carried_out=True)

    def submitted(self, submission: Submission, within: Within) -> Answer:
        """Send what was shown. The form closes, or says why nothing is sent; what becomes of it is told later."""
        try:
            confirmed = self._confirmed(submission.metadata, submission.agent_id, within)
        except (NotAdmittedError, NothingSentError) as refused:
            return Answer(str(refused), view=instead(str(refused), SEND_TO_APP_USER))
        return self._begun(confirmed, within)

    def pressed(self, pressed: Pressed) -> Answer:
        """Send what an earlier try has not sent."""
        try:
            confirmed = self._confirmed(pressed.press.value, pressed.press.agent_id, pressed.within)
        except (NotAdmittedError, NothingSentError) as refused:
            return Answer(str(refused))
        return self._begun(confirmed, pressed.within)

    def _begun(self, confirmed: _Confirmed, within: Within) -> Answer:
        """Files take their time: Slack waits for nothing but the word that it goes ahead."""
        self._clock.after(0.0, lambda: self._carry_out(confirmed, within.tell))
        return Answer("", carried_out=True)

    def _carry_out(self, confirmed: _Confirmed, tell: Callable[[Answer], None]) -> None:
        try:
            answer = self._passing_on.send(confirmed.order, confirmed.content, confirmed.person)
        except Exception:  # noqa: BLE001 - the edge of a thread: who confirmed it must learn that it failed
            _log.exception("sending on failed", ts=confirmed.order.ts)
            answer = Answer(sending.fault())
        if answer.text:
            tell(answer)

    def _confirmed(self, metadata: str, agent_id: AgentId, within: Within) -> _Confirmed:
        """What was previewed, if it still is what it was, and goes where it went.

        Raises:
            NotAdmittedError, NothingSentError: it is not.
        """
        order = read_order(metadata)
        if order is None:
            raise NothingSentError(sending.out_of_date())
        entry, person = self._admission.admit(order.channel_id, agent_id)
        if entry.app_user_id != order.app_user_id:
            raise NothingSentError(sending.somebody_else())
        content = self._content(order, entry, within)
        if content.digest != order.digest:
            raise NothingSentError(sending.changed())
        if looks_like_a_command(content.text):
            raise NothingSentError(sending.a_command())
        if not content.goes:
            raise NothingSentError(sending.nothing_in_it())
        return _Confirmed(order, content, person)

    def _content(self, order: Order, entry: ChannelEntry, within: Within) -> Content:
        """What the message says and brings now.

        Raises:
            NothingSentError: it is gone, or none to be sent.
        """
        written = self._written(order)
        if written.own and written.mark and written.mark.kind == MESSAGE:
            raise NothingSentError(sending.from_them(escape(entry.title)))
        if written.own or not written.by_people:
            raise NothingSentError(sending.own_post() if written.own else sending.slacks_line())
        return Content(self._replies.plain(written.text, within.deadline), written.files)

    def _written(self, order: Order) -> Written:
        try:
            written = self._workspace.written(order.channel_id, order.ts, order.thread_ts)
        except NotInChannelError as error:
            raise NothingSentError(sending.not_in_channel()) from error
        except RefusedError as error:  # a thread that is not there any more
            _log.info("message not found", channel_id=order.channel_id, ts=order.ts, reason=error.code)
            raise NothingSentError(sending.gone()) from error
        except WorkspaceError as error:
            _log.warning("message not seen", channel_id=order.channel_id, ts=order.ts, reason=str(error))
            raise NothingSentError(sending.slack_silent()) from error
        if written is None:
            raise NothingSentError(sending.gone())
        return written

    def _form(self, order: Order, content: Content, name: str) -> View:
        """The preview, or the word that a command is not sent."""
        if looks_like_a_command(content.text):
            return instead(sending.a_command(), SEND_TO_APP_USER)
        shown = replace(order, digest=content.digest)
        return preview(name, content, shown, SEND_TO_APP_USER, sent=self._passing_on.was_sent(shown))

    def _open(self, trigger_id: str, order: Order, form: View) -> None:
        try:
            self._workspace.open_form(trigger_id, form)
        except WorkspaceError as error:
            _log.warning("preview not shown", channel_id=order.channel_id, ts=order.ts, reason=str(error))
            raise NothingSentError(sending.not_opened()) from error
