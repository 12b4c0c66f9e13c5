"""Agents begin conversations with `!start`."""

import pytest
from desk_fakes import ALICE, BRUNO, DISPATCH, GUEST, LOST, NOW, SILENT
from desk_office import USER
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.addressee import Addressed, addressed
from desk.errors import BlockedError, LimitedError, UnreachableError
from desk.values import SEND_AGAIN_ACTION, ChannelChange
from wire.client import PeerAwayError, RefusedError
from wire.messages import ALREADY_SENT, Erase, Profile

JANE = "c" * 24


@pytest.fixture(autouse=True)
def known(app_side):
    """The app's side knows Jane, and Zoë."""
    profiles = {
        "jane": Profile(app_user_id=JANE, user_id="jane", given_name="Jane", surname="Doe"),
        "jane doe": Profile(app_user_id=JANE, user_id="jane doe", given_name="Jane", surname="Doe"),
        "zoe": Profile(app_user_id=USER),
    }
    missing = RefusedError(404, "user_not_found", "there is no such user")

    def find(user):
        if user not in profiles:
            raise missing
        return profiles[user]

    app_side.answers["find"] = find


def sent(app_side):
    return [(reply.app_user_id, reply.channel_id, reply.text, reply.begins) for reply in app_side.replies.values()]


def test_who_has_a_channel_is_written_to_there(office, app_side, workspace):
    channel_id = office.opened()
    answer = office.types(DISPATCH, "!start zoe Hello &amp; welcome\nZoë")
    assert answer.carried_out
    assert answer.text == f"Your text has gone out: the conversation is in <#{channel_id}>."
    assert sent(app_side) == [(USER, channel_id, "Hello & welcome\nZoë", True)]
    assert app_side.tries[0].agent.agent_id == ALICE.agent_id
    office.clock.turn(10)
    assert "Alice Adams replied: Hello &amp; welcome" in "\n".join(workspace.texts(channel_id))


def test_in_the_users_own_channel_the_notice_tells_enough(office, app_side):
    channel_id = office.opened()
    answer = office.types(channel_id, "!start zoe Hello")
    assert (answer.text, answer.carried_out) == ("", True)
    assert sent(app_side) == [(USER, channel_id, "Hello", True)]


def test_who_has_none_gets_a_channel_first_and_then_the_text(office, app_side, workspace, book, clock):
    answer = office.types(DISPATCH, "!start jane Hello", person=BRUNO)
    assert "channel for Jane Doe is being opened" in answer.text
    assert not answer.carried_out
    assert not app_side.tries
    clock.turn(0)
    channel_id = book.of_app_user(JANE).channel_id
    assert [told.text for told in office.told] == [f"Your text has gone out: the conversation is in <#{channel_id}>."]
    assert sent(app_side) == [(JANE, channel_id, "Hello", True)]
    clock.turn(10)
    introduction, notice = workspace.texts(channel_id)
    assert "the conversation with Jane Doe (user ID jane)" in introduction
    assert notice.startswith("Bruno Bauer replied: Hello")
    assert workspace.named("sk-jane-doe")


def test_the_dispatch_channel_is_not_told_that_the_app_user_began(office, workspace, book, clock):
    office.types(DISPATCH, "!start jane Hello")
    clock.turn(0)
    assert workspace.texts(DISPATCH) == []
    assert book.of_app_user(JANE).state == "open"
    office.open()
    clock.turn(60)
    assert workspace.texts(DISPATCH) == []


def test_what_the_app_user_answers_comes_into_that_channel(office, book, workspace, clock):
    office.types(DISPATCH, "!start jane Hello")
    clock.turn(0)
    place = office.receive("hello yourself", user=JANE).place
    assert place.channel_id == book.of_app_user(JANE).channel_id
    assert workspace.texts(DISPATCH) == []


def test_a_closed_channel_gets_a_successor(office, app_side, workspace, book, clock):
    old = office.opened()
    workspace.archive(old)
    office.desk.channel_changed(ChannelChange(old, "archived"))
    office.types(DISPATCH, "!start zoe Hello again")
    clock.turn(0)
    channel_id = book.of_app_user(USER).channel_id
    assert channel_id != old
    assert sent(app_side) == [(USER, channel_id, "Hello again", True)]
    assert f"earlier conversation is in <#{old}>" in workspace.texts(channel_id)[0]


@pytest.mark.parametrize(
    ("argument", "user", "text"),
    [
        ("jane Hello", "jane", "Hello"),
        ('"jane doe" Hello', "jane doe", "Hello"),
        ("“jane doe” Hello", "jane doe", "Hello"),
        ("„jane doe“ Hello", "jane doe", "Hello"),
        ("«jane doe»\nHello", "jane doe", "Hello"),
        ('"jane Hello', '"jane', "Hello"),
        ("<mailto:jane@x.example|jane@x.example> Hello", "jane@x.example", "Hello"),
        ("a&amp;b  two  spaces ", "a&b", "two  spaces"),
        ("jane", "jane", ""),
    ],
)
def test_the_first_word_or_what_is_quoted_is_the_user(argument, user, text):
    assert addressed(argument) == Addressed(user, text)


@given(st.text(min_size=1).map(str.strip).filter(bool))
def test_whatever_is_typed_is_taken_apart(argument):
    addressed(argument)


@pytest.mark.parametrize("typed", ["!start jane", '!start "jane doe"'])
def test_without_a_text_nothing_is_sent(office, app_side, typed):
    assert office.types(DISPATCH, typed).text.startswith("Nothing was sent: write the text behind the user ID")
    assert not app_side.asked


def test_alone_it_explains_itself(office):
    assert "`/sk !start USERID TEXT`" in office.types(DISPATCH, "!start").text


@pytest.mark.parametrize("text", ["!hello", "!close", "  !profile"])
def test_what_begins_with_an_exclamation_mark_is_not_sent(office, app_side, text):
    assert "the text begins with `!`" in office.types(DISPATCH, f"!start jane {text}").text
    assert not app_side.asked


def test_what_is_meant_as_text_is(office, app_side):
    office.opened()
    office.types(DISPATCH, r"!start zoe \!hello")
    assert app_side.tries[0].text == "!hello"


def test_somebody_unknown_is_told_of_and_nothing_sent(office, app_side, clock):
    answer = office.types(DISPATCH, "!start &lt;bo&gt; Hello")
    assert "there is no app user “&lt;bo&gt;”" in answer.text
    clock.turn(60)
    assert not app_side.tries


@pytest.mark.parametrize("error", [PeerAwayError("down"), SILENT])
def test_nothing_is_sent_where_the_app_side_does_not_answer(office, app_side, error):
    app_side.order(error)
    assert office.types(DISPATCH, "!start jane Hello").text.startswith("Nothing was sent: the app's side")
    assert not app_side.tries


def test_a_refusal_is_told(office, app_side):
    app_side.answers["find"] = RefusedError(400, "bad_request", "no & no")
    assert office.types(DISPATCH, "!start jane Hello").text == "Nothing was sent: no &amp; no"


def test_guests_may_not_begin(office, app_side):
    assert "Guests" in office.types(DISPATCH, "!start jane Hello", person=GUEST).text
    assert not app_side.asked


def test_nobody_begins_with_somebody_who_is_being_erased(office, app_side, clock):
    office.opened()
    office.desk.erase(Erase(app_user_id=USER))
    assert office.types(DISPATCH, "!start zoe Hello").text.startswith("This app user is being erased")
    office.types(DISPATCH, "!start jane Hello")
    office.desk.erase(Erase(app_user_id=JANE))
    clock.turn(1)
    assert not app_side.tries


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            LimitedError(12.3),
            "Slack's limits let no channel be opened for Jane Doe at the moment. Please try again in 13 s.",
        ),
        (UnreachableError(), "could not be opened (Slack cannot be reached)"),
        (LOST, "could not be opened (Slack did not answer: it may have been done)"),
        (BlockedError("restricted_action"), "could not be opened (Slack refuses the bot (restricted_action)"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_without_a_channel_nothing_is_sent_and_the_agent_told_so(office, app_side, clock, error, words):
    workspace = office.workspace
    workspace.order("create_channel", error)
    office.types(DISPATCH, "!start jane Hello")
    clock.turn(0)
    assert [told.text.startswith("Nothing was sent: ") and words in told.text for told in office.told] == [True]
    clock.turn(600)
    assert not app_side.tries
    assert workspace.texts(DISPATCH) == []


def test_the_next_try_goes_on_where_one_was_never_answered(office, app_side, workspace, book, clock):
    workspace.order("post", LOST, effect=True)
    office.types(DISPATCH, "!start jane Hello")
    clock.turn(0)
    assert not app_side.tries
    office.types(DISPATCH, "!start jane Hello", request="slash:2")
    clock.turn(0)
    channel_id = book.of_app_user(JANE).channel_id
    assert sent(app_side) == [(JANE, channel_id, "Hello", True)]
    assert sum("This channel is the conversation" in text for text in workspace.texts(channel_id)) == 1


def test_the_same_request_is_sent_once(office, app_side, clock):
    for _ in range(2):
        office.types(DISPATCH, "!start jane Hello", request="slash:1")
    clock.turn(0)
    assert len(app_side.replies) == 1


def test_a_text_sent_a_moment_ago_is_asked_about_and_sent_again_wherever_it_was_typed(office, app_side):
    channel_id = office.opened()
    original = app_side.reply

    def reply(said, *, seconds):
        if not said.again:
            raise RefusedError(409, ALREADY_SENT, "sent already", NOW - 5)
        return original(said, seconds=seconds)

    app_side.reply = reply
    asked = office.types(DISPATCH, "!start zoe Hello")
    assert "Send it once more?" in asked.text
    button = asked.blocks[1]["elements"][0]
    answer = office.presses(DISPATCH, button["value"], action_id=SEND_AGAIN_ACTION)
    assert answer.text == f"Your text has gone out: the conversation is in <#{channel_id}>."
    assert sent(app_side) == [(USER, channel_id, "Hello", True)]


def test_a_reply_in_doubt_is_told_of_when_it_is_known(office, app_side, clock):
    channel_id = office.opened()
    original = app_side.reply
    fails = [SILENT, SILENT]

    def reply(said, *, seconds):
        if fails:
            raise fails.pop()
        return original(said, seconds=seconds)

    app_side.reply = reply
    answer = office.types(DISPATCH, "!start zoe Hello")
    assert answer.text.startswith("No answer yet")
    assert answer.text.endswith(f"The conversation is in <#{channel_id}>.")
    clock.turn(5)
    assert office.told[0].text.startswith("Your reply “Hello” has gone out.")
    assert sent(app_side) == [(USER, channel_id, "Hello", True)]
