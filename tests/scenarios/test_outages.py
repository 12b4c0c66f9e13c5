"""Each process can be away, stopped or killed while the other works: what was accepted arrives, in order."""

import threading

import pytest
import requests
from people import ALICE, App, Receiver, Slack, shown_all, unique
from processes import Stack, wait_for


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    """A stack of this module's own, because its processes are killed."""
    stack = Stack(tmp_path_factory.mktemp("outages"), SK_INVITE=ALICE)
    try:
        yield stack.start()
    finally:
        stack.end()


def first_seen(texts: list[str], channel_text: str) -> list[str]:
    """Those of `texts` that are in the channel, in the order of their first appearance."""
    return sorted((text for text in texts if text in channel_text), key=channel_text.index)


def test_with_the_bot_down_messages_are_accepted_and_appear_in_order_when_it_is_back(stack, app, slack):
    user_id = unique("away")
    stack.bot.stop()
    texts = [f"while away {number:02d}" for number in range(10)]
    try:
        for text in texts:
            app.write(user_id, text, name="Amy Away")
    finally:
        stack.bot.start()
    channel_id = slack.conversation("sk-amy-away")
    wait_for(lambda: len(first_seen(texts, shown_all(slack.relayed(channel_id)))) == 10, "all 10 in Slack")
    assert first_seen(texts, shown_all(slack.relayed(channel_id))) == texts


def test_what_waits_in_the_ledger_survives_a_restart_of_the_webhook_server(stack, app, slack):
    user_id = unique("restart")
    stack.bot.stop()
    texts = [f"across a restart {number:02d}" for number in range(10)]
    try:
        for text in texts:
            app.write(user_id, text, name="Rosa Restart")
        stack.server.stop()
        stack.server.start()
    finally:
        stack.bot.start()
    channel_id = slack.conversation("sk-rosa-restart")
    wait_for(lambda: len(first_seen(texts, shown_all(slack.relayed(channel_id)))) == 10, "all 10 in Slack")
    assert first_seen(texts, shown_all(slack.relayed(channel_id))) == texts


@pytest.mark.parametrize("victim", ["bot", "server"])
def test_a_process_killed_in_the_middle_of_a_hundred_messages_loses_none(stack, slack, victim):
    app = App(stack.server_url, stack.settings)
    user_id = unique(f"kill-{victim}")
    name = f"Kim {victim.title()}"
    texts = [f"killed {victim} {number:03d}" for number in range(100)]
    half_way = threading.Event()

    def write_all() -> None:
        for number, text in enumerate(texts):
            if number == len(texts) // 2:
                half_way.set()
            # The client of an app whose server went away tries again, with the same key.
            wait_for(lambda: accepted(app, user_id, text, name), "the message being accepted", 60)  # noqa: B023

    writer = threading.Thread(target=write_all)
    writer.start()
    half_way.wait(60)
    process = getattr(stack, victim)
    process.kill()
    process.start()
    writer.join()
    channel_id = slack.conversation(f"sk-kim-{victim}")
    wait_for(lambda: len(first_seen(texts, shown_all(slack.relayed(channel_id)))) == 100, "all 100 in Slack", 60)
    assert first_seen(texts, shown_all(slack.relayed(channel_id))) == texts


def accepted(app: App, user_id: str, text: str, name: str) -> bool:
    body = {"role": "appUser", "text": text, "name": name}
    try:
        answer = requests.post(
            f"{app.base}/appusers/{user_id}/messages",
            json=body,
            headers={**app.backend, "Idempotency-Key": text},
            timeout=10,
        )
    except requests.ConnectionError:
        return False
    return answer.status_code == 201


def test_a_reply_survives_the_death_of_the_webhook_server_and_its_notice_stays_true(stack, app, slack):
    with Receiver().running() as receiver:
        webhook = app.webhook(receiver.url)
        receiver.answers = [503]
        user_id = unique("dies")
        app.write(user_id, "Question", name="Dora Dies")
        channel_id = slack.conversation("sk-dora-dies")
        slack.command(ALICE, channel_id, "this must arrive")
        wait_for(lambda: receiver.tries, "the first try")
        stack.server.kill()
        stack.server.start()
        wait_for(lambda: receiver.texts() == ["this must arrive"], "the delivery", 30)
        wait_for(lambda: "✓ delivered" in shown_all(slack.notices(channel_id)), "the notice", 30)
        app.call("DELETE", f"/webhooks/{webhook['_id']}")


@pytest.mark.parametrize("name", ["sandbox", "server", "bot"])
def test_each_process_stops_gracefully_within_five_seconds_and_starts_again(stack, name):
    process = getattr(stack, name)
    assert process.stop() < 5
    assert process.popen.returncode == 0, process.log()
    assert "Traceback" not in process.log()
    process.start()
    for other in stack.processes:
        other.wait_ready()


def test_start_order_does_not_matter(tmp_path, slack):
    del slack
    stack = Stack(tmp_path)
    try:
        stack.bot.start(wait=False)
        stack.server.start()
        stack.sandbox.start()
        stack.bot.wait_ready()
        app = App(stack.server_url, stack.settings)
        app.write("early", "first words", name="Early Bird")
        Slack(stack.sandbox_url).channel_named("sk-early-bird")
    finally:
        stack.end()
