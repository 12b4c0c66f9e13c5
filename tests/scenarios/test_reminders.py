"""Nobody is forgotten: reminders over kills, snoozes, and the away message, seen in Slack and in the app."""

import pytest
from people import ALICE, GENERAL, shown, unique
from processes import Stack, wait_for

AWAY = "We are back on Monday."


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    """A stack of this module's own, in which nobody may wait for long, and whose processes are killed."""
    settings = {"SK_REMIND_AFTER": "2s", "SK_ON_CALL_AFTER": "4s", "SK_ON_CALL": ALICE, "SK_INVITE": ALICE}
    stack = Stack(tmp_path_factory.mktemp("reminders"), SK_AWAY_MESSAGE=AWAY, **settings)
    try:
        yield stack.start()
    finally:
        stack.end()


def reminders(slack, channel_id):
    """What people read in the dispatch channel of a conversation in which nobody answers."""
    posts = [shown(post) for post in slack.messages(GENERAL) if post.get("thread_ts") not in {None, post["ts"]}]
    return [post for post in posts if f"<#{channel_id}" in post]


def test_a_conversation_without_an_answer_is_reminded_of_once_though_the_server_was_killed(stack, app, slack):
    user_id = unique("wait")
    app.write(user_id, "Hello?", name="Will Wait")
    channel_id = slack.conversation("sk-will-wait")
    stack.server.kill()
    stack.server.start()
    wait_for(lambda: reminders(slack, channel_id), "a reminder")
    called = wait_for(lambda: [post for post in reminders(slack, channel_id) if ALICE in post], "a call")
    assert len(called) == 1
    stack.server.kill()
    stack.server.start()
    slack.command(ALICE, channel_id, "Here I am")
    wait_for(lambda: app.replies(user_id) == ["Here I am"], "the answer")
    after = reminders(slack, channel_id)
    assert len(after) <= 2
    assert len(set(after)) == len(after)
    assert [post for post in after if ALICE in post] == called


def test_a_snooze_is_told_to_all_in_the_channel_and_to_its_agent(app, slack):
    user_id = unique("snooze")
    app.write(user_id, "Hello?", name="Sue Snooze")
    channel_id = slack.conversation("sk-sue-snooze")
    wait_for(lambda: len(slack.relayed(channel_id)) == 1, "the message")
    answer = slack.command(ALICE, channel_id, "!snooze 2h")
    assert "Nobody is reminded of Sue Snooze before <!date^" in answer["response"]["text"]
    lines = [shown(post) for post in slack.messages(channel_id)]
    assert [line for line in lines if "put off reminders of this conversation until <!date^" in line]
    slack.command(ALICE, channel_id, "On my way")
    wait_for(lambda: app.replies(user_id) == ["On my way"], "the answer")
    refused = slack.command(ALICE, channel_id, "!snooze 2h")
    assert "waits for no answer" in refused["response"]["text"]


def test_whoever_writes_while_the_team_is_away_is_told_so_once_and_agents_see_it(stack, app, slack):
    told = slack.command(ALICE, GENERAL, "!away on 2h At lunch & back soon")
    assert "as Alice" in told["response"]["text"]
    stack.server.kill()
    stack.server.start()
    user_id = unique("away")
    for text in ("Hello?", "Anybody?"):
        app.write(user_id, text, name="Amy Away")
    assert [message["text"] for message in app.messages(user_id)] == ["Hello?", "At lunch & back soon", "Anybody?"]
    channel_id = slack.conversation("sk-amy-away")
    wait_for(lambda: "Anybody?" in "".join(map(shown, slack.relayed(channel_id))), "all in Slack")
    relayed = "".join(map(shown, slack.relayed(channel_id)))
    assert relayed.count("At lunch &amp; back soon") == 1
    assert "The team is there." in slack.command(ALICE, GENERAL, "!away off")["response"]["text"]
    back = unique("back")
    app.write(back, "Hello?", name="Bob Back")
    assert [message["text"] for message in app.messages(back)] == ["Hello?"]
