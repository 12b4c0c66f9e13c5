"""`!away`: agents read whether the team is there, and say so."""

import pytest
from desk_fakes import ALICE, DISPATCH

from desk.domain.wording.speech import SPEECH
from desk.errors import UnreachableError
from wire.cases import Agent, Attendance, AwayRequest
from wire.client import NoAnswerError, PeerAwayError, RefusedError

BRUNO = Agent(agent_id="UBRUNO0001", name="Bruno <b>")
THERE = Attendance(office_open=True)


def asked(app_side):
    return app_side.asked[-1][1]


@pytest.mark.parametrize(
    ("attendance", "lines"),
    [
        pytest.param(THERE, ["The team is there."], id="always there"),
        pytest.param(
            Attendance(office_open=True, changes=60.0), ["The team is there, until <!date^60^"], id="office hours"
        ),
        pytest.param(
            Attendance(office_open=False, changes=60.0, text="Closed & dark"),
            ["The team is not there: office hours begin <!date^60^", "at most once in 12 hours: Closed &amp; dark"],
            id="office hours are over",
        ),
        pytest.param(Attendance(office_open=False), ["no office hours begin", "are told nothing"], id="never there"),
        pytest.param(
            Attendance(office_open=True, away_by=BRUNO, until=60.0, text="Lunch"),
            ["The team is away until <!date^60^", "as Bruno &lt;b&gt; said.\n", "hours: Lunch"],
            id="away for a while",
        ),
        pytest.param(
            Attendance(office_open=True, away_by=BRUNO),
            [
                "The team is away, as Bruno &lt;b&gt; said. `/sk !away off` ends that.",
                "told nothing: `/sk !away on TEXT`",
            ],
            id="away until further notice, with nothing to tell",
        ),
    ],
)
def test_anybody_reads_anywhere_how_it_is(office, app_side, attendance, lines):
    app_side.answers["away"] = attendance
    answer = office.types(DISPATCH, "!away")
    assert answer.carried_out
    for line in lines:
        assert line in answer.text
    assert asked(app_side) == AwayRequest()


@pytest.mark.parametrize(
    ("typed", "seconds", "text"),
    [
        ("!away on", None, None),
        ("!away on 2h", 7200, None),
        ("!away on 2h Back &amp; soon, <@UBRUNO0001>", 7200, "Back & soon, @Bruno Bauer"),
        ("!away on Back soon", None, "Back soon"),
    ],
)
def test_an_agent_says_that_the_team_is_away(office, app_side, typed, seconds, text):
    app_side.answers["away"] = THERE
    office.types(DISPATCH, typed)
    until = None if seconds is None else office.clock.now() + seconds
    agent = Agent(agent_id=ALICE.agent_id, name=ALICE.name, avatar_url=ALICE.avatar_url)
    assert asked(app_side) == AwayRequest(agent=agent, until=until, text=text)


def test_an_agent_says_that_the_team_is_back(office, app_side):
    app_side.answers["away"] = THERE
    assert office.types(DISPATCH, "!away off").text == "The team is there."
    assert (asked(app_side).back, asked(app_side).agent.agent_id) == (True, ALICE.agent_id)


@pytest.mark.parametrize(
    ("typed", "attendance", "line"),
    [
        (
            "!away on 2h x",
            Attendance(office_open=True, away_by=BRUNO, until=60.0, text="Back &\n<!channel>"),
            (
                "Alice Adams: the team is away until <!date^60^{date_short_pretty} {time}|1970-01-01 00:01 UTC>; "
                "app users are told “Back &amp; &lt;!channel&gt;”."
            ),
        ),
        (
            "!away on",
            Attendance(office_open=True, away_by=BRUNO),
            "Alice Adams: the team is away; app users are told nothing.",
        ),
        ("!away off", Attendance(office_open=False), "Alice Adams: the team is back."),
    ],
)
def test_the_team_reads_in_the_dispatch_channel_what_changed_once(office, workspace, typed, attendance, line):
    office.app_side.answers["away"] = attendance
    channel_id = office.opened()
    posts = len(workspace.texts(DISPATCH))
    for _ in range(2):
        office.types(channel_id, typed)
        office.clock.turn(0)
    assert workspace.texts(DISPATCH)[posts:] == [line]


@pytest.mark.parametrize("typed", ["!away", "!away on", "!away off"])
def test_what_changed_nothing_is_told_to_nobody_else(office, app_side, workspace, typed):
    app_side.answers["away"] = Attendance(office_open=True, unchanged=typed != "!away")
    office.types(DISPATCH, typed)
    office.clock.turn(0)
    assert workspace.texts(DISPATCH) == []


def test_a_dispatch_channel_that_cannot_be_found_keeps_nobody_from_being_away(office, app_side, workspace):
    app_side.answers["away"] = THERE
    workspace.order("find_channel", UnreachableError("down"))
    assert office.types(DISPATCH, "!away off").carried_out
    office.clock.turn(0)
    assert workspace.texts(DISPATCH) == []


@pytest.mark.parametrize(
    "typed", ["!away 2h", "!away off now", "!away since yesterday", "!away on 0h", "!away on until 25:00 x"]
)
def test_what_is_not_understood_is_answered_with_what_there_is(office, app_side, typed):
    assert "/sk !away on until 17:00 TEXT" in office.types(DISPATCH, typed).text
    assert not app_side.asked


def test_a_text_that_is_too_long_is_not_cut_but_refused(office, app_side):
    assert "1,000 characters" in office.types(DISPATCH, "!away on " + "x" * 1001).text
    assert not app_side.asked


@pytest.mark.parametrize(
    ("typed", "fault", "sentence"),
    [
        ("!away on", PeerAwayError("away"), "the app's side does not answer"),
        ("!away", NoAnswerError("late"), "the app's side does not answer"),
        ("!away on", NoAnswerError("late"), "may or may not have been done"),
        ("!away on", RefusedError(400, "bad", "no & no"), "Nothing was done: no &amp; no"),
    ],
)
def test_where_the_apps_side_does_not_do_it_the_agent_reads_so(office, app_side, typed, fault, sentence):
    app_side.answers["away"] = fault
    answer = office.types(DISPATCH, typed)
    assert sentence in answer.text
    assert not answer.carried_out


def test_it_is_said_in_german_too(office, app_side):
    app_side.answers["away"] = Attendance(office_open=True, away_by=BRUNO, until=60.0, text="Pause")
    SPEECH.use("de")
    try:
        text = office.types(DISPATCH, "!away").text
    finally:
        SPEECH.use("en")
    assert text.startswith("Das Team ist laut Bruno &lt;b&gt; bis <!date^60^")
    assert text.endswith("lesen höchstens einmal in 12 Stunden: Pause")
