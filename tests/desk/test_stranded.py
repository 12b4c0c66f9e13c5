"""Messages that Slack refused: agents see them, and a button has them tried again."""

from desk_fakes import ALICE, DISPATCH, GUEST
from desk_office import USER, message_id

from desk.errors import InDoubtError, LimitedError
from wire.messages import Done, Later, Stranded, Unknown


def stranded(office, state="failed", **more):
    return Stranded(
        message_id=message_id("hello"),
        app_user_id=more.pop("app_user_id", USER),
        state=state,
        since=office.clock.now(),
        name=more.pop("name", "Zoë <!channel>"),
        reason=more.pop("reason", "msg_too_long" if state == "failed" else None),
        **more,
    )


def notices(office, channel_id):
    return [post for post in office.workspace.posts(channel_id) if post.mark.kind == "sk_stranded"]


def buttons(post):
    return [element for block in post.blocks if block["type"] == "actions" for element in block["elements"]]


def test_a_refused_message_is_told_in_its_channel_with_a_button_that_tries_again(office):
    channel_id = office.opened()
    place = office.desk.stranded(stranded(office)).place
    assert place.channel_id == channel_id
    [notice] = notices(office, channel_id)
    assert notice.text == "A message of Zoë &lt;!channel&gt; could not be shown in Slack: msg_too_long"
    [button] = buttons(notice)
    office.app_side.replies[message_id("hello")] = "known there"
    assert office.presses(channel_id, button["value"], action_id=button["action_id"]).carried_out
    assert office.app_side.retried == [message_id("hello")]
    office.desk.stranded(stranded(office, "sending", place=place))
    office.desk.stranded(stranded(office, "shown", place=place))
    [notice] = notices(office, channel_id)
    assert "is shown now" in notice.text
    assert not buttons(notice)


def test_without_a_channel_the_dispatch_channel_is_told(office):
    place = office.desk.stranded(stranded(office)).place
    assert place.channel_id == DISPATCH
    [button] = buttons(notices(office, DISPATCH)[0])
    office.app_side.replies[message_id("hello")] = "known there"
    assert office.presses(DISPATCH, button["value"], GUEST, button["action_id"]).carried_out is False
    assert office.presses(DISPATCH, button["value"], ALICE, button["action_id"]).carried_out


def test_where_the_channel_takes_no_posts_the_dispatch_channel_is_told(office):
    channel_id = office.opened()
    office.workspace.archive(channel_id)
    assert office.desk.stranded(stranded(office)).place.channel_id == DISPATCH


def test_a_notice_whose_answer_got_lost_is_not_posted_twice(office):
    channel_id = office.opened()
    office.workspace.order("post", InDoubtError("?"), effect=True)
    assert isinstance(office.desk.stranded(stranded(office)), Unknown)
    office.open()
    assert isinstance(office.desk.stranded(stranded(office)), Done)
    assert len(notices(office, channel_id)) == 1


def test_a_deleted_notice_is_made_anew_and_limits_are_obeyed(office):
    channel_id = office.opened()
    place = office.desk.stranded(stranded(office)).place
    office.workspace.delete_post(channel_id, place.ts)
    assert office.desk.stranded(stranded(office, place=place)).place != place
    office.workspace.order("post", LimitedError(7))
    outcome = office.desk.stranded(stranded(office, app_user_id="f" * 24))
    assert isinstance(outcome, Later)
    assert outcome.seconds == 7
