"""`sk`: takes what agents type and press to the desk, and the desk's answers back."""

from collections.abc import Callable
from typing import Any

import structlog
from errbot import BotPlugin, botcmd

import desk
from desk.errbot_backend import wording

Tell = Callable[[desk.Answer], None]

log = structlog.get_logger(__name__)


class Sk(BotPlugin):  # type: ignore[misc] # errbot has no types
    """Talk to the app user of a channel."""

    @botcmd(historize=False)  # type: ignore[untyped-decorator] # likewise
    def sk(self, msg: Any, args: str) -> None:  # noqa: ARG002 - the text comes with the request, as it was typed
        """Send TEXT to the app user of this channel: !sk TEXT. More: !sk !help.

        In the app user's channel, `/sk TEXT` and `!sk TEXT` send TEXT exactly as typed. The channel then shows what
        was sent and whether it was delivered. `!sk !profile` shows the app user's profile, `!sk !help` all commands.
        Each of them may be typed alone: `!profile` does the same as `!sk !profile`.
        """
        asked = msg.extras["asked"]
        typed = desk.Typed(
            agent_id=asked.agent_id,
            channel_id=asked.channel_id,
            text=asked.text,
            request_id=asked.request_id,
        )
        self._answer(asked.reply, lambda desk_, tell: desk_.typed(typed, tell))

    def callback_press(self, press: Any, reply: Any) -> None:
        """A button was pressed."""
        pressed = desk.Press(
            agent_id=press.agent_id,
            channel_id=press.channel_id,
            message_ts=press.message_ts,
            action_id=press.action_id,
            value=press.value,
            view=press.view,
            trigger_id=press.trigger_id,
        )
        self._answer(reply, lambda desk_, tell: desk_.pressed(pressed, tell))

    def callback_shortcut(self, shortcut: Any, reply: Any) -> None:
        """A message's shortcut was chosen."""
        chosen = desk.Shortcut(
            agent_id=shortcut.agent_id,
            channel_id=shortcut.channel_id,
            message_ts=shortcut.message_ts,
            callback_id=shortcut.callback_id,
            trigger_id=shortcut.trigger_id,
            thread_ts=shortcut.thread_ts,
        )
        self._answer(reply, lambda desk_, tell: desk_.chosen(chosen, tell))

    def callback_form(self, form: Any, reply: Any) -> None:
        """A form of ours was sent."""
        sent = desk.Submission(agent_id=form.agent_id, callback_id=form.callback_id, metadata=form.metadata)
        self._answer(reply, lambda desk_, tell: desk_.submitted(sent, tell))

    def callback_home_opened(self, opened: Any) -> None:
        """Somebody opened the Home tab."""
        desk.build(self.bot_config.SETTINGS).home_opened(opened.agent_id)

    def callback_person_changed(self, change: Any) -> None:
        """Slack reported a change of somebody's account."""
        desk.build(self.bot_config.SETTINGS).person_changed(change.agent_id)

    def _answer(self, reply: Any, ask: Callable[[desk.Desk, Tell], desk.Answer]) -> None:
        def tell(answer: desk.Answer) -> None:
            reply.follow_up(answer.text, answer.blocks)

        try:
            answer = ask(desk.build(self.bot_config.SETTINGS), tell)
        except Exception:  # the edge: Errbot would show the exception to the agent
            log.exception("the desk failed")
            reply.say(wording.went_wrong())
            return
        if answer.view is not None:
            reply.turn_into(answer.view, answer.text)
        else:
            reply.say(answer.text, answer.blocks, instead=answer.instead)
