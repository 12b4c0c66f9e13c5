"""The parts that carry out what agents type, press, choose and look at: every command and every button by its name."""

from collections.abc import Mapping
from functools import partial

from desk.admission import Admission
from desk.cases.buttons import CaseButtons
from desk.cases.deeds import Deeds
from desk.cases.snoozing import snooze
from desk.commands.attendance import Attendances
from desk.commands.beginning import Beginnings
from desk.commands.canned import CannedAnswers
from desk.commands.history import show_history
from desk.commands.notes import Notes
from desk.commands.profiles import Profiles
from desk.commands.stats import show_stats
from desk.commands.waiting import WaitingList
from desk.conversations.erasing import Gone
from desk.counter import SAY, Button, Command, Counter
from desk.domain import commands
from desk.domain.moments import Now
from desk.home.board import HomeBoard
from desk.home.home import Home
from desk.home.tabs import HomeTabs
from desk.parts.ground import Ground
from desk.parts.orders import Orders
from desk.replies.passing_on import PassingOn
from desk.replies.sending_on import SendingOn
from desk.values import (
    CANCEL_CANNED_ACTION,
    RETRY_ACTION,
    SEND_AGAIN_ACTION,
    SEND_CANNED_ACTION,
    SEND_TO_APP_USER,
    SHOW_AGAIN_ACTION,
)


class Requests:
    """The counter for commands and buttons, the forms for files, and the Home tabs."""

    def __init__(self, ground: Ground, orders: Orders) -> None:
        self._ground = ground
        self._orders = orders
        around = ground.around
        workspace, book, app_side, clock = around.workspace, around.book, around.app_side, around.clock
        self.canned = CannedAnswers(app_side=app_side, replies=ground.replies, clock=clock)
        self._deeds = Deeds(app_side=app_side, people=ground.people, outbox=ground.outbox, clock=clock)
        self._profiles = Profiles(app_side, ground.lanes, clock)
        admission = Admission(book=book, people=ground.people, dispatches=ground.dispatches)
        self.sending_on = SendingOn(
            workspace=workspace,
            replies=ground.replies,
            admission=admission,
            passing_on=PassingOn(workspace=workspace, app_side=app_side, replies=ground.replies, clock=clock),
            clock=clock,
        )
        self.home = Home(
            tabs=HomeTabs(
                workspace, HomeBoard(app_side, book, workspace.team_id, ground.routing.quoted), ground.people
            ),
            clock=clock,
            note=around.home_note,
        )
        self.counter = Counter(
            book=book, people=ground.people, admission=admission, commands=self._commands(), buttons=self._buttons()
        )

    def forget(self, gone: Gone) -> None:
        """Keep nothing of app users who are erased."""
        self.canned.forget(gone.app_user_ids)
        self.home.changed()

    def close(self) -> None:
        """Look after Home tabs no more."""
        self.home.close()

    def _commands(self) -> Mapping[str, Command]:
        ground, around = self._ground, self._ground.around
        book, app_side, clock = around.book, around.app_side, around.clock

        def now() -> Now:
            return Now(clock.now(), around.zone)

        beginnings = Beginnings(
            app_side=app_side,
            book=book,
            openings=ground.openings,
            replies=ground.replies,
            erasings=self._orders.erasings,
            locks=ground.locks,
            clock=clock,
        )
        notes = Notes(app_side=app_side, replies=ground.replies, outbox=ground.outbox, clock=clock)
        waiting = WaitingList(app_side=app_side, book=book, clock=clock, quoted=ground.routing.quoted)
        attendances = Attendances(
            app_side=app_side,
            people=ground.people,
            dispatch=ground.dispatches.default,
            outbox=ground.outbox,
            clock=clock,
            now=now,
        )
        return {
            SAY: ground.replies.say,
            commands.PROFILE: self._profiles.show,
            commands.HISTORY: partial(show_history, app_side, clock),
            commands.NOTE: notes.note,
            commands.CANNED: self.canned.typed,
            commands.CLAIM: self._deeds.claim,
            commands.RELEASE: self._deeds.release,
            commands.ASSIGN: self._deeds.assign,
            commands.CLOSE: self._deeds.close,
            commands.REOPEN: self._deeds.reopen,
            commands.SNOOZE: partial(snooze, self._deeds, now),
            commands.START: beginnings.start,
            commands.WAITING: waiting.show,
            commands.STATS: partial(show_stats, app_side, clock),
            commands.AWAY: attendances.away,
        }

    def _buttons(self) -> Mapping[str, Button]:
        replies = self._ground.replies
        about_cases = CaseButtons(book=self._ground.around.book, deeds=self._deeds, profile=self._profiles.show)
        return {
            RETRY_ACTION: Button(replies.send_again),
            SEND_AGAIN_ACTION: Button(replies.send_once_more, anywhere=True),
            SHOW_AGAIN_ACTION: Button(replies.send_again, anywhere=True),
            SEND_CANNED_ACTION: Button(self.canned.send),
            CANCEL_CANNED_ACTION: Button(self.canned.cancel),
            SEND_TO_APP_USER: Button(self.sending_on.pressed),
            **about_cases.table(),
        }
