"""A message of the channel goes to the app user as the preview showed it: whole, once, or not at all."""

import json

import pytest
from desk_fakes import ALICE, BRUNO, DISPATCH, GUEST, LOST, SILENT
from desk_office import USER

from desk.domain.sent_on import Content, Order, read_order
from desk.errors import BlockedError, LimitedError, NotInChannelError, RefusedError, UnreachableError
from desk.values import SEND_TO_APP_USER, Shortcut, Submission
from wire.client import PeerAwayError
from wire.client import RefusedError as DoorRefusedError
from wire.messages import Merged
from wire.uploads import FILE_BYTES

PHOTO = ("photo.png", b"\x89PNG\r\n\x1a\n")
NOTES = ("notes.txt", b"some notes")


@pytest.fixture
def channel_id(office):
    return office.opened()


def shown(view):
    """All that a person reads in a form."""
    return "\n".join(
        part["text"]
        for block in view["blocks"]
        for part in (*block.get("elements", ()), *([block["text"]] if "text" in block else ()))
    )


def previewed(office, workspace, channel_id, ts, **more):
    """The form that the shortcut opens."""
    answer = office.chooses(channel_id, ts, **more)
    assert (answer.text, answer.carried_out) == ("", True)
    return workspace.forms[-1]


def sent(app_side):
    """What the app's side has, in order: texts, and files by their names."""
    return [reply.media.name if reply.media else reply.text for reply in app_side.replies.values()]


def told(office):
    return [answer.text for answer in office.told]


def test_the_preview_shows_the_text_as_the_app_user_gets_it_and_for_whom(office, workspace, channel_id):
    ts = workspace.say(channel_id, "Ask <@UBRUNO0001> &amp; see <https://a.example|docs> :smile:\nbye")
    form = previewed(office, workspace, channel_id, ts)
    assert "Zoë gets this" in shown(form)
    assert "Ask @Bruno Bauer &amp; see docs (https://a.example) 😄\nbye" in shown(form)
    assert (form["type"], form["callback_id"], form["submit"]["text"]) == ("modal", SEND_TO_APP_USER, "Send")


def test_the_preview_tells_of_each_file_whether_it_goes(office, workspace, channel_id):
    ts = workspace.say(channel_id, "here", PHOTO, ("film.mp4", b"x" * (FILE_BYTES + 1)), ("nothing.txt", b""))
    form = previewed(office, workspace, channel_id, ts)
    assert "📎 photo.png (image/png, 8 bytes)" in shown(form)
    assert "🚫 film.mp4 (video/mp4, over 10 MB) is not sent: it is larger than 10 MB." in shown(form)
    assert "🚫 nothing.txt (text/plain, 0 bytes) is not sent: there is nothing in it." in shown(form)
    assert "Each file goes as a message of its own." in shown(form)


def test_the_form_carries_where_the_message_is_and_not_what_it_says(office, workspace, channel_id):
    ts = workspace.say(channel_id, "secret", PHOTO)
    metadata = previewed(office, workspace, channel_id, ts, thread_ts="1.5")["private_metadata"]
    assert len(metadata) < 3000
    assert "secret" not in metadata
    assert "photo" not in metadata
    order = read_order(metadata)
    assert (order.channel_id, order.ts, order.thread_ts, order.app_user_id) == (channel_id, ts, "1.5", USER)


def test_what_was_confirmed_goes_out_text_first_and_each_file_alone(office, workspace, app_side, channel_id):
    ts = workspace.say(channel_id, "look :tada:", PHOTO, NOTES)
    answer = office.sends(previewed(office, workspace, channel_id, ts))
    assert (answer.text, answer.view, answer.carried_out) == ("", None, True)
    assert sent(app_side) == ["look 🎉", "photo.png", "notes.txt"]
    assert app_side.kept == [PHOTO, NOTES]
    assert [(reply.text, reply.agent.name) for reply in app_side.replies.values()][1:] == [("", "Alice Adams")] * 2
    assert office.told == []


def test_each_part_has_its_notice(office, workspace, channel_id, clock):
    ts = workspace.say(channel_id, "look", PHOTO)
    office.sends(previewed(office, workspace, channel_id, ts))
    clock.turn(1)
    texts = [post.text for post in office.notices(channel_id)]
    assert len(texts) == 2
    assert texts[0].startswith("Alice Adams replied: look\n")
    assert texts[1].startswith("Alice Adams replied: 📎 photo.png\n")


def test_a_receipt_without_text_names_its_file(office, channel_id):
    office.show(channel_id, text="", file_name="photo.png")
    [notice] = office.notices(channel_id)
    assert "📎 photo.png" in notice.text


def test_a_file_alone_goes_without_a_text(office, workspace, app_side, channel_id):
    ts = workspace.say(channel_id, " ", PHOTO)
    office.sends(previewed(office, workspace, channel_id, ts))
    assert sent(app_side) == ["photo.png"]


def test_what_cannot_be_sent_stays_and_the_rest_goes(office, workspace, app_side, channel_id):
    ts = workspace.say(channel_id, "", ("film.mp4", b"x" * (FILE_BYTES + 1)), NOTES)
    office.sends(previewed(office, workspace, channel_id, ts))
    assert sent(app_side) == ["notes.txt"]


def test_where_nothing_can_be_sent_the_preview_says_why_and_has_no_button(office, workspace, channel_id):
    ts = workspace.say(channel_id, "", ("film.mp4", b"x" * (FILE_BYTES + 1)))
    form = previewed(office, workspace, channel_id, ts)
    assert "submit" not in form
    assert "Nothing of this message can be sent" in shown(form)
    assert "There is no text" in office.sends(form).text


@pytest.mark.parametrize("text", ["!close", "!sk hello", "\u200b\uff01note x", "/sk hello", " /SK"])
def test_a_message_that_looks_like_a_command_is_refused_in_the_form(office, workspace, app_side, channel_id, text):
    form = previewed(office, workspace, channel_id, workspace.say(channel_id, text, PHOTO))
    assert "submit" not in form
    assert "This looks like a command" in shown(form)
    assert "Nothing was sent" in shown(form)
    assert sent(app_side) == []


def test_a_message_that_looks_like_a_command_goes_from_no_form_of_another_version_either(
    office, workspace, app_side, channel_id
):
    ts = workspace.say(channel_id, "!close")
    order = Order(channel_id, ts, USER, Content("!close").digest)
    form = {"callback_id": SEND_TO_APP_USER, "private_metadata": order.dump()}
    assert "This looks like a command" in office.sends(form).text
    assert sent(app_side) == []


def test_the_same_form_sent_twice_sends_once_and_says_so(office, workspace, app_side, channel_id, clock):
    ts = workspace.say(channel_id, "look", PHOTO)
    form = previewed(office, workspace, channel_id, ts)
    office.sends(form)
    office.sends(form)
    office.sends(previewed(office, workspace, channel_id, ts), person=BRUNO)
    clock.turn(5)
    assert sent(app_side) == ["look", "photo.png"]
    assert told(office) == ["This message had been sent already. Nothing was sent now."] * 2
    assert len(office.notices(channel_id)) == 2


def test_what_went_out_whole_is_not_offered_again_as_another_message_is(office, workspace, channel_id, clock):
    ts = workspace.say(channel_id, "look", PHOTO)
    form = previewed(office, workspace, channel_id, ts)
    assert "submit" in form
    office.sends(form)
    clock.turn(5)
    again = previewed(office, workspace, channel_id, ts, person=BRUNO)
    assert "This was sent to Zoë already" in shown(again)
    assert "submit" not in again
    assert again["close"]["text"] == "Close"
    other = workspace.say(channel_id, "look", PHOTO)
    assert "submit" in previewed(office, workspace, channel_id, other)


def test_the_same_words_that_were_typed_a_moment_ago_go_because_they_were_confirmed(
    office, workspace, app_side, channel_id
):
    office.types(channel_id, "hello")
    ts = workspace.say(channel_id, "hello")
    office.sends(previewed(office, workspace, channel_id, ts))
    assert [(reply.text, reply.again) for reply in app_side.replies.values()] == [("hello", False), ("hello", True)]


@pytest.mark.parametrize("change", ["edited", "deleted"])
def test_a_message_that_changed_since_its_preview_is_not_sent(office, workspace, app_side, channel_id, change):
    ts = workspace.say(channel_id, "look", PHOTO)
    form = previewed(office, workspace, channel_id, ts)
    if change == "edited":
        workspace.edit(channel_id, ts, "look!")
    else:
        workspace.take_back(channel_id, ts)
    answer = office.sends(form)
    assert change in answer.text
    assert "Nothing was sent" in shown(answer.view)
    assert "submit" not in answer.view
    assert sent(app_side) == []


def test_a_conversation_that_became_somebody_elses_gets_nothing_unseen(office, workspace, app_side, channel_id):
    ts = workspace.say(channel_id, "look")
    form = previewed(office, workspace, channel_id, ts)
    office.desk.merged(Merged(app_user_id="b" * 24, merged_id=USER))
    answer = office.sends(form)
    assert "somebody else" in shown(answer.view)
    assert sent(app_side) == []


def test_an_earlier_channel_leads_to_the_one_in_which_the_conversation_goes_on(office, workspace, app_side, channel_id):
    ts = workspace.say(channel_id, "look")
    form = previewed(office, workspace, channel_id, ts)
    workspace.archive(channel_id)
    successor = office.receive("2: again").place.channel_id
    assert f"<#{successor}>" in shown(office.sends(form).view)
    assert f"<#{successor}>" in office.chooses(channel_id, ts).text
    assert sent(app_side) == []


def test_an_app_users_own_message_is_not_sent_back(office, workspace, channel_id):
    [relayed] = [each for each in workspace.channels[channel_id].posts if each.post.mark.kind == "sk_message"]
    assert office.chooses(channel_id, relayed.ts).text == "Zoë wrote this: it is not sent back. Nothing was sent."
    assert workspace.forms == []


def test_what_the_bot_posted_for_agents_is_not_sent(office, workspace, channel_id):
    office.show(channel_id)
    for post in workspace.channels[channel_id].posts:
        assert "Nothing was sent" in office.chooses(channel_id, post.ts).text
    assert workspace.forms == []


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        pytest.param({"text": ""}, "no text in this message", id="nothing"),
        pytest.param({"text": "joined", "by_people": False}, "a line of Slack's own", id="a line of Slack's"),
    ],
)
def test_there_has_to_be_something_that_somebody_said(office, workspace, channel_id, said, reason):
    assert reason in office.chooses(channel_id, workspace.say(channel_id, **said)).text


def test_a_message_that_is_not_there_is_said_to_be_gone(office, channel_id):
    assert "was deleted" in office.chooses(channel_id, "1.000001").text


def test_elsewhere_there_is_nobody_to_send_it_to(office, workspace):
    ts = workspace.say(DISPATCH, "look")
    assert "This is no app user's channel" in office.chooses(DISPATCH, ts).text


def test_not_everybody_may_send(office, workspace, app_side, channel_id):
    ts = workspace.say(channel_id, "look")
    form = previewed(office, workspace, channel_id, ts)
    assert "Guests" in office.chooses(channel_id, ts, person=GUEST).text
    assert "Guests" in shown(office.sends(form, person=GUEST).view)
    assert sent(app_side) == []


@pytest.mark.parametrize(
    ("method", "error", "reason"),
    [
        pytest.param("written", UnreachableError("x"), "does not show me", id="Slack cannot be reached"),
        pytest.param("written", LimitedError(30), "does not show me", id="Slack limits"),
        pytest.param("written", NotInChannelError("not_in_channel"), "Invite me", id="the bot is not there"),
        pytest.param("open_form", RefusedError("expired_trigger_id"), "in time", id="too late"),
        pytest.param("open_form", LOST, "in time", id="Slack does not answer"),
    ],
)
def test_what_slack_does_not_let_us_do_is_told(office, channel_id, method, error, reason):
    workspace = office.workspace
    ts = workspace.say(channel_id, "look")
    workspace.order(method, error)
    answer = office.chooses(channel_id, ts)
    assert reason in answer.text
    assert "Nothing was sent" in answer.text


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        pytest.param(BlockedError("missing_scope"), "lacks a scope", id="a scope is missing"),
        pytest.param(RefusedError("file_not_opened"), "file_not_opened", id="the token does not open it"),
        pytest.param(LOST, "Slack did not answer", id="no answer"),
    ],
)
def test_a_file_that_slack_does_not_hand_over_sends_nothing_and_can_be_tried_again(
    office, workspace, channel_id, error, reason
):
    app_side = office.app_side
    ts = workspace.say(channel_id, "look", PHOTO, NOTES)
    form = previewed(office, workspace, channel_id, ts)
    workspace.order("download", None, error)
    office.sends(form)
    [answer] = office.told
    assert answer.text.startswith("Slack did not hand over notes.txt (")
    assert reason in answer.text
    assert answer.text.endswith("Nothing was sent.")
    assert sent(app_side) == []
    button = answer.blocks[1]["elements"][0]
    assert (button["action_id"], button["text"]["text"]) == (SEND_TO_APP_USER, "Try again")
    office.presses(channel_id, button["value"], action_id=button["action_id"])
    office.clock.turn(0)
    assert sent(app_side) == ["look", "photo.png", "notes.txt"]


def test_a_file_that_the_apps_side_refuses_sends_nothing(office, workspace, app_side, channel_id):
    ts = workspace.say(channel_id, "look", PHOTO)
    app_side.upload_faults.append(DoorRefusedError(400, "image_unreadable", "source: …"))
    office.sends(previewed(office, workspace, channel_id, ts))
    assert told(office) == ["The app's side does not take photo.png: the image is broken.\nNothing was sent."]
    assert sent(app_side) == []


@pytest.mark.parametrize("away", [PeerAwayError("x"), SILENT])
def test_while_the_apps_side_is_away_nothing_is_sent(office, workspace, app_side, channel_id, away):
    ts = workspace.say(channel_id, "look", PHOTO)
    app_side.upload_faults.append(away)
    office.sends(previewed(office, workspace, channel_id, ts))
    [text] = told(office)
    assert text.startswith(("The app's side did not", "The app's side does not answer."))
    assert text.endswith("Nothing was sent.")


def test_a_failure_halfway_is_told_exactly_and_the_rest_is_sent_by_a_button(office, workspace, app_side, channel_id):
    ts = workspace.say(channel_id, "look", PHOTO, NOTES)
    form = previewed(office, workspace, channel_id, ts)
    app_side.order(None, PeerAwayError("x"))
    office.sends(form)
    [answer] = office.told
    assert answer.text == ("The app's side does not answer.\nSent: the text.\nNot sent: photo.png, notes.txt.")
    assert sent(app_side) == ["look"]
    button = answer.blocks[1]["elements"][0]
    assert button["text"]["text"] == "Send what is missing"
    office.presses(channel_id, button["value"], action_id=button["action_id"])
    office.clock.turn(0)
    assert sent(app_side) == ["look", "photo.png", "notes.txt"]
    assert told(office)[1:] == ["Sent now: photo.png, notes.txt. Sent before, and not again: the text."]


def test_a_part_in_doubt_is_told_as_such_and_asked_for_until_it_is_known(
    office, workspace, app_side, channel_id, clock
):
    ts = workspace.say(channel_id, "look", PHOTO)
    form = previewed(office, workspace, channel_id, ts)
    app_side.order(SILENT, PeerAwayError("x"))
    office.sends(form)
    assert told(office) == [
        "The app's side did not answer in time.\nNot known yet, I keep asking: the text.\nNot sent: photo.png."
    ]
    clock.turn(5)
    assert sent(app_side) == ["look"]
    office.sends(form)
    assert sent(app_side) == ["look", "photo.png"]


def test_a_fault_of_ours_is_admitted(office, workspace, channel_id):
    ts = workspace.say(channel_id, "look", PHOTO)
    form = previewed(office, workspace, channel_id, ts)
    workspace.order("download", KeyError("secret"))
    office.sends(form)
    [text] = told(office)
    assert "went wrong" in text
    assert "secret" not in text


def test_after_a_restart_the_form_still_works(office, workspace, app_side, channel_id):
    ts = workspace.say(channel_id, "look")
    form = previewed(office, workspace, channel_id, ts)
    office.open()
    office.sends(form)
    assert sent(app_side) == ["look"]


@pytest.mark.parametrize(
    "metadata", ["", "x", "[]", "{}", '{"channel_id": 1, "ts": 2}', json.dumps({"channel_id": "C1"})]
)
def test_a_form_of_another_version_sends_nothing(office, channel_id, metadata):
    answer = office.desk.submitted(Submission(ALICE.agent_id, SEND_TO_APP_USER, metadata))
    assert "out of date" in answer.text
    assert answer.view is not None


def test_other_shortcuts_and_forms_are_none_of_ours(office, channel_id):
    assert "out of date" in office.desk.chosen(Shortcut(ALICE.agent_id, channel_id, "1.1", "other", "1.2.x")).text
    assert "out of date" in office.desk.submitted(Submission(ALICE.agent_id, "other", "{}")).text
