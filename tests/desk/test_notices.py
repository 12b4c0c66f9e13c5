"""A reply's notice: one a reply, true to its state, in the order of acceptance, with few Slack calls."""

import pytest
from desk_fakes import LOST

from desk.errors import (
    ChannelArchivedError,
    LimitedError,
    PostSealedError,
    RefusedError,
    UnreachableError,
)
from desk.replies.notices import SHOWN_REMEMBERED
from wire.ids import reply_id
from wire.messages import Done, Later, Never, Place, Unknown


def states(office, channel_id):
    """The last line of each notice: its state."""
    return [post.text.splitlines()[-1] for post in office.notices(channel_id)]


def test_a_fast_delivery_costs_one_slack_call(office, workspace, clock):
    channel_id = office.opened()
    office.types(channel_id, "hi *all* <@UALICE0001>")
    clock.turn(0.5)
    workspace.calls.clear()
    outcome = office.show(channel_id, text="hi *all* @Alice Adams")
    clock.turn(10)
    assert workspace.calls == [("post", channel_id)]
    [notice] = office.notices(channel_id)
    assert notice.text == "Alice Adams replied: hi *all* @Alice Adams\n✓ delivered"
    assert outcome == Done(place=Place(channel_id=channel_id, ts=outcome.place.ts))


def test_a_slow_delivery_is_shown_as_sending_and_then_updated(office, workspace, clock):
    channel_id = office.opened()
    office.types(channel_id, "hi")
    clock.turn(0.79)
    assert office.notices(channel_id) == []
    clock.turn(0.02)
    assert states(office, channel_id) == ["⏳ sending…"]
    office.show(channel_id, sequence=1)
    assert states(office, channel_id) == ["✓ delivered"]
    assert workspace.count("post", "update") == 2


@pytest.mark.parametrize(
    ("state", "reason", "shown"),
    [
        ("sending", "first try: status 500", "⏳ sending… (first try: status 500)"),
        ("waiting", None, "🕓 waiting for the app to fetch it"),
        ("delivered", "ignored", "✓ delivered"),
        ("read", None, "✓✓ read"),
        ("failed", "status <410>", "✗ failed: not delivered (status &lt;410&gt;)"),
    ],
)
def test_each_state_is_told(office, state, reason, shown):
    channel_id = office.opened()
    office.show(channel_id, state, reason=reason)
    assert states(office, channel_id) == [shown]
    buttons = [block for block in office.notices(channel_id)[0].blocks if block["type"] == "actions"]
    assert bool(buttons) == (state == "failed")


def test_the_retry_button_carries_the_reply_and_goes_when_it_is_sent_again(office):
    channel_id = office.opened()
    office.show(channel_id, "failed", sequence=1)
    button = office.notices(channel_id)[0].blocks[-1]["elements"][0]
    assert (button["action_id"], button["value"]) == ("sk_retry", reply_id("slash:1"))
    office.show(channel_id, "sending", sequence=2)
    assert all(block["type"] != "actions" for block in office.notices(channel_id)[0].blocks)


def test_one_notice_goes_through_all_states_in_its_place(office, workspace, clock):
    channel_id = office.opened()
    office.types(channel_id, "hi")
    clock.turn(1)
    told = [("failed", "status 403"), ("sending", None), ("waiting", None), ("delivered", None), ("read", None)]
    shown = [states(office, channel_id)]
    for sequence, (state, reason) in enumerate(told, 1):
        office.show(channel_id, state, sequence=sequence, reason=reason)
        shown.append(states(office, channel_id))
        [notice] = office.notices(channel_id)
        assert notice.text.splitlines()[0] == "Alice Adams replied: hi"
        lines = [part["text"]["text"] if "text" in part else part["elements"][0]["text"] for part in notice.blocks]
        retry = ["Retry"] if state == "failed" else []
        said = [line["text"] if isinstance(line, dict) else line for line in lines]
        assert said == ["Alice Adams replied", "hi", *states(office, channel_id), *retry]
    assert shown == [
        ["⏳ sending…"],
        ["✗ failed: not delivered (status 403)"],
        ["⏳ sending…"],
        ["🕓 waiting for the app to fetch it"],
        ["✓ delivered"],
        ["✓✓ read"],
    ]
    assert (workspace.count("post"), workspace.count("update")) == (1, 5)


def test_an_older_receipt_never_overwrites_a_newer_one(office, workspace):
    channel_id = office.opened()
    place = office.show(channel_id, "delivered", sequence=5).place
    workspace.calls.clear()
    for sequence in (5, 4, 1):
        assert office.show(channel_id, "sending", sequence=sequence).place == place
    assert workspace.calls == []
    assert states(office, channel_id) == ["✓ delivered"]


def test_a_receipt_without_news_costs_no_slack_call(office, workspace):
    channel_id = office.opened()
    place = office.show(channel_id, "sending", sequence=1).place
    workspace.calls.clear()
    assert office.show(channel_id, "sending", sequence=2).place == place
    assert workspace.calls == []


def test_a_receipt_may_be_faster_than_the_answer_to_the_reply(office, app_side, clock):
    channel_id = office.opened()
    app_side.on_accept = lambda reply: office.show(channel_id)
    office.types(channel_id, "hi")
    clock.turn(10)
    assert states(office, channel_id) == ["✓ delivered"]
    assert clock.waiting() == 0


def test_notices_appear_in_the_order_of_acceptance(office, clock):
    channel_id = office.opened()
    for number in (1, 2, 3):
        office.types(channel_id, f"{number}", request=f"slash:{number}")
    office.show(channel_id, request="slash:3", text="3")
    clock.turn(5)
    shown = [post.text for post in office.notices(channel_id)]
    assert [text.splitlines() for text in shown] == [
        ["Alice Adams replied: 1", "⏳ sending…"],
        ["Alice Adams replied: 2", "⏳ sending…"],
        ["Alice Adams replied: 3", "✓ delivered"],
    ]


def test_a_lost_answer_does_not_double_the_notice(office, workspace):
    channel_id = office.opened()
    workspace.order("post", LOST, effect=True)
    assert isinstance(office.show(channel_id, "sending", sequence=1), Unknown)
    assert isinstance(office.show(channel_id, "delivered", sequence=2), Done)
    assert states(office, channel_id) == ["✓ delivered"]


def test_a_lost_answer_to_the_first_post_does_not_double_the_notice(office, workspace, clock):
    channel_id = office.opened()
    office.types(channel_id, "hi")
    workspace.order("post", LOST, effect=True)
    clock.turn(30)
    office.show(channel_id)
    assert states(office, channel_id) == ["✓ delivered"]


def test_after_a_restart_the_notice_is_found_in_the_channel(office, workspace, clock):
    channel_id = office.opened()
    office.types(channel_id, "hi")
    receipt = office.receipt(channel_id)
    clock.turn(1)
    office.open()
    workspace.calls.clear()
    office.desk.show(receipt)
    assert states(office, channel_id) == ["✓ delivered"]
    assert [call[0] for call in workspace.calls] == ["marked", "update"]


@pytest.mark.parametrize("error", [LOST, LimitedError(2)])
def test_a_notice_that_was_found_but_not_changed_is_not_taken_for_shown(office, workspace, clock, error):
    channel_id = office.opened()
    office.types(channel_id, "hi")
    receipt = office.receipt(channel_id)
    clock.turn(1)
    office.open()
    workspace.order("update", error)
    assert not isinstance(office.desk.show(receipt), Done)
    assert states(office, channel_id) == ["⏳ sending…"]
    assert isinstance(office.desk.show(receipt), Done)
    assert states(office, channel_id) == ["✓ delivered"]


def test_after_a_restart_the_place_that_the_server_kept_is_believed(office, workspace):
    channel_id = office.opened()
    place = office.show(channel_id, "sending", sequence=1).place
    office.open()
    workspace.calls.clear()
    office.show(channel_id, "delivered", sequence=2, place=place)
    assert workspace.calls == [("marked_at", channel_id), ("update", channel_id)]  # others might stand there too
    assert states(office, channel_id) == ["✓ delivered"]


def test_a_notice_that_was_never_made_is_made_after_a_restart(office, workspace, clock):
    channel_id = office.opened()
    receipt = office.receipt(channel_id)
    clock.turn(1)
    office.open()
    office.desk.show(receipt)
    assert states(office, channel_id) == ["✓ delivered"]


@pytest.mark.parametrize("error", [LimitedError(7), UnreachableError("refused")])
def test_a_notice_that_slack_does_not_take_comes_later_with_the_latest_state(office, workspace, clock, error):
    channel_id = office.opened()
    office.types(channel_id, "hi")
    workspace.order("post", error, error)
    assert isinstance(office.show(channel_id, sequence=1), Later)
    clock.turn(0.9)
    assert office.notices(channel_id) == []
    clock.turn(10)
    assert states(office, channel_id) == ["✓ delivered"]
    workspace.calls.clear()
    assert isinstance(office.show(channel_id, sequence=1), Done)
    assert workspace.calls == []


def test_a_notice_that_somebody_deleted_stays_deleted_unless_the_reply_failed(office, workspace):
    channel_id = office.opened()
    place = office.show(channel_id, "sending", sequence=1).place
    workspace.delete_post(channel_id, place.ts)
    assert office.show(channel_id, "delivered", sequence=2).place == place
    assert office.notices(channel_id) == []
    office.show(channel_id, "failed", sequence=3)
    assert states(office, channel_id) == ["✗ failed: not delivered"]


def test_where_posts_may_not_be_edited_the_truth_gets_a_post_of_its_own(office, workspace):
    channel_id = office.opened()
    office.show(channel_id, "sending", sequence=1)
    workspace.order("update", PostSealedError("edit_window_closed"))
    office.show(channel_id, "delivered", sequence=2)
    assert states(office, channel_id) == ["⏳ sending…", "✓ delivered"]


def test_a_notice_whose_channel_was_archived_goes_to_the_successor(office, workspace):
    old = office.opened()
    workspace.archive(old)
    new = office.receive("again").place.channel_id
    assert office.show(old).place.channel_id == new
    assert states(office, new) == ["✓ delivered"]


def test_a_notice_without_any_channel_left_is_given_up(office, workspace, clock):
    channel_id = office.opened()
    office.types(channel_id, "bye")
    workspace.archive(channel_id)
    clock.turn(5)
    assert isinstance(office.show(channel_id), Never)


def test_bad_news_of_a_reply_whose_channel_was_archived_waits_for_the_successor(office, workspace, clock):
    old = office.opened()
    office.types(old, "hi")
    clock.turn(5)
    assert states(office, old) == ["⏳ sending…"]
    workspace.archive(old)
    assert isinstance(office.show(old, "failed", reason="the app answered 400"), Later)
    new = office.receive("again").place.channel_id
    assert office.show(old, "failed", reason="the app answered 400").place.channel_id == new
    [state] = states(office, new)
    assert "400" in state


def test_an_earlier_notice_that_slack_refuses_does_not_hold_up_the_next(office, workspace, clock):
    channel_id = office.opened()
    office.types(channel_id, "1", request="slash:1")
    office.types(channel_id, "2", request="slash:2")
    workspace.order("post", RefusedError("invalid_blocks"))
    office.show(channel_id, request="slash:2", text="2")
    clock.turn(5)
    assert [post.text.splitlines()[0] for post in office.notices(channel_id)] == ["Alice Adams replied: 2"]


def test_what_people_do_to_the_channel_meanwhile_raises_nothing(office, workspace, clock):
    channel_id = office.opened()
    office.types(channel_id, "hi")
    workspace.order("post", ChannelArchivedError("is_archived"))
    clock.turn(5)
    assert clock.waiting() == 0


def test_a_long_reply_is_cut_in_view_within_slacks_limits(office):
    channel_id = office.opened()
    office.show(channel_id, "failed", text="wörd & " * 3_000, reason="x" * 2_000)
    [notice] = office.notices(channel_id)
    sections = [block["text"]["text"] for block in notice.blocks if block["type"] == "section"]
    assert all(len(section) <= 3_000 for section in sections)
    assert sum(map(len, sections)) < 10_000
    assert len(notice.text) < 4_000
    assert any("21,000" in str(block) for block in notice.blocks)


def test_closing_calls_off_what_is_due(office, clock):
    channel_id = office.opened()
    office.types(channel_id, "hi")
    office.desk.close()
    assert clock.waiting() == 0


def test_what_is_remembered_is_bounded(office):
    channel_id = office.opened()
    for number in range(SHOWN_REMEMBERED + 10):
        office.show(channel_id, request=f"slash:{number}")
    assert len(office.desk._ground.notices._shown._things) == SHOWN_REMEMBERED


# --- several replies in one notice, where Slack holds the channel back


@pytest.fixture
def held_back(office, workspace, clock):
    """Five replies were accepted, and Slack takes no post for a moment; the channel."""
    channel_id = office.opened()
    for number in range(5):
        office.types(channel_id, f"text {number}", request=f"slash:{number}")
    workspace.order("post", LimitedError(1))
    assert isinstance(of(office, channel_id, 0), Later)
    return channel_id


def of(office, channel_id, number, state="delivered", **more):
    return office.show(channel_id, state, request=f"slash:{number}", text=f"text {number}", **more)


def receipts(office, channel_id, numbers, state="delivered", **more):
    return tuple(
        office.receipt(channel_id, state, request=f"slash:{number}", text=f"text {number}", **more)
        for number in numbers
    )


def shown_states(office, channel_id):
    """What is shown of each reply, in order: its text and its state."""
    told = []
    for post in office.notices(channel_id):
        lines = [block.get("text") or block["elements"][0] for block in post.blocks if block["type"] != "actions"]
        if len(post.mark.ids) == 1:
            told.append((lines[1]["text"], lines[-1]["text"].split()[1]))
        else:
            pairs = zip(lines[::2], lines[1::2], strict=True)
            told += [(said["text"].splitlines()[1], state["text"].split()[1]) for said, state in pairs]
    return told


def test_what_waits_for_the_channel_shares_a_notice_and_each_state_is_true(office, workspace, held_back):
    others = receipts(office, held_back, [1, 2], "failed", sequence=1)
    place = of(office, held_back, 0, others=others).place
    states = ["delivered", "failed:", "failed:", "sending…", "sending…"]
    assert shown_states(office, held_back) == [(f"text {number}", state) for number, state in enumerate(states)]
    [notice] = office.notices(held_back)
    assert notice.mark.ids == tuple(reply_id(f"slash:{number}") for number in range(5))
    buttons = [block["accessory"]["value"] for block in notice.blocks if "accessory" in block]
    assert buttons == [reply_id("slash:1"), reply_id("slash:2")]
    workspace.calls.clear()
    assert of(office, held_back, 1, "failed").place == of(office, held_back, 2, "failed").place == place
    assert workspace.calls == []


def test_a_shared_notice_is_updated_once_for_all_that_is_known(office, workspace, clock, held_back):
    clock.turn(1)
    assert len(office.notices(held_back)) == 1
    workspace.calls.clear()
    of(office, held_back, 1, others=receipts(office, held_back, [2, 3]))
    for number in (0, 2, 3):
        assert isinstance(of(office, held_back, number), Done)
    assert workspace.calls == [("update", held_back)]
    states = [state for _, state in shown_states(office, held_back)]
    assert states == ["delivered"] * 4 + ["sending…"]


def test_what_a_refused_update_would_have_said_is_not_taken_for_shown(office, workspace, clock, held_back):
    clock.turn(1)
    workspace.order("update", LimitedError(2))
    assert isinstance(of(office, held_back, 1, others=receipts(office, held_back, [2])), Later)
    assert isinstance(of(office, held_back, 2), Done)
    assert [state for _, state in shown_states(office, held_back)][:3] == ["delivered", "sending…", "delivered"]


def test_after_a_restart_a_shared_notice_is_changed_in_its_own_part_alone(office, workspace, clock, held_back):
    place = of(office, held_back, 0, others=receipts(office, held_back, [1], "failed")).place
    [before] = office.notices(held_back)
    office.open()
    assert of(office, held_back, 1, sequence=2, place=place).place == place
    assert [state for _, state in shown_states(office, held_back)] == ["delivered"] * 2 + ["sending…"] * 3
    [after] = office.notices(held_back)
    assert (after.text, after.mark) == (before.text, before.mark)
    assert not any("accessory" in block for block in after.blocks)


def test_a_shared_notice_whose_answer_got_lost_is_not_doubled(office, workspace, held_back):
    workspace.order("post", LOST, effect=True)
    assert isinstance(of(office, held_back, 0), Unknown)
    for number in range(5):
        assert isinstance(of(office, held_back, number, sequence=2), Done)
    assert [state for _, state in shown_states(office, held_back)] == ["delivered"] * 5
    assert len(office.notices(held_back)) == 1


def test_a_long_reply_keeps_a_notice_of_its_own(office, workspace, clock):
    channel_id = office.opened()
    texts = ["short 1", "long " * 200, "short 2", "short 3"]
    for number, text in enumerate(texts):
        office.types(channel_id, text, request=f"slash:{number}")
    workspace.order("post", LimitedError(1))
    clock.turn(3)
    assert [len(notice.mark.ids) for notice in office.notices(channel_id)] == [1, 1, 2]


def test_forty_replies_stay_within_slacks_limits(office, workspace, clock):
    channel_id = office.opened()
    for number in range(40):
        office.types(channel_id, "&" * 80, request=f"slash:{number}")
    workspace.order("post", LimitedError(1))
    clock.turn(3)
    notices = office.notices(channel_id)
    assert [len(notice.mark.ids) for notice in notices] == [20, 20]
    assert all(len(notice.blocks) <= 50 and len(notice.text) < 4_000 for notice in notices)


def read_by_and_by(office, workspace, count):
    """So many delivered replies, all read at once while the patient get one update; their channel."""
    channel_id = office.opened()
    for number in range(count):
        office.show(channel_id, request=f"slash:{number}")
        office.clock.turn(2)
    workspace.patience = 1
    for number in range(count):
        assert isinstance(office.show(channel_id, "read", request=f"slash:{number}", sequence=2), Done)
    return channel_id


def test_reading_much_at_once_keeps_nobody_waiting(office, workspace, clock):
    channel_id = read_by_and_by(office, workspace, 5)
    assert states(office, channel_id) == ["✓✓ read", *["✓ delivered"] * 4]
    office.types(channel_id, "next", "slash:next")
    assert isinstance(office.show(channel_id, request="slash:next"), Done)
    workspace.patience = 2
    clock.turn(60)
    assert states(office, channel_id) == [*["✓✓ read"] * 3, *["✓ delivered"] * 3]
    workspace.patience = None
    clock.turn(60)
    assert states(office, channel_id) == [*["✓✓ read"] * 5, "✓ delivered"]
    assert clock.waiting() == 0


def test_later_news_overtakes_what_waits(office, workspace, clock):
    channel_id = read_by_and_by(office, workspace, 2)
    office.show(channel_id, "failed", request="slash:1", sequence=3, reason="gone")
    workspace.patience = None
    clock.turn(60)
    assert states(office, channel_id) == ["✓✓ read", "✗ failed: not delivered (gone)"]


def test_one_who_waits_for_the_app_is_never_patient(office, workspace):
    channel_id = office.opened()
    office.show(channel_id, "waiting")
    workspace.patience = 0
    office.show(channel_id, "read", sequence=2)
    assert states(office, channel_id) == ["✓✓ read"]


@pytest.mark.parametrize("states_told", [("delivered", "read"), ("waiting", "delivered", "read")])
def test_quick_changes_cost_an_update_each_and_end_in_the_last(office, workspace, clock, states_told):
    channel_id = office.opened()
    office.types(channel_id, "hi")
    for sequence, state in enumerate(states_told):
        office.show(channel_id, state, sequence=sequence)
    clock.turn(5)
    assert states(office, channel_id) == ["✓✓ read"]
    assert (workspace.count("post"), workspace.count("update")) == (1, len(states_told) - 1)


def test_what_is_read_before_its_notice_is_due_costs_one_post(office, workspace, clock):
    channel_id = office.opened()
    office.types(channel_id, "hi")
    office.show(channel_id, "read", sequence=3)
    clock.turn(5)
    assert states(office, channel_id) == ["✓✓ read"]
    assert (workspace.count("post"), workspace.count("update")) == (1, 0)


def test_a_desk_that_closes_leaves_what_was_true(office, workspace, clock):
    channel_id = read_by_and_by(office, workspace, 3)
    office.desk.close()
    workspace.patience = None
    clock.turn(60)
    assert states(office, channel_id) == ["✓✓ read", "✓ delivered", "✓ delivered"]
