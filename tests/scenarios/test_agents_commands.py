"""What agents do with commands, from Slack's side alone: conversations claimed, closed and begun, lists and numbers."""

from pathlib import Path

import pytest
import requests
from dotenv import dotenv_values
from people import ALICE, BRUNO, GENERAL, GUEST, shown, shown_all, unique
from processes import wait_for


@pytest.fixture
def conversation(app, slack):
    """An app user with a channel: the user's ID, the channel's, and what they are called."""
    user_id = unique("cmd")
    name = f"Cora {user_id[-8:]}"
    app.write(user_id, "Where is my order?", name=name)
    return user_id, slack.conversation(f"sk-cora-{user_id[-8:]}"), name


def told(slack, user, channel_id, text):
    """What the caller of a command reads, at once or a little later."""
    before = len(slack.seen_by(user, channel_id))
    answer = slack.command(user, channel_id, text)
    assert answer["outcome"] == "ok", answer
    assert answer["seconds"] < 2.9
    later = slack.seen_by(user, channel_id)[before:]
    return f"{shown(answer['response'] or {})}\n{shown_all(later)}"


def lines(slack, channel_id):
    """What all in the channel read of deeds."""
    posts = slack.messages(channel_id)
    return [post["text"] for post in posts if (post.get("metadata") or {}).get("event_type") == "sk_deed"]


def await_lines(slack, channel_id, *expected):
    """All in the channel read just these, perhaps a little later: Slack takes one post a second."""
    wait_for(lambda: len(lines(slack, channel_id)) >= len(expected), "the lines on deeds")
    assert lines(slack, channel_id) == list(expected)


def test_who_takes_care_of_a_conversation_is_settled_and_outlives_both_processes(app, slack, stack, conversation):
    user_id, channel_id, name = conversation
    told(slack, ALICE, channel_id, "!claim")
    await_lines(slack, channel_id, "Alice Adams claimed this conversation")
    assert f"Alice Adams has the conversation with {name}" in told(slack, BRUNO, channel_id, "!claim")
    stack.bot.kill()
    stack.server.kill()
    stack.server.start()
    stack.bot.start()
    assert "is yours already" in told(slack, ALICE, channel_id, "!claim")
    assert "only they can give it back" in told(slack, BRUNO, channel_id, "!release")
    told(slack, ALICE, channel_id, "!assign @bruno")
    told(slack, BRUNO, channel_id, "!release")
    await_lines(
        slack,
        channel_id,
        "Alice Adams claimed this conversation",
        "Alice Adams assigned this conversation to Bruno Bauer",
        "Bruno Bauer released this conversation: it is nobody's",
    )
    assert app.replies(user_id) == []


def test_a_conversation_is_closed_for_a_reason_and_opened_again_and_the_app_user_reads_nothing(
    app, slack, stack, conversation
):
    user_id, channel_id, _ = conversation
    told(slack, ALICE, channel_id, "!close sent & paid")
    stack.server.kill()
    stack.server.start()
    assert "Alice Adams has closed" in told(slack, BRUNO, channel_id, "!close")
    told(slack, BRUNO, channel_id, "!reopen")
    assert "is open" in told(slack, ALICE, channel_id, "!reopen")
    await_lines(
        slack,
        channel_id,
        "Alice Adams closed this conversation: sent &amp; paid",
        "Bruno Bauer opened this conversation again",
    )
    assert app.replies(user_id) == []


def test_the_same_is_typed_with_errbots_prefix(slack, conversation):
    _, channel_id, _ = conversation
    slack.say(BRUNO, channel_id, "!sk !claim")
    await_lines(slack, channel_id, "Bruno Bauer claimed this conversation")


def test_guests_do_nothing_about_conversations_and_nobody_gives_them_one(slack, conversation):
    _, channel_id, _ = conversation
    slack.join(GUEST, channel_id)
    assert "Guests" in told(slack, GUEST, channel_id, "!claim")
    assert "is a guest" in told(slack, ALICE, channel_id, "!assign @gus")
    assert "mention one person" in told(slack, ALICE, channel_id, "!assign Bruno")
    assert lines(slack, channel_id) == []


def test_who_waits_is_listed_everywhere_until_they_are_answered(slack, conversation):
    _, channel_id, name = conversation
    listed = told(slack, BRUNO, GENERAL, "!waiting")
    assert f"{name} in <#{channel_id}" in listed
    assert "nobody has it" in listed
    slack.command(ALICE, channel_id, "It is on its way")
    assert name not in told(slack, BRUNO, GENERAL, "!waiting")
    assert f"{name} in <#{channel_id}" in told(slack, ALICE, GENERAL, "!waiting mine")
    assert name not in told(slack, BRUNO, GENERAL, "!waiting mine")


def test_an_agent_begins_a_conversation_that_goes_on_after_a_restart(app, slack, stack, receiver, webhook):
    user_id = unique("new")
    app.create(user_id, givenName="Nina", surname=user_id[-8:])
    assert "is being opened" in told(slack, BRUNO, GENERAL, f"!start {user_id} Your parcel is here & ready")
    channel_id = slack.channel_named(f"sk-nina-{user_id[-8:]}")["id"]
    wait_for(lambda: app.replies(user_id) == ["Your parcel is here & ready"], "the text at the app's side")
    wait_for(lambda: receiver.texts() == ["Your parcel is here & ready"], "the text at the app")
    wait_for(lambda: "Bruno Bauer replied" in shown_all(slack.notices(channel_id)), "the notice")
    wait_for(lambda: "Your text has gone out" in shown_all(slack.seen_by(BRUNO, GENERAL)), "the word that it has")
    wait_for(lambda: "Bruno Bauer began a conversation with Nina" in shown_all(slack.messages(GENERAL)), "its notice")
    asked = told(slack, BRUNO, GENERAL, f"!start {user_id} Your parcel is here & ready")
    assert "Nothing was sent now. Send it once more?" in asked
    stack.bot.kill()
    stack.bot.start()
    app.write(user_id, "Thank you!")
    wait_for(lambda: "Thank you!" in shown_all(slack.relayed(channel_id)), "the app user's answer")
    assert f"Nina {user_id[-8:]} started" not in shown_all(slack.messages(GENERAL))
    assert f"<#{channel_id}>" in told(slack, ALICE, GENERAL, f"!start {user_id} And another thing")
    assert app.replies(user_id) == ["Your parcel is here & ready", "And another thing"]


def test_nothing_is_sent_where_slack_lets_no_channel_be_made(app, slack):
    user_id = unique("held")
    app.create(user_id, givenName="Hera")
    slack.order("conversations.create", "ratelimited", retry_after=30)
    told(slack, ALICE, GENERAL, f"!start {user_id} Hello")
    wait_for(lambda: "Slack's limits let no channel be opened" in shown_all(slack.seen_by(ALICE, GENERAL)), "the truth")
    assert app.replies(user_id) == []


def test_whom_nobody_knows_nobody_writes_to(slack):
    assert "there is no app user “nobody-at-all”" in told(slack, ALICE, GENERAL, "!start nobody-at-all Hello")


def test_agents_and_prometheus_read_the_same_numbers(slack, stack, conversation):
    _, channel_id, _ = conversation
    slack.command(ALICE, channel_id, "It is on its way")
    told(slack, ALICE, channel_id, "!close")
    stack.server.stop()
    stack.server.start()
    numbers = told(slack, ALICE, GENERAL, "!stats week")
    assert "This week's numbers" in numbers
    assert "Alice Adams" in numbers
    secrets = dotenv_values(Path(stack.settings["SK_DATA_DIR"]) / "secrets.env")
    url = f"{stack.server_url}/metrics"
    assert requests.get(url, timeout=5).status_code == 401
    page = requests.get(url, headers={"Authorization": f"Bearer {secrets['SK_METRICS_TOKEN']}"}, timeout=5).text
    values = dict(line.rsplit(" ", 1) for line in page.splitlines() if not line.startswith("#"))
    today = told(slack, ALICE, GENERAL, "!stats today")
    assert f"Closed: {int(float(values['err_sk_today_closed']))}" in today
    assert f"Conversations begun: {int(float(values['err_sk_today_conversations']))}" in today


def test_help_lists_and_explains_every_command(slack, conversation):
    _, channel_id, _ = conversation
    usage = told(slack, ALICE, channel_id, "!help")
    for command in ("!claim", "!release", "!assign", "!close", "!reopen", "!start", "!waiting", "!stats"):
        assert f"`/sk {command}" in usage
        assert f"`/sk {command}" in told(slack, ALICE, channel_id, f"!help {command[1:]}")
    assert "Did you mean `/sk !claim`" in told(slack, ALICE, channel_id, "!clam")
