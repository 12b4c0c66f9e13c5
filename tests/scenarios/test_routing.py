"""Rules send conversations to their dispatch channels, through restarts and with the real processes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import requests
from people import ADA, ALICE, GENERAL, shown, unique
from processes import ROOT, Stack, wait_for

GERMAN = "support-de"
RULES = f"""
[[rule]]
name = "German professionals"
language = "de"
properties.plan = "pro*"
dispatch = "{GERMAN}"
invite = ["UBRUNO0001"]
private = true

[[rule]]
name = "phones"
source = "ios"
dispatch = "{GERMAN}"
"""


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    """The three real processes, with rules and a second dispatch channel."""
    directory = tmp_path_factory.mktemp("routing")
    (directory / "rules.toml").write_text(RULES)
    stack = Stack(directory, SK_INVITE=ALICE, SK_ROUTING=str(directory / "rules.toml"))
    try:
        stack.sandbox.start()
        act(stack, op="create", user=ADA, name=GERMAN)
        for process in (stack.server, stack.bot):
            process.start()
        yield stack
    finally:
        stack.end()


def act(stack, **what):
    answer = requests.post(f"{stack.sandbox_url}/_sandbox/act/channel", json=what, timeout=10)
    assert answer.ok, answer.text


def told(slack, channel_id, name):
    return [shown(message) for message in slack.messages(channel_id) if f"{name} started" in shown(message)]


def test_a_rule_chooses_the_dispatch_channel_the_people_and_privacy(app, slack):
    german = slack.channel_named(GERMAN)["id"]
    device = {"id": unique("device"), "platform": "web", "info": {"browserLanguage": "de-AT"}}
    user_id = unique("petra")
    app.call("POST", "/init", {"userId": user_id, "device": device, "properties": {"plan": "pro+"}})
    app.write(user_id, "Guten Tag, ein Geheimnis", name="Petra Pro")
    wait_for(lambda: told(slack, german, "Petra Pro"), "the notice in the rule's channel")
    channel = slack.channel_named("sk-petra-pro")
    assert channel["is_private"]
    assert "UBRUNO0001" in channel["members"]
    assert ALICE not in channel["members"]
    assert "Geheimnis" not in told(slack, german, "Petra Pro")[0]
    assert not told(slack, GENERAL, "Petra Pro")


def test_whom_no_rule_hits_goes_as_the_settings_say(app, slack):
    app.create(unique("x"), properties={"plan": "pro"})
    app.write(unique("paul"), "Hello there", name="Paul Plain")
    wait_for(lambda: told(slack, GENERAL, "Paul Plain"), "the notice in the settings' channel")
    channel = slack.channel_named("sk-paul-plain")
    assert not channel["is_private"]
    assert ALICE in channel["members"]
    assert "Hello there" in told(slack, GENERAL, "Paul Plain")[0]


def test_after_a_kill_the_bot_finds_both_channels_without_listing(stack, app, slack):
    german = slack.channel_named(GERMAN)["id"]
    stack.bot.kill()
    slack.forget_calls()
    stack.bot.start()
    device = {"id": unique("device"), "platform": "ios"}
    user_id = unique("ina")
    app.call("POST", "/init", {"userId": user_id, "device": device})
    app.write(user_id, "Hello from a phone", name="Ina Phone")
    wait_for(lambda: told(slack, german, "Ina Phone"), "the notice in the rule's channel")
    assert "conversations.list" not in [call["method"] for call in slack.calls()]
    assert len(told(slack, german, "Ina Phone")) == 1


def test_a_rules_channel_that_is_archived_keeps_no_app_user_waiting(stack, app, slack):
    german = slack.channel_named(GERMAN)["id"]
    act(stack, op="archive", user=ADA, channel=german)
    device = {"id": unique("device"), "platform": "ios"}
    user_id = unique("ivan")
    app.call("POST", "/init", {"userId": user_id, "device": device})
    app.write(user_id, "Is anybody there?", name="Ivan Phone")
    wait_for(lambda: told(slack, GENERAL, "Ivan Phone"), "the notice in the settings' channel")
    ready = wait_for(lambda: not_ready(stack), "the bot saying what is wrong")
    assert GERMAN in str(ready)


def not_ready(stack):
    answer = requests.get(f"{stack.bot_url}/readyz", timeout=5)
    return answer.json() if answer.status_code == 503 else None


def test_wrong_rules_stop_the_bots_start_with_one_message(tmp_path):
    (tmp_path / "rules.toml").write_text('[[rule]]\nname = "a"\nlanguge = "de"\nprivate = 1\n')
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("SK_", "SLACK_"))}
    settings = {"SK_DATA_DIR": str(tmp_path / "data"), "SK_ROUTING": str(tmp_path / "rules.toml")}
    errbot = [str(Path(sys.executable).with_name("errbot")), "-c", "config.py"]
    ran = subprocess.run(errbot, cwd=ROOT, env=inherited | settings, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 2
    assert ran.stderr.startswith(f"The rules in {tmp_path}/rules.toml (SK_ROUTING) are wrong:\n")
    assert "did you mean language?" in ran.stderr
    assert "private needs true or false" in ran.stderr
    assert "Traceback" not in ran.stderr
