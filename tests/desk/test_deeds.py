"""What agents do about conversations: claim, release, assign, close, reopen."""

import pytest
from desk_fakes import ALICE, BRUNO, DISPATCH, GONE, GUEST, LOST, NOW, ROBOT, SILENT, STRANGER
from desk_office import USER

from desk.errors import ChannelArchivedError, LimitedError, UnreachableError
from wire import cases
from wire.client import PeerAwayError, RefusedError
from wire.messages import Erase

DEEDS = ["!claim", "!release", "!assign <@UBRUNO0001>", "!close", "!reopen"]


@pytest.fixture(autouse=True)
def willing(app_side):
    """An app's side that does what it is asked."""
    app_side.answers["deed"] = after()


def after(**more):
    return cases.CaseAfter(case_id=7, app_user_id=USER, opened=NOW, **more)


def refusing(code, **more):
    return RefusedError(409, code, "no & no", **more)


def deed(app_side):
    return app_side.asked[-1][1]


@pytest.mark.parametrize(
    ("typed", "kind", "line"),
    [
        ("!claim", "claim", "Alice Adams claimed this conversation"),
        ("!release", "release", "Alice Adams released this conversation: it is nobody's"),
        ("!assign <@UBRUNO0001>", "assign", "Alice Adams assigned this conversation to Bruno Bauer"),
        ("!assign <@UBRUNO0001|bruno>", "assign", "Alice Adams assigned this conversation to Bruno Bauer"),
        ("!close", "close", "Alice Adams closed this conversation"),
        ("!close done &amp; <@UBRUNO0001>", "close", "Alice Adams closed this conversation: done &amp; @Bruno Bauer"),
        ("!reopen", "reopen", "Alice Adams opened this conversation again"),
    ],
)
def test_what_changes_a_conversation_is_done_and_told_to_all_in_its_channel(office, app_side, typed, kind, line):
    channel_id = office.opened()
    answer = office.types(channel_id, typed)
    assert (answer.text, answer.carried_out) == ("", True)
    assert (deed(app_side).kind, deed(app_side).app_user_id, deed(app_side).case_id) == (kind, USER, None)
    assert deed(app_side).agent.agent_id == ALICE.agent_id
    office.clock.turn(0)
    assert office.workspace.texts(channel_id)[-1] == line
    assert not app_side.tries


def test_an_assignment_names_its_assignee(office, app_side):
    office.types(office.opened(), "!assign <@UBRUNO0001>")
    assert deed(app_side).assignee == cases.Agent(agent_id=BRUNO.agent_id, name=BRUNO.name)


def test_a_reason_is_told_and_kept_as_plain_text(office, app_side):
    office.types(office.opened(), "!close paid &lt;twice&gt;\nrefunded")
    assert deed(app_side).reason == "paid <twice>\nrefunded"


def test_a_long_reason_is_cut(office, app_side):
    office.types(office.opened(), "!close " + "because " * 200)
    assert len(deed(app_side).reason) <= 500
    assert deed(app_side).reason.endswith("…")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("!claim", "The conversation with Zoë is yours already."),
        ("!assign <@UBRUNO0001>", "The conversation with Zoë is Bruno Bauer's already."),
        ("!release", "The conversation with Zoë is nobody's already."),
        ("!close", "The conversation with Zoë is closed already: Bruno &lt;b&gt; closed it."),
        ("!reopen", "The conversation with Zoë is open already."),
        ("!snooze 2h", "Reminders of Zoë are put off until <!date^1700007200^{date_short_pretty} {time}|2023-11-15 "),
    ],
)
def test_a_deed_that_changed_nothing_is_told_to_its_agent_alone(office, app_side, workspace, typed, sentence):
    closer = cases.Agent(agent_id=BRUNO.agent_id, name="Bruno <b>")
    app_side.answers["deed"] = after(unchanged=True, closed=cases.Closing(at=NOW, agent=closer))
    channel_id = office.opened()
    posts = len(workspace.texts(channel_id))
    assert office.types(channel_id, typed).text.startswith(sentence)
    assert len(workspace.texts(channel_id)) == posts


@pytest.mark.parametrize(
    ("code", "who", "sentence"),
    [
        (cases.NO_CASE, None, "Nothing was done: there is no conversation with Zoë yet."),
        (cases.CLAIMED_ALREADY, "B<b>", "Nothing was done: B&lt;b&gt; has the conversation with Zoë. "),
        (cases.CLAIMED_ALREADY, None, "Nothing was done: somebody else has the conversation with Zoë. "),
        (cases.NOT_CLAIMED, "Bruno", "Nothing was done: Bruno has the conversation with Zoë, and only they "),
        (cases.NOT_CLAIMED, None, "Nothing was done: the conversation with Zoë is not yours."),
        (cases.CLOSED_ALREADY, "Bruno", "Nothing was done: Bruno has closed the conversation with Zoë. "),
        (cases.CLOSED_ALREADY, None, "Nothing was done: the conversation with Zoë is closed. "),
        (cases.OPEN_ALREADY, None, "Nothing was done: the conversation with Zoë is open."),
        (cases.NOT_WAITING, None, "Nothing was done: Zoë waits for no answer, so there is nothing to put off."),
        ("something_new", None, "Nothing was done: no &amp; no"),
    ],
)
def test_a_refused_deed_says_what_stands_in_the_way(office, workspace, code, who, sentence):
    office.app_side.answers["deed"] = refusing(code, who=who)
    channel_id = office.opened()
    posts = len(workspace.texts(channel_id))
    answer = office.types(channel_id, "!claim")
    assert answer.text.startswith(sentence)
    assert not answer.carried_out
    assert len(workspace.texts(channel_id)) == posts


@pytest.mark.parametrize(
    "argument", ["Bruno", "@bruno", "<@UBRUNO0001> please", "<@UBRUNO0001> <@UALICE0001>", "<!here>"]
)
def test_who_is_assigned_must_be_mentioned(office, app_side, argument):
    assert "mention one person" in office.types(office.opened(), f"!assign {argument}").text
    assert not app_side.asked


@pytest.mark.parametrize(
    ("person", "words"),
    [
        (GUEST, "Gus Guest is a guest"),
        (STRANGER, "Sten Stranger is from another organisation"),
        (ROBOT, "robot is a bot"),
        (GONE, "Gone Girl's account is deactivated"),
    ],
)
def test_nobody_is_assigned_who_may_not_speak(office, app_side, person, words):
    assert words in office.types(office.opened(), f"!assign <@{person.agent_id}>").text
    assert not app_side.asked


def test_nobody_is_assigned_whom_slack_does_not_show(office, workspace, app_side):
    channel_id = office.opened()
    assert "does not show that person" in office.types(channel_id, "!assign <@UNOBODY001>").text
    workspace.order("person", UnreachableError())
    assert "does not say at the moment who that is" in office.types(channel_id, "!assign <@UNOBODY001>").text
    assert not app_side.asked


@pytest.mark.parametrize("typed", DEEDS)
@pytest.mark.parametrize("person", [GUEST, STRANGER, GONE, ROBOT], ids=lambda person: person.name)
def test_who_may_not_speak_may_not_do_anything_about_a_conversation(office, app_side, typed, person):
    answer = office.types(office.opened(), typed, person=person)
    assert answer.text
    assert not answer.carried_out
    assert not app_side.asked


@pytest.mark.parametrize("typed", DEEDS)
def test_a_deed_needs_the_channel_of_its_app_user(office, app_side, typed):
    assert "no app user's channel" in office.types(DISPATCH, typed).text
    assert not app_side.asked


@pytest.mark.parametrize("typed", ["!claim me", "!release it", "!reopen it"])
def test_a_deed_takes_nothing_that_it_does_not_know(office, app_side, typed):
    assert "takes nothing behind it" in office.types(office.opened(), typed).text
    assert not app_side.asked


def test_an_app_side_that_is_away_has_done_nothing(office, app_side):
    channel_id = office.opened()
    app_side.order(PeerAwayError("down"))
    assert office.types(channel_id, "!claim").text.startswith("Nothing was done: the app's side does not answer")


def test_a_lost_answer_is_asked_for_again_and_the_deed_told_once(office, app_side, workspace, clock):
    channel_id = office.opened()
    app_side.order(SILENT)
    app_side.answers["deed"] = after(unchanged=True)  # the first try had done it
    assert office.types(channel_id, "!claim").text == ""
    clock.turn(0)
    assert workspace.texts(channel_id).count("Alice Adams claimed this conversation") == 1


@pytest.mark.parametrize("second", [SILENT, PeerAwayError("down")])
def test_without_any_answer_a_deed_is_in_doubt_and_says_so(office, app_side, second):
    channel_id = office.opened()
    app_side.order(SILENT, second)
    assert office.types(channel_id, "!claim").text.startswith("No answer yet")


def test_the_same_request_is_told_once(office, app_side, workspace, clock):
    channel_id = office.opened()
    office.types(channel_id, "!claim", request="slash:1")
    app_side.answers["deed"] = after(unchanged=True)
    office.types(channel_id, "!claim", request="slash:1")
    clock.turn(0)
    assert workspace.texts(channel_id).count("Alice Adams claimed this conversation") == 1


def test_what_is_done_undone_and_done_again_with_the_same_button_is_told_each_time(office, workspace, clock):
    channel_id = office.opened()
    for typed in ("!claim", "!release", "!claim"):
        office.types(channel_id, typed, request="press:1")
        clock.turn(1)
    assert workspace.texts(channel_id).count("Alice Adams claimed this conversation") == 2


@pytest.mark.parametrize(
    "error", [LimitedError(3), UnreachableError(), LOST], ids=["limited", "unreachable", "never answered"]
)
def test_a_line_that_slack_does_not_take_now_follows(office, workspace, clock, error):
    channel_id = office.opened()
    workspace.order("post", error)
    assert office.types(channel_id, "!claim").carried_out
    clock.turn(10)
    assert workspace.texts(channel_id).count("Alice Adams claimed this conversation") == 1


def test_lines_stand_in_the_order_of_what_was_done(office, workspace, clock):
    channel_id = office.opened()
    workspace.order("post", LimitedError(3), None, UnreachableError())
    for number, typed in enumerate(("!claim", "!release", "!close")):
        office.types(channel_id, typed, request=f"slash:{number}")
        clock.turn(1)
    clock.turn(20)
    assert [text.split()[2] for text in workspace.texts(channel_id) if "Alice" in text] == [
        "claimed",
        "released",
        "closed",
    ]


def test_nobody_who_was_erased_is_told_of(office, workspace, clock):
    channel_id = office.opened()
    workspace.order("post", LimitedError(3))
    office.types(channel_id, "!claim")
    clock.turn(0)
    office.desk.erase(Erase(app_user_id=USER))
    clock.turn(10)
    assert "Alice Adams claimed this conversation" not in workspace.texts(channel_id)


def test_a_line_whose_answer_got_lost_is_looked_for_before_it_is_posted_again(office, workspace, clock):
    channel_id = office.opened()
    workspace.order("post", LOST, effect=True)
    office.types(channel_id, "!claim")
    clock.turn(10)
    assert workspace.texts(channel_id).count("Alice Adams claimed this conversation") == 1


def test_a_line_for_a_channel_that_takes_none_is_left_out(office, workspace, clock):
    channel_id = office.opened()
    workspace.order("post", ChannelArchivedError("is_archived"))
    assert office.types(channel_id, "!claim").carried_out
    clock.turn(10)
    assert not clock.waiting()


def test_a_line_that_is_too_late_is_none(office, workspace, clock):
    channel_id = office.opened()
    workspace.order("post", LimitedError(4000))
    office.types(channel_id, "!claim")
    clock.turn(5000)
    assert "Alice Adams claimed this conversation" not in workspace.texts(channel_id)


def test_a_desk_that_closes_posts_no_more_lines(office, workspace, clock):
    channel_id = office.opened()
    workspace.order("post", LimitedError(3))
    office.types(channel_id, "!claim")
    office.desk.close()
    clock.turn(10)
    assert "Alice Adams claimed this conversation" not in workspace.texts(channel_id)
