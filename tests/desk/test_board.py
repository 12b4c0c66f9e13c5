"""The dispatch notice is alive: one a case, true to how it stands, with as few Slack calls as that takes."""

import pytest
from desk_fakes import DISPATCH, LOST
from desk_office import USER
from dispatch_board import ALICES, BRUNOS, DispatchBoard, buttons, notices, states, told

from desk.errors import LimitedError, PostGoneError, PostSealedError, UnreachableError
from wire.cases import CaseNews
from wire.messages import Done, Erase, Later, Merged, Never, Unknown

ANN = "b" * 24
SINCE = "⏳ waiting since <!date^1700000000^{date_short_pretty} {time}|2023-11-14 22:13 UTC>"


@pytest.fixture
def board(office):
    """A conversation that has just begun, and its case."""
    office.receive("hello", case_id=1)
    office.workspace.calls.clear()
    return DispatchBoard(office)


def only(workspace):
    [notice] = notices(workspace)
    return notice


def channel(office, user=USER):
    return office.book.of_app_user(user).channel_id


def test_the_announcement_of_a_new_channel_is_the_notice_of_its_case(office, workspace, board):
    notice = only(workspace)
    assert told(notice) == [f"Zoë started a conversation in <#{channel(office)}>hello"]
    assert states(notice) == [SINCE]
    assert buttons(notice) == [["Open", "Claim", "Profile", "Close"]]
    open_button, claim, *_ = notice.blocks[-1]["elements"]
    assert open_button["url"] == f"https://slack.com/app_redirect?channel={channel(office)}&team=T0SANDBOX1"
    assert claim["value"] == f"{USER}:1"


def test_an_opening_costs_the_calls_it_did_and_what_is_known_costs_none(office, workspace):
    office.receive("hello", case_id=1)
    assert [call[0] for call in workspace.calls] == ["create_channel", "post", "post", "find_channel", "join", "post"]
    workspace.calls.clear()
    assert isinstance(DispatchBoard(office).tell(), Done)
    assert workspace.calls == []


def test_a_fast_first_answer_costs_one_edit(office, workspace, board):
    board.tell()
    board.answered()
    board.tell()
    assert workspace.calls == [("update", DISPATCH)]
    assert states(only(workspace)) == ["🙋 claimed by Bruno Bauer · 💬 first answered by Bruno Bauer after 3 min"]
    assert buttons(only(workspace)) == [["Open", "Release", "Profile", "Close"]]
    assert only(workspace).text == f"Zoë started a conversation in <#{channel(office)}>\nhello"


def test_a_wait_that_begins_within_the_same_minute_is_no_news(workspace, board):
    board.tell(waiting_since=board.case.waiting_since + 59)
    assert workspace.calls == []
    board.tell(waiting_since=board.case.waiting_since + 60)
    assert workspace.calls == [("update", DISPATCH)]


def test_every_state_is_shown(office, workspace, board):
    until = office.clock.now() + 7200
    board.tell(claimed_by=ALICES)
    assert states(only(workspace)) == [f"{SINCE} · 🙋 claimed by Alice Adams"]
    board.tell(snoozed_until=until)
    assert "💤 snoozed until <!date^1700007200^" in states(only(workspace))[0]
    board.answered(ALICES, 59.6)
    board.closed(ALICES, "solved\n<b>")
    closed = "✅ closed by Alice Adams (solved &lt;b&gt;)"
    assert states(only(workspace)) == [f"💬 first answered by Alice Adams after 59 s · {closed}"]
    assert buttons(only(workspace)) == [["Open", "Profile", "Reopen"]]
    board.tell(closed=None, claimed_by=None, snoozed_until=None, first_answer=None)
    assert states(only(workspace)) == []
    assert buttons(only(workspace)) == [["Open", "Claim", "Profile", "Close"]]


def test_what_nobody_in_person_closed_says_why(workspace, board):
    board.closed(None, "merged")
    assert states(only(workspace)) == ["✅ closed (merged)"]


@pytest.mark.parametrize("restart", [True, False])
def test_a_case_that_begins_in_an_open_channel_gets_a_notice_of_its_own(office, workspace, board, restart):
    board.closed()
    if restart:
        office.open()
    later = DispatchBoard(office, case_id=2, name="Zoë Miller")
    assert isinstance(later.tell(), Done)
    first, second = notices(workspace)
    assert told(second) == [f"Zoë Miller wrote again in <#{channel(office)}>hello"]
    assert buttons(second) == [["Open", "Claim", "Profile", "Close"]]
    later.answered()
    assert "first answered" in states(notices(workspace)[1])[0]
    assert notices(workspace)[0] == first


def test_a_case_that_an_agent_begins_says_so(office, workspace, board):
    board.closed()
    begun = DispatchBoard(office, case_id=2, opened_by=BRUNOS)
    assert isinstance(begun.tell(waiting_since=None, claimed_by=BRUNOS), Done)
    notice = notices(workspace)[1]
    assert told(notice) == [f"Bruno Bauer began a conversation with Zoë in <#{channel(office)}>hello"]
    assert states(notice) == ["🙋 claimed by Bruno Bauer"]


def test_where_channels_are_private_no_words_are_quoted(office, workspace):
    office.open(private=True)
    office.receive("hello", case_id=1)
    DispatchBoard(office, case_id=2).tell()
    assert [told(notice)[0].endswith(">") for notice in notices(workspace)] == [True, True]


@pytest.mark.parametrize("restart", [True, False])
def test_a_case_whose_channel_is_not_open_yet_is_told_of_later(office, workspace, restart):
    workspace.order("post", None, None, UnreachableError("no way"))  # the dispatch channel's
    office.receive("hello", case_id=1)
    if restart:
        office.open()
    board = DispatchBoard(office)
    assert isinstance(board.tell(), Later)
    assert notices(workspace) == []
    assert isinstance(DispatchBoard(office, user=ANN).tell(), Later)
    office.receive("hello", case_id=1)
    assert isinstance(board.answered(), Done)
    assert "first answered" in states(only(workspace))[0]


def test_a_notice_that_comes_before_its_channel_is_alive_and_keeps_its_state_when_the_link_comes(office, workspace):
    workspace.order("create_channel", LimitedError(40))
    office.receive("hello", case_id=1)
    board = DispatchBoard(office)
    assert buttons(only(workspace)) == [["Claim", "Profile", "Close"]]
    assert isinstance(board.tell(claimed_by=ALICES), Done)
    office.receive("hello", case_id=1)
    assert states(only(workspace)) == [f"{SINCE} · 🙋 claimed by Alice Adams"]
    assert buttons(only(workspace)) == [["Open", "Release", "Profile", "Close"]]


@pytest.mark.parametrize("told_again", [True, False])
def test_after_a_restart_the_link_comes_and_the_state_stays(office, workspace, told_again):
    workspace.order("create_channel", LimitedError(40))
    office.receive("hello", case_id=1)
    board = DispatchBoard(office)
    board.tell(claimed_by=ALICES)
    office.open()
    if told_again:
        board.tell()
    office.receive("hello", case_id=1)
    assert told(only(workspace)) == [f"Zoë started a conversation in <#{channel(office)}>hello"]
    assert states(only(workspace)) == [f"{SINCE} · 🙋 claimed by Alice Adams"]
    assert buttons(only(workspace)) == [["Open", "Release", "Profile", "Close"]]


def test_after_a_restart_a_notice_is_read_once_and_changed_only_if_it_must_be(office, workspace, board):
    board.tell(claimed_by=ALICES)
    office.open()
    workspace.calls.clear()
    board.tell()
    assert workspace.calls == [("marked_at", DISPATCH)]
    board.tell()
    assert workspace.calls == [("marked_at", DISPATCH)]
    board.answered()
    assert workspace.calls[1:] == [("marked_at", DISPATCH), ("update", DISPATCH)]
    assert told(only(workspace)) == [f"Zoë started a conversation in <#{channel(office)}>hello"]


def test_old_news_that_come_late_change_nothing(office, workspace, board):
    board.tell(claimed_by=ALICES)
    late = board.case
    board.answered()
    before = only(workspace)
    outcome = office.desk.case(CaseNews(case=late, sequence=1))
    assert outcome == Done(place=board.place)
    assert only(workspace) == before


def test_what_the_app_itself_says_first_is_no_case_and_the_notice_has_no_buttons_for_one(office, workspace):
    office.receive("welcome", by_app=True)
    assert states(only(workspace)) == []
    assert buttons(only(workspace)) == [["Open", "Profile"]]


# --- several in one notice


@pytest.fixture
def shared(office, workspace):
    """Three newcomers in one notice, each with a case; the channel of the first is made."""
    users = [f"{number:024x}" for number in range(3)]
    workspace.order("post", LimitedError(1), LimitedError(1))
    for number, user in enumerate(users):
        workspace.order("create_channel", LimitedError(40))
        office.receive(f"{number} words", user=user, name=f"Name {number}", case_id=number + 1)
    for number, user in enumerate(users):
        workspace.order("create_channel", *([LimitedError(40)] if number else []))
        office.receive(f"{number} words", user=user, name=f"Name {number}", case_id=number + 1)
    boards = [DispatchBoard(office, user=user, case_id=number + 1) for number, user in enumerate(users)]
    workspace.calls.clear()
    return boards


def test_each_in_a_shared_notice_has_its_own_state_and_buttons(workspace, shared):
    shared[1].tell(claimed_by=ALICES)
    shared[2].closed()
    assert [state.partition(" · ")[2] for state in states(only(workspace))] == ["", "🙋 claimed by Alice Adams", ""]
    assert [each[-2:] for each in buttons(only(workspace))] == [
        ["Profile", "Close"],
        ["Profile", "Close"],
        ["Profile", "Reopen"],
    ]


def test_after_a_restart_a_part_is_changed_without_knowing_the_others(office, workspace, shared):
    shared[2].answered()
    before = only(workspace).blocks
    office.open()
    shared[1].tell(claimed_by=ALICES)
    after = only(workspace).blocks
    others = [block for block in before if f"{shared[1].case.app_user_id}:0" not in block["block_id"]]
    assert [block for block in after if f"{shared[1].case.app_user_id}:0" not in block["block_id"]] == others
    assert states(only(workspace))[1].endswith("claimed by Alice Adams")
    assert len(told(only(workspace))) == 3


def test_what_changes_while_slack_takes_no_edit_goes_in_one(workspace, shared):
    workspace.order("update", LimitedError(3), LimitedError(3))
    assert isinstance(shared[0].tell(claimed_by=ALICES), Later)
    assert isinstance(shared[1].tell(claimed_by=BRUNOS), Later)
    workspace.calls.clear()
    assert all(isinstance(each.tell(), Done) for each in shared)
    assert workspace.calls == [("update", DISPATCH)]
    first, second, _ = states(only(workspace))
    assert first.endswith("Alice Adams")
    assert second.endswith("Bruno Bauer")


def test_a_link_that_comes_late_does_not_undo_what_another_process_wrote(office, workspace, shared):
    shared[1].tell(claimed_by=ALICES)
    office.open()
    user = shared[1].case.app_user_id
    office.receive("1 words", user=user, name="Name 1", case_id=2)
    assert told(only(workspace))[1] == f"Name 1 started a conversation in <#{channel(office, user)}>1 words"
    assert "claimed by Alice Adams" in states(only(workspace))[1]
    assert buttons(only(workspace))[1][:2] == ["Open", "Release"]


# --- what goes wrong


def test_edits_leave_slacks_limits_to_app_users_messages(workspace, board):
    workspace.patience = 0
    assert board.tell(claimed_by=ALICES) == Later(
        seconds=60, reason="Slack limits the number of calls: it goes on by itself"
    )
    workspace.patience = None
    assert isinstance(board.tell(), Done)
    assert states(only(workspace)) == [f"{SINCE} · 🙋 claimed by Alice Adams"]


@pytest.mark.parametrize("effect", [True, False])
@pytest.mark.parametrize("restart", [True, False])
def test_a_notice_whose_answer_got_lost_is_posted_once(office, workspace, board, effect, restart):
    began = office.clock.now()
    later = DispatchBoard(office, case_id=2)
    workspace.order("post", LOST, effect=effect)
    assert isinstance(later.tell(), Unknown)
    if restart:
        office.open()
    assert isinstance(later.tell(doubt_since=began), Done)
    _, notice = notices(workspace)
    assert told(notice)[0].startswith("Zoë wrote again")
    later.answered()
    assert "first answered" in states(notices(workspace)[1])[0]


@pytest.mark.parametrize("effect", [True, False])
def test_an_edit_whose_answer_got_lost_is_made_again(workspace, board, effect):
    workspace.order("update", LOST, effect=effect)
    assert isinstance(board.answered(), Unknown)
    assert isinstance(board.tell(), Done)
    assert "first answered" in states(only(workspace))[0]


@pytest.mark.parametrize("restart", [True, False])
@pytest.mark.parametrize("case_id", [1, 2])
def test_a_notice_that_somebody_deleted_comes_back_if_the_case_waits(office, workspace, board, restart, case_id):
    if case_id == 2:
        board = DispatchBoard(office, case_id=2)
    board.tell()
    workspace.delete_post(DISPATCH, board.place.ts)
    count = len(notices(workspace))
    if restart:
        office.open()
    board.tell(claimed_by=ALICES)
    assert len(notices(workspace)) == count + 1
    assert states(notices(workspace)[-1]) == [f"{SINCE} · 🙋 claimed by Alice Adams"]
    office.open()
    board.answered()
    assert len(notices(workspace)) == count + 1
    assert "first answered" in states(notices(workspace)[-1])[0]


def test_a_deleted_notice_stays_deleted_if_nobody_waits(office, workspace, board):
    board.answered()
    workspace.delete_post(DISPATCH, office.book.of_app_user(USER).announced.ts)
    assert isinstance(board.closed(), Done)
    assert notices(workspace) == []


def test_a_case_that_is_over_before_it_could_be_told_is_not_told(office, workspace, board):
    outcome = DispatchBoard(office, case_id=2).closed()
    assert isinstance(outcome, Done)
    assert outcome.place.ts == ""
    assert len(notices(workspace)) == 1


def test_where_edits_are_forbidden_the_notice_stays_as_it_is(workspace, board):
    workspace.order("update", PostSealedError("edit_window_closed"))
    assert isinstance(board.answered(), Done)
    assert states(only(workspace)) == [SINCE]


def test_a_conversation_that_goes_on_in_a_successor_is_told_of_there(office, workspace, board):
    board.tell()
    old = channel(office)
    workspace.archive(old)
    office.receive("again", case_id=1)
    board.tell()
    first, second = notices(workspace)
    assert (states(first), buttons(first)) == ([], [["Open", "Profile"]])
    assert told(first) == [f"Zoë started a conversation in <#{old}>hello"]
    assert states(second) == [SINCE]
    board.answered()
    assert states(notices(workspace)[0]) == []
    assert "first answered" in states(notices(workspace)[1])[0]


def test_a_case_whose_channel_is_closed_waits_for_the_successor(office, workspace, board):
    board.closed()
    workspace.archive(channel(office))
    office.receive("again", case_id=2)
    _, second = notices(workspace)
    workspace.calls.clear()
    assert isinstance(DispatchBoard(office, case_id=2).tell(), Done)
    assert notices(workspace)[1] == second
    assert workspace.calls == []


# --- whom it concerns


@pytest.mark.parametrize("restart", [True, False])
def test_of_two_who_were_one_each_case_keeps_its_notice(office, workspace, board, restart):
    board.tell()
    office.receive("hi", user=ANN, name="Ann", case_id=2)
    anns = DispatchBoard(office, user=ANN, case_id=2)
    anns.tell()
    office.desk.merged(Merged(app_user_id=USER, merged_id=ANN, profile_name="Zoë"))
    if restart:
        office.open()
    anns.closed(None, "merged")
    board.answered()
    first, second = notices(workspace)
    assert states(first) == ["🙋 claimed by Bruno Bauer · 💬 first answered by Bruno Bauer after 3 min"]
    assert told(second) == [f"Ann is Zoë: the conversation is in <#{channel(office)}>"]
    assert states(second) == ["✅ closed (merged)"]


@pytest.mark.parametrize("restart", [True, False])
def test_the_case_of_who_was_merged_lives_on_in_its_notice(office, workspace, restart):
    office.receive("hi", user=ANN, name="Ann", case_id=2)
    board = DispatchBoard(office, user=ANN, case_id=2)
    board.tell()
    office.desk.merged(Merged(app_user_id=USER, merged_id=ANN, profile_name="Zoë"))
    if restart:
        office.open()
    board.tell(app_user_id=USER, claimed_by=ALICES)
    assert states(only(workspace)) == [f"{SINCE} · 🙋 claimed by Alice Adams"]


def test_nothing_is_told_of_who_is_being_erased(office, workspace, board):
    board.tell()
    office.desk.erase(Erase(app_user_id=USER))
    assert isinstance(board.answered(), Never)
    assert isinstance(DispatchBoard(office, case_id=2).tell(), Never)


def test_an_erased_app_users_notices_go_and_others_in_them_stay_as_they_are(office, workspace, shared):
    shared[1].tell(claimed_by=ALICES)
    gone = shared[1].case.app_user_id
    for _ in range(10):
        office.desk.erase(Erase(app_user_id=gone))
    notice = only(workspace)
    assert len(told(notice)) == len(buttons(notice)) == 2
    assert gone not in str(notice)
    shared[2].answered()
    assert "first answered" in states(only(workspace))[1]
    assert gone not in str(only(workspace))


def test_a_notice_that_is_gone_for_slack_is_no_trouble(workspace, board):
    workspace.order("update", PostGoneError("message_not_found"))
    assert isinstance(board.answered(), Done)
