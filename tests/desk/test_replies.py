"""What agents type: replies, profiles, help and refusals."""

import threading

import pytest
from desk_fakes import ALICE, BRUNO, DISPATCH, GONE, GUEST, ROBOT, SILENT, STRANGER
from desk_office import USER

from desk.errors import LimitedError, UnreachableError
from wire.client import PeerAwayError, RefusedError
from wire.ids import reply_id
from wire.messages import ALREADY_SENT


def sent(app_side):
    return [reply.text for reply in app_side.replies.values()]


def test_a_reply_is_handed_over_with_its_agent(office, app_side):
    channel_id = office.opened()
    answer = office.types(channel_id, "hi there", request="slash:77")
    assert (answer.text, answer.carried_out) == ("", True)
    [reply] = app_side.replies.values()
    assert reply.message_id == reply_id("slash:77")
    assert (reply.app_user_id, reply.channel_id, reply.text) == (USER, channel_id, "hi there")
    assert (reply.agent.name, reply.agent.avatar_url) == ("Alice Adams", "https://example.com/alice.png")


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        pytest.param("hello\nworld &amp; &lt;b&gt;", "hello\nworld & <b>", id="newlines and escapes"),
        pytest.param("  two spaces", "  two spaces", id="leading spaces"),
        pytest.param("ask <@UALICE0001>", "ask @Alice Adams", id="a mention"),
        pytest.param("ask <@UNOBODY001|bob>", "ask @bob", id="a mention of nobody"),
        pytest.param("see <#CGENERAL01|general>", "see #general", id="a channel"),
        pytest.param("see <#CGENERAL01|>", "see #general", id="a channel without a label"),
        pytest.param("see <https://example.com/?a=1&amp;b=2>", "see https://example.com/?a=1&b=2", id="a link"),
        pytest.param("see <https://example.com|the site>", "see the site (https://example.com)", id="a labelled link"),
        pytest.param(r"\!important", "!important", id="a text that begins with !"),
        pytest.param("&lt;!channel&gt;", "<!channel>", id="a literal that looks live"),
    ],
)
def test_text_arrives_as_it_was_typed(office, app_side, typed, text):
    office.types(office.opened(), typed)
    assert sent(app_side) == [text]


def test_slacks_repetition_is_one_reply_and_one_notice(office, app_side, clock):
    channel_id = office.opened()
    assert office.types(channel_id, "hi").carried_out
    office.show(channel_id)
    assert office.types(channel_id, "hi").carried_out
    clock.turn(5)
    assert sent(app_side) == ["hi"]
    assert len(office.notices(channel_id)) == 1


def test_many_replies_in_one_channel_keep_their_order(office, app_side):
    channel_id = office.opened()
    for number in range(40):
        office.types(channel_id, f"{number}", request=f"slash:{number}")
    assert sent(app_side) == [f"{number}" for number in range(40)]


@pytest.mark.parametrize(
    ("person", "reason"),
    [
        pytest.param(GUEST, "Guests", id="a guest"),
        pytest.param(STRANGER, "other organisations", id="somebody of another organisation"),
        pytest.param(GONE, "deactivated", id="a deactivated account"),
        pytest.param(ROBOT, "Bots", id="a bot"),
    ],
)
@pytest.mark.parametrize("text", ["hi", "!profile"])
def test_not_everybody_may_speak_to_app_users(office, app_side, person, reason, text):
    app_side.profiles[USER] = {}
    answer = office.types(office.opened(), text, person=person)
    assert reason in answer.text
    assert ("nothing was done" in answer.text.lower()) == (text != "hi")
    assert not answer.carried_out
    assert sent(app_side) == []


def test_nobody_speaks_while_slack_does_not_say_who_it_is(office, workspace, app_side):
    channel_id = office.opened()
    workspace.order("person", UnreachableError("refused"))
    answer = office.types(channel_id, "hi")
    assert "nothing was sent" in answer.text
    assert sent(app_side) == []


def test_people_are_asked_for_once_in_a_while_and_remembered_through_an_outage(office, workspace, clock):
    channel_id = office.opened()
    for number in range(3):
        office.types(channel_id, "hi", request=f"slash:{number}")
    assert workspace.count("person") == 1
    clock.turn(301)
    workspace.order("person", LimitedError(60))
    assert office.types(channel_id, "hi", request="slash:4").carried_out
    assert office.types(channel_id, "hi", request="slash:5").carried_out
    assert workspace.count("person") == 3


@pytest.mark.parametrize(
    ("channel_id", "way"),
    [(DISPATCH, "the notices here lead to them"), ("CRANDOM001", f"<#{DISPATCH}> lists the conversations")],
)
@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("hi", "there is nobody to send it to. Nothing was sent. Use `/sk TEXT` in an app user's channel: "),
        ("!profile", "`/sk !profile` has nobody to be about. Nothing was done. Type it in an app user's channel: "),
    ],
)
def test_elsewhere_nothing_is_done_and_the_way_is_shown(office, channel_id, way, text, what):
    office.opened()
    answer = office.types(channel_id, text)
    assert what + way in answer.text
    assert not answer.carried_out
    assert sent(office.app_side) == []


def test_before_anything_is_known_the_dispatch_channel_is_named(office):
    assert "#general lists" in office.types("CRANDOM001", "hi").text


def test_in_the_channel_of_an_earlier_conversation_the_new_one_is_shown(office, workspace, app_side):
    old = office.opened()
    workspace.archive(old)
    new = office.receive("again").place.channel_id
    assert f"<#{new}>" in office.types(old, "hi").text
    assert sent(app_side) == []


@pytest.mark.parametrize("text", ["", "  ", "!help", "!HELP"])
def test_usage(office, text):
    answer = office.types("CRANDOM001", text, person=GUEST)
    assert "/sk TEXT" in answer.text
    assert answer.carried_out


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("!profil", "!profile"),
        ("!porfile", "!profile"),
        ("!hlep me", "!help"),
        ("  !p", "!profile"),
    ],
)
def test_what_looks_like_a_command_is_refused_with_the_nearest_one(office, app_side, typed, nearest):
    answer = office.types(office.opened(), typed)
    assert f"Did you mean `/sk {nearest}" in answer.text
    assert "Nothing was sent" in answer.text
    assert sent(app_side) == []


@pytest.mark.parametrize("typed", ["!nonsense", "!", "!&lt;b&gt;"])
def test_what_is_near_no_command_is_refused_with_the_way_to_all_of_them(office, app_side, typed):
    answer = office.types(office.opened(), typed)
    assert "`/sk !help` lists all commands" in answer.text
    assert "Nothing was sent" in answer.text
    assert sent(app_side) == []


def test_what_was_typed_is_data_in_the_refusal(office):
    channel_id = office.opened()
    assert "no command !&lt;b&gt;&amp;." in office.types(channel_id, "!&lt;b&gt;&amp;").text
    assert "no command !@channel." in office.types(channel_id, "!<!channel>").text
    assert "<" not in office.types(channel_id, "!" + "<!here>" * 50).text


def test_a_command_that_stands_alone_is_not_sent_with_more_behind_it(office, app_side):
    answer = office.types(office.opened(), "!profile photos are broken")
    assert "Nothing was sent" in answer.text
    assert sent(app_side) == []


def test_with_the_server_down_the_agent_is_told_that_nothing_was_sent(office, app_side, clock):
    channel_id = office.opened()
    app_side.order(PeerAwayError("connection refused"))
    answer = office.types(channel_id, "hi")
    assert answer.text.startswith("Nothing was sent")
    clock.turn(10)
    assert office.notices(channel_id) == []


def test_a_refusal_of_the_server_is_told_and_is_data(office, app_side):
    channel_id = office.opened()
    app_side.order(RefusedError(404, "user_not_found", "no <user>"))
    assert office.types(channel_id, "hi").text == "Nothing was sent: no &lt;user&gt;"


def test_an_answer_that_got_lost_is_asked_for_once_more_with_the_same_id(office, app_side, clock):
    channel_id = office.opened()
    app_side.order(SILENT, effect=True)
    assert office.types(channel_id, "hi").carried_out
    assert len(app_side.tries) == 2
    assert sent(app_side) == ["hi"]
    clock.turn(1)
    assert len(office.notices(channel_id)) == 1


@pytest.mark.parametrize("second", [SILENT, PeerAwayError("gone")])
@pytest.mark.parametrize("effect", [pytest.param(True, id="went out"), pytest.param(False, id="did not go out")])
def test_a_reply_in_doubt_is_asked_for_until_it_is_known(office, app_side, clock, second, effect):
    channel_id = office.opened()
    app_side.order(SILENT, effect=effect)
    app_side.order(second, SILENT, PeerAwayError("gone"))
    answer = office.types(channel_id, "hi &amp; bye")
    assert "may or may not have gone out" in answer.text
    assert not answer.carried_out
    assert office.told == []
    clock.turn(60)
    assert len({reply.message_id for reply in app_side.tries}) == 1
    [told] = office.told
    assert told.carried_out
    assert "“hi &amp; bye” has gone out" in told.text
    assert sent(app_side) == ["hi & bye"]
    assert len(office.notices(channel_id)) == 1
    office.show(channel_id, text="hi & bye")
    assert len(office.notices(channel_id)) == 1
    assert clock.waiting() == 0


def test_a_receipt_may_come_while_a_reply_is_in_doubt(office, app_side, clock):
    channel_id = office.opened()
    app_side.order(SILENT, SILENT, effect=True)
    office.types(channel_id, "hi")
    office.show(channel_id)
    clock.turn(60)
    assert len(office.told) == 1
    assert len(office.notices(channel_id)) == 1


def test_a_reply_in_doubt_that_is_refused_in_the_end_was_not_sent(office, app_side, clock):
    channel_id = office.opened()
    app_side.order(SILENT, SILENT, RefusedError(404, "user_not_found", "no <user>"))
    office.types(channel_id, "hi")
    clock.turn(60)
    assert [told.text for told in office.told] == ["Your reply “hi” was not sent: no &lt;user&gt;"]
    assert office.notices(channel_id) == []


def test_what_is_never_known_is_said_to_be_so(office, app_side, clock):
    channel_id = office.opened()
    app_side.order(*[SILENT] * 500)
    office.types(channel_id, "hi")
    clock.turn(1600)
    assert [told.text.split(" whether")[0] for told in office.told] == ["Nobody can tell"]
    assert clock.waiting() == 0


def test_what_is_typed_later_does_not_overtake_a_reply_in_doubt(office, app_side, clock):
    channel_id = office.opened()
    app_side.order(SILENT, SILENT, SILENT)
    office.types(channel_id, "1", request="slash:1")
    assert office.types(channel_id, "2", request="slash:2").text.startswith("Nothing was sent")
    assert office.types(channel_id, "3", request="slash:3").carried_out
    clock.turn(60)
    assert sent(app_side) == ["1", "3"]
    assert len(office.told) == 1


def test_closing_asks_no_more(office, app_side, clock):
    channel_id = office.opened()
    app_side.order(SILENT, SILENT)
    office.types(channel_id, "hi")
    office.desk.close()
    assert clock.waiting() == 0


# --- the same text again


@pytest.fixture
def asked(office, app_side, clock):
    """Alice typed a text that the ledger has had from her a moment ago; the channel, and what she was asked."""
    channel_id = office.opened()
    app_side.order(RefusedError(409, ALREADY_SENT, "a moment ago", clock.now()))
    return channel_id, office.types(channel_id, "on &lt;it&gt;", request="slash:2")


def button(answer):
    return answer.blocks[-1]["elements"][0]


def test_the_same_text_again_is_asked_about_and_not_sent(asked, app_side, clock, office):
    channel_id, answer = asked
    assert not answer.carried_out
    assert answer.text.startswith("You sent “on &lt;it&gt;” already, at <!date^1700000000^{time_secs}|22:13:20 UTC>")
    assert (button(answer)["action_id"], button(answer)["value"]) == ("sk_send_again", reply_id("slash:2"))
    clock.turn(10)
    assert sent(app_side) == []
    assert office.notices(channel_id) == []


def test_pressing_sends_it_once_however_often(asked, office, app_side, clock):
    channel_id, answer = asked
    value = button(answer)["value"]
    assert office.presses(channel_id, value, action_id="sk_send_again").carried_out
    assert "out of date" in office.presses(channel_id, value, action_id="sk_send_again").text
    assert sent(app_side) == ["on <it>"]
    assert app_side.tries[-1].again
    clock.turn(1)
    assert len(office.notices(channel_id)) == 1


def test_a_press_that_did_not_send_may_be_repeated(asked, office, app_side):
    channel_id, answer = asked
    app_side.order(PeerAwayError("down"))
    value = button(answer)["value"]
    assert office.presses(channel_id, value, action_id="sk_send_again").text.startswith("Nothing was sent")
    assert office.presses(channel_id, value, action_id="sk_send_again").carried_out
    assert sent(app_side) == ["on <it>"]


def test_nobody_else_can_press_it_and_a_restart_forgets_it(asked, office, app_side):
    channel_id, answer = asked
    value = button(answer)["value"]
    assert "out of date" in office.presses(channel_id, value, BRUNO, action_id="sk_send_again").text
    office.open()
    assert "out of date" in office.presses(channel_id, value, action_id="sk_send_again").text
    assert sent(app_side) == []


def test_a_server_that_hangs_does_not_keep_a_person_waiting(office, app_side, clock):
    channel_id = office.opened()
    began = clock.now()
    ask = app_side.reply

    def hang(reply, *, seconds):
        clock.turn(seconds)
        app_side.order(SILENT)
        return ask(reply, seconds=seconds)

    app_side.reply = hang
    assert "No answer yet" in office.types(channel_id, "hi").text
    assert clock.now() - began < 2.21


def test_while_an_earlier_reply_hangs_the_next_one_is_not_sent(office, workspace, app_side, clock):
    channel_id = office.opened()
    handed_over, go_on = threading.Event(), threading.Event()
    look_up = workspace.person

    def hold(_reply):
        handed_over.set()
        go_on.wait(10)

    def look_up_slowly(agent_id):
        clock.turn(2.2)
        return look_up(agent_id)

    app_side.on_accept = hold
    first = threading.Thread(target=office.types, args=(channel_id, "slow"))
    first.start()
    handed_over.wait(10)
    workspace.person = look_up_slowly
    try:
        assert "still on their way" in office.types(channel_id, "next", request="slash:2", person=BRUNO).text
    finally:
        go_on.set()
        first.join(10)
    assert sent(app_side) == ["slow"]


def test_retry_sends_a_failed_reply_again(office, app_side):
    channel_id = office.opened()
    office.types(channel_id, "hi")
    answer = office.presses(channel_id, reply_id("slash:1"))
    assert (answer.text, answer.carried_out) == ("", True)
    assert app_side.retried == [reply_id("slash:1")]


def test_retry_is_refused_as_a_reply_would_be(office, app_side):
    channel_id = office.opened()
    assert "Guests" in office.presses(channel_id, "x", person=GUEST).text
    assert "out of date" in office.presses(DISPATCH, "x").text
    assert "out of date" in office.presses(channel_id, "x", action_id="other").text
    assert "no such message" in office.presses(channel_id, "x").text
    app_side.order(PeerAwayError("gone"), SILENT)
    assert "not sent again" in office.presses(channel_id, "x").text
    assert "No answer yet" in office.presses(channel_id, "x").text
    assert app_side.retried == []


def test_somebody_unknown_to_slack_may_not_speak(office, app_side):
    channel_id = office.opened()
    nobody = ALICE.__class__("UNOBODY001", "nobody")
    assert "other organisations" in office.types(channel_id, "hi", person=nobody).text
    assert sent(app_side) == []
