"""What a message costs outside, counted: calls of Slack, and writes of the bot's own files."""

import json
from collections import ChainMap
from pathlib import Path

import pytest
from people import ALICE, shown_all, unique
from processes import wait_for

CONVERSATIONS = 5
ROUNDS = 2
"""Each conversation gets a message a round: no more than Slack takes in one channel without a pause."""
LISTINGS = {"conversations.list", "users.list", "users.conversations", "conversations.members"}
PACE_FILE = "calls"
"""Shared memory, in which a call leaves its time; no file is written for it."""


@pytest.fixture(scope="module")
def known(stack):
    """What the conversations of `conversations` are called, once they are under way."""
    return {}


@pytest.fixture
def conversations(stack, app, slack, known):
    """App users that have their channels, channel by user ID; nothing of the openings is still to be done."""
    if not known:
        names = {unique(f"count{number}"): f"Cara Count{number}" for number in range(CONVERSATIONS)}
        for user_id, name in names.items():
            app.write(user_id, "Question", name=name)
        for user_id, name in names.items():
            known[user_id] = slack.conversation(f"sk-{name.lower().replace(' ', '-')}")
        wait_for(lambda: all(line.get("linked") for line in book(stack)), "every opening being finished")
    return known


def book(stack) -> list[dict]:
    """The lines of the channel book as they are on disk: what was written last under each number."""
    path = Path(stack.settings["SK_DATA_DIR"]) / "desk" / "channels.jsonl"
    _, *changes = path.read_text().splitlines()
    return [line for line in dict(ChainMap(*map(json.loads, reversed(changes)))).values() if line]


def files(stack) -> dict[str, tuple[int, int, int]]:
    """The desk's files, each with what changes when somebody writes it or puts another in its place."""
    directory = Path(stack.settings["SK_DATA_DIR"]) / "desk"
    found = ((path.name, path.stat()) for path in directory.iterdir() if path.name != PACE_FILE)
    return {name: (about.st_mtime_ns, about.st_ino, about.st_size) for name, about in [*found, ("", directory.stat())]}


def methods(slack) -> list[str]:
    return [call["method"] for call in slack.calls()]


def test_a_relayed_message_costs_one_call_and_no_write_of_the_bot(stack, app, slack, conversations):
    before = files(stack)
    slack.forget_calls()
    for number in range(ROUNDS):
        for user_id in conversations:
            app.write(user_id, f"message {number}")
        for channel_id in conversations.values():
            wait_for(lambda: len(slack.relayed(channel_id)) == 2 + number, "the round in Slack")  # noqa: B023
    assert methods(slack) == ["chat.postMessage"] * (CONVERSATIONS * ROUNDS)
    assert files(stack) == before


def test_a_fast_reply_costs_one_call_and_no_write_of_the_bot(stack, slack, conversations, receiver, webhook):
    replied(slack, conversations, "who is this?")  # from now on Slack has been asked who Alice is
    before = files(stack)
    slack.forget_calls()
    for number in range(ROUNDS):
        replied(slack, conversations, f"answer {number}")
    assert methods(slack) == ["chat.postMessage"] * (CONVERSATIONS * ROUNDS)
    assert files(stack) == before
    assert len(receiver.received) == CONVERSATIONS * (ROUNDS + 1)


def replied(slack, conversations, text) -> None:
    """Alice says this in every conversation, and everywhere a notice says that it was delivered."""
    for channel_id in conversations.values():
        assert slack.command(ALICE, channel_id, text)["outcome"] == "ok"
    for channel_id in conversations.values():
        told = wait_for(lambda: [n for n in slack.notices(channel_id) if text in shown_all([n])], "the notice")  # noqa: B023
        assert "✓ delivered" in shown_all(told)


def test_a_bot_that_starts_again_lists_nothing(stack, app, slack, conversations):
    slack.forget_calls()
    stack.bot.stop()
    stack.bot.start()
    assert "conversations.info" in methods(slack)
    assert LISTINGS.isdisjoint(methods(slack))
    [user_id, *_], [channel_id, *_] = conversations, conversations.values()
    before = len(slack.relayed(channel_id))
    app.write(user_id, "still there?")
    wait_for(lambda: len(slack.relayed(channel_id)) == before + 1, "the message in Slack")
    assert LISTINGS.isdisjoint(methods(slack))
