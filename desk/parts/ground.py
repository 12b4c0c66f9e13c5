"""What most parts of the desk need."""

import datetime as dt
from dataclasses import dataclass

from desk.conversations.erasing import Gone
from desk.conversations.opening import Openings
from desk.dispatch.boards import Boards
from desk.dispatch.channels import Dispatches
from desk.dispatch.rewriting import Rewriting
from desk.dispatch.routing import House, Routing
from desk.dispatch.sheets import Sheets
from desk.domain.routing import dispatch_channels
from desk.lanes import Lanes
from desk.locks import KeyedLocks
from desk.outbox import Outbox
from desk.people import People
from desk.ports import AppSide, ChannelBook, Clock, DispatchNote, HomeNote, OwedNote, Workspace
from desk.readiness import Readiness
from desk.replies.notices import Notices
from desk.replies.replies import Replies
from wire.ids import AppUserId
from wire.messages import Face


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What a desk is put into: its adapters, and what the settings say.

    `team`: what app users see of all agents, if not each agent's own name and picture.
    """

    workspace: Workspace
    book: ChannelBook
    app_side: AppSide
    clock: Clock
    dispatch_channel: str
    dispatch_note: DispatchNote
    home_note: HomeNote
    owed_note: OwedNote
    house: House
    team: Face | None = None
    zone: dt.tzinfo = dt.UTC


class Ground:
    """People and channels, and whatever posts into them."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around
        workspace, book, app_side, clock = around.workspace, around.book, around.app_side, around.clock
        self.lanes = Lanes(workspace, clock)
        self.locks = KeyedLocks[AppUserId]()
        self.people = People(workspace, clock)
        named = dispatch_channels(around.house.rules)
        self.dispatches = Dispatches(workspace, around.dispatch_channel, named, around.dispatch_note, clock)
        self.readiness = Readiness(workspace, self.dispatches, clock)
        self.outbox = Outbox(self.lanes, around.owed_note, clock)
        self.notices = Notices(lanes=self.lanes, book=book, clock=clock)
        self.replies = Replies(
            workspace=workspace,
            app_side=app_side,
            book=book,
            people=self.people,
            notices=self.notices,
            clock=clock,
            team=around.team,
        )
        sheets = Sheets()
        self.rewriting = Rewriting(self.lanes, sheets, workspace.team_id)
        self.boards = Boards(self.lanes, self.dispatches, sheets, self.rewriting, clock)
        self.routing = Routing(book=book, boards=self.boards, house=around.house, trouble=self.readiness.doubt)
        self.openings = Openings(
            workspace=workspace,
            lanes=self.lanes,
            book=book,
            routing=self.routing,
            app_side=app_side,
            clock=clock,
        )

    def forget(self, gone: Gone) -> None:
        """Keep nothing of app users who are erased."""
        self.boards.forget(gone.app_user_ids)
        self.replies.forget(gone.app_user_ids)
        self.notices.forget(gone.channel_ids)
        self.outbox.forget(gone.channel_ids)

    def close(self) -> None:
        """Stop what goes on, then let go of the adapters."""
        self.replies.close()
        self.outbox.close()
        self.notices.close()
        self.around.app_side.close()
        self.around.workspace.close()
        self.around.owed_note.close()  # until now, what is done at the last moment is kept
        self.around.book.close()
