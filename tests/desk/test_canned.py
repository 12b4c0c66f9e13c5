"""`!canned`: answers that are kept, filled for one app user, shown before they go out, and sent once."""

import pytest
from desk_fakes import BRUNO, DISPATCH, GUEST, NOW, SILENT
from desk_office import USER
from hypothesis import given
from hypothesis import strategies as st
from test_layouts import text_objects, within_slacks_limits

from desk.domain.canned_views import list_blocks, preview_blocks
from desk.domain.slack_text import unescape
from wire.canned import BEGINNING, MOST_CANNED, NAME_LENGTH, TOO_MANY_CANNED, Canned
from wire.client import NoAnswerError, PeerAwayError, RefusedError
from wire.ids import reply_id
from wire.messages import ALREADY_SENT, Agent, Face

HELLO = "Hello {givenName|there},\nyour plan is {properties.plan}. {agent}"


@pytest.fixture
def channel_id(office, app_side):
    """The channel of Zoë, whose plan is gold; how to greet her is known."""
    app_side.profiles[USER] = {"given_name": "Zoë", "properties": {"plan": "gold", "seats": 7, "vip": True}}
    keep(app_side, "hello", HELLO)
    return office.opened()


def keep(app_side, name, text):
    agent = Agent(agent_id="UBRUNO0001", name="Bruno Bauer")
    app_side.canned[name] = Canned(name=name, text=text, agent=agent, saved=NOW)


def spoken(answer):
    return [unescape(each["text"]) for each in text_objects(answer.blocks)]


def sends(office, channel_id, answer, **more):
    button = answer.blocks[-1]["elements"][0]
    return office.presses(channel_id, button["value"], action_id=button["action_id"], **more)


def cancels(office, channel_id, answer, **more):
    button = answer.blocks[-1]["elements"][1]
    return office.presses(channel_id, button["value"], action_id=button["action_id"], **more)


def test_what_is_sent_is_what_was_shown(office, app_side, channel_id):
    preview = office.types(channel_id, "!canned Hello")
    text = "Hello Zoë,\nyour plan is gold. Alice Adams"
    assert spoken(preview) == ["“hello” for Zoë. Nothing was sent yet:", text, "Send", "Cancel"]
    assert app_side.replies == {}
    app_side.profiles[USER]["given_name"] = "Other"
    keep(app_side, "hello", "something else")
    answer = sends(office, channel_id, preview)
    assert (answer.text, answer.carried_out, answer.instead) == ("", True, True)
    [reply] = app_side.replies.values()
    assert (reply.text, reply.app_user_id, reply.channel_id) == (text, USER, channel_id)
    assert (reply.message_id, reply.agent.name, reply.shown_as) == (reply_id("slash:1"), "Alice Adams", None)
    office.clock.turn(1)
    assert office.notices(channel_id)[0].text.startswith("Alice Adams replied: Hello Zoë")


def test_a_button_that_is_pressed_twice_sends_once(office, app_side, channel_id):
    preview = office.types(channel_id, "!canned send hello")
    assert sends(office, channel_id, preview).carried_out
    assert "out of date" in sends(office, channel_id, preview).text
    assert len(app_side.tries) == 1


def test_after_a_restart_an_old_preview_sends_nothing(office, app_side, channel_id):
    preview = office.types(channel_id, "!canned hello")
    office.open()
    assert "out of date" in sends(office, channel_id, preview).text
    assert "out of date" in cancels(office, channel_id, preview).text
    assert app_side.tries == []


def test_what_is_cancelled_is_not_sent(office, app_side, channel_id):
    preview = office.types(channel_id, "!canned hello")
    cancelled = cancels(office, channel_id, preview)
    assert (cancelled.text, cancelled.instead) == ("Nothing was sent.", True)
    assert "out of date" in sends(office, channel_id, preview).text
    assert app_side.tries == []


def test_only_whoever_asked_sends_and_only_in_that_channel(office, app_side, channel_id):
    preview = office.types(channel_id, "!canned hello")
    other = office.receive("hi", user="b" * 24, name="Bob").place.channel_id
    assert "out of date" in sends(office, channel_id, preview, person=BRUNO).text
    assert "out of date" in sends(office, other, preview).text
    assert app_side.tries == []
    assert sends(office, channel_id, preview).carried_out


def test_a_preview_of_an_app_user_who_was_erased_sends_nothing(office, app_side, channel_id):
    preview = office.types(channel_id, "!canned hello")
    office.desk._requests.canned.forget([USER])
    assert "out of date" in sends(office, channel_id, preview).text
    assert app_side.tries == []


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (PeerAwayError("down"), "Nothing was sent: the app's side does not answer"),
        (RefusedError(404, "user_not_found", "No user"), "Nothing was sent: No user"),
    ],
)
def test_what_could_not_be_sent_can_be_sent_later(office, app_side, channel_id, error, sentence):
    preview = office.types(channel_id, "!canned hello")
    app_side.order(error)
    answer = sends(office, channel_id, preview)
    assert sentence in answer.text
    assert not answer.instead
    assert sends(office, channel_id, preview).carried_out
    assert len(app_side.replies) == 1


def test_what_is_in_doubt_is_sent_once_however_often_it_is_pressed(office, app_side, channel_id):
    preview = office.types(channel_id, "!canned hello")
    app_side.order(SILENT, effect=True)
    app_side.order(SILENT, effect=True)
    sends(office, channel_id, preview)
    sends(office, channel_id, preview)
    office.clock.turn(30)
    assert len(app_side.replies) == 1
    assert len({reply.message_id for reply in app_side.tries}) == 1


def test_the_same_text_a_moment_later_is_asked_about(office, app_side, channel_id):
    preview = office.types(channel_id, "!canned hello")
    app_side.order(RefusedError(409, ALREADY_SENT, "sent", at=NOW))
    answer = sends(office, channel_id, preview)
    assert "Send it once more?" in answer.text
    [button] = answer.blocks[-1]["elements"]
    assert office.presses(channel_id, button["value"], action_id=button["action_id"]).carried_out
    assert [reply.again for reply in app_side.tries] == [True]


def test_values_are_text_and_take_no_effect(office, app_side, channel_id):
    app_side.profiles[USER] |= {"given_name": "{userId} <!channel> *x*", "user_id": "zoe"}
    keep(app_side, "odd", "{name}|{properties.seats}|{properties.vip}|{properties.no|none}|{userId}")
    preview = office.types(channel_id, "!canned odd")
    text = "{userId} <!channel> *x*|7|true|none|zoe"
    assert spoken(preview)[1] == text
    assert all(each["type"] == "plain_text" for each in text_objects(preview.blocks))
    sends(office, channel_id, preview)
    assert [reply.text for reply in app_side.tries] == [text]


def test_values_that_are_missing_are_named_and_nothing_is_sent(office, app_side, channel_id):
    keep(app_side, "hello", "{surname} {givenName} {properties.a&b}")
    answer = office.types(channel_id, "!canned hello")
    assert answer.text.startswith("Nothing was sent: “hello” needs `{surname}`, `{properties.a&amp;b}`, which Zoë does")
    assert "`{surname|…}`" in answer.text
    assert not answer.blocks


def test_a_text_that_is_empty_once_filled_is_not_offered(office, app_side, channel_id):
    keep(app_side, "hello", "{surname|}")
    answer = office.types(channel_id, "!canned hello")
    assert "empty once it is filled" in answer.text
    assert not answer.blocks


def test_app_users_who_see_the_team_read_its_name(office, app_side, channel_id):
    office.open(team=Face(name="The Team"))
    preview = office.types(channel_id, "!canned hello")
    assert spoken(preview)[1].endswith("The Team")
    sends(office, channel_id, preview)
    [reply] = app_side.tries
    assert (reply.shown_as, reply.agent.name) == (Face(name="The Team"), "Alice Adams")


# --- keeping them


def test_answers_are_saved_shown_and_deleted_anywhere(office, app_side):
    office.opened()
    assert "“hi” is saved" in office.types(DISPATCH, "!canned save Hi Hello &amp; {name},\n\nbye").text
    assert app_side.canned["hi"].text == "Hello & {name},\n\nbye"
    assert app_side.canned["hi"].agent.name == "Alice Adams"
    shown = office.types(DISPATCH, "!canned show hi")
    assert spoken(shown) == ["Canned answer “hi”, saved by Alice Adams", "Hello & {name},\n\nbye"]
    deleted = office.types(DISPATCH, "!canned delete HI")
    assert spoken(deleted) == ["“hi” is deleted. It said:", "Hello & {name},\n\nbye"]
    assert app_side.canned == {}


def test_what_is_replaced_is_shown(office, channel_id):
    answer = office.types(channel_id, "!canned save hello new text")
    assert spoken(answer) == ["“hello” is saved. It replaces this text, saved by Bruno Bauer:", HELLO]


def test_the_list_tells_names_and_beginnings(office, app_side, channel_id):
    keep(app_side, "bye", "<!channel> *bye*")
    answer = office.types(DISPATCH, "!canned")
    assert spoken(answer)[:2] == ["Canned answers", f"• bye: <!channel> *bye*\n• hello: {HELLO}"]
    app_side.canned.clear()
    assert "There are no canned answers yet" in office.types(channel_id, "!canned list").text


@pytest.mark.parametrize("text", ["Hi {givenName", "your plan: {properties.}"])
def test_what_begins_as_a_placeholder_and_is_none_is_not_saved(office, app_side, channel_id, text):
    answer = office.types(channel_id, f"!canned save new {text}")
    assert answer.text.startswith("Nothing was saved: `{")
    assert "new" not in app_side.canned


def test_what_is_no_placeholder_is_not_saved(office, app_side, channel_id):
    answer = office.types(channel_id, "!canned save bad Hello {firstname} {last|x}")
    assert "`{firstname}`, `{last}` are no placeholders" in answer.text
    assert "`{givenName}`" in answer.text
    assert "bad" not in app_side.canned


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("send", "Which one?"),
        ("save hello", "needs a name and a text"),
        ("save <!channel> x", "“@channel” is no name"),
        ("shwo hello", "Did you mean `/sk !canned show`"),
        ("show nothing", "There is no canned answer “nothing”"),
        ("nothing", "There is no canned answer “nothing”"),
        ("delete nothing", "There is no canned answer “nothing”"),
        ("show hello now", "Nothing follows the name"),
    ],
)
def test_what_makes_no_sense_is_told(office, app_side, channel_id, typed, sentence):
    answer = office.types(channel_id, f"!canned {typed}")
    assert sentence in answer.text
    assert list(app_side.canned) == ["hello"]
    assert app_side.tries == []


def test_nothing_is_sent_where_there_is_nobody_to_send_it_to(office, workspace, channel_id):
    assert "This is no app user's channel" in office.types(DISPATCH, "!canned hello").text
    workspace.archive(channel_id)
    office.receive("again")
    assert "goes on in" in office.types(channel_id, "!canned hello").text
    assert office.types(channel_id, "!canned show hello").carried_out


def test_guests_do_nothing_with_them(office, channel_id):
    assert "Guests" in office.types(channel_id, "!canned", person=GUEST).text


@pytest.mark.parametrize(
    ("typed", "error", "sentence"),
    [
        ("", PeerAwayError("down"), "the app's side does not answer"),
        ("hello", SILENT, "the app's side does not answer"),
        ("save a b", NoAnswerError("lost"), "may or may not have been done"),
        ("delete hello", NoAnswerError("lost"), "may or may not have been done"),
        ("save a b", RefusedError(409, TOO_MANY_CANNED, "too many"), f"{MOST_CANNED} canned answers already"),
        ("save a b", RefusedError(400, "bad_request", "<no>"), "&lt;no&gt;"),
    ],
)
def test_what_the_apps_side_does_not_do_is_told(office, channel_id, typed, error, sentence):
    office.app_side.order(error)
    assert sentence in office.types(channel_id, f"!canned {typed}").text


def test_any_number_of_them_fits_into_a_list():
    heads = [(f"{number:03}" + "x" * (NAME_LENGTH - 3), "&" * BEGINNING) for number in range(MOST_CANNED)]
    blocks = list_blocks(heads)
    within_slacks_limits(blocks)
    shown = "".join(each["text"] for each in text_objects(blocks))
    assert all(name in shown for name, _ in heads)


@given(st.text(min_size=1), st.text(min_size=1, max_size=80), st.integers(1, 3000))
def test_any_preview_fits(text, head, times):
    within_slacks_limits(preview_blocks(head, text * times, "m" * 24, ("a", "b")))
