"""Reminders of who waits: each once, in the thread of the case's notice."""

import pytest
from desk_fakes import DISPATCH, LOST
from desk_office import USER
from dispatch_board import ALICES, DispatchBoard, notices, thread

from desk.errors import LimitedError
from wire.messages import Done, Erase, Later, Merged, Unknown

ANN = "b" * 24


@pytest.fixture
def board(office, clock):
    """Somebody who has waited for a quarter of an hour."""
    office.receive("hello", case_id=1)
    board = DispatchBoard(office)
    board.tell()
    clock.turn(900)
    office.workspace.calls.clear()
    return board


def texts(workspace, board):
    return [post.text for post in thread(workspace, board.place)]


def link(office):
    return f"<#{office.book.of_app_user(USER).channel_id}>"


def test_who_waits_is_reminded_of_below_the_notice(office, workspace, board):
    assert isinstance(board.tell(reminder="waiting", reminders=1), Done)
    assert texts(workspace, board) == [f"{link(office)}: nobody has answered for 15 min"]
    assert workspace.calls == [("post", DISPATCH)]
    assert len(notices(workspace)) == 1


@pytest.mark.parametrize(
    ("on_call", "called"),
    [
        ((), ""),
        (("S0ONCALL01",), "<!subteam^S0ONCALL01> "),
        (("S0ONCALL01", "UALICE0001"), "<!subteam^S0ONCALL01> <@UALICE0001> "),
    ],
)
def test_whoever_is_on_call_is_mentioned_when_it_takes_too_long(office, workspace, board, on_call, called):
    office.open(on_call=on_call)
    board.tell(reminder="on_call", reminders=2)
    assert texts(workspace, board) == [f"{called}{link(office)}: nobody has answered for 15 min"]


def test_a_snooze_that_is_over_is_told(office, workspace, board):
    board.tell(waiting_since=None, reminder="snooze_over", reminders=1)
    assert texts(workspace, board) == [f"{link(office)}: the snooze is over"]


def test_the_same_reminder_is_told_once_and_the_next_again(workspace, board):
    for number in (1, 1, 2):
        board.tell(reminder="waiting", reminders=number)
    assert len(texts(workspace, board)) == 2


@pytest.mark.parametrize("effect", [True, False])
@pytest.mark.parametrize("restart", [True, False])
def test_a_reminder_whose_answer_got_lost_is_looked_for_in_the_thread(office, workspace, board, effect, restart):
    began = office.clock.now()
    workspace.order("post", LOST, effect=effect)
    assert isinstance(board.tell(reminder="waiting", reminders=1), Unknown)
    if restart:
        office.open()
    assert isinstance(board.tell(reminder="waiting", reminders=1, doubt_since=began), Done)
    assert len(texts(workspace, board)) == 1


def test_a_reminder_that_was_told_of_somebody_who_is_another_now_is_known_again(office, workspace, board):
    began = office.clock.now()
    workspace.order("post", LOST, effect=True)
    board.tell(reminder="waiting", reminders=1)
    office.desk.merged(Merged(app_user_id=ANN, merged_id=USER, profile_name="Ann"))
    board.tell(app_user_id=ANN, reminder="waiting", reminders=1, doubt_since=began)
    assert len(texts(workspace, board)) == 1


@pytest.mark.parametrize("reminder", ["waiting", "on_call", "snooze_over"])
def test_a_reason_that_is_gone_reminds_nobody(workspace, board, reminder):
    board.closed()
    assert isinstance(board.tell(reminder=reminder, reminders=1), Done)
    assert texts(workspace, board) == []


def test_who_was_answered_meanwhile_is_not_reminded_of(workspace, board):
    board.answered()
    assert isinstance(board.tell(reminder="waiting", reminders=1), Done)
    assert texts(workspace, board) == []


def test_a_reminder_that_slack_does_not_take_now_comes_later(workspace, board):
    workspace.order("post", LimitedError(7))
    assert isinstance(board.tell(reminder="waiting", reminders=1), Later)
    assert isinstance(board.tell(reminder="waiting", reminders=1), Done)
    assert len(texts(workspace, board)) == 1


def test_a_reminder_of_a_notice_that_somebody_deleted_brings_it_back(workspace, board):
    workspace.delete_post(DISPATCH, board.place.ts)
    assert isinstance(board.tell(reminder="waiting", reminders=1), Done)
    assert len(notices(workspace)) == 1
    assert len(texts(workspace, board)) == 1


def test_nobody_is_reminded_of_who_has_no_channel_yet(office, workspace):
    workspace.order("create_channel", LimitedError(40))
    office.receive("hello", case_id=1)
    board = DispatchBoard(office)
    assert isinstance(board.tell(reminder="waiting", reminders=1), Later)
    office.receive("hello", case_id=1)
    assert isinstance(board.tell(reminder="waiting", reminders=1), Done)
    assert len(texts(workspace, board)) == 1


def test_a_new_notice_whose_reminder_is_not_taken_is_not_posted_again(office, workspace, board):
    board.tell(claimed_by=ALICES)
    later = DispatchBoard(office, case_id=2)
    workspace.order("post", None, LimitedError(7))
    began = office.clock.now()
    assert isinstance(later.tell(reminder="waiting", reminders=1), Unknown)
    office.open()
    assert isinstance(later.tell(reminder="waiting", reminders=1, doubt_since=began), Done)
    assert len(notices(workspace)) == 2
    assert len(texts(workspace, later)) == 1


def test_an_erased_app_users_reminders_go_with_the_notice(office, workspace, board):
    board.tell(reminder="waiting", reminders=1)
    assert "Zo" not in str(thread(workspace, board.place))
    for _ in range(10):
        office.desk.erase(Erase(app_user_id=USER))
    assert texts(workspace, board) == []
    assert notices(workspace) == []


def test_in_a_notice_of_several_the_others_reminders_stay(office, workspace, clock):
    workspace.order("post", LimitedError(1))
    for number in (0, 1, 0, 1):
        workspace.order("create_channel", *([LimitedError(40)] if len(notices(workspace)) == 0 else []))
        office.receive(f"{number} hi", user=f"{number:024x}", name=f"Name {number}", case_id=number + 1)
    boards = [DispatchBoard(office, user=f"{number:024x}", case_id=number + 1) for number in (0, 1)]
    clock.turn(900)
    for each in boards:
        assert isinstance(each.tell(reminder="waiting", reminders=1), Done)
    assert boards[0].place == boards[1].place
    assert len(texts(workspace, boards[0])) == 2
    for _ in range(10):
        office.desk.erase(Erase(app_user_id=f"{0:024x}"))
    [left] = thread(workspace, boards[1].place)
    assert left.mark.ids == (f"{1:024x}", "2", "1")
