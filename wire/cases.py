"""What is said through the door about cases.

A case is one stretch of a conversation, from the first words to its close: what waits, who takes care of it, who
answered first. Times are seconds since the epoch.
"""

from typing import Annotated, Literal

from pydantic import Field

from wire.ids import AgentId, AppUserId, MessageId
from wire.messages import Agent, Place, Said

CASE = "/sk/case"
"""Path on the bot: how a case stands now (`CaseNews` → `Outcome`)."""
CASES = "/internal/cases"
"""Path on the webhook server: cases that wait, or are an agent's (`CasesRequest` → `CaseList`)."""
DEED = "/internal/cases/deed"
"""Path on the webhook server: an agent does something about a case (`Deed` → `CaseAfter`)."""
NOTE = "/internal/notes"
"""Path on the webhook server: an agent's note (`Note` → `NoteKept`)."""
HISTORY = "/internal/history"
"""Path on the webhook server: what was said in a conversation, notes included (`HistoryRequest` → `History`)."""
FIND = "/internal/appusers/find"
"""Path on the webhook server: whom an agent means (`FindRequest` → `Profile`)."""
STATS = "/internal/stats"
"""Path on the webhook server: how much there was to do (`StatsRequest` → `Stats`)."""
AWAY = "/internal/away"
"""Path on the webhook server: whether the team is there (`AwayRequest` → `Attendance`)."""

NO_CASE = "no_case"
"""Code of a refusal: the app user has no case that this could be done to."""
CLAIMED_ALREADY = "claimed_already"
"""Code of a refusal: somebody else has claimed the case."""
NOT_CLAIMED = "not_claimed"
"""Code of a refusal: nobody, or somebody else, has claimed the case."""
CLOSED_ALREADY = "closed_already"
"""Code of a refusal: the case is closed."""
OPEN_ALREADY = "open_already"
"""Code of a refusal: the case is not closed."""
NOT_WAITING = "not_waiting"
"""Code of a refusal: nobody waits for an answer, so nothing can be put off."""

DeedKind = Literal["claim", "release", "assign", "close", "reopen", "snooze"]
Reminder = Literal["none", "waiting", "on_call", "snooze_over"]
"""What agents are reminded of: an answer is due; it is overdue, so whoever is on call shall know; a snooze is over."""


class FirstAnswer(Said):
    """Who answered first, and how many seconds after the app user's first words."""

    agent: Agent
    seconds: float


class Closing(Said):
    """Who closed a case, when, and why, if they said so. Without an agent nobody in person did."""

    at: float
    agent: Agent | None = None
    reason: str | None = None


class Case(Said):
    """A case as it stands. `case_id` grows with each case that begins.

    `name`: what the app user is called, if that is known; `first_words`: the beginning of its first message.
    `opened_by` is the agent who began it; without one the app user did. `waiting_since`: the oldest message of the app
    user that nobody has answered.
    """

    case_id: int
    app_user_id: AppUserId
    opened: float
    name: str | None = None
    user_id: str | None = None
    first_words: str = ""
    opened_by: Agent | None = None
    waiting_since: float | None = None
    claimed_by: Agent | None = None
    first_answer: FirstAnswer | None = None
    snoozed_until: float | None = None
    closed: Closing | None = None


class CaseAfter(Case):
    """A case after a deed. `unchanged`: it stood so before, and the deed had no effect."""

    unchanged: bool = False


class CaseNews(Said):
    """How a case stands now, for its dispatch notice. `sequence` grows with each change.

    `reminder`: people are to be reminded of it, the `reminders`th time in this case; the same number is the same
    reminder. `place` is where the notice stood when the bot last told. `doubt_since` is set when an earlier try may
    have put a notice or a reminder into Slack: the time of that try's beginning.
    """

    case: Case
    sequence: int
    reminder: Reminder = "none"
    reminders: int = 0
    place: Place | None = None
    doubt_since: float | None = None


class Deed(Said):
    """What `agent` does about an app user's newest case, or, where `case_id` is given, about that one.

    The same deed twice is one, whatever its `request_id`: who has claimed a case claims it again without an effect.
    `assignee` is for "assign", `until` for "snooze", `reason` for "close".
    """

    request_id: str
    app_user_id: AppUserId
    agent: Agent
    kind: DeedKind
    case_id: int | None = None
    assignee: Agent | None = None
    until: float | None = None
    reason: str | None = None


class CasesRequest(Said):
    """Asks for open cases, the longest waiting first: those that wait, or those that `agent_id` has claimed."""

    agent_id: AgentId | None = None
    most: Annotated[int, Field(ge=1, le=100)] = 50


class CaseList(Said):
    """Cases, and how many there are in all."""

    cases: tuple[Case, ...]
    total: int


class Note(Said):
    """What an agent wants to be remembered with a conversation. The app user never sees it."""

    note_id: MessageId
    app_user_id: AppUserId
    agent: Agent
    text: str


class NoteKept(Said):
    """The ledger has the note. `repeated`: it had it before."""

    note_id: MessageId
    repeated: bool = False


class HistoryRequest(Said):
    """Asks for the last `most` lines of a conversation."""

    app_user_id: AppUserId
    most: Annotated[int, Field(ge=1, le=50)] = 10


HISTORY_CHARACTERS = 5_000


class HistoryLine(Said):
    """A message or note. `name`: whose it is, if that is known; `state`: how far an agent's reply is.

    `text` is its text, or the first HISTORY_CHARACTERS of it.
    """

    kind: Literal["app_user", "agent", "app", "note"]
    at: float
    text: str
    name: str | None = None
    file_name: str | None = None
    state: str | None = None


class History(Said):
    """Lines, oldest first. `more`: there are older ones."""

    lines: tuple[HistoryLine, ...]
    more: bool = False


class FindRequest(Said):
    """Asks for an app user, by `_id` or `userId`."""

    user: str


class StatsRequest(Said):
    """Asks for the numbers since the beginning of today, or of this week, in the team's time zone."""

    span: Literal["today", "week"] = "today"


class AgentStats(Said):
    """What one agent did: first answers, replies, cases closed; and the open cases that are theirs now."""

    agent: Agent
    first_answers: int = 0
    replies: int = 0
    closed: int = 0
    open: int = 0


class Stats(Said):
    """Numbers since `since`.

    Seconds from app users' first words to the first answer: half were at most `median`, nine of ten at most `ninety`;
    absent where nobody was answered. `by_agent`: who did most comes first.
    """

    since: float
    conversations: int
    answered: int
    closed: int
    waiting: int
    median: float | None = None
    ninety: float | None = None
    longest_wait: float | None = None
    by_agent: tuple[AgentStats, ...] = ()


class AwayRequest(Said):
    """Asks whether the team is there. With `agent` they say so: `back`, or else away.

    `until`: away until then, None: until further notice. `text` is what app users are told meanwhile; without it they
    are told what the settings say.
    """

    agent: Agent | None = None
    back: bool = False
    until: float | None = None
    text: str | None = None


class Attendance(Said):
    """Whether the team is there. `away_by`: an agent said that it is away, until `until` if they said so.

    `office_open`: within office hours; `changes`: when that changes next, if it does. `text`: what app users are told
    while nobody is there; absent: they are told nothing. `unchanged`: what was said with the question was so already.
    """

    office_open: bool
    away_by: Agent | None = None
    until: float | None = None
    changes: float | None = None
    text: str | None = None
    unchanged: bool = False
