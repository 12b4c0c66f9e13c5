"""The buttons of a case's notice: what the commands do, pressed in the dispatch channel."""

import pytest
from desk_fakes import ALICE, BRUNO, DISPATCH, GUEST, SILENT
from desk_office import USER
from dispatch_board import BRUNOS

from desk.values import Answer
from wire.cases import CaseAfter, Closing
from wire.client import PeerAwayError, RefusedError
from wire.messages import Erase, Merged

ANN = "b" * 24
DEEDS = {"sk_claim": "claim", "sk_release": "release", "sk_close": "close", "sk_reopen": "reopen"}


@pytest.fixture
def channel_id(office):
    office.receive("hello", case_id=1)
    office.app_side.answers["deed"] = lambda deed: CaseAfter(
        case_id=deed.case_id, app_user_id=deed.app_user_id, opened=1.0
    )
    return office.book.of_app_user(USER).channel_id


def press(office, action_id="sk_claim", value=f"{USER}:1", person=ALICE):
    return office.presses(DISPATCH, value, person, action_id)


@pytest.mark.parametrize(("action_id", "kind"), DEEDS.items())
def test_a_press_is_a_deed_about_the_notices_case_by_whoever_pressed(office, channel_id, action_id, kind):
    assert press(office, action_id, person=BRUNO) == Answer("", carried_out=True)
    [(_, deed)] = office.app_side.asked
    assert (deed.kind, deed.app_user_id, deed.case_id) == (kind, USER, 1)
    assert deed.agent == BRUNOS
    assert "Bruno Bauer" in office.workspace.texts(channel_id)[-1]


def test_the_profile_is_for_the_presser_alone(office, workspace, channel_id):
    office.app_side.profiles[USER] = {"given_name": "Zoë"}
    workspace.calls.clear()
    answer = press(office, "sk_profile")
    assert answer.carried_out
    assert "Zoë" in answer.text
    assert workspace.count("post") == 0
    assert "posted" not in answer.text


def test_a_link_that_was_followed_is_taken_note_of_and_asks_nobody(office, workspace, channel_id):
    workspace.calls.clear()
    assert press(office, "sk_open", person=GUEST) == Answer("", carried_out=True)
    assert workspace.calls == office.app_side.asked == []


def test_who_may_not_speak_to_app_users_changes_nothing(office, channel_id):
    assert "Guests" in press(office, person=GUEST).text
    assert "Guests" in press(office, "sk_profile", person=GUEST).text
    assert office.app_side.asked == []


@pytest.mark.parametrize("value", ["", ":1", f"{ANN}:1", f"{USER}:", f"{USER}:x", "nonsense"])
def test_a_button_that_leads_nowhere_says_so(office, channel_id, value):
    assert "out of date" in press(office, value=value).text
    assert office.app_side.asked == []


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (RefusedError(409, "claimed_already", "", who="Bruno <Bauer>"), "Bruno &lt;Bauer&gt; has the conversation"),
        (RefusedError(409, "closed_already", ""), "the conversation with Zoë is closed"),
        (RefusedError(404, "no_case", ""), "there is no conversation with Zoë"),
        (RefusedError(409, "something_new", "it is <late>"), "Nothing was done: it is &lt;late&gt;"),
        (PeerAwayError("down"), "the app's side does not answer"),
        (SILENT, "it may or may not have been done"),
    ],
)
def test_what_is_refused_is_told_to_the_presser_alone(office, workspace, channel_id, error, said):
    office.app_side.answers["deed"] = error
    workspace.calls.clear()
    assert said in press(office).text
    assert workspace.count("post") == 0


def test_pressed_twice_it_is_told_once(office, workspace, channel_id):
    press(office)
    before = workspace.texts(channel_id)
    office.app_side.answers["deed"] = CaseAfter(
        case_id=1, app_user_id=USER, opened=1.0, unchanged=True, closed=Closing(at=1.0)
    )
    assert "yours already" in press(office).text
    assert workspace.texts(channel_id) == before


def test_the_buttons_of_who_was_merged_are_the_survivors(office, channel_id):
    office.desk.merged(Merged(app_user_id=ANN, merged_id=USER, profile_name="Ann"))
    press(office)
    assert office.app_side.asked[-1][1].app_user_id == ANN


def test_nothing_is_done_about_who_is_being_erased(office, channel_id):
    office.desk.erase(Erase(app_user_id=USER))
    assert "being erased" in press(office).text
    assert "being erased" in press(office, "sk_profile").text
    assert office.app_side.asked == []
