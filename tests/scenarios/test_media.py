"""Images and files of app users, between real processes: in Slack once each, in order, whatever ends in between."""

import io
import json
import threading

import pytest
import requests
from people import ADA, ALICE, App, Slack, shown_all, unique
from pictures import SECRET, jpeg
from PIL import Image
from playwright.sync_api import expect
from processes import Stack, wait_for

BOT = "UBOT000001"


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    """A stack of this module's own, because its processes are killed."""
    stack = Stack(tmp_path_factory.mktemp("media"), SK_INVITE=ALICE)
    try:
        yield stack.start()
    finally:
        stack.end()


@pytest.fixture(autouse=True)
def usual(slack):
    """Slack as it is when nothing was ordered."""
    yield
    slack.take_back_orders()
    look_into_files(slack, 0.0)


def look_into_files(slack, seconds):
    """How long Slack takes to know what an uploaded file is."""
    slack._post("files", processing_seconds=seconds)


def send_image(app, user_id, content=None, name="photo.jpg"):
    form = {"source": (name, content or jpeg(), "image/jpeg")}
    path = f"{app.base}/appusers/{user_id}/images"
    answer = requests.post(path, files=form, data={"role": "appUser"}, headers=app.backend, timeout=20)
    assert answer.status_code == 201, answer.text
    return answer.json()["message"]


def send_file(app, user_id, content=b"some notes, nothing more", name="notes.txt"):
    path = f"{app.base}/attachments?access=public"
    stored = requests.post(path, files={"source": (name, content)}, headers=app.backend, timeout=20)
    assert stored.status_code == 201, stored.text
    body = {"role": "appUser", "type": "file", **stored.json()}
    return app.call("POST", f"/appusers/{user_id}/messages", body)["message"]


def begun(app, slack, word):
    """A conversation that is under way: the app user's ID and the channel's."""
    user_id, name = unique(word), unique(word.title())
    app.write(user_id, f"{word} begins", name=name)
    return user_id, slack.conversation(f"sk-{name.lower()}")


@pytest.fixture(scope="module")
def conversation(stack):
    """One conversation for most scenarios, because channels are made twenty a minute."""
    return begun(App(stack.server_url, stack.settings), Slack(stack.sandbox_url), "una")


def of_message(slack, channel_id, message):
    """The posts that show a message."""
    return [m for m in slack.relayed(channel_id) if message["_id"] in m["metadata"]["event_payload"]["message_ids"]]


def shown_once(slack, channel_id, message, seconds=40):
    """The one post that shows a message, once it stands there."""
    wait_for(lambda: of_message(slack, channel_id, message), "the file in Slack", seconds)
    [post] = of_message(slack, channel_id, message)
    return post


def file_ids(post):
    """The files that people see in a post."""
    blocks = [block["slack_file"]["id"] for block in post.get("blocks", []) if "slack_file" in block]
    return blocks + [file["id"] for file in post.get("files", [])]


def content_of(slack, file_id):
    """What people get who look at a file; None where it is gone."""
    answer = requests.get(f"{slack.url}/files/{file_id}", timeout=10)
    return answer.content if answer.ok else None


def test_an_image_is_seen_in_slack_as_an_image_without_what_the_camera_noted(app, slack, conversation):
    user_id, channel_id = conversation
    slack.forget_calls()
    message = send_image(app, user_id, jpeg(orientation=6))
    post = shown_once(slack, channel_id, message)
    assert post["username"].startswith("User ")  # neither profile nor message has a name
    [block] = post["blocks"]
    assert (block["type"], block["alt_text"]) == ("image", "photo.jpg")
    content = content_of(slack, block["slack_file"]["id"])
    assert Image.open(io.BytesIO(content)).size == (40, 60)
    assert SECRET.encode() not in content
    assert [call["method"] for call in slack.calls() if call["method"] != "auth.test"] == [
        "files.getUploadURLExternal",
        "upload",
        "files.completeUploadExternal",
        "chat.postMessage",
    ]


def test_a_file_is_shared_with_the_channel_and_people_read_whose_it_is(app, slack, conversation):
    user_id, channel_id = conversation
    post = shown_once(slack, channel_id, send_file(app, user_id))
    [file] = post["files"]
    assert (file["name"], file["user"], channel_id in file["channels"]) == ("notes.txt", BOT, True)
    assert content_of(slack, file["id"]) == b"some notes, nothing more"
    assert "sent a file: <https://" in post["text"]
    assert "(text/plain, 24 bytes)" in post["text"]


def test_texts_and_files_stand_in_the_order_in_which_they_were_sent(app, slack, conversation):
    user_id, channel_id = conversation
    look_into_files(slack, 2.0)
    sent = [
        app.write(user_id, "first"),
        send_image(app, user_id),
        app.write(user_id, "second"),
        send_file(app, user_id),
        app.write(user_id, "third"),
    ]
    shown_once(slack, channel_id, sent[-1])
    order = [m["metadata"]["event_payload"]["message_ids"] for m in slack.relayed(channel_id)[-5:]]
    assert order == [[message["_id"]] for message in sent]
    assert "slack_file" in of_message(slack, channel_id, sent[1])[0]["blocks"][0]


def test_what_slack_does_not_take_is_told_of_in_words_and_holds_nothing_up(app, slack, conversation):
    user_id, channel_id = conversation
    slack.order("files.getUploadURLExternal", "error", error="file_uploads_disabled")
    message = send_image(app, user_id)
    text = app.write(user_id, "and now")
    post = shown_once(slack, channel_id, message)
    assert "📎 photo.jpg (image/jpeg, " in post["text"]
    assert "could not be shown here" in post["text"]
    shown_once(slack, channel_id, text)


@pytest.mark.parametrize(
    ("method", "kind"),
    [
        ("upload", "500"),
        ("upload", "reset"),
        ("upload", "ratelimited"),
        ("files.getUploadURLExternal", "ratelimited"),
        ("files.completeUploadExternal", "500"),
        ("chat.postMessage", "ratelimited"),
        ("chat.postMessage", "timeout_after"),
    ],
)
def test_a_fault_on_the_way_costs_time_and_nothing_else(app, slack, method, kind, conversation):
    user_id, channel_id = conversation
    slack.order(method, kind, seconds=1.0, times=1)
    message = send_image(app, user_id)
    [file_id] = file_ids(shown_once(slack, channel_id, message))
    assert content_of(slack, file_id)
    text = app.write(user_id, "behind it")
    shown_once(slack, channel_id, text)
    assert len(of_message(slack, channel_id, text)) == len(of_message(slack, channel_id, message)) == 1


def test_a_big_slow_file_holds_up_its_own_conversation_alone(app, slack):
    (slow, slow_channel), (quick, quick_channel) = begun(app, slack, "sam"), begun(app, slack, "quinn")
    slack.order("upload", "slow", seconds=4.0)
    message = send_file(app, slow, b"x" * 9_000_000, "big.txt")
    before = len(slack.calls(method="upload"))
    wait_for(lambda: len(slack.calls(method="upload")) >= before, "the upload under way")
    texts = [app.write(quick, f"quick {number}") for number in range(5)]
    shown_once(slack, quick_channel, texts[-1], 10)
    assert of_message(slack, slow_channel, message) == []
    [file_id] = file_ids(shown_once(slack, slow_channel, message))
    assert len(content_of(slack, file_id)) == 9_000_000


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "upload", "files.completeUploadExternal"])
def test_a_bot_killed_while_it_uploads_leaves_one_post_and_one_file(stack, app, slack, method, conversation):
    user_id, channel_id = conversation
    slack.forget_calls()
    slack.order(method, "slow", seconds=3.0)
    message = send_image(app, user_id)
    wait_for(lambda: slack.calls(method=method), f"{method} under way")
    stack.bot.kill()
    stack.bot.start()
    [kept] = file_ids(shown_once(slack, channel_id, message, 60))
    wait_for(lambda: no_other_file(slack, kept), "what nobody sees being deleted")
    assert content_of(slack, kept)


@pytest.mark.parametrize("victim", ["bot", "server"])
def test_a_kill_while_slack_does_not_answer_posts_no_image_twice(stack, app, slack, victim, conversation):
    user_id, channel_id = conversation
    slack.forget_calls()
    slack.order("chat.postMessage", "timeout_after", seconds=3.0, channel=channel_id)
    message = send_image(app, user_id)
    wait_for(lambda: slack.calls(method="chat.postMessage"), "the post under way")
    process = getattr(stack, victim)
    process.kill()
    process.start()
    text = app.write(user_id, "behind it")
    shown_once(slack, channel_id, text, 60)
    [kept] = file_ids(shown_once(slack, channel_id, message))
    wait_for(lambda: no_other_file(slack, kept), "what nobody sees being deleted")


def no_other_file(slack, kept):
    """Whether of all files that were uploaded since the log of calls was emptied only one is left."""
    deleted = {call["args"]["file"] for call in slack.calls(method="files.delete") if call["ok"]}
    made = completed(slack)
    return made - deleted <= {kept}


def completed(slack):
    return {
        file["id"]
        for call in slack.calls(method="files.completeUploadExternal")
        if call["ok"]
        for file in listed(call["args"]["files"])
    }


def listed(files):
    return json.loads(files) if isinstance(files, str) else files


def test_files_from_many_conversations_at_once_all_arrive(app, slack):
    conversations = [begun(app, slack, f"many{number}") for number in range(4)]
    sent = {}

    def send(user_id, channel_id):
        sent[channel_id] = [send_image(app, user_id), send_file(app, user_id), app.write(user_id, "done")]

    threads = [threading.Thread(target=send, args=each) for each in conversations]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for channel_id, messages in sent.items():
        posts = [shown_once(slack, channel_id, message, 60) for message in messages]
        assert [len(file_ids(post)) for post in posts] == [1, 1, 0]


def test_a_new_channel_tells_of_earlier_files_by_name(app, slack):
    user_id, channel_id = begun(app, slack, "rita")
    shown_once(slack, channel_id, send_image(app, user_id, name="broken-screen.jpg"))
    slack._post("act/channel", user=ADA, op="join", channel=channel_id)
    slack._post("act/channel", user=ADA, op="archive", channel=channel_id)
    message = app.write(user_id, "are you there?")

    def successor():
        found = [channel["id"] for channel in slack.user_channels() if of_message(slack, channel["id"], message)]
        return found[0] if found else None

    told = shown_all(slack.messages(wait_for(successor, "the new channel", 60)))
    assert "📎 broken-screen.jpg" in told
    assert f"<#{channel_id}>" in told


def test_an_image_that_lies_elsewhere_is_brought_or_its_address_is_shown(app, slack, conversation):
    user_id, channel_id = conversation
    url = "http://127.0.0.1:9/cat.png"
    body = {"role": "appUser", "type": "image", "mediaUrl": url, "mediaType": "image/png"}
    message = app.call("POST", f"/appusers/{user_id}/messages", body)["message"]
    post = shown_once(slack, channel_id, message)
    assert url in shown_all([post])


def test_many_files_are_brought_as_fast_as_slack_takes_posts_and_not_faster(tmp_path):
    stack = Stack(tmp_path, limits=True, SK_INVITE=ALICE)
    try:
        stack.start()
        app, slack = App(stack.server_url, stack.settings), Slack(stack.sandbox_url)
        user_id, channel_id = begun(app, slack, "lina")
        sent = [send_image(app, user_id) if number % 2 else send_file(app, user_id) for number in range(10)]
        posts = [shown_once(slack, channel_id, message, 60) for message in sent]
        order = [each for m in slack.relayed(channel_id)[1:] for each in m["metadata"]["event_payload"]["message_ids"]]
        assert order == [message["_id"] for message in sent]
        assert [len(file_ids(post)) for post in posts] == [1] * 10
        assert [call["method"] for call in slack.calls() if call["error"] == "ratelimited"] == []
    finally:
        stack.end()


def test_a_picture_that_is_picked_in_the_app_is_seen_on_both_sides(stack, slack, browser_page):
    name = f"Paul{unique('')[-8:]}"
    page = browser_page
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(stack.sandbox_url)
    page.get_by_test_id("app-user-userId").fill(name)
    page.get_by_test_id("app-user-givenName").fill(name)
    page.get_by_test_id("app-user-surname").fill("")
    page.get_by_test_id("app-user-save").click()
    expect(page.get_by_test_id("app-attach")).to_be_visible(timeout=20_000)
    page.get_by_test_id("app-file").set_input_files(
        {"name": "beach.jpg", "mimeType": "image/jpeg", "buffer": jpeg((300, 200))}
    )
    expect(page.get_by_test_id("app-messages").locator("img")).to_have_js_property("naturalWidth", 300, timeout=20_000)
    channel = slack.channel_named(f"sk-{name.lower()}")
    page.get_by_test_id("channel-item").filter(has_text=channel["name"]).click(timeout=60_000)
    seen = page.get_by_role("img", name="beach.jpg")
    expect(seen).to_have_js_property("naturalWidth", 300, timeout=60_000)
