"""Slack's limits are met, not hit: the local workspace counts as Slack does, and nothing is refused for haste."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from people import ALICE, GENERAL, Receiver, shown, shown_all, unique
from processes import Stack, wait_for

NEWCOMERS = 60
CHANNELS_A_MINUTE = 20


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    """A stack of this module's own, whose workspace has Slack's limits."""
    stack = Stack(tmp_path_factory.mktemp("limits"), limits=True, SK_INVITE=ALICE)
    try:
        yield stack.start()
    finally:
        stack.end()


def refused_for_haste(slack) -> list[dict]:
    return [call for call in slack.calls() if call["status"] == 429]


def at_once(deed, numbers) -> None:
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(deed, numbers))


def test_a_hundred_messages_of_one_user_are_readable_within_twelve_seconds(stack, app, slack):
    user_id = unique("flood")
    app.write(user_id, "first words", name="Flo Flood")
    channel_id = slack.conversation("sk-flo-flood")
    texts = [f"message {number:03d}" for number in range(100)]
    began = time.monotonic()
    for text in texts:
        app.write(user_id, text, name="Flo Flood")
    wait_for(lambda: texts[-1] in shown_all(slack.relayed(channel_id)), "the last of them", 30)
    assert time.monotonic() - began < 12
    seen = shown_all(slack.relayed(channel_id))
    assert sorted(texts, key=seen.index) == texts
    assert [seen.count(text) for text in texts] == [1] * 100
    assert refused_for_haste(slack) == []


def test_forty_quick_replies_share_notices_and_each_state_is_true(stack, app, slack):
    with Receiver().running() as receiver:
        webhook = app.webhook(receiver.url)
        user_id = unique("quick")
        app.write(user_id, "Question", name="Quinn Quick")
        channel_id = slack.conversation("sk-quinn-quick")
        replies = [f"reply {number:02d}" for number in range(40)]
        began = time.monotonic()
        slack.type_quickly(ALICE, channel_id, replies)
        wait_for(lambda: receiver.texts() == replies, "all 40 with the app, in order", 20)

        def told() -> bool:
            seen = shown_all(slack.notices(channel_id))
            return all(reply in seen for reply in replies) and "sending" not in seen

        wait_for(told, "all 40 shown as delivered", 20)
        assert time.monotonic() - began < 20
        notices = slack.notices(channel_id)
        assert [m for notice in notices for m in notice["metadata"]["event_payload"]["message_ids"]]
        assert len(notices) < 20
        app.call("DELETE", f"/webhooks/{webhook['_id']}")
    assert refused_for_haste(slack) == []


def test_where_slack_asks_to_wait_one_conversation_waits_and_no_other(stack, app, slack):
    users = {name: unique(name.lower()) for name in ("Wanda", "Otto")}
    for name, user_id in users.items():
        app.write(user_id, "first words", name=name)
    waits, goes_on = (slack.conversation(f"sk-{name.lower()}") for name in users)
    fault = {"method": "chat.postMessage", "channel": waits, "kind": "ratelimited", "seconds": 3}
    slack._post("faults", **fault)
    app.write(users["Wanda"], "held back", name="Wanda")
    wait_for(lambda: refused_for_haste(slack), "Slack asking to wait")
    app.write(users["Otto"], "unhindered", name="Otto")
    wait_for(lambda: "unhindered" in shown_all(slack.relayed(goes_on)), "the other conversation", 10)
    wait_for(lambda: "held back" in shown_all(slack.relayed(waits)), "the conversation that waited", 10)
    calls = slack.calls()
    slack.forget_calls()
    refused, taken = (call for call in calls if (call["args"] or {}).get("text") == "held back")
    (unhindered,) = (call for call in calls if (call["args"] or {}).get("text") == "unhindered")
    assert (refused["status"], taken["status"]) == (429, 200)
    assert taken["at"] - refused["at"] > 2.9
    assert unhindered["at"] < taken["at"]


def test_sixty_new_users_at_once_are_all_named_in_the_dispatch_channel(stack, app, slack):
    others = len(slack.user_channels())
    names = [f"New User {number:02d}" for number in range(NEWCOMERS)]
    began = time.monotonic()
    at_once(
        lambda number: app.write(unique(f"new{number}"), f"first words {number:02d}", name=names[number]), range(60)
    )

    def all_named() -> bool:
        seen = [shown(message) for message in slack.messages(GENERAL)]
        return all(any(name in text for text in seen) for name in names)

    wait_for(all_named, "all 60 in the dispatch channel", 30)
    assert time.monotonic() - began < 15
    board = shown_all(slack.messages(GENERAL))
    assert all(f"first words {number:02d}" in board for number in range(NEWCOMERS))
    wait_for(lambda: len(slack.user_channels()) == CHANNELS_A_MINUTE, "as many channels as a minute allows", 20)
    newest = slack.user_channels()[others:]

    def all_linked() -> bool:
        live = {mention for message in slack.messages(GENERAL) for mention in message["x_live_mentions"]}
        return {f"#{channel['id']}" for channel in newest} <= live

    wait_for(all_linked, "each channel linked", 20)
    assert len([m for m in slack.messages(GENERAL) if m.get("metadata")]) < 20
    assert refused_for_haste(slack) == []
