"""Reading, typing, erasure and export, through the real processes."""

import json
import subprocess
import sys

from people import ALICE, shown, shown_all, unique
from processes import ROOT, wait_for


def operator(stack, *arguments):
    """What an operator's command prints, and its exit status."""
    command = [sys.executable, "-m", "webhook_server", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=stack.server.environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout


def begin(app, slack, name, text="hello"):
    """An app user writes; returns the user's ID and the channel's."""
    user_id = unique("happening")
    app.write(user_id, text, name=name)
    channel_id = slack.conversation("sk-" + name.lower().replace(" ", "-"))
    wait_for(lambda: text in shown_all(slack.relayed(channel_id)), "the message in Slack")
    return user_id, channel_id


def test_what_the_app_user_read_is_read_in_slack_and_webhooks_are_told(app, slack, receiver):
    app.webhook(receiver.url, "conversation:read")
    user_id, channel_id = begin(app, slack, "Rea Reader")
    slack.command(ALICE, channel_id, "please read this")
    wait_for(lambda: "please read this" in shown_all(slack.notices(channel_id)), "the notice")
    app.call("POST", f"/appusers/{user_id}/conversation/read")
    wait_for(lambda: "read" in shown(slack.notices(channel_id)[0]).split(), "the notice telling it")
    wait_for(lambda: receiver.received, "the webhook")
    body = json.loads(receiver.received[0][1])
    assert (body["trigger"], body["appUser"]["userId"]) == ("conversation:read", user_id)
    assert app.call("GET", f"/appusers/{user_id}/conversation")["conversation"]["unreadCount"] == 0


def test_typing_is_seen_by_who_looks_and_posts_nothing(app, slack):
    user_id, channel_id = begin(app, slack, "Tia Typer")
    before = len(slack.messages(channel_id))
    app.call("POST", f"/appusers/{user_id}/conversation/activity", {"role": "appUser", "type": "typing:start"})
    slack.command(ALICE, channel_id, "!profile")
    wait_for(lambda: "typing now" in shown_all(slack.seen_by(ALICE, channel_id)), "the profile")
    assert len(slack.messages(channel_id)) == before


def test_an_app_user_is_exported_and_erased_everywhere(stack, app, slack):
    user_id, channel_id = begin(app, slack, "Eve Erasable", "hush hush")
    app_user_id = app.call("GET", f"/appusers/{user_id}")["appUser"]["_id"]
    slack.command(ALICE, channel_id, "hush answer")
    wait_for(lambda: "hush answer" in app.replies(user_id), "the reply")
    wait_for(lambda: "hush answer" in shown_all(slack.notices(channel_id)), "the notice")

    status, printed = operator(stack, "export", user_id)
    assert status == 0
    assert [message["text"] for message in json.loads(printed)["messages"]] == ["hush hush", "hush answer"]

    status, printed = operator(stack, "erase", user_id, "--yes")
    assert status == 0, printed
    assert f"{app_user_id} is gone from the ledger." in printed
    assert "Erased. " in printed
    assert "hush" not in shown_all(slack.messages(channel_id))
    assert "Eve" not in shown_all(slack.messages(channel_id))
    assert operator(stack, "erase", app_user_id)[1].startswith("Erased. ")

    app.write(user_id, "a new beginning", name="Eve Again")
    again = slack.conversation("sk-eve-again")
    assert again != channel_id
    wait_for(lambda: "a new beginning" in shown_all(slack.relayed(again)), "the message in Slack")
    assert app.call("GET", f"/appusers/{user_id}")["appUser"]["_id"] != app_user_id
    assert "hush" not in shown_all(slack.messages(again))
