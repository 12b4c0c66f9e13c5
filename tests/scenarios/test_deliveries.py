"""What was given up is seen, in Slack and by the operator, and can be tried again."""

import subprocess
import sys
from types import SimpleNamespace

import pytest
from people import ALICE, GENERAL, shown_all, unique
from processes import ROOT, Stack, wait_for


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    """A stack of this module's own, because its webhook server is stopped."""
    stack = Stack(tmp_path_factory.mktemp("deliveries"), SK_INVITE=ALICE)
    try:
        yield stack.start()
    finally:
        stack.end()


def deliveries(stack, *arguments):
    """What the operator's command prints."""
    command = [sys.executable, "-m", "webhook_server", "deliveries", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=stack.server.environment, capture_output=True, text=True, timeout=20, check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout


@pytest.fixture
def webhook(app, receiver):
    """A webhook whose target refuses twice; `tries` and `texts` tell what came there."""
    receiver.answers = [404, 404]
    webhook = app.webhook(receiver.url)
    yield SimpleNamespace(id=webhook["_id"], texts=receiver.texts, tries=receiver.tries)
    app.call("DELETE", f"/webhooks/{webhook['_id']}")


@pytest.mark.parametrize("running", [True, False], ids=["beside a running server", "without one"])
def test_what_was_given_up_is_listed_and_replayed_with_one_command(stack, app, slack, webhook, running):
    name = f"Dee {'Running' if running else 'Resting'}"
    app.write(unique("dead"), "hello", name=name)
    channel_id = slack.conversation("sk-" + name.lower().replace(" ", "-"))
    for number in range(2):
        slack.command(ALICE, channel_id, f"{name} {number}")
    wait_for(lambda: shown_all(slack.notices(channel_id)).count("404") >= 2, "both failures in Slack")
    if not running:
        stack.server.stop()
    try:
        listed = deliveries(stack, "--dead", "--webhook", webhook.id).splitlines()
        assert [line.split()[1] for line in listed[1:]] == [webhook.id] * 2
        assert all("the app's server answered 404" in line for line in listed[1:])
        assert deliveries(stack, "replay", listed[1].split()[0]) == "1 delivery is tried again.\n"
        assert deliveries(stack, "replay", "--webhook", webhook.id) == "1 delivery is tried again.\n"
    finally:
        if not running:
            stack.server.start()
    wait_for(lambda: sorted(webhook.texts()) == [f"{name} 0", f"{name} 1"], "both with the app")
    ids = [headers["webhook-id"] for headers, _ in webhook.tries]
    assert len(ids) == 4
    assert len(set(ids)) == 2
    wait_for(lambda: "404" not in shown_all(slack.notices(channel_id)), "true notices")
    assert deliveries(stack) == "Nothing waits, and nothing was given up.\n"


def stranded(slack, channel_id):
    return [m for m in slack.messages(channel_id) if (m.get("metadata") or {}).get("event_type") == "sk_stranded"]


def test_a_message_that_slack_refuses_is_told_in_slack_and_retry_shows_it(stack, app, slack):
    user_id = unique("strand")
    app.write(user_id, "before", name="Stu Strand")
    channel_id = slack.conversation("sk-stu-strand")
    slack.http.post(
        f"{slack.url}/faults",
        json={"method": "chat.postMessage", "channel": channel_id, "kind": "error", "error": "invalid_blocks"},
        timeout=5,
    ).raise_for_status()
    app.write(user_id, "refused", name="Stu Strand")
    app.write(user_id, "after", name="Stu Strand")
    [notice] = wait_for(lambda: stranded(slack, channel_id), "the notice")
    assert "A message of Stu Strand could not be shown in Slack" in notice["text"]
    assert "(to Slack)" in deliveries(stack, "--dead")
    wait_for(lambda: "after" in shown_all(slack.relayed(channel_id)), "what came later")
    assert "refused" not in shown_all(slack.relayed(channel_id))
    slack.press(ALICE, channel_id, notice["ts"], "sk_show_again")
    wait_for(lambda: "refused" in shown_all(slack.relayed(channel_id)), "the message")
    wait_for(lambda: "is shown now" in stranded(slack, channel_id)[0]["text"], "the notice being true")
    assert len(stranded(slack, channel_id)) == 1
    assert shown_all(slack.relayed(channel_id)).count("refused") == 1
    assert not stranded(slack, GENERAL)
