"""The agents' side of every conversation: what people type, what app users write, what becomes of replies."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import structlog

from desk.admission import Admission
from desk.asking import Within
from desk.attendance import Attendances
from desk.beginning import Beginnings
from desk.boards import Boards
from desk.canned import CannedAnswers
from desk.case_buttons import CaseButtons
from desk.case_notices import CaseNotices
from desk.clearing import Clearing
from desk.counter import SAY, Button, Counter
from desk.deeds import Deeds
from desk.dispatches import Dispatches
from desk.domain import wording
from desk.domain.commands import (
    ASSIGN,
    AWAY,
    CANNED,
    CLAIM,
    CLOSE,
    HISTORY,
    NOTE,
    PROFILE,
    RELEASE,
    REOPEN,
    SNOOZE,
    START,
    STATS,
    WAITING,
)
from desk.domain.moments import Now
from desk.domain.routing import dispatch_channels
from desk.domain.situation import OPEN_ACTION
from desk.domain.wording import sending
from desk.erasing import Erasings, Gone, refusal
from desk.errors import ChannelBookError, WorkspaceError
from desk.files import Files
from desk.history import show_history
from desk.home import Home
from desk.home_board import HomeBoard
from desk.home_tabs import HomeTabs
from desk.lanes import Lanes
from desk.locks import KeyedLocks
from desk.merging import Mergings
from desk.notes import Notes
from desk.notices import Notices
from desk.opening import Openings
from desk.outbox import Outbox
from desk.overdue import Overdue
from desk.passing_on import PassingOn
from desk.people import People
from desk.ports import AppSide, ChannelBook, ChannelEntry, Clock, DispatchNote, HomeNote, Mark, Post, Workspace
from desk.profiles import Profiles
from desk.readiness import Readiness
from desk.relay import Relay
from desk.reminders import Reminders
from desk.replies import Replies
from desk.rewriting import Rewriting
from desk.routing import House, Routing
from desk.sending_on import SendingOn
from desk.sheets import Sheets
from desk.snoozing import snooze
from desk.stats import show_stats
from desk.stranded import Strandings
from desk.values import (
    CANCEL_CANNED_ACTION,
    RETRY_ACTION,
    SEND_AGAIN_ACTION,
    SEND_CANNED_ACTION,
    SEND_TO_APP_USER,
    SHOW_AGAIN_ACTION,
    Answer,
    ChannelChange,
    Press,
    Shortcut,
    Submission,
    Typed,
)
from desk.waiting import WaitingList
from wire.cases import CaseNews
from wire.ids import AgentId, AppUserId
from wire.messages import Done, Erase, Erased, Erasing, Face, Incoming, Later, Merged, Never, Receipt, Stranded, Unknown

ANSWER_WITHIN = 2.2
"""Seconds in which a person gets an answer: Slack waits for three."""

LEADS_ON = "sk_leads_on"

_log = structlog.get_logger(__name__)


def _now(clock: Clock, zone: dt.tzinfo) -> Now:
    """The moment at which somebody types something."""
    return Now(clock.now(), zone)


def _nothing(_: Answer) -> None:
    """Nobody is there to be told."""


class Desk:
    """All use cases. Safe to call from many threads."""

    def __init__(
        self,
        *,
        workspace: Workspace,
        book: ChannelBook,
        app_side: AppSide,
        clock: Clock,
        dispatch_channel: str,
        dispatch_note: DispatchNote,
        home_note: HomeNote,
        house: House,
        team: Face | None = None,
        zone: dt.tzinfo = dt.UTC,
    ) -> None:
        lanes = Lanes(workspace, clock)
        self._book = book
        self._lanes = lanes
        self._app_side = app_side
        self._workspace = workspace
        self._clock = clock
        self._locks: KeyedLocks[AppUserId] = KeyedLocks()
        self.closed = False
        self._dispatches = Dispatches(workspace, dispatch_channel, dispatch_channels(house.rules), dispatch_note, clock)
        self._readiness = Readiness(workspace, self._dispatches, clock)
        self._people = People(workspace, clock)
        self._notices = Notices(lanes=lanes, book=book, clock=clock)
        self._strandings = Strandings(lanes=lanes, book=book, dispatches=self._dispatches)
        self._replies = Replies(
            workspace=workspace,
            app_side=app_side,
            book=book,
            people=self._people,
            notices=self._notices,
            clock=clock,
            team=team,
        )
        self._outbox = Outbox(lanes, clock)
        self._notes = Notes(app_side=app_side, replies=self._replies, outbox=self._outbox, clock=clock)
        self._canned = CannedAnswers(app_side=app_side, replies=self._replies, clock=clock)
        deeds = Deeds(app_side=app_side, people=self._people, outbox=self._outbox, clock=clock)
        now = partial(_now, clock, zone)
        sheets = Sheets()
        rewriting = Rewriting(lanes, sheets, workspace.team_id)
        boards = Boards(lanes, self._dispatches, sheets, rewriting, clock)
        routing = Routing(book=book, boards=boards, house=house, trouble=self._readiness.doubt)
        openings = Openings(
            workspace=workspace,
            lanes=lanes,
            book=book,
            routing=routing,
            app_side=app_side,
            clock=clock,
        )
        self._erasings = Erasings(
            book=book,
            openings=openings,
            clearing=Clearing(workspace=workspace, dispatches=self._dispatches, rewriting=rewriting, clock=clock),
            locks=self._locks,
            clock=clock,
            forget=self._forget,
        )
        self._boards = boards
        self._overdue = Overdue(openings, self._locks, clock)
        self._overdue.resume(book.unfinished())
        self._relay = Relay(
            lanes=lanes,
            book=book,
            openings=openings,
            clock=clock,
            locks=self._locks,
            overdue=self._overdue,
            files=Files(workspace=workspace, app_side=app_side, book=book, clock=clock),
            gone=self._erasings.concerns,
            trouble=self._readiness.doubt,
        )
        self._mergings = Mergings(
            workspace=workspace,
            lanes=lanes,
            book=book,
            openings=openings,
            rewriting=rewriting,
            overdue=self._overdue,
            locks=self._locks,
            clock=clock,
            moved=self._relay.moved,
        )
        self._case_notices = CaseNotices(
            book=book,
            routing=routing,
            rewriting=rewriting,
            reminders=Reminders(lanes, house.on_call, clock),
            locks=self._locks,
            gone=self._erasings.concerns,
        )
        self._mergings.resume(book.unfinished())
        self._erasings.resume(book.unfinished())
        admission = Admission(book=book, people=self._people, dispatch=self._dispatches.default)
        self._sending_on = SendingOn(
            workspace=workspace,
            replies=self._replies,
            admission=admission,
            passing_on=PassingOn(workspace=workspace, app_side=app_side, replies=self._replies, clock=clock),
            clock=clock,
        )
        tabs = HomeTabs(workspace, HomeBoard(app_side, book, workspace.team_id, routing.quoted), self._people)
        self._home = Home(tabs=tabs, clock=clock, note=home_note)
        beginnings = Beginnings(
            app_side=app_side,
            book=book,
            openings=openings,
            replies=self._replies,
            erasings=self._erasings,
            locks=self._locks,
            clock=clock,
        )
        profile = Profiles(app_side, lanes, clock).show
        self._counter = Counter(
            book=book,
            people=self._people,
            admission=admission,
            commands={
                SAY: self._replies.say,
                PROFILE: profile,
                HISTORY: partial(show_history, app_side, clock),
                NOTE: self._notes.note,
                CANNED: self._canned.typed,
                CLAIM: deeds.claim,
                RELEASE: deeds.release,
                ASSIGN: deeds.assign,
                CLOSE: deeds.close,
                REOPEN: deeds.reopen,
                SNOOZE: partial(snooze, deeds, now),
                START: beginnings.start,
                WAITING: WaitingList(app_side=app_side, book=book, clock=clock, quoted=routing.quoted).show,
                STATS: partial(show_stats, app_side, clock),
                AWAY: Attendances(app_side=app_side, people=self._people, now=now).away,
            },
            buttons={
                RETRY_ACTION: Button(self._replies.send_again),
                SEND_AGAIN_ACTION: Button(self._replies.send_once_more, anywhere=True),
                SHOW_AGAIN_ACTION: Button(self._replies.send_again, anywhere=True),
                SEND_CANNED_ACTION: Button(self._canned.send),
                CANCEL_CANNED_ACTION: Button(self._canned.cancel),
                SEND_TO_APP_USER: Button(self._sending_on.pressed),
                **CaseButtons(book=book, deeds=deeds, profile=profile).table(),
            },
        )

    def typed(self, typed: Typed, tell: Callable[[Answer], None] = _nothing) -> Answer:
        """Carry out a command somebody typed: a reply, `!profile`, `!help`, or a refusal. Takes up to 2.2 s.

        Where it is not known by then whether a reply went out, `tell` is called when it is, on another thread, up to
        25 minutes later. Raises nothing that a person or the other process can cause: such answers are sentences.
        """
        return self._counter.typed(typed, Within(self._clock.now() + ANSWER_WITHIN, tell))

    def pressed(self, press: Press, tell: Callable[[Answer], None] = _nothing) -> Answer:
        """Carry out what a button asks for. Takes up to 2.2 s, tells later and raises as little as `typed`."""
        if press.action_id == OPEN_ACTION:  # Slack's client has followed the link, and tells of it
            return Answer("", carried_out=True)
        answer = self._counter.pressed(press, Within(self._clock.now() + ANSWER_WITHIN, tell))
        return self._home.answered(press, answer) if press.view == "home" else answer

    def home_opened(self, agent_id: AgentId) -> None:
        """Somebody looks at their Home tab: show it as it is now."""
        self._home.opened(agent_id)

    def chosen(self, shortcut: Shortcut, tell: Callable[[Answer], None] = _nothing) -> Answer:
        """Open the form that a message's shortcut asks for. Takes up to 2.2 s, and raises as little as `typed`."""
        if shortcut.callback_id != SEND_TO_APP_USER:
            return Answer(sending.out_of_date())
        return self._sending_on.chosen(shortcut, Within(self._clock.now() + ANSWER_WITHIN, tell))

    def submitted(self, submission: Submission, tell: Callable[[Answer], None] = _nothing) -> Answer:
        """Carry out what a form was sent for. Takes up to 2.2 s, tells later and raises as little as `typed`."""
        if submission.callback_id != SEND_TO_APP_USER:
            return Answer(sending.out_of_date())
        return self._sending_on.submitted(submission, Within(self._clock.now() + ANSWER_WITHIN, tell))

    def receive(self, incoming: Incoming) -> Done | Later | Never | Unknown:
        """Show an app user's messages in their channel, which is opened first if need be."""
        return self._noted(self._relay.receive(incoming))

    def show(self, receipt: Receipt) -> Done | Later | Never | Unknown:
        """Make a reply's notice say what `receipt` says."""
        if self._erasings.concerns(receipt.app_user_id):
            return refusal()
        return self._noted(self._notices.show(receipt))

    def case(self, news: CaseNews) -> Done | Later | Never | Unknown:
        """Let the dispatch notice of a case say how it stands, and remind people of it if they are to be reminded."""
        outcome = self._noted(self._case_notices.tell(news))
        self._home.changed()
        return outcome

    def stranded(self, stranded: Stranded) -> Done | Later | Never | Unknown:
        """Let agents see what became of a message that Slack refused."""
        if self._erasings.concerns(stranded.app_user_id):
            return refusal()
        return self._noted(self._strandings.show(stranded))

    def merged(self, merged: Merged) -> Done | Later | Never | Unknown:
        """Two app users turned out to be one: let their conversation go on in one channel."""
        if self._erasings.concerns(merged.app_user_id):
            return refusal()
        return self._noted(self._mergings.merge(merged))

    def erase(self, erase: Erase) -> Erased | Erasing | Later:
        """Remove all that the bot put into Slack of an app user, as far as a few seconds go."""
        return self._erasings.erase(erase)

    def channel_changed(self, change: ChannelChange) -> None:
        """Take note of what Slack reports about a channel, ours or any other."""
        if self._dispatches.changed(change):
            self._readiness.doubt()
        entry = self._book.of_channel(change.channel_id)
        if entry is None:
            return
        log = _log.bind(channel_id=change.channel_id, kind=change.kind)
        with self._locks.hold(entry.app_user_id):
            entry = self._book.of_channel(change.channel_id)
            if entry and entry.channel_id != change.channel_id:
                self._lead_on(entry, change)
            changed = _after(entry, change) if entry else None
            if changed is None or changed == entry:
                return
            try:
                self._book.keep(changed)
            except ChannelBookError as error:  # the next post to the channel finds out anew
                log.error("channel change not kept", error=str(error))  # noqa: TRY400 - the text says it all
                return
        log.info("channel changed")

    def person_changed(self, agent_id: AgentId) -> None:
        """Somebody may have become a guest, or left: ask Slack anew before they speak again."""
        self._people.forget(agent_id)

    def problems(self) -> list[str]:
        """Why the desk cannot work, a sentence each; empty = ready. Asks Slack at most once in a few seconds."""
        return self._readiness.problems()

    def channels(self) -> list[ChannelEntry]:
        """The channel book, oldest line first."""
        return self._book.entries()

    def close(self) -> None:
        """Stop timers and let go of the channel book. The desk cannot be used afterwards; closing twice is harmless."""
        self.closed = True
        self._home.close()
        self._replies.close()
        self._outbox.close()
        self._notices.close()
        self._overdue.close()
        self._mergings.close()
        self._erasings.close()
        self._app_side.close()
        self._workspace.close()
        self._book.close()

    def _lead_on(self, entry: ChannelEntry, change: ChannelChange) -> None:
        """A channel of an earlier conversation changed: if it is open again, it leads to the one that goes on."""
        if change.kind != "unarchived" or not entry.channel_id:
            return
        mark = Mark(LEADS_ON, (entry.app_user_id, entry.channel_id))
        try:
            self._lanes.post(change.channel_id, Post(wording.goes_on(f"<#{entry.channel_id}>"), mark))
        except WorkspaceError as error:  # private, and nobody has invited the bot again
            _log.info("no link from the earlier channel", channel_id=change.channel_id, reason=str(error))

    def _forget(self, gone: Gone) -> None:
        self._boards.forget(gone.app_user_ids)
        self._relay.forget(gone.app_user_ids, gone.channel_ids)
        self._replies.forget(gone.app_user_ids)
        self._canned.forget(gone.app_user_ids)
        self._notices.forget(gone.channel_ids)
        self._outbox.forget(gone.channel_ids)
        for app_user_id in gone.app_user_ids:
            self._overdue.dismiss(app_user_id)
        self._home.changed()

    def _noted(self, outcome: Done | Later | Never | Unknown) -> Done | Later | Never | Unknown:
        if not isinstance(outcome, Done):
            self._readiness.doubt()
        return outcome


def _after(entry: ChannelEntry, change: ChannelChange) -> ChannelEntry:
    """The line of the book after what Slack reported. A bot that was removed finds out when it posts."""
    if entry.channel_id != change.channel_id:
        closed = change.kind in {"archived", "deleted"}
        joined = tuple(each for each in entry.joined if not closed or each != change.channel_id)
        return replace(entry, joined=joined)
    match change.kind:
        case "archived":
            return replace(entry, state="archived")
        case "deleted":
            return replace(entry, state="gone")
        case "unarchived" if entry.state == "archived":
            return replace(entry, state="open" if entry.linked else "opening")
        case "renamed" if change.name:
            return replace(entry, channel_name=change.name)
        case _:
            return entry
