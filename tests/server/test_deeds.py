"""Agents' deeds and questions about cases, through the door."""

import pytest

from webhook_server import agents_wording
from webhook_server.speech import SPEECH
from wire import cases as wire
from wire.cases import CASES, CLAIMED_ALREADY, CLOSED_ALREADY, DEED, NO_CASE, NOT_CLAIMED, NOT_WAITING, OPEN_ALREADY
from wire.messages import Agent, RefusalBody

ALICE = Agent(agent_id="UALICE", name="Alice", avatar_url="https://example.org/alice.png")
BEA = Agent(agent_id="UBEA", name="Bea")
HOUR = 3600.0


class Agents:
    """What agents do, through the door."""

    def __init__(self, office):
        self.office = office
        self._count = 0

    def acts(self, kind, agent=ALICE, *, whose=None, request_id=None, **fields):
        """An agent does something; returns the answer."""
        self._count += 1
        whose = whose or self.office.user("ann")["_id"]
        request_id = request_id or f"r{self._count}"
        said = wire.Deed(request_id=request_id, app_user_id=whose, agent=agent, kind=kind, **fields)
        return self.office.through_the_door(DEED, said)

    def did(self, kind, agent=ALICE, **fields):
        """An agent does something, which works; returns the case."""
        answer = self.acts(kind, agent, **fields)
        assert answer.status_code == 200, answer.text
        return wire.CaseAfter.model_validate_json(answer.data)

    def refused(self, kind, agent=ALICE, **fields):
        """An agent wants something that cannot be; returns status, code and who is in the way."""
        answer = self.acts(kind, agent, **fields)
        error = RefusalBody.model_validate_json(answer.data).error
        assert error.description
        return answer.status_code, error.code, error.who

    def asks(self, agent=None, **fields):
        said = wire.CasesRequest(agent_id=agent.agent_id if agent else None, **fields)
        return wire.CaseList.model_validate_json(self.office.through_the_door(CASES, said).data)


@pytest.fixture
def agents(office):
    office.say("ann", "help!", name="Annie")
    return Agents(office)


@pytest.fixture
def now(office):
    return office.clock.now()


def test_a_claimed_case_is_told_with_all_that_is_known_of_it(agents, office, now):
    case = agents.did("claim")
    assert case.model_dump(exclude_none=True) == {
        "case_id": 1,
        "app_user_id": office.user("ann")["_id"],
        "user_id": "ann",
        "name": "Annie",
        "opened": now,
        "waiting_since": now,
        "first_words": "help!",
        "claimed_by": ALICE.model_dump(),
        "unchanged": False,
    }


def test_each_deed_does_what_it_says(agents, office, now):
    assert agents.did("assign", assignee=BEA).claimed_by == BEA
    assert agents.did("snooze", until=now + HOUR).snoozed_until == now + HOUR
    assert agents.did("release", BEA).claimed_by is None
    office.clock.turn(5)
    closed = agents.did("close", reason="solved")
    assert closed.closed == wire.Closing(at=now + 5, agent=ALICE, reason="solved")
    assert closed.waiting_since is None
    again = agents.did("reopen", BEA)
    assert (again.closed, again.waiting_since) == (None, now)


def test_an_answer_is_told_with_its_seconds(agents, office):
    office.clock.turn(42)
    office.reply(office.user("ann")["_id"], "hi")
    assert agents.did("claim").first_answer.seconds == 42


def test_the_same_request_again_changes_nothing_whatever_it_is(agents):
    agents.did("claim")
    assert not agents.did("release", request_id="x").unchanged
    assert agents.did("release", request_id="x").unchanged
    agents.did("close")
    assert not agents.did("reopen", request_id="y").unchanged
    assert agents.did("reopen", request_id="y").unchanged


def test_the_same_deed_again_changes_nothing_whatever_its_request(agents):
    assert not agents.did("claim").unchanged
    assert agents.did("claim").unchanged
    assert agents.did("assign", BEA, assignee=ALICE).unchanged
    agents.did("close")
    assert agents.did("close").unchanged


def test_what_cannot_be_done_is_refused_with_whoever_is_in_the_way(agents, office, now):
    agents.did("claim")
    assert agents.refused("claim", BEA) == (409, CLAIMED_ALREADY, "Alice")
    assert agents.refused("release", BEA) == (409, NOT_CLAIMED, "Alice")
    agents.did("release")
    assert agents.refused("release") == (409, NOT_CLAIMED, None)
    assert agents.refused("reopen") == (409, OPEN_ALREADY, None)
    office.reply(office.user("ann")["_id"], "hi")
    assert agents.refused("snooze", until=now + HOUR) == (409, NOT_WAITING, None)
    agents.did("close")
    assert agents.refused("close", BEA) == (409, CLOSED_ALREADY, "Alice")
    assert agents.refused("claim", BEA) == (409, CLOSED_ALREADY, "Alice")


def test_what_makes_no_sense_is_refused(agents, now):
    assert agents.refused("assign") == (400, "bad_request", None)
    assert agents.refused("snooze") == (400, "bad_request", None)
    assert agents.refused("snooze", until=now) == (400, "bad_request", None)
    assert agents.refused("claim", whose="f" * 24) == (404, "user_not_found", None)


def test_who_never_wrote_has_no_case(agents, office):
    office.as_app("POST", "/v1/appusers", {"userId": "bob"})
    bob = office.user("bob")["_id"]
    assert agents.refused("claim", whose=bob) == (404, NO_CASE, None)
    assert agents.refused("claim", whose=bob, case_id=1) == (404, NO_CASE, None)
    assert agents.refused("claim", case_id=7) == (404, NO_CASE, None)


def test_a_deed_is_about_the_open_case_unless_it_names_one(agents, office):
    agents.did("close")
    assert agents.did("reopen").case_id == 1
    agents.did("close")
    office.say("ann", "again")
    assert agents.did("claim").case_id == 2
    assert agents.refused("claim", case_id=1) == (409, CLOSED_ALREADY, "Alice")
    assert agents.refused("reopen", case_id=1) == (409, OPEN_ALREADY, None)
    agents.did("close")
    assert agents.did("reopen", case_id=1).case_id == 1
    assert agents.did("claim").case_id == 1, "the open one, though another began later"


def test_waiting_cases_are_listed_and_an_agents_own(agents, office, now):
    office.clock.turn(10)
    office.say("bob", "me too")
    agents.did("claim", BEA)
    waiting = agents.asks()
    assert [(case.user_id, case.waiting_since) for case in waiting.cases] == [("ann", now), ("bob", now + 10)]
    assert waiting.total == 2
    assert [case.user_id for case in agents.asks(most=1).cases] == ["ann"]
    assert agents.asks(most=1).total == 2
    assert [case.claimed_by for case in agents.asks(BEA).cases] == [BEA]
    assert agents.asks(ALICE) == wire.CaseList(cases=(), total=0)


def test_strangers_are_refused(agents, office):
    said = wire.CasesRequest()
    assert office.through_the_door(CASES, said, secret="another").status_code == 401
    assert office.through_the_door(DEED, b"{}").status_code == 400


CODES = (CLAIMED_ALREADY, NOT_CLAIMED, CLOSED_ALREADY, OPEN_ALREADY, NOT_WAITING)


def test_refusals_are_said_in_the_chosen_language():
    def said():
        sentences = [agents_wording.stands_otherwise(code, who) for code in CODES for who in (None, "Alice")]
        return [agents_wording.no_case(), *sentences]

    english = said()
    SPEECH.use("de")
    try:
        german = said()
    finally:
        SPEECH.use("en")
    assert all(one != other for one, other in zip(english, german, strict=True))
    assert english[0].startswith("There is no conversation")
