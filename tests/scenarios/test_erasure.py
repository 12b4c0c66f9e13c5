"""An app user is erased by the operator's command: out of the app's side and out of Slack, and what stays is told."""

import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from people import ADA, ALICE, BRUNO, GENERAL, shown_all, unique
from pictures import jpeg
from processes import ROOT, Stack, wait_for


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    """A stack of this module's own, because its processes are killed."""
    stack = Stack(tmp_path_factory.mktemp("erasure"), SK_INVITE=ALICE)
    try:
        yield stack.start()
    finally:
        stack.end()


@pytest.fixture(autouse=True)
def usual(slack):
    yield
    slack.take_back_orders()


@contextmanager
def erasing(stack, user_id):
    """The operator's command, while it runs."""
    command = [sys.executable, "-m", "webhook_server", "erase", "--yes", user_id]
    process = subprocess.Popen(
        command, cwd=ROOT, env=stack.server.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def erase(stack, user_id):
    """What the operator reads."""
    with erasing(stack, user_id) as process:
        return process.communicate(timeout=120)[0]


def lived(app, slack, word, texts=3):
    """Somebody with a name of their own who wrote, sent a picture and was answered: user ID, name, channel, IDs."""
    user_id, name = unique(word), f"{word.title()} {unique('Q')}"
    app.create(user_id, givenName=name)
    first = app.write(user_id, f"{word} text", name=name)
    channel_id = wait_for(lambda: channel_with(slack, first["_id"]), "the channel", 60)
    for number in range(texts):
        app.write(user_id, f"{word} text {number}", name=name)
    form = {"source": ("me.jpg", jpeg(), "image/jpeg")}
    path = f"{app.base}/appusers/{user_id}/images"
    sent = requests.post(path, files=form, data={"role": "appUser"}, headers=app.backend, timeout=20)
    picture = sent.json()["message"]
    wait_for(lambda: channel_with(slack, picture["_id"]), "the picture in Slack", 60)
    slack.command(ALICE, channel_id, f"answer to {word}")
    wait_for(lambda: slack.notices(channel_id), "the notice")
    return user_id, name, channel_id


def channel_with(slack, message_id):
    for channel in slack.user_channels():
        for post in slack.relayed(channel["id"]):
            if message_id in post["metadata"]["event_payload"]["message_ids"]:
                return channel["id"]
    return None


def bots(slack, channel_id):
    """What the bot posted in a channel and is still there."""
    return [m for m in slack.messages(channel_id) if m.get("bot_id")]


def posts_of(slack, channel_id):
    """The bot's posts, without Slack's own lines about what it did."""
    return [m for m in bots(slack, channel_id) if not str(m.get("subtype", "")).startswith("channel_")]


def is_clear(slack, channel_id):
    """Whether a channel has lost its posts and its name, and is closed."""
    channel = next(c for c in slack.channels() if c["id"] == channel_id)
    return not bots(slack, channel_id) and channel["name"].startswith("sk-erased-") and channel["is_archived"]


def files(slack):
    """Which uploaded files are still there, by ID."""
    made = {post["slack_file"]["id"] for channel in slack.channels() for post in blocks(slack, channel["id"])}
    return {each for each in made if requests.get(f"{slack.url}/files/{each}", timeout=10).ok}


def blocks(slack, channel_id):
    found = [block for message in slack.messages(channel_id) for block in message.get("blocks", [])]
    return [block for block in found if "slack_file" in block]


def desks_files(stack):
    """All that the bot has on disk of its own."""
    desk = Path(stack.settings["SK_DATA_DIR"]) / "desk"
    return b"".join(path.read_bytes() for path in desk.iterdir() if path.is_file())


def test_somebody_is_gone_from_slack_and_the_operator_reads_what_stays(stack, app, slack):
    user_id, name, channel_id = lived(app, slack, "vera")
    slug = next(c["name"] for c in slack.channels() if c["id"] == channel_id)
    [image] = [block["slack_file"]["id"] for block in blocks(slack, channel_id)]
    _, other_name, other_channel = lived(app, slack, "other")
    slack.join(BRUNO, channel_id)
    slack.say(BRUNO, channel_id, "Vera again")
    slack._post("act/channel", user=BRUNO, op="set_topic", channel=channel_id, topic=name)
    app_user_id = app.call("GET", f"/appusers/{user_id}")["appUser"]["_id"]
    others, ours = len(bots(slack, other_channel)), len(posts_of(slack, channel_id))
    report = erase(stack, user_id)
    assert is_clear(slack, channel_id)
    assert not requests.get(f"{slack.url}/files/{image}", timeout=10).ok
    assert f"{ours + 1} messages" in report  # and the notice in the dispatch channel
    assert f"Channel {channel_id}: 1 message that people wrote cannot be deleted by the bot." in report
    assert "keep the channel's former name" in report
    assert next(c for c in slack.channels() if c["id"] == channel_id)["topic"] == ""
    board = shown_all(slack.messages(GENERAL))
    assert name not in board
    assert other_name in board
    assert len(bots(slack, other_channel)) == others
    assert name not in stack.bot.log_path.read_text()
    assert slug not in stack.bot.log_path.read_text()
    wait_for(lambda: app_user_id.encode() not in desks_files(stack), "the bot's files forgetting", 60)
    assert name.encode() not in desks_files(stack)


def test_whoever_comes_back_begins_anew(stack, app, slack):
    user_id, name, channel_id = lived(app, slack, "wim", texts=0)
    erase(stack, user_id)
    message = app.write(user_id, "here again", name=name)
    anew = wait_for(lambda: channel_with(slack, message["_id"]), "a new channel", 60)
    assert anew != channel_id
    assert bots(slack, channel_id) == []


@pytest.mark.parametrize("method", ["chat.delete", "files.delete", "conversations.archive"])
def test_a_bot_killed_on_the_way_goes_on_where_it_was(stack, app, slack, method):
    user_id, name, channel_id = lived(app, slack, "xaver")
    slack.forget_calls()
    slack.order(method, "slow", seconds=3.0, skip=3 if method == "chat.delete" else 0)
    with erasing(stack, user_id) as command:
        skipped = 4 if method == "chat.delete" else 1
        wait_for(lambda: len(slack.calls(method=method)) >= skipped, f"{method} under way", 30)
        stack.bot.kill()
        stack.bot.start()
        report = command.communicate(timeout=120)[0]
    assert is_clear(slack, channel_id)
    assert name not in shown_all(slack.messages(GENERAL))
    assert "keep the channel's former name" in report
    assert "is archived" not in report


def test_a_server_killed_on_the_way_has_it_finished_after_its_return(stack, app, slack):
    user_id, _, channel_id = lived(app, slack, "yara")
    slack.forget_calls()
    slack.order("chat.delete", "slow", seconds=2.0, skip=2)
    with erasing(stack, user_id):
        wait_for(lambda: len(slack.calls(method="chat.delete")) >= 3, "the erasure under way", 30)
        stack.server.kill()
    stack.server.start()
    wait_for(lambda: is_clear(slack, channel_id), "the channel being cleared", 60)


def test_what_slack_limits_takes_longer_and_is_done_all_the_same(stack, app, slack):
    user_id, _, channel_id = lived(app, slack, "zita")
    slack.order("chat.delete", "ratelimited", seconds=2.0, skip=1, times=2)
    slack.order("conversations.archive", "ratelimited", seconds=1.0)
    report = erase(stack, user_id)
    assert is_clear(slack, channel_id)
    assert "former name" in report


def test_what_slack_refuses_is_read_by_the_operator(stack, app, slack):
    user_id, _, channel_id = lived(app, slack, "ulla", texts=0)
    slack._post("act/channel", user=ADA, op="join", channel=channel_id)
    slack._post("act/channel", user=ADA, op="archive", channel=channel_id)
    report = erase(stack, user_id)
    assert f"Channel {channel_id} is archived: the bot's posts in it, and its name, stay as they are." in report
    assert bots(slack, channel_id)
