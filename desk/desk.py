"""The agents' side of every conversation: what people type, what app users write, what becomes of replies."""

from collections.abc import Callable

from desk.asking import Within
from desk.conversations.channel_changes import ChannelChanges
from desk.conversations.erasing import Gone, refusal
from desk.domain.situation import OPEN_ACTION
from desk.domain.wording import sending
from desk.parts.ground import Ground, Surroundings
from desk.parts.orders import Orders
from desk.parts.requests import Requests
from desk.ports import ChannelEntry
from desk.values import SEND_TO_APP_USER, Answer, ChannelChange, Press, Shortcut, Submission, Typed
from wire.cases import CaseNews
from wire.ids import AgentId
from wire.messages import Done, Erase, Erased, Erasing, Incoming, Later, Merged, Never, Receipt, Stranded, Unknown

ANSWER_WITHIN = 2.2
"""Seconds in which a person gets an answer: Slack waits for three."""


def _nothing(_: Answer) -> None:
    """Nobody is there to be told."""


class Desk:
    """All use cases. Safe to call from many threads."""

    def __init__(self, around: Surroundings) -> None:
        self.closed = False
        self._ground = Ground(around)
        self._orders = Orders(self._ground, self._forget)
        self._requests = Requests(self._ground, self._orders)
        self._channel_changes = ChannelChanges(around.book, self._ground.lanes, self._ground.locks)
        self._ground.outbox.resume()

    def typed(self, typed: Typed, tell: Callable[[Answer], None] = _nothing) -> Answer:
        """Carry out a command somebody typed: a reply, `!profile`, `!help`, or a refusal. Takes up to 2.2 s.

        Where it is not known by then whether a reply went out, `tell` is called when it is, on another thread, up to
        25 minutes later. Raises nothing that a person or the other process can cause: such answers are sentences.
        """
        return self._requests.counter.typed(typed, self._within(tell))

    def pressed(self, press: Press, tell: Callable[[Answer], None] = _nothing) -> Answer:
        """Carry out what a button asks for. Takes up to 2.2 s, tells later and raises as little as `typed`."""
        if press.action_id == OPEN_ACTION:  # Slack's client has followed the link, and tells of it
            return Answer("", carried_out=True)
        answer = self._requests.counter.pressed(press, self._within(tell))
        return self._requests.home.answered(press, answer) if press.view == "home" else answer

    def home_opened(self, agent_id: AgentId) -> None:
        """Somebody looks at their Home tab: show it as it is now."""
        self._requests.home.opened(agent_id)

    def chosen(self, shortcut: Shortcut, tell: Callable[[Answer], None] = _nothing) -> Answer:
        """Open the form that a message's shortcut asks for. Takes up to 2.2 s, and raises as little as `typed`."""
        if shortcut.callback_id != SEND_TO_APP_USER:
            return Answer(sending.out_of_date())
        return self._requests.sending_on.chosen(shortcut, self._within(tell))

    def submitted(self, submission: Submission, tell: Callable[[Answer], None] = _nothing) -> Answer:
        """Carry out what a form was sent for. Takes up to 2.2 s, tells later and raises as little as `typed`."""
        if submission.callback_id != SEND_TO_APP_USER:
            return Answer(sending.out_of_date())
        return self._requests.sending_on.submitted(submission, self._within(tell))

    def receive(self, incoming: Incoming) -> Done | Later | Never | Unknown:
        """Show an app user's messages in their channel, which is opened first if need be."""
        return self._noted(self._orders.relay.receive(incoming))

    def show(self, receipt: Receipt) -> Done | Later | Never | Unknown:
        """Make a reply's notice say what `receipt` says."""
        if self._orders.erasings.concerns(receipt.app_user_id):
            return refusal()
        return self._noted(self._ground.notices.show(receipt))

    def case(self, news: CaseNews) -> Done | Later | Never | Unknown:
        """Let the dispatch notice of a case say how it stands, and remind people of it if they are to be reminded."""
        outcome = self._noted(self._orders.case_notices.tell(news))
        self._requests.home.changed()
        return outcome

    def stranded(self, stranded: Stranded) -> Done | Later | Never | Unknown:
        """Let agents see what became of a message that Slack refused."""
        if self._orders.erasings.concerns(stranded.app_user_id):
            return refusal()
        return self._noted(self._orders.strandings.show(stranded))

    def merged(self, merged: Merged) -> Done | Later | Never | Unknown:
        """Two app users turned out to be one: let their conversation go on in one channel."""
        if self._orders.erasings.concerns(merged.app_user_id):
            return refusal()
        return self._noted(self._orders.mergings.merge(merged))

    def erase(self, erase: Erase) -> Erased | Erasing | Later:
        """Remove all that the bot put into Slack of an app user, as far as a few seconds go."""
        return self._orders.erasings.erase(erase)

    def channel_changed(self, change: ChannelChange) -> None:
        """Take note of what Slack reports about a channel, ours or any other."""
        if self._ground.dispatches.changed(change):
            self._ground.readiness.doubt()
        self._channel_changes.note(change)

    def person_changed(self, agent_id: AgentId) -> None:
        """Somebody may have become a guest, or left: ask Slack anew before they speak again."""
        self._ground.people.forget(agent_id)

    def problems(self) -> list[str]:
        """Why the desk cannot work, a sentence each; empty = ready. Asks Slack at most once in a few seconds."""
        return self._ground.readiness.problems()

    def channels(self) -> list[ChannelEntry]:
        """The channel book, oldest line first."""
        return self._ground.around.book.entries()

    def close(self) -> None:
        """Stop timers and let go of the channel book. The desk cannot be used afterwards; closing twice is harmless."""
        self.closed = True
        self._requests.close()
        self._orders.close()
        self._ground.close()

    def _forget(self, gone: Gone) -> None:
        for parts in (self._ground, self._orders, self._requests):
            parts.forget(gone)

    def _noted(self, outcome: Done | Later | Never | Unknown) -> Done | Later | Never | Unknown:
        if not isinstance(outcome, Done):
            self._ground.readiness.doubt()
        return outcome

    def _within(self, tell: Callable[[Answer], None]) -> Within:
        return Within(self._ground.around.clock.now() + ANSWER_WITHIN, tell)
