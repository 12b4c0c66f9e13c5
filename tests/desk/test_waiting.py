"""Who waits for an answer, how long, and who takes care of it."""

import json

import pytest
from desk_fakes import BRUNO, DISPATCH, GUEST, NOW, SILENT
from desk_office import USER

from desk.domain.wording.times import span
from wire.cases import Agent, Case, CaseList, CasesRequest
from wire.client import PeerAwayError, RefusedError

OTHER = "b" * 24
BRUNO_SAID = Agent(agent_id=BRUNO.agent_id, name=BRUNO.name)


def case(**more):
    return Case(**{"case_id": 7, "app_user_id": USER, "opened": NOW, "waiting_since": NOW - 125, **more})


def knows(app_side, *cases, total=None):
    app_side.answers["open_cases"] = CaseList(cases=cases, total=len(cases) if total is None else total)


def test_the_list_tells_who_waits_how_long_for_whom_and_where(office, app_side):
    channel_id = office.opened()
    unclaimed = case(case_id=8, app_user_id=OTHER, name="<Bo>", waiting_since=NOW - 50)
    knows(app_side, case(claimed_by=BRUNO_SAID, first_words="my  order\nis late"), unclaimed)
    answer = office.types(DISPATCH, "!waiting")
    assert answer.carried_out
    assert answer.text.splitlines() == [
        "2 app users wait for an answer",
        f"Zoë in <#{channel_id}>: 2 min, Bruno Bauer has it",
        "&lt;Bo&gt; (no channel yet): 50 s, nobody has it",
    ]
    head, rows = answer.blocks
    assert head["text"]["text"] == "2 app users wait for an answer"
    assert [element["type"] for element in rows["elements"]] == [
        "rich_text_section",
        "rich_text_quote",
        "rich_text_section",
    ]
    assert rows["elements"][0]["elements"][1] == {"type": "channel", "channel_id": channel_id}
    assert rows["elements"][1]["elements"][0]["text"] == "my order is late"


def test_it_can_be_asked_for_in_a_users_channel_as_well(office, app_side):
    knows(app_side, case())
    assert "One app user waits" in office.types(office.opened(), "!waiting").text


def test_all_are_asked_for_or_the_callers_own(office, app_side):
    knows(app_side)
    assert office.types(DISPATCH, "!waiting").text == "Nobody waits for an answer."
    assert office.types(DISPATCH, "!waiting MINE", person=BRUNO).text.startswith("No open conversation is yours.")
    assert [asked for _, asked in app_side.asked] == [
        CasesRequest(most=25),
        CasesRequest(most=25, agent_id=BRUNO.agent_id),
    ]


def test_the_callers_own_are_told_with_how_they_stand(office, app_side):
    channel_id = office.opened()
    answered = case(waiting_since=None, claimed_by=BRUNO_SAID)
    snoozed = case(claimed_by=BRUNO_SAID, snoozed_until=NOW + 60)
    over = case(claimed_by=BRUNO_SAID, snoozed_until=NOW - 60)
    knows(app_side, answered, snoozed, over)
    assert office.types(DISPATCH, "!waiting mine", person=BRUNO).text.splitlines() == [
        "3 open conversations are yours",
        f"Zoë in <#{channel_id}>: answered, Bruno Bauer has it",
        f"Zoë in <#{channel_id}>: waits 2 min, Bruno Bauer has it, put off",
        f"Zoë in <#{channel_id}>: waits 2 min, Bruno Bauer has it",
    ]


@pytest.mark.parametrize(("total", "last"), [(25, None), (26, "… and one more"), (1062, "… and 1,037 more")])
def test_a_long_list_tells_how_many_more_there_are(office, app_side, total, last):
    knows(app_side, *[case() for _ in range(25)], total=total)
    answer = office.types(office.opened(), "!waiting")
    lines = answer.text.splitlines()
    assert len(lines) == 26 + (last is not None)
    assert last is None or lines[-1] == last
    assert last is None or last in json.dumps(answer.blocks, ensure_ascii=False)


def test_the_longest_names_and_words_fit_into_what_slack_shows(office, app_side):
    office.opened()
    long = Agent(agent_id=BRUNO.agent_id, name="<&>" * 100)
    cases = [case(name="😀" * 300, first_words="😀 " * 500, claimed_by=long, snoozed_until=NOW + 5) for _ in range(25)]
    knows(app_side, *cases, total=10**6)
    answer = office.types(DISPATCH, "!waiting")
    assert len(answer.text) < 4000
    shown = [part["text"] for row in answer.blocks[1]["elements"] for part in row["elements"] if "text" in part]
    assert sum(len(text.encode("utf-16-le")) // 2 for text in shown) < 13_000


def test_what_the_list_does_not_know_is_not_asked_for(office, app_side):
    assert "There is no “&lt;b&gt;”" in office.types(DISPATCH, "!waiting &lt;b&gt;").text
    assert not app_side.asked


def test_guests_do_not_see_the_list(office, app_side):
    assert "Guests" in office.types(DISPATCH, "!waiting", person=GUEST).text
    assert not app_side.asked


@pytest.mark.parametrize("error", [PeerAwayError("down"), SILENT])
def test_an_app_side_that_does_not_answer_is_told_of(office, app_side, error):
    app_side.order(error)
    assert "the app's side does not answer" in office.types(DISPATCH, "!waiting").text


def test_a_refusal_is_told(office, app_side):
    app_side.answers["open_cases"] = RefusedError(400, "bad_request", "no & no")
    assert office.types(DISPATCH, "!waiting").text == "This cannot be shown: no &amp; no"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-3, "0 s"),
        (59.9, "59 s"),
        (60, "1 min"),
        (3599, "59 min"),
        (3600, "1 h"),
        (7500, "2 h 5 min"),
        (86_400, "1 d"),
        (86_400 * 3 + 4 * 3600 + 59, "3 d 4 h"),
        (86_400 * 1500, "1,500 d"),
    ],
)
def test_how_long_it_took_is_said_as_people_say_it(seconds, words):
    assert span(seconds) == words
