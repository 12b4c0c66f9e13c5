"""Cases in the ledger: what waits and whose it is, and how much of that the bot has shown."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, insert, select, update

from webhook_server.domain.cases import Case, Untold
from webhook_server.domain.receipts import Place
from webhook_server.domain.reminders import Policy
from webhook_server.domain.timers import timed
from webhook_server.domain.values import AppUser, Message
from webhook_server.ledger import case_rows, rows
from webhook_server.ledger.app_users import AppUsers
from webhook_server.ledger.messages import Messages
from webhook_server.ledger.prepared import Prepared
from webhook_server.ledger.tables import cases, messages
from wire.ids import AgentId, AppUserId

_UNTOUCHED = ("id", "place_channel_id", "place_ts", "doubt_since")
_COURSE = tuple(case_rows.course_columns(Case(AppUserId(""), 0.0, None)))
_THEIRS = select(cases).where(cases.c.app_user_id == bindparam("whose"))
_OPEN = Prepared(_THEIRS.where(cases.c.closed_at.is_(None)))
_NEWEST = Prepared(_THEIRS.order_by(cases.c.id.desc()).limit(1))
_BY_ID = Prepared(select(cases).where(cases.c.id == bindparam("which")))
_ADD = Prepared(
    insert(cases).returning(cases.c.id), *(column.name for column in cases.c if column.name not in _UNTOUCHED)
)
_SAVE = Prepared(
    update(cases).where(cases.c.id == bindparam("which")).values({name: bindparam(name) for name in _COURSE})
)
_UNTOLD = select(cases).where(cases.c.told < cases.c.sequence).order_by(cases.c.untold_since)
_DUE = Prepared(
    select(cases).where(cases.c.remind_at <= bindparam("now")).order_by(cases.c.remind_at, cases.c.id).limit(1)
)
_NEXT_DUE = select(func.min(cases.c.remind_at)).where(cases.c.remind_at.is_not(None))
_LAST_NAME = Prepared(
    select(messages.c.name)
    .where(messages.c.app_user_id == bindparam("whose"), messages.c.role == "appUser")
    .order_by(messages.c.received.desc())
    .limit(1)
)
_IS_OPEN = cases.c.closed_at.is_(None)
_WAITING = _IS_OPEN & cases.c.waiting_since.is_not(None)
_LONGEST_FIRST = (cases.c.waiting_since.is_(None), cases.c.waiting_since, cases.c.id)


@dataclass(frozen=True, slots=True)
class Told:
    """A case with all that people are told of it. `message` is its first, if that is still there."""

    case: Case
    app_user: AppUser
    message: Message | None
    name: str | None


class Cases:
    """Cases, seen through one connection. Times are seconds since the epoch.

    Whatever is kept of a case, its timer is set by `policy`. `first_due` is the earliest of those that were.
    """

    def __init__(self, connection: Connection, policy: Policy) -> None:
        self._connection = connection
        self._policy = policy
        self.first_due: float | None = None

    def open(self, app_user_id: AppUserId) -> Case | None:
        """An app user's open case, which there is at most one of."""
        return self._one(_OPEN, whose=app_user_id)

    def newest(self, app_user_id: AppUserId) -> Case | None:
        """The case that a conversation is about: the open one, else the one that began last."""
        return self.open(app_user_id) or self._one(_NEWEST, whose=app_user_id)

    def find(self, case_id: int) -> Case | None:
        """The case with this ID."""
        return self._one(_BY_ID, which=case_id)

    def add(self, case: Case) -> Case:
        """Keep a new case. Returns it with its ID and its timer."""
        case = self._timed(case)
        columns = {**case_rows.beginning_columns(case), **case_rows.course_columns(case)}
        [added] = _ADD.rows(self._connection, **columns)
        return replace(case, id=added["id"])

    def save(self, case: Case) -> None:
        """Keep what became of a case, with its timer."""
        case = self._timed(case)
        _SAVE.rows(self._connection, which=case.id, **case_rows.course_columns(case))

    def waiting(self, most: int) -> tuple[list[Case], int]:
        """Open cases in which an app user waits, the longest waiting first, at most `most`; and how many there are."""
        return self._listed(select(cases).where(_WAITING), most)

    def claimed_by(self, agent_id: AgentId, most: int) -> tuple[list[Case], int]:
        """An agent's open cases, the longest waiting first, at most `most`; and how many there are."""
        return self._listed(select(cases).where(_IS_OPEN, cases.c.claimed_by_id == agent_id), most)

    def due(self, now: float) -> Case | None:
        """The case whose timer went off first, if one did."""
        return self._one(_DUE, now=now)

    def next_due(self) -> float | None:
        """When the first timer goes off, or did."""
        found: float | None = self._connection.execute(_NEXT_DUE).scalar_one()
        return found

    def look_at(self, case: Case, at: float | None) -> None:
        """Let a case's timer go off at another time."""
        self._connection.execute(update(cases).where(cases.c.id == case.id).values(remind_at=at))

    def set_timers(self) -> None:
        """Set all timers anew: the policy may have been another one."""
        found = self._connection.execute(select(cases).where(_WAITING)).mappings().all()
        for case in map(case_rows.case, found):
            set_anew = self._timed(case)
            if set_anew.remind_at != case.remind_at:
                self.look_at(case, set_anew.remind_at)

    def untold(self, now: float) -> tuple[Untold, ...]:
        """The cases whose news the bot has not shown, those first that have had them longest."""
        found = (case_rows.case(row) for row in self._connection.execute(_UNTOLD).mappings())
        return tuple(Untold(case.id, case.app_user_id, case.quiet(now)) for case in found)

    def telling(self, case: Case) -> Told | None:
        """All that people are told of a case; None: its app user is gone."""
        user = AppUsers(self._connection).by_id(case.app_user_id)
        if user is None:
            return None
        first = Messages(self._connection).find(case.first_message_id) if case.first_message_id else None
        return Told(case, user, first, user.profile.name or self._last_name(user.id))

    def told(self, case: Case, place: Place | None) -> None:
        """The bot has shown how `case` stands, at `place`, or refused to for good."""
        change = update(cases).where(cases.c.id == case.id)
        columns = {"told": case.sequence, "doubt_since": None, **rows.place_columns(place)}
        self._connection.execute(change.values(**columns))

    def doubt(self, case: Case, since: float) -> None:
        """A try to tell that began at `since` may have been carried out."""
        change = update(cases).where(cases.c.id == case.id, cases.c.doubt_since.is_(None))
        self._connection.execute(change.values(doubt_since=since))

    def _timed(self, case: Case) -> Case:
        case = timed(case, self._policy)
        if case.remind_at is not None:
            self.first_due = case.remind_at if self.first_due is None else min(self.first_due, case.remind_at)
        return case

    def _last_name(self, app_user_id: AppUserId) -> str | None:
        row = _LAST_NAME.row(self._connection, whose=app_user_id)
        return row["name"] if row else None

    def _one(self, statement: Prepared, **given: object) -> Case | None:
        row = statement.row(self._connection, **given)
        return case_rows.case(row) if row else None

    def _listed(self, wanted: Select[Any], most: int) -> tuple[list[Case], int]:
        total = self._connection.execute(select(func.count()).select_from(wanted.subquery())).scalar_one()
        found = self._connection.execute(wanted.order_by(*_LONGEST_FIRST).limit(most)).mappings()
        return [case_rows.case(row) for row in found], total
