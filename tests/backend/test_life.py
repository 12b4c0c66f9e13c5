"""Starting, losing Slack, finding it again, stopping: the real bot, with a workspace of its own for each test."""

import signal
import threading

import pytest
import requests
from backend_process import ADA, SECRET, Bot, Workspace, wait_for
from test_bridge import incoming

from desk.errbot_backend import wording
from wire.client import DoorClient, PeerAwayError
from wire.messages import OUTCOME, RECEIVE, Done


@pytest.fixture
def workspace(tmp_path):
    """A local workspace that the test may disturb; not started yet."""
    workspace = Workspace(tmp_path)
    yield workspace
    workspace.end()


@pytest.fixture
def bot(tmp_path, workspace):
    """A bot for it; not started yet."""
    bot = Bot(tmp_path, workspace)
    yield bot
    bot.end()


def reasons(bot):
    return " ".join(requests.get(bot.url + "/readyz", timeout=5).json().get("reasons", []))


@pytest.mark.parametrize(
    "signals",
    [
        pytest.param([signal.SIGTERM], id="SIGTERM"),
        pytest.param([signal.SIGINT, signal.SIGINT], id="Ctrl-C, from the terminal and from the launcher"),
    ],
)
def test_a_signal_ends_the_bot_cleanly_after_it_has_finished_what_was_begun(bot, workspace, signals):
    workspace.start()
    bot.start()
    answers, outcomes = {}, []
    channel, other = workspace.channel("begun"), workspace.channel("other")
    door = DoorClient(bot.url, SECRET)
    order = threading.Thread(target=lambda: outcomes.append(door.call(RECEIVE, incoming("wait 1.2"), OUTCOME)))
    order.start()
    commands = [
        threading.Thread(target=lambda: answers.update(begun=workspace.command("wait 0.9", channel=channel))),
        threading.Thread(target=lambda: answers.update(behind=workspace.command("behind it", channel=channel))),
        threading.Thread(target=lambda: answers.update(other=workspace.command("wait 0.6", channel=other))),
    ]
    for number, command in enumerate(commands):
        command.start()
        wait_for(lambda n=number: workspace.commands_sent() > n, "the command on its way")
    wait_for(lambda: len(bot.typed()) == 2 and bot.deeds("receive"), "commands and order at the desk")
    for number in signals[:-1]:
        bot.popen.send_signal(number)
    assert bot.stop(signals[-1]) < 5
    assert bot.popen.returncode == 0, bot.log()
    for thread in [order, *commands]:
        thread.join()
    assert answers == {
        "begun": ("ok", "you typed: 8 wait 0.9"),
        "other": ("ok", "you typed: 8 wait 0.6"),
        "behind": ("ok", "you typed: 9 behind it"),
    }
    assert [type(outcome) for outcome in outcomes] == [Done]
    assert bot.deeds("closed")
    assert "Traceback" not in bot.log()
    with pytest.raises(PeerAwayError):
        door.call(RECEIVE, incoming(), OUTCOME)


def test_what_hangs_does_not_keep_the_bot_from_ending_in_time(bot, workspace):
    workspace.start()
    bot.start()
    channel, told = workspace.channel("hanging"), {}
    hanging = threading.Thread(target=lambda: workspace.command("wait 30", channel=channel))
    behind = threading.Thread(target=lambda: told.update(behind=workspace.command("behind it", channel=channel)))
    hanging.start()
    wait_for(lambda: bot.typed(), "the command at the desk")  # noqa: PLW0108
    behind.start()
    wait_for(lambda: workspace.commands_sent() == 2, "the command behind it")
    assert bot.stop() < 5
    hanging.join()
    behind.join()
    # Its time was up before the bot gave it up: so it was told to wait, and then the truth.
    assert told["behind"][0] == "ok"
    wait_for(lambda: wording.stopping() in workspace.seen_by(channel=channel), "the truth about the command behind it")


def test_an_admin_restarts_the_bot_once_and_shuts_it_down(bot, workspace):
    workspace.start()
    bot.start()
    channel = workspace.channel("admins", ADA)
    bot.start_again_by(lambda: workspace.say("!restart", user=ADA, channel=channel))
    assert "Restarting" in workspace.seen_by(ADA, channel)
    wait_for(
        lambda: all(e["acked_after_seconds"] is not None for e in workspace.get("socket")["envelopes"]),
        "an acknowledgement of every envelope",
    )
    assert bot.log().count("Found Backend plugin") == 2
    assert workspace.command("hi") == ("ok", "you typed: 2 hi")
    workspace.say("!shutdown --confirm", user=ADA, channel=channel)
    assert bot.popen.wait(5) == 0
    assert "Roger that. I am shutting down." in workspace.seen_by(ADA, channel)


def test_what_slack_refuses_is_named_until_it_works(bot, workspace):
    workspace.start()
    workspace.do("act/token", op="deactivate")
    workspace.do("socket", op="refuse")
    bot.start(wait=False)
    wait_for(lambda: bot.status("/healthz") == 200, "the bot being up", 30)
    wait_for(lambda: "SLACK_BOT_TOKEN (account_inactive)" in reasons(bot), "the reason: the token")
    workspace.do("act/token", op="restore")
    wait_for(lambda: "Socket Mode cannot connect" in reasons(bot), "the reason: no line")
    workspace.do("socket", op="accept")
    bot.wait_ready()
    assert workspace.command("hi") == ("ok", "you typed: 2 hi")


def test_slack_may_come_later_go_and_come_back(bot, workspace):
    bot.start(wait=False)
    wait_for(lambda: bot.status("/healthz") == 200, "the bot being up", 30)
    wait_for(lambda: "cannot be reached" in reasons(bot), "the reason")
    for end in (workspace.stop, workspace.kill):
        workspace.start()
        bot.wait_ready()
        assert workspace.command("hi") == ("ok", "you typed: 2 hi")
        end()
        wait_for(lambda: bot.status("/readyz") == 503, "the loss being noticed", 5)
        workspace.log_path.unlink()
    assert bot.status("/healthz") == 200


def test_a_request_that_comes_before_everything_is_ready_costs_no_route(bot, workspace):
    workspace.start()
    bot.start(wait=False)
    door, said = DoorClient(bot.url, SECRET), []

    def knock():
        try:
            return door.call(RECEIVE, incoming(), OUTCOME)
        except PeerAwayError as error:
            said.append(str(error))
            return None

    # As fast as possible, from the first moment: some of these meet a bot whose plugins are not active yet.
    assert isinstance(wait_for(knock, "the first order", 30), Done)
    bot.wait_ready()
    assert bot.status("/healthz") == 200
    assert said


SLOW_AFTER_OPENING_THE_PORT = """
import threading, time
start = threading.Thread.start
def start_slowly(thread):
    start(thread)
    time.sleep(2 if thread.name == "Webserver Thread" else 0)
threading.Thread.start = start_slowly
"""


def test_a_request_that_comes_as_the_web_server_opens_its_port_does_not_keep_it_from_starting(bot, workspace, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(SLOW_AFTER_OPENING_THE_PORT)
    bot.environment["PYTHONPATH"] = str(tmp_path)
    workspace.start()
    bot.start(wait=False)
    wait_for(lambda: bot.status("/healthz") == 200, "the port being open", 30)
    assert "Activate plugin: Bridge" not in bot.log()
    bot.wait_ready()
    assert "failed at activation" not in bot.log()


def test_wrong_settings_end_the_start_with_one_message(bot):
    bot.environment |= {"SK_BOT_PORT": "many", "SK_ADMINS": "bob"}
    bot.start(wait=False)
    assert bot.popen.wait(20) == 2
    assert "SK_BOT_PORT: " in bot.log()
    assert "SK_ADMINS: " in bot.log()
    assert "Traceback" not in bot.log()


def test_after_a_kill_the_bot_starts_again_and_a_successor_waits_for_a_predecessor_that_is_just_stopping(
    bot, workspace, tmp_path
):
    workspace.start()
    bot.start()
    bot.kill()
    bot.start()
    successor = Bot(tmp_path, workspace)
    successor.port, successor.url = bot.port, bot.url
    successor.environment = bot.environment
    successor.start(wait=False)
    try:
        wait_for(lambda: "Found Backend plugin" in successor.log().rpartition("ready")[2], "the successor's start")
        bot.stop()
        successor.wait_ready()
        assert workspace.command("hi") == ("ok", "you typed: 2 hi")
    finally:
        successor.end()
