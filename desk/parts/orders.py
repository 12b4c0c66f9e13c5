"""The parts that carry out what the app's side orders."""

from collections.abc import Callable

from desk.cases.notices import CaseNotices
from desk.cases.reminders import Reminders
from desk.conversations.clearing import Clearing
from desk.conversations.erasing import Erasings, Gone
from desk.conversations.files import Files
from desk.conversations.merging import Mergings
from desk.conversations.relay import Relay
from desk.conversations.stranded import Strandings
from desk.dispatch.overdue import Overdue
from desk.parts.ground import Ground


class Orders:
    """Goes on with what an earlier process left undone, too. `forget` is called with all who are erased."""

    def __init__(self, ground: Ground, forget: Callable[[Gone], None]) -> None:
        around = ground.around
        workspace, book, clock = around.workspace, around.book, around.clock
        self.erasings = Erasings(
            book=book,
            openings=ground.openings,
            clearing=Clearing(
                workspace=workspace, dispatches=ground.dispatches, rewriting=ground.rewriting, clock=clock
            ),
            locks=ground.locks,
            clock=clock,
            forget=forget,
        )
        self.overdue = Overdue(ground.openings, ground.locks, clock)
        self.relay = Relay(
            lanes=ground.lanes,
            book=book,
            openings=ground.openings,
            clock=clock,
            locks=ground.locks,
            overdue=self.overdue,
            files=Files(workspace=workspace, app_side=around.app_side, book=book, clock=clock),
            gone=self.erasings.concerns,
            trouble=ground.readiness.doubt,
        )
        self.mergings = Mergings(
            workspace=workspace,
            lanes=ground.lanes,
            book=book,
            openings=ground.openings,
            rewriting=ground.rewriting,
            overdue=self.overdue,
            locks=ground.locks,
            clock=clock,
            moved=self.relay.moved,
        )
        self.case_notices = CaseNotices(
            book=book,
            routing=ground.routing,
            rewriting=ground.rewriting,
            reminders=Reminders(ground.lanes, around.house.on_call, clock),
            locks=ground.locks,
            gone=self.erasings.concerns,
        )
        self.strandings = Strandings(lanes=ground.lanes, book=book, dispatches=ground.dispatches)
        for part in (self.overdue, self.mergings, self.erasings):
            part.resume(book.unfinished())

    def forget(self, gone: Gone) -> None:
        """Keep nothing of app users who are erased."""
        self.relay.forget(gone.app_user_ids, gone.channel_ids)
        for app_user_id in gone.app_user_ids:
            self.overdue.dismiss(app_user_id)

    def close(self) -> None:
        """Leave what is undone to the next process."""
        self.overdue.close()
        self.mergings.close()
        self.erasings.close()
