"""Messages of the channel, with files, on their way to the app user: between real processes, through Slack's side."""

import io
import threading

import pytest
import requests
from people import ADA, ALICE, BRUNO, App, Slack, shown, shown_all, unique
from pictures import SECRET, jpeg
from PIL import Image
from processes import Stack, wait_for

SEND = "sk_send_to_app_user"
TOO_LARGE = 10 * 1024 * 1024 + 1


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    """A stack of this module's own, because its processes are killed."""
    stack = Stack(tmp_path_factory.mktemp("shortcut"), SK_INVITE=f"{ALICE},{BRUNO}")
    try:
        yield stack.start()
    finally:
        stack.end()


@pytest.fixture(autouse=True)
def usual(slack):
    """Slack as it is when nothing was ordered."""
    yield
    slack.take_back_orders()


@pytest.fixture(scope="module")
def conversation(stack):
    """One conversation for all scenarios: the app user's ID and the channel's."""
    app, slack = App(stack.server_url, stack.settings), Slack(stack.sandbox_url)
    user_id, name = unique("una"), unique("Una")
    app.write(user_id, "where is my order?", name=name)
    return user_id, slack.conversation(f"sk-{name.lower()}")


def previewed(slack, channel_id, ts, user=ALICE):
    """The form that the shortcut opens."""
    before = slack.form(user)
    assert slack.choose(user, channel_id, ts, SEND)["outcome"] == "ok"
    return wait_for(lambda: (form := slack.form(user)) != before and form, "the preview")


def read(form):
    return shown({"blocks": form["blocks"]}) + "".join(
        part["text"] for block in form["blocks"] for part in block.get("elements", ())
    )


def replies(app, user_id):
    return [message for message in app.messages(user_id) if message["role"] == "appMaker"]


def states(notices):
    """How far the replies are of which these notices tell: where Slack's limits are short, one tells of several."""
    blocks = [block for notice in notices for block in notice["blocks"] if block["type"] == "context"]
    said = [part["text"] for block in blocks for part in block["elements"]]
    return [text for text in said if not text.endswith(" replied")]


def content(message):
    answer = requests.get(message["mediaUrl"], timeout=10)
    assert answer.ok, answer.text
    return answer.content


def test_a_text_is_previewed_and_goes_as_it_was_previewed(app, slack, conversation):
    user_id, channel_id = conversation
    ts = slack.say(BRUNO, channel_id, "It left *today* 🎉 <b>\n:wave: bye")
    form = previewed(slack, channel_id, ts)
    assert "It left *today* 🎉 &lt;b&gt;\n👋 bye" in read(form)
    told = slack.send_form(ALICE, form["id"])
    assert (told["outcome"], told["response_action"]) == ("ok", "close")
    [reply] = wait_for(lambda: replies(app, user_id), "the reply")
    assert (reply["text"], reply["name"], reply["type"]) == ("It left *today* 🎉 <b>\n👋 bye", "Alice Adams", "text")
    wait_for(lambda: "Alice Adams replied" in shown_all(slack.notices(channel_id)), "its notice")


def test_an_image_and_a_file_go_each_alone_behind_the_text(app, slack, conversation, receiver, webhook):
    user_id, channel_id = conversation
    before, shown_before = len(replies(app, user_id)), len(slack.notices(channel_id))
    ts = slack.say(ALICE, channel_id, "here it is", ("photo.jpg", jpeg(orientation=6)), ("Maße.txt", b"40 x 60"))
    form = previewed(slack, channel_id, ts)
    assert "📎 photo.jpg (image/jpeg, " in read(form)
    assert "📎 Maße.txt (text/plain, 7 bytes)" in read(form)
    slack.send_form(ALICE, form["id"])
    text, image, file = wait_for(lambda: (found := replies(app, user_id)[before:])[2:] and found, "all parts")
    assert (text["text"], image["type"], file["type"]) == ("here it is", "image", "file")
    assert Image.open(io.BytesIO(content(image))).size == (40, 60)
    assert SECRET.encode() not in content(image)
    assert content(file) == b"40 x 60"
    wait_for(lambda: len(receiver.texts()) == 3, "the webhook")
    wait_for(lambda: states(slack.notices(channel_id)[shown_before:]) == ["✓ delivered"] * 3, "the notices")
    told = shown_all([{"blocks": notice["blocks"]} for notice in slack.notices(channel_id)[shown_before:]])
    assert told.index("here it is") < told.index("📎 photo.jpg") < told.index("📎 Maße.txt")


def test_a_file_that_is_too_large_is_told_of_before_and_stays(app, slack, conversation):
    user_id, channel_id = conversation
    before = len(replies(app, user_id))
    ts = slack.say(ALICE, channel_id, "the film", ("film.mp4", bytes(TOO_LARGE)))
    form = previewed(slack, channel_id, ts)
    assert "🚫 film.mp4 (video/mp4, over 10 MB) is not sent: it is larger than 10 MB." in read(form)
    slack.send_form(ALICE, form["id"])
    wait_for(lambda: len(replies(app, user_id)) == before + 1, "the text")
    assert replies(app, user_id)[-1]["text"] == "the film"


def test_a_message_that_was_edited_in_between_is_not_sent(app, slack, conversation):
    user_id, channel_id = conversation
    before = len(replies(app, user_id))
    ts = slack.say(ALICE, channel_id, "it costs 10")
    form = previewed(slack, channel_id, ts)
    slack.edit(ALICE, channel_id, ts, "it costs 100")
    told = slack.send_form(ALICE, form["id"])
    assert told["response_action"] == "update"
    assert "it was edited" in read(slack.form(ALICE))
    assert len(replies(app, user_id)) == before


def test_an_app_users_message_is_not_sent_back(slack, conversation):
    _, channel_id = conversation
    seen = len(slack.seen_by(ALICE, channel_id))
    slack.choose(ALICE, channel_id, slack.relayed(channel_id)[0]["ts"], SEND)
    wait_for(lambda: len(slack.seen_by(ALICE, channel_id)) > seen, "the refusal")
    assert "it is not sent back" in slack.seen_by(ALICE, channel_id)[-1]["text"]


def test_a_message_in_a_thread_goes_too(app, slack, conversation):
    user_id, channel_id = conversation
    parent = slack.say(ALICE, channel_id, "what do we say?")
    ts = slack.say(BRUNO, channel_id, "say yes", thread_ts=parent)
    slack.send_form(ALICE, previewed(slack, channel_id, ts)["id"])
    wait_for(lambda: [reply["text"] for reply in replies(app, user_id)][-1:] == ["say yes"], "the reply")


def test_elsewhere_the_shortcut_says_that_there_is_nobody(slack, conversation):
    ts = slack.say(ADA, "CRANDOM001", "hello")
    slack.choose(ADA, "CRANDOM001", ts, SEND)
    wait_for(lambda: "no app user's channel" in shown_all(slack.seen_by(ADA, "CRANDOM001")), "the refusal")


def test_sent_twice_it_goes_once_and_that_is_told(app, slack, conversation):
    user_id, channel_id = conversation
    before = len(replies(app, user_id))
    ts = slack.say(ALICE, channel_id, "once", ("once.txt", b"once"))
    first, second = previewed(slack, channel_id, ts), previewed(slack, channel_id, ts, user=BRUNO)
    sending = [
        threading.Thread(target=slack.send_form, args=each) for each in ((ALICE, first["id"]), (BRUNO, second["id"]))
    ]
    for thread in sending:
        thread.start()
    for thread in sending:
        thread.join()

    def told():
        return "sent already" in shown_all([*slack.seen_by(ALICE, channel_id), *slack.seen_by(BRUNO, channel_id)])

    wait_for(told, "what is told of the second")
    assert [reply["text"] for reply in replies(app, user_id)[before:]][:1] == ["once"]
    assert len(replies(app, user_id)) == before + 2


def test_a_bot_that_is_killed_in_between_has_sent_nothing_twice(app, slack, stack, conversation):
    user_id, channel_id = conversation
    before = len(replies(app, user_id))
    ts = slack.say(ALICE, channel_id, "on its way", ("slow.txt", b"slow"))
    form = previewed(slack, channel_id, ts)
    slack.order("files", "slow", seconds=20)
    slack.forget_calls()
    assert slack.send_form(ALICE, form["id"])["response_action"] == "close"
    wait_for(lambda: slack.calls(method="files"), "the file being fetched")
    stack.bot.kill()
    slack.take_back_orders()
    stack.bot.start()
    assert len(replies(app, user_id)) == before
    slack.send_form(ALICE, previewed(slack, channel_id, ts)["id"])
    wait_for(lambda: len(replies(app, user_id)) == before + 2, "both parts")
    slack.send_form(ALICE, previewed(slack, channel_id, ts)["id"])
    wait_for(lambda: "sent already" in shown_all(slack.seen_by(ALICE, channel_id)[-1:]), "the word on it")
    assert len(replies(app, user_id)) == before + 2


def test_while_the_apps_side_is_down_nothing_goes_and_a_button_sends_it_later(app, slack, stack, conversation):
    user_id, channel_id = conversation
    before = len(replies(app, user_id))
    ts = slack.say(ALICE, channel_id, "patience", ("a.txt", b"a"))
    form = previewed(slack, channel_id, ts)
    stack.server.kill()
    slack.send_form(ALICE, form["id"])
    told = wait_for(
        lambda: (seen := slack.seen_by(ALICE, channel_id)) and "does not answer" in seen[-1]["text"] and seen[-1],
        "what is told",
    )
    assert "Nothing was sent." in told["text"]
    stack.server.start()
    slack.press(ALICE, channel_id, told["ts"], SEND)
    wait_for(lambda: len(replies(app, user_id)) == before + 2, "both parts")


def test_typed_commands_with_files_lead_to_the_shortcut(slack, conversation):
    _, channel_id = conversation
    slack.say(ALICE, channel_id, "!sk look", ("a.txt", b"a"))
    wait_for(lambda: "“Send to app user”" in shown_all(slack.seen_by(ALICE, channel_id)[-1:]), "the hint")
