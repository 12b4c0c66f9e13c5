"""The sandbox installs the app as its manifest says: what is granted here is granted on slack.com."""

import re
from pathlib import Path

from sandbox.cast import BOT_EVENTS, BOT_SCOPES, COMMANDS, SHORTCUTS

MANIFEST = (Path(__file__).parents[2] / "slack-app-manifest.yaml").read_text()


def listed(key):
    """The items of the list behind a key of the manifest."""
    block = re.search(rf"^( *){key}:\n((?:\1 +- .*\n)+)", MANIFEST, re.MULTILINE)
    return set(re.findall(r"- ([\w.:]+)", block[2]))


def test_the_scopes_are_the_manifests():
    assert set(BOT_SCOPES) == listed("bot")


def test_the_events_are_the_manifests():
    assert set(BOT_EVENTS) == listed("bot_events")


def test_the_commands_are_the_manifests():
    assert {known["command"] for known in COMMANDS} == set(re.findall(r"- command: (\S+)", MANIFEST))
    assert "should_escape: true" in MANIFEST


def test_the_shortcuts_are_the_manifests():
    listed = re.findall(r"- name: (.+)\n +type: message\n +callback_id: (\S+)", MANIFEST)
    assert {(known["name"], known["callback_id"]) for known in SHORTCUTS} == set(listed)
