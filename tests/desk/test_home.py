"""Agents' Home tabs: what they show, and when."""

import json

import pytest
from desk_fakes import ALICE, BRUNO, GUEST, LOST, NOW
from desk_office import USER
from test_layouts import texts_of

from desk.counter import Button
from desk.domain.situation import CLAIM_ACTION, CLOSE_ACTION, OPEN_ACTION, PROFILE_ACTION
from desk.domain.wording import home as words
from desk.errors import LimitedError, RefusedError
from desk.home.home import AWAY_SECONDS, MOST_AGENTS, QUIET_SECONDS
from desk.home.note import HomeNoteFile
from desk.values import Answer, Press
from wire.cases import Case, CaseAfter, CaseList, CaseNews
from wire.client import PeerAwayError
from wire.messages import Agent

OTHER = "b" * 24


def case(case_id=1, **more):
    told = {"app_user_id": USER, "opened": NOW - 60, "name": "Zoë", "first_words": "Where is it?", **more}
    return Case(case_id=case_id, **told)


def claimed_by(person):
    return Agent(agent_id=person.agent_id, name=person.name)


class Cases:
    """The app's side's cases: `waiting`, and those of each agent."""

    def __init__(self, app_side) -> None:
        self.waiting = []
        self.own = {}
        self.more = 0
        app_side.answers["open_cases"] = self.answer

    def answer(self, asked):
        found = self.waiting if asked.agent_id is None else self.own.get(asked.agent_id, [])
        shown = tuple(found[: asked.most])
        return CaseList(cases=shown, total=len(found) + (self.more if asked.agent_id is None else 0))


@pytest.fixture
def cases(app_side):
    return Cases(app_side)


def read(workspace, person=ALICE):
    """What the person reads in their Home tab."""
    return "\n".join(texts_of(workspace.homes[person.agent_id]))


def opens(office, person=ALICE):
    office.desk.home_opened(person.agent_id)


def tell(office):
    """The app's side tells of a case; its notice is of no interest here."""
    office.desk.case(CaseNews(case=case(app_user_id="c" * 24), sequence=1))


def published(workspace):
    return [call[1] for call in workspace.calls if call[0] == "publish_home"]


def test_a_tab_shows_ones_own_conversations_and_all_others_that_wait(office, workspace, cases):
    channel_id = office.opened()
    mine = case(1, waiting_since=NOW - 30, claimed_by=claimed_by(ALICE))
    cases.own[ALICE.agent_id] = [mine]
    cases.waiting = [case(2, app_user_id=OTHER, name="Bob", first_words="Hi", waiting_since=NOW - 90), mine]
    opens(office)
    blocks, shown = workspace.homes[ALICE.agent_id], read(workspace)
    assert shown.index("Yours") < shown.index("Zoë") < shown.index("Waiting") < shown.index("Bob")
    assert (shown.count("Where is it?"), shown.count("Hi")) == (1, 0), "nobody knows yet whether Bob's is private"
    assert words.wait(2) in shown
    assert words.yours(1) in shown
    assert f"<!date^{int(NOW - 90)}^" in shown
    assert channel_id in json.dumps(blocks)
    assert [block["type"] for block in blocks].count("actions") == 2


def test_only_whoever_has_a_case_is_offered_to_give_it_back(office, workspace, cases):
    office.opened()
    cases.own[ALICE.agent_id] = [case(1, waiting_since=NOW - 30, claimed_by=claimed_by(ALICE))]
    cases.waiting = [case(2, app_user_id=OTHER, name="Bob", waiting_since=NOW - 90, claimed_by=claimed_by(BRUNO))]
    opens(office)
    rows = [block for block in workspace.homes[ALICE.agent_id] if block["type"] == "actions"]
    offered = [[button["text"]["text"] for button in row["elements"]] for row in rows]
    assert offered == [["Open", "Release", "Profile", "Close"], ["Profile", "Close"]]
    assert "claimed by Bruno Bauer" in read(workspace)
    assert "claimed by Alice Adams" not in read(workspace)


def test_what_stands_in_private_channels_is_not_quoted(office, workspace, cases):
    office.open(private=True)
    office.opened()
    cases.waiting = [case(1, waiting_since=NOW - 30)]
    opens(office)
    shown = read(workspace)
    assert "Zoë" in shown
    assert "Where is it?" not in shown


def test_what_somebody_else_has_claimed_says_so(office, workspace, cases):
    cases.waiting = [case(waiting_since=NOW, claimed_by=claimed_by(BRUNO))]
    opens(office)
    assert "claimed by Bruno Bauer" in read(workspace)
    assert words.nothing_yours() in read(workspace)


def test_an_empty_tab_is_friendly(office, workspace, cases):
    opens(office)
    assert words.all_done() in read(workspace)


def test_more_than_fits_is_counted(office, workspace, cases):
    cases.waiting = [case(number, waiting_since=NOW + number) for number in range(150)]
    cases.own[ALICE.agent_id] = [case(1000 + number, claimed_by=claimed_by(ALICE)) for number in range(60)]
    cases.more = 50
    opens(office)
    shown = read(workspace)
    assert len(workspace.homes[ALICE.agent_id]) <= 100
    assert words.wait(200) in shown
    assert words.more(45) in shown
    assert words.more(185) in shown


def test_guests_see_no_conversations(office, workspace, cases, app_side):
    cases.waiting = [case(waiting_since=NOW)]
    opens(office, GUEST)
    assert "Zoë" not in read(workspace, GUEST)
    assert "Guests see no conversations here." in read(workspace, GUEST)


def test_a_change_is_shown_to_all_who_opened_their_tab_a_moment_later_and_once(office, workspace, cases, clock):
    opens(office)
    opens(office, BRUNO)
    workspace.calls.clear()
    cases.waiting = [case(waiting_since=NOW)]
    for _ in range(5):
        tell(office)
        clock.turn(QUIET_SECONDS / 10)
    assert published(workspace) == []
    clock.turn(QUIET_SECONDS)
    assert published(workspace) == [ALICE.agent_id, BRUNO.agent_id]
    assert "Zoë" in read(workspace, BRUNO)
    assert clock.waiting() == 0


def test_changes_that_go_on_and_on_are_shown_every_two_seconds(office, workspace, cases, clock):
    opens(office)
    workspace.calls.clear()
    for number in range(100):
        cases.waiting = [case(number, waiting_since=NOW + 60 * number)]
        tell(office)
        clock.turn(0.1)
    assert len(published(workspace)) == pytest.approx(10 / QUIET_SECONDS, abs=1)


def test_a_change_that_shows_nothing_new_costs_no_call(office, workspace, cases, clock):
    opens(office)
    workspace.calls.clear()
    tell(office)
    clock.turn(QUIET_SECONDS)
    assert published(workspace) == []
    opens(office)
    assert published(workspace) == [ALICE.agent_id]


def test_nobody_who_never_opened_their_tab_is_shown_anything(office, workspace, cases, clock):
    tell(office)
    clock.turn(10)
    assert published(workspace) == []


def test_who_opened_their_tab_is_known_to_the_next_process_and_shown_what_happened_meanwhile(
    office, workspace, cases, clock
):
    opens(office)
    office.desk.close()
    cases.waiting = [case(waiting_since=NOW)]
    office.open()
    workspace.calls.clear()
    clock.turn(QUIET_SECONDS)
    assert published(workspace) == [ALICE.agent_id]
    assert "Zoë" in read(workspace)


def test_the_tab_that_was_not_opened_for_longest_is_cleared_when_there_are_too_many(office, workspace, cases, clock):
    office.home_note.write([ALICE.agent_id, *(f"U{number:09}" for number in range(MOST_AGENTS - 1))])
    cases.waiting = [case(waiting_since=NOW)]
    office.open()
    opens(office, BRUNO)
    assert words.resting() in read(workspace)
    assert len(office.home_note.noted) == MOST_AGENTS
    assert office.home_note.noted[-1] == BRUNO.agent_id


def test_an_app_side_that_is_away_is_said_and_asked_again(office, workspace, cases, app_side, clock):
    app_side.answers["open_cases"] = PeerAwayError("gone")
    opens(office)
    assert words.away() in read(workspace)
    workspace.calls.clear()
    clock.turn(AWAY_SECONDS + 1)
    assert published(workspace) == []
    app_side.answers["open_cases"] = cases.answer
    clock.turn(AWAY_SECONDS)
    assert words.all_done() in read(workspace)
    assert clock.waiting() == 0


def test_news_from_an_app_side_that_was_away_is_shown_at_once(office, workspace, cases, app_side, clock):
    app_side.answers["open_cases"] = PeerAwayError("gone")
    opens(office)
    app_side.answers["open_cases"] = cases.answer
    tell(office)
    clock.turn(QUIET_SECONDS)
    assert words.all_done() in read(workspace)


def test_slacks_limits_are_waited_for(office, workspace, cases, clock):
    workspace.order("publish_home", LimitedError(7))
    opens(office)
    assert workspace.homes == {}
    clock.turn(6.9)
    assert workspace.homes == {}
    clock.turn(0.2)
    assert words.all_done() in read(workspace)


def test_limits_hold_up_those_who_do_not_look_and_all_are_shown_in_the_end(office, workspace, cases, clock):
    opens(office)
    opens(office, BRUNO)
    cases.waiting = [case(waiting_since=NOW)]
    workspace.order("publish_home", LimitedError(7))
    tell(office)
    clock.turn(QUIET_SECONDS)
    assert words.all_done() in read(workspace)
    clock.turn(7)
    assert ("Zoë" in read(workspace), "Zoë" in read(workspace, BRUNO)) == (True, True)


def test_a_tab_that_may_not_have_been_published_is_published_again(office, workspace, cases, clock):
    opens(office)
    cases.waiting = [case(waiting_since=NOW)]
    workspace.order("publish_home", LOST)
    tell(office)
    clock.turn(QUIET_SECONDS)
    tell(office)
    clock.turn(QUIET_SECONDS)
    assert "Zoë" in read(workspace)


def test_somebody_whom_slack_refuses_is_not_kept_up_to_date(office, workspace, cases, clock):
    opens(office)
    cases.waiting = [case(waiting_since=NOW)]
    workspace.order("publish_home", RefusedError("user_not_found"))
    tell(office)
    clock.turn(QUIET_SECONDS)
    assert office.home_note.noted == ()


def test_a_closed_desk_publishes_nothing(office, workspace, cases, clock):
    opens(office)
    cases.waiting = [case(waiting_since=NOW)]
    tell(office)
    office.desk.close()
    workspace.calls.clear()
    clock.turn(10)
    assert published(workspace) == []


@pytest.fixture
def button(office):
    """A button that answers what a test says; the presses that reached it."""
    presses = []

    def offer(answer):
        def pressed(pressed):
            presses.append(pressed)
            return answer

        office.desk._requests.counter._buttons = {"sk_test": Button(pressed, anywhere=True)}
        return presses

    return offer


def press(office, trigger="1.2.x", person=ALICE):
    return office.desk.pressed(Press(person.agent_id, "", "", "sk_test", f"{USER}:1", "home", trigger))


def test_a_button_in_a_tab_brings_it_up_to_date(office, workspace, cases, button):
    opens(office)
    presses = button(Answer("", carried_out=True))
    cases.waiting = [case(waiting_since=NOW)]
    assert press(office) == Answer("", carried_out=True)
    assert (presses[0].press.value, presses[0].person, presses[0].entry) == (f"{USER}:1", ALICE, None)
    assert "Zoë" in read(workspace)


def test_a_refusal_stands_on_top_of_the_tab_until_the_next_change(office, workspace, cases, button, clock):
    opens(office)
    button(Answer("Bruno &lt;B&gt; was faster."))
    assert press(office) == Answer("")
    first = workspace.homes[ALICE.agent_id][0]
    assert first["text"] == {"type": "mrkdwn", "text": "Bruno &lt;B&gt; was faster."}
    tell(office)
    clock.turn(QUIET_SECONDS)
    assert "faster" not in read(workspace)


def test_guests_presses_are_refused_in_their_tab(office, workspace, cases, button):
    presses = button(Answer("", carried_out=True))
    press(office, person=GUEST)
    assert presses == []
    assert "Guests of this workspace cannot do this. Nothing was done." in read(workspace, GUEST)


CARD = (
    {
        "type": "section",
        "text": {"type": "plain_text", "text": "Zoë"},
        "accessory": {"type": "image", "image_url": "https://a.example/z.png", "alt_text": "Zoë"},
    },
)


def test_blocks_open_a_dialog(office, workspace, cases, button):
    opens(office)
    workspace.calls.clear()
    button(Answer("Profile of Zoë", CARD, carried_out=True))
    press(office)
    [view] = workspace.forms
    assert ("open_form", "1.2.x") in workspace.calls
    assert (view["type"], view["blocks"]) == ("modal", list(CARD))
    assert published(workspace) == []


def test_the_buttons_of_the_tab_are_those_of_the_dispatch_notice(office, workspace, cases, app_side):
    office.opened()
    cases.waiting = [case(waiting_since=NOW)]
    opens(office)
    [actions] = [block for block in workspace.homes[ALICE.agent_id] if block["type"] == "actions"]
    assert [each["action_id"] for each in actions["elements"]] == [
        OPEN_ACTION,
        CLAIM_ACTION,
        PROFILE_ACTION,
        CLOSE_ACTION,
    ]
    values = {each["action_id"]: each["value"] for each in actions["elements"]}
    app_side.answers["deed"] = lambda deed: CaseAfter(**case(claimed_by=deed.agent).model_dump())
    app_side.profiles[USER] = {"given_name": "Zoë"}

    def press_it(action_id):
        return office.desk.pressed(Press(ALICE.agent_id, "", "", action_id, values[action_id], "home", "1.2.x"))

    assert press_it(CLAIM_ACTION).carried_out
    assert [asked.kind for kind, asked in app_side.asked if kind == "deed"] == ["claim"]
    assert press_it(PROFILE_ACTION).carried_out
    [view] = workspace.forms
    assert "Profile of Zoë" in texts_of(view["blocks"])
    workspace.calls.clear()
    assert press_it(OPEN_ACTION).carried_out
    assert workspace.calls == []


def test_a_picture_that_slack_could_not_load_keeps_no_dialog_shut(office, workspace, cases, button):
    button(Answer("Profile of Zoë", CARD, carried_out=True))
    workspace.order("open_form", RefusedError("invalid_arguments"))
    press(office)
    [view] = workspace.forms
    assert "accessory" not in view["blocks"][0]


def test_a_dialog_that_does_not_open_is_said(office, workspace, cases, button):
    button(Answer("Profile of Zoë", CARD, carried_out=True))
    workspace.order("open_form", *[RefusedError("expired_trigger_id")] * 2)
    press(office)
    assert words.no_dialog() in read(workspace)


def test_the_note_outlives_a_process_and_whatever_is_wrong_with_it(tmp_path):
    note = HomeNoteFile(tmp_path)
    assert note.read() == ()
    note.write(("U1", "U2"))
    assert HomeNoteFile(tmp_path).read() == ("U1", "U2")
    for broken in ("", "[1]", '{"agents": 7}', "\x00"):
        (tmp_path / "home.json").write_text(broken)
        assert note.read() == ()
    HomeNoteFile(tmp_path / "missing").write(("U1",))
