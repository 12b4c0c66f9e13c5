"""The numbers, as agents see them."""

import pytest
from desk_fakes import ALICE, BRUNO, DISPATCH, GUEST, NOW, SILENT

from desk.domain.stats import table
from wire.cases import Agent, AgentStats, Stats, StatsRequest
from wire.client import PeerAwayError, RefusedError


def agent(person, **numbers):
    return AgentStats(agent=Agent(agent_id=person.agent_id, name=person.name), **numbers)


def numbers(**more):
    counts = {"conversations": 1234, "answered": 10, "closed": 8, "waiting": 3}
    return Stats(**{"since": NOW, **counts, "median": 200, "ninety": 1500, "longest_wait": 7500, **more})


BUSY = (
    agent(ALICE, first_answers=7, replies=1021, closed=5, open=2),
    agent(BRUNO, first_answers=3, replies=12, closed=3),
)


def test_the_numbers_are_shown_with_a_table_of_agents(office, app_side):
    app_side.answers["stats"] = numbers(by_agent=BUSY)
    answer = office.types(DISPATCH, "!stats")
    assert answer.carried_out
    head, since, cells, agents = answer.blocks
    assert head["text"]["text"] == "Today's numbers"
    assert since["elements"][0]["text"] == (f"since <!date^{int(NOW)}^{{date_short}} {{time}}|2023-11-14 22:13 UTC>")
    assert [each["text"] for each in cells["fields"]] == [
        "Conversations begun\n1,234",
        "Answered for the first time\n10",
        "Half of first answers within\n3 min",
        "Nine of ten within\n25 min",
        "Closed\n8",
        "Waiting now\n3",
        "Longest wait now\n2 h 5 min",
    ]
    assert agents["elements"][0]["elements"][0]["text"].splitlines() == [
        "Agent        First answers  Replies  Closed  Open now",
        "Alice Adams              7    1,021       5         2",
        "Bruno Bauer              3       12       3         0",
    ]


def test_where_no_blocks_are_shown_the_text_tells_the_same(office, app_side):
    app_side.answers["stats"] = numbers(by_agent=BUSY[:1])
    lines = office.types(DISPATCH, "!stats week").text.splitlines()
    assert lines[0] == "This week's numbers"
    assert "Waiting now: 3" in lines
    assert lines[-1] == "Alice Adams: First answers: 7, Replies: 1,021, Closed: 5, Open now: 2"


def test_a_day_without_answers_has_no_times(office, app_side):
    app_side.answers["stats"] = numbers(median=None, ninety=None, longest_wait=None)
    answer = office.types(DISPATCH, "!stats")
    assert "Nine of ten within: none" in answer.text
    assert "No agent has replied" in answer.text
    assert answer.blocks[-1]["elements"][0]["text"].startswith("No agent has replied")


@pytest.mark.parametrize(("typed", "span"), [("!stats", "today"), ("!stats today", "today"), ("!stats  WEEK ", "week")])
def test_the_numbers_are_of_today_or_of_this_week(office, app_side, typed, span):
    app_side.answers["stats"] = numbers()
    assert office.types(office.opened(), typed).carried_out
    assert app_side.asked == [("stats", StatsRequest(span=span))]


def test_other_times_are_not_asked_for(office, app_side):
    assert "There is no “yesterday &amp; co”" in office.types(DISPATCH, "!stats yesterday &amp; co").text
    assert not app_side.asked


def test_guests_do_not_see_the_numbers(office, app_side):
    assert "Guests" in office.types(DISPATCH, "!stats", person=GUEST).text
    assert not app_side.asked


def test_many_agents_with_long_names_fit_into_what_slack_shows(office, app_side):
    loud = Agent(agent_id="ULOUD", name="<&漢字>" * 50)
    agents = tuple(AgentStats(agent=loud, replies=10**6) for _ in range(33))
    app_side.answers["stats"] = numbers(by_agent=agents)
    answer = office.types(DISPATCH, "!stats")
    assert len(answer.text) < 8000
    shown = answer.blocks[3]["elements"][0]["elements"][0]["text"]
    assert len(shown) < 3000
    assert len(shown.splitlines()) == 31
    assert answer.blocks[-1]["elements"][0]["text"] == "… and 3 more agents"


def test_columns_stay_columns_whatever_letters_are_in_them():
    assert table([("漢字", "1"), ("e\u0301", "22"), ("abcde", "333")]).splitlines() == [
        "漢字     1",
        "e\u0301       22",
        "abcde  333",
    ]


@pytest.mark.parametrize("error", [PeerAwayError("down"), SILENT])
def test_an_app_side_that_does_not_answer_is_told_of(office, app_side, error):
    app_side.order(error)
    assert "the app's side does not answer" in office.types(DISPATCH, "!stats").text


def test_a_refusal_is_told(office, app_side):
    app_side.answers["stats"] = RefusedError(400, "bad_request", "no & no")
    assert office.types(DISPATCH, "!stats").text == "This cannot be shown: no &amp; no"
