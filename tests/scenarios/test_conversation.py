"""The main job, end to end: an app user writes, an agent answers."""

import json
import threading

from people import ALICE, GENERAL, shown, shown_all, unique
from processes import wait_for
from standardwebhooks import Webhook


def test_the_first_message_makes_a_channel_and_a_notice_and_the_second_costs_one_call(app, slack):
    user_id = unique("nora")
    app.write(user_id, "Hello, is anybody there?", name="Nora First")
    channel_id = slack.conversation("sk-nora-first")
    wait_for(lambda: len(slack.relayed(channel_id)) == 1, "the first message in Slack")
    [message] = slack.relayed(channel_id)
    assert "Hello, is anybody there?" in shown(message)
    assert message["username"] == "Nora First"
    assert {ALICE, "UBRUNO0001"} <= set(slack.channel_named("sk-nora-first")["members"])
    notices = [m for m in slack.messages(GENERAL) if "Nora First started a conversation" in shown(m)]
    assert len(notices) == 1
    assert f"<#{channel_id}" in shown(notices[0])

    slack.forget_calls()
    app.write(user_id, "And a second one", name="Nora First")
    wait_for(lambda: len(slack.relayed(channel_id)) == 2, "the second message in Slack")
    assert [call["method"] for call in slack.calls()] == ["chat.postMessage"]


def test_the_first_post_in_a_channel_tells_who_this_is_and_how_to_answer(app, slack):
    user_id = unique("intro")
    app.create(user_id, givenName="Ingrid", surname="Intro", email="ingrid@example.com")
    app.write(user_id, "Question")
    channel_id = slack.conversation("sk-ingrid-intro")
    first = next(m for m in slack.messages(channel_id) if m.get("subtype") != "channel_join")
    for expected in ("Ingrid Intro", user_id, "/sk"):
        assert expected in shown(first)


def test_twenty_messages_at_once_from_a_new_user_make_one_channel_and_all_arrive_once(app, slack):
    user_id = unique("twenty")
    texts = [f"message {number:02d}" for number in range(20)]
    threads = [
        threading.Thread(target=app.write, args=(user_id, text), kwargs={"name": "Tina Twenty"}) for text in texts
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    channel_id = slack.conversation("sk-tina-twenty")
    wait_for(lambda: len(shown_ids(slack, channel_id)) >= 20, "all 20 in Slack")
    posts = [shown(message) for message in slack.relayed(channel_id)]
    assert sorted(text for text in texts for post in posts if text in post) == texts
    assert len([c for c in slack.user_channels() if c["name"].startswith("sk-tina-twenty")]) == 1
    order = [message["_id"] for message in app.messages(user_id)]
    assert shown_ids(slack, channel_id) == order


def shown_ids(slack, channel_id: str) -> list[str]:
    """The messages that stand in the channel, in order; where Slack's limits hold a channel back, some share a post."""
    return [i for post in slack.relayed(channel_id) for i in post["metadata"]["event_payload"]["message_ids"]]


def test_ten_messages_one_after_the_other_arrive_in_order(app, slack):
    user_id = unique("ten")
    for number in range(10):
        app.write(user_id, f"line {number}", name="Theo Ten")
    channel_id = slack.conversation("sk-theo-ten")
    wait_for(lambda: len(shown_ids(slack, channel_id)) == 10, "all 10 in Slack")
    lines = "\n".join(message["text"] for message in slack.relayed(channel_id)).replace("• ", "").splitlines()
    assert lines == [f"line {number}" for number in range(10)]


def test_a_reply_arrives_byte_for_byte_and_its_notice_is_true(app, slack, receiver, webhook):
    user_id = unique("rita")
    app.write(user_id, "Question", name="Rita Reply")
    channel_id = slack.conversation("sk-rita-reply")
    slack.forget_calls()
    typed = "hello\nworld & <b>"
    answer = slack.command(ALICE, channel_id, typed)
    assert answer["outcome"] == "ok"
    assert answer["seconds"] < 2.5
    wait_for(receiver.received.__len__, "the webhook")
    headers, body = receiver.received[0]
    said = json.loads(body)
    assert said["trigger"] == "message:appMaker"
    assert said["version"] == "v1"
    assert said["messages"][0]["text"] == typed
    assert said["messages"][0]["role"] == "appMaker"
    assert said["appUser"]["userId"] == user_id
    assert headers["X-API-Key"] == webhook["secret"]
    Webhook(webhook["secret"]).verify(body, {name.lower(): value for name, value in headers.items()})
    assert app.replies(user_id) == [typed]

    wait_for(lambda: "✓ delivered" in shown_all(slack.notices(channel_id)), "the notice")
    [notice] = slack.notices(channel_id)
    assert "Alice Adams replied" in shown(notice)
    assert "hello\nworld &amp; &lt;b&gt;" in shown(notice)
    assert [call["method"] for call in slack.calls(channel=channel_id)] == ["chat.postMessage"]


def test_without_a_webhook_the_notice_says_that_the_app_has_to_fetch(app, slack):
    user_id = unique("fetch")
    app.write(user_id, "Question", name="Fay Fetch")
    channel_id = slack.conversation("sk-fay-fetch")
    slack.command(ALICE, channel_id, "come and get it")
    wait_for(lambda: "waiting for the app to fetch it" in shown_all(slack.notices(channel_id)), "the notice")
    assert "✓ delivered" not in shown_all(slack.notices(channel_id))
    assert app.replies(user_id) == ["come and get it"]


def test_a_slow_delivery_turns_its_notice_from_sending_to_delivered(app, slack, receiver, webhook):
    receiver.answers = [500, 500]
    user_id = unique("slow")
    app.write(user_id, "Question", name="Sam Slow")
    channel_id = slack.conversation("sk-sam-slow")
    slack.command(ALICE, channel_id, "third time lucky")
    wait_for(lambda: "sending" in shown_all(slack.notices(channel_id)), "the notice of a reply under way")
    assert "✓ delivered" not in shown_all(slack.notices(channel_id))
    wait_for(lambda: "✓ delivered" in shown_all(slack.notices(channel_id)), "the delivery", 30)
    assert len(slack.notices(channel_id)) == 1
    assert len(receiver.tries) == 3
    assert len({headers["webhook-id"] for headers, _ in receiver.tries}) == 1


def test_a_final_refusal_shows_the_reason_and_retry_delivers(app, slack, receiver, webhook):
    receiver.answers = [403]
    user_id = unique("final")
    app.write(user_id, "Question", name="Fred Final")
    channel_id = slack.conversation("sk-fred-final")
    slack.command(ALICE, channel_id, "you shall not pass")
    wait_for(lambda: "403" in shown_all(slack.notices(channel_id)), "the notice of a failure")
    [notice] = slack.notices(channel_id)
    assert slack.press(ALICE, channel_id, notice["ts"], "sk_retry")["outcome"] == "ok"
    wait_for(lambda: "✓ delivered" in shown_all(slack.notices(channel_id)), "the delivery")
    assert receiver.texts() == ["you shall not pass"]


def test_forty_quick_replies_reach_the_app_user_in_the_order_typed(app, slack, receiver, webhook):
    user_id = unique("forty")
    app.write(user_id, "Question", name="Fiona Forty")
    channel_id = slack.conversation("sk-fiona-forty")
    typed = [f"answer {number:02d}" for number in range(40)]
    slack.type_quickly(ALICE, channel_id, typed)
    wait_for(lambda: len(receiver.received) == 40, "all 40 webhooks", 40)
    assert receiver.texts() == typed
    assert app.replies(user_id) == typed
    wait_for(lambda: shown_all(slack.notices(channel_id)).count("✓ delivered") >= 40, "all 40 notices", 40)


def test_the_same_commands_work_with_errbots_prefix(app, slack):
    user_id = unique("prefix")
    app.create(user_id, givenName="Paula", surname="Prefix", properties={"plan": "gold"})
    app.write(user_id, "Question")
    channel_id = slack.conversation("sk-paula-prefix")
    slack.say(ALICE, channel_id, "!sk typed & sent\nin two lines")
    wait_for(lambda: app.replies(user_id), "the reply")
    assert app.replies(user_id) == ["typed & sent\nin two lines"]
    slack.say(ALICE, channel_id, "!profile")
    wait_for(lambda: "gold" in shown_all(slack.seen_by(ALICE, channel_id)), "the profile")
    assert app.replies(user_id) == ["typed & sent\nin two lines"]


def test_talk_and_edits_in_the_channel_stay_in_slack(app, slack):
    user_id = unique("talk")
    app.write(user_id, "Question", name="Tara Talk")
    channel_id = slack.conversation("sk-tara-talk")
    slack.say(ALICE, channel_id, "what do we tell them?")
    ts = slack.say(ALICE, channel_id, "!sk the answer")
    wait_for(lambda: app.replies(user_id), "the reply")
    slack.edit(ALICE, channel_id, ts, "!sk the edited answer")
    slack.command(ALICE, channel_id, "a last word")
    wait_for(lambda: len(app.replies(user_id)) >= 2, "the last word")
    assert app.replies(user_id) == ["the answer", "a last word"]
