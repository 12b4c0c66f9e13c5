"""What agents do about conversations: claim, release, assign, close, reopen; typed or with a button."""

import re
from dataclasses import dataclass

import structlog

from desk.asking import WORTH_TRYING, Asked, Within
from desk.domain import wording as common
from desk.domain.slack_text import escape, shorten, to_plain
from desk.domain.wording import cases as wording
from desk.domain.wording import snooze, times
from desk.errors import NoSuchPersonError, WorkspaceError
from desk.outbox import Outbox
from desk.people import People
from desk.ports import AppSide, Clock, Mark, Person, Post
from desk.values import Answer
from wire.cases import CaseAfter, Deed, DeedKind
from wire.client import NoAnswerError, PeerAwayError, RefusedError
from wire.ids import AgentId, AppUserId, ChannelId
from wire.messages import Agent

DONE = "sk_deed"
FIRST_TRY = 1.2
"""Seconds for an answer, so that a second try fits into the time a person waits."""
REASON_LIMIT = 500
_MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^<>]*)?>")

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Whose:
    """The conversation that a deed is about: its app user, what they are called, and the channel that is told.

    `case_id`: that case, where a button belongs to one; None: the newest.
    """

    app_user_id: AppUserId
    name: str
    channel_id: ChannelId | None
    case_id: int | None = None


class Deeds:
    """Has deeds done, and tells the conversation's channel of those that changed something."""

    def __init__(self, *, app_side: AppSide, people: People, outbox: Outbox, clock: Clock) -> None:
        self._app_side = app_side
        self._people = people
        self._outbox = outbox
        self._clock = clock

    def claim(self, asked: Asked) -> Answer:
        """Take the conversation on."""
        return self._typed(asked, "claim")

    def release(self, asked: Asked) -> Answer:
        """Give the conversation back."""
        return self._typed(asked, "release")

    def close(self, asked: Asked) -> Answer:
        """End the conversation, for a reason that may follow."""
        return self._typed(asked, "close", reason=self._reason(asked))

    def reopen(self, asked: Asked) -> Answer:
        """Open the conversation again."""
        return self._typed(asked, "reopen")

    def assign(self, asked: Asked) -> Answer:
        """Give the conversation to whoever is mentioned."""
        mention = _MENTION.fullmatch(asked.argument)
        if mention is None:
            return Answer(wording.mention_needed())
        try:
            person = self._people.find(AgentId(mention[1]))
        except NoSuchPersonError:
            return Answer(wording.assignee_unknown())
        except WorkspaceError as error:
            _log.warning("assignee not found out", agent_id=mention[1], error=str(error))
            return Answer(wording.assignee_unsure())
        objected = _objection(person)
        return Answer(objected) if objected else self._typed(asked, "assign", assignee=agent_of(person))

    def do(self, deed: Deed, whose: Whose, within: Within) -> Answer:
        """Have `deed` done; an empty answer where the channel is told."""
        name = escape(whose.name)
        try:
            after = self._done(deed, within)
        except PeerAwayError as error:
            _log.warning("deed not done", kind=deed.kind, app_user_id=deed.app_user_id, reason=str(error))
            return Answer(common.nothing_done_away())
        except NoAnswerError as error:
            _log.warning("deed in doubt", kind=deed.kind, app_user_id=deed.app_user_id, reason=str(error))
            return Answer(wording.in_doubt())
        except RefusedError as error:
            _log.info("deed refused", kind=deed.kind, app_user_id=deed.app_user_id, reason=error.code)
            who = escape(error.who) if error.who else None
            return Answer(wording.refused(error.code, name, who, escape(error.description)))
        if after.unchanged:
            return Answer(_unchanged(deed, after, name), carried_out=True)
        _log.info("deed done", kind=deed.kind, app_user_id=deed.app_user_id, case_id=after.case_id)
        if whose.channel_id:
            # a button may be pressed again, and mean it: its request is the same, its line another one
            mark = Mark(DONE, (deed.request_id, f"{self._clock.now():.6f}"))
            self._outbox.put(whose.channel_id, Post(_line(deed), mark))
        return Answer("", carried_out=True)

    def _typed(
        self, asked: Asked, kind: DeedKind, *, assignee: Agent | None = None, reason: str | None = None
    ) -> Answer:
        entry = asked.there
        deed = Deed(
            request_id=asked.typed.request_id,
            app_user_id=entry.app_user_id,
            agent=agent_of(asked.person),
            kind=kind,
            assignee=assignee,
            reason=reason,
        )
        return self.do(deed, Whose(entry.app_user_id, entry.title, asked.typed.channel_id), asked.within)

    def _done(self, deed: Deed, within: Within) -> CaseAfter:
        """Have it done; where no answer comes, ask once more, because twice is once."""
        left = within.left(self._clock.now())
        try:
            return self._app_side.deed(deed, seconds=min(FIRST_TRY, left))
        except NoAnswerError:
            if within.deadline - self._clock.now() < WORTH_TRYING:
                raise
        try:
            after = self._app_side.deed(deed, seconds=within.left(self._clock.now()))
        except PeerAwayError as error:
            raise NoAnswerError("the first try may have been carried out") from error
        return after.model_copy(update={"unchanged": False})

    def _reason(self, asked: Asked) -> str | None:
        plain = to_plain(asked.argument, self._people.names(asked.within.deadline))
        return shorten(plain, REASON_LIMIT) or None


def agent_of(person: Person) -> Agent:
    """The person, as the app's side is told of them."""
    return Agent(agent_id=person.agent_id, name=person.name, avatar_url=person.avatar_url)


def _objection(person: Person) -> str | None:
    """Why this person cannot take care of app users."""
    who = escape(person.name)
    if person.deactivated:
        return wording.assignee_deactivated(who)
    if person.bot:
        return wording.assignee_bot(who)
    if person.outsider:
        return wording.assignee_outsider(who)
    return wording.assignee_guest(who) if person.guest else None


def _unchanged(deed: Deed, after: CaseAfter, name: str) -> str:
    """What it was already."""
    match deed.kind:
        case "claim":
            return wording.yours_already(name)
        case "assign":
            return wording.theirs_already(name, escape(deed.assignee.name) if deed.assignee else "")
        case "release":
            return wording.nobodys_already(name)
        case "close":
            closer = after.closed.agent if after.closed else None
            return wording.closed_already(name, escape(closer.name) if closer else None)
        case "reopen":
            return wording.open_already(name)
        case "snooze":
            return snooze.put_off_already(name, times.moment(deed.until or 0.0))


def _line(deed: Deed) -> str:
    """What the channel reads of it, in mrkdwn."""
    agent = escape(deed.agent.name)
    match deed.kind:
        case "claim":
            return wording.claimed(agent)
        case "release":
            return wording.released(agent)
        case "assign":
            return wording.assigned(agent, escape(deed.assignee.name) if deed.assignee else "")
        case "close":
            return wording.closed(agent, escape(deed.reason) if deed.reason else None)
        case "reopen":
            return wording.reopened(agent)
        case "snooze":
            return snooze.put_off(agent, times.moment(deed.until or 0.0))
