"""What people do in Slack, as the desk gets it and as they see its answers: the real bot in the local workspace."""

import json
import threading

import pytest
from backend_process import ADA, ALICE, BRUNO, GENERAL, wait_for

from desk.errbot_backend import wording


@pytest.fixture(autouse=True)
def fresh(bot):
    """Each test reads its own record."""
    bot.record.unlink(missing_ok=True)


def test_a_slash_command_reaches_the_desk_as_slack_sent_it_and_its_answer_comes_with_the_acknowledgement(
    bot, workspace
):
    outcome, text = workspace.command("  hello\n\nworld & <b> ")
    assert outcome == "ok"
    assert text.startswith("you typed: ")
    [typed] = bot.deeds("typed")
    assert typed["text"] == "  hello\n\nworld &amp; &lt;b&gt; "
    assert (typed["agent_id"], typed["channel_id"]) == (ALICE, GENERAL)
    assert typed["request_id"].startswith("slash:")


def test_commands_cost_no_slack_call_of_the_backend(bot, workspace):
    channel = workspace.channel("quiet-calls")
    workspace.forget_calls()
    for number in range(5):
        workspace.command("quiet", channel=channel)
        workspace.say(f"!sk quiet {number}", channel=channel)
        workspace.say("talk", channel=channel)
    wait_for(lambda: len(bot.deeds("answered")) == 10, "all commands")
    assert workspace.calls() == []


def test_blocks_of_an_answer_are_shown(bot, workspace):
    told = workspace.do("act/command", user=ALICE, channel=GENERAL, command="/sk", text="blocks please")
    assert told["response"]["blocks"][0]["text"]["text"] == "a block"


def test_typed_commands_take_the_same_path_and_answer_their_author_alone(bot, workspace):
    channel = workspace.channel("typed", BRUNO)
    ts = workspace.say("!sk  two\nlines & more", channel=channel)
    wait_for(lambda: workspace.seen_by(ALICE, channel), "the answer")
    [typed] = bot.deeds("typed")
    assert typed["text"] == " two\nlines &amp; more"
    assert typed["request_id"] == f"message:{channel}:{ts}"
    workspace.say("!profile", channel=channel)
    wait_for(lambda: bot.typed()[1:] == ["!profile"], "the profile")
    assert workspace.seen_by(BRUNO, channel) == []


def test_a_command_typed_in_a_thread_is_answered_there(bot, workspace):
    channel = workspace.channel("threaded")
    ts = workspace.say("question", channel=channel)
    workspace.say("!sk in a thread", channel=channel, thread_ts=ts)
    [typed] = wait_for(lambda: bot.deeds("typed"), "the command")
    assert typed["text"] == "in a thread"
    wait_for(lambda: workspace.seen_by(ALICE, channel), "the answer")
    [answer] = workspace.get("ephemerals", user=ALICE, channel=channel)["messages"]
    assert answer["thread_ts"] == ts


def test_forty_commands_of_one_channel_keep_their_order(bot, workspace):
    channel = workspace.channel("forty")
    texts = [f"quick {number:02d}" for number in range(40)]
    for text in texts:
        workspace.say(f"!sk {text}", channel=channel)
    wait_for(lambda: len(bot.typed()) == 40, "all commands")
    assert bot.typed() == texts


def test_a_slow_channel_does_not_hold_up_another_and_what_waits_behind_it_keeps_its_turn(bot, workspace):
    slow, quick = workspace.channel("slow"), workspace.channel("quick")
    workspace.say("!sk wait 1", channel=slow)
    workspace.say("!sk behind it", channel=slow)
    wait_for(lambda: bot.typed() == ["wait 1"], "the slow command")
    assert workspace.command("swift", channel=quick)[0] == "ok"
    assert bot.typed() == ["wait 1", "swift"]
    wait_for(lambda: bot.typed()[2:] == ["behind it"], "the one behind")


def test_a_slow_command_is_acknowledged_in_time_and_its_true_answer_follows(bot, workspace):
    told = workspace.do("act/command", user=BRUNO, channel=GENERAL, command="/sk", text="wait 2.8")
    assert told["outcome"] == "ok"
    assert 2.3 < told["seconds"] < 2.9
    assert told["response"]["text"] == wording.still_working()
    wait_for(lambda: workspace.seen_by(BRUNO)[1:] == ["you typed: 8 wait 2.8"], "the true answer")


def test_what_is_known_only_later_follows_the_answer(bot, workspace):
    before = len(workspace.seen_by())
    assert workspace.command("follow 0.2")[1].startswith("you typed")
    workspace.say("!sk follow 0.2", channel=workspace.channel("follow"))
    wait_for(lambda: "it went out" in workspace.seen_by()[before:], "the news at the response_url")
    wait_for(lambda: bot.typed()[-1] == "follow 0.2", "the typed one")


def test_a_fault_at_the_desk_is_admitted_without_its_details(bot, workspace):
    assert workspace.command("fail") == ("ok", wording.went_wrong())
    assert "a secret that nobody may see" not in "".join(workspace.seen_by())


def test_what_slack_delivers_twice_is_done_once(bot, workspace):
    channel = workspace.channel("twice")
    workspace.do("socket", op="duplicate_next")
    workspace.say("!sk once", channel=channel)
    wait_for(lambda: len(bot.typed()) == 1, "the command")
    workspace.do("socket", op="new_event_id_next")
    workspace.say("!sk once more", channel=channel)
    workspace.say("!sk the end", channel=channel)
    wait_for(lambda: "the end" in bot.typed(), "the end")
    assert bot.typed() == ["once", "once more", "the end"]
    wait_for(
        lambda: all(e["acked_after_seconds"] is not None for e in workspace.get("socket")["envelopes"]),
        "an acknowledgement of every envelope",
    )


def test_edits_deletions_and_the_bots_own_posts_run_nothing(bot, workspace):
    channel = workspace.channel("edits")
    ts = workspace.say("!sk first", channel=channel)
    wait_for(lambda: bot.typed() == ["first"], "the command")
    workspace.do("act/message", "PUT", user=ALICE, channel=channel, ts=ts, text="!sk edited")
    workspace.do("act/message", "DELETE", user=ALICE, channel=channel, ts=ts)
    posted = workspace.post_as_bot(channel, text="!sk from the app user", username="App User")
    assert posted["ok"], posted
    assert workspace.post_as_bot(channel, text="!profile")["ok"]
    assert workspace.post_as_bot(channel, text="!claim", username="App User")["ok"]
    ts = workspace.say("talk", channel=channel)
    workspace.do("act/message", "PUT", user=ALICE, channel=channel, ts=ts, text="!close")
    workspace.say("!sk last", channel=channel)
    wait_for(lambda: "last" in bot.typed(), "the last")
    assert bot.typed() == ["first", "last"]


def test_buttons_reach_the_desk_and_answer_who_pressed_them(bot, workspace):
    channel = workspace.channel("buttons", BRUNO)
    buttons = [
        {"type": "button", "action_id": action, "value": "abc", "text": {"type": "plain_text", "text": action}}
        for action in ("sk_retry", "loud")
    ]
    ts = workspace.post_as_bot(channel, text="press", blocks=[{"type": "actions", "elements": buttons}])["ts"]
    for action in ("sk_retry", "loud"):
        told = workspace.do("act/action", user=BRUNO, channel=channel, ts=ts, action_id=action)
        assert told["outcome"] == "ok"
    quiet, loud = bot.deeds("pressed")
    assert (quiet["agent_id"], quiet["channel_id"], quiet["message_ts"]) == (BRUNO, channel, ts)
    assert (quiet["action_id"], quiet["value"], loud["action_id"]) == ("sk_retry", "abc", "loud")
    wait_for(lambda: workspace.seen_by(BRUNO, channel) == ["you pressed abc"], "the answer")


def test_a_shortcut_reaches_the_desk_and_answers_who_chose_it(bot, workspace):
    channel = workspace.channel("shortcut", BRUNO)
    ts = workspace.say("a message", channel=channel)
    place = {"user": BRUNO, "channel": channel, "ts": ts}
    told = workspace.do("act/shortcut", callback_id="sk_send_to_app_user", **place)
    assert told["outcome"] == "ok"
    [chosen] = bot.deeds("chosen")
    assert (chosen["agent_id"], chosen["channel_id"], chosen["message_ts"]) == (BRUNO, channel, ts)
    assert (chosen["callback_id"], chosen["thread_ts"]) == ("sk_send_to_app_user", None)
    wait_for(lambda: workspace.seen_by(BRUNO, channel) == ["you chose it"], "the answer")


@pytest.mark.parametrize("fate", ["closes", "stays"])
def test_a_form_that_was_sent_closes_or_stays_as_the_desk_says(bot, workspace, fate):
    channel = workspace.channel(f"form-{fate}")
    ts = workspace.say("a message", channel=channel)
    workspace.do("act/shortcut", user=ALICE, channel=channel, ts=ts, callback_id="anything")
    metadata = json.dumps({"channel_id": channel, "fate": fate})
    view_id = workspace.open_as_bot(bot.deeds("chosen")[-1]["trigger_id"], metadata)
    told = workspace.do("act/view", user=ALICE, view_id=view_id)
    assert (told["outcome"], told["response_action"]) == ("ok", "update" if fate == "stays" else "close")
    assert bot.deeds("submitted")[-1]["metadata"] == metadata
    if fate == "closes":
        wait_for(lambda: "it went out" in workspace.seen_by(ALICE, channel), "what is told later")


def test_home_tabs_that_are_opened_and_buttons_in_them_reach_the_desk(bot, workspace):
    workspace.do("act/home", user=BRUNO)
    wait_for(lambda: bot.deeds("home_opened"), "the opening")
    assert [deed["agent_id"] for deed in bot.deeds("home_opened")] == [BRUNO]
    button = {"type": "button", "action_id": "at-home", "value": "abc", "text": {"type": "plain_text", "text": "Go"}}
    view = {"type": "home", "blocks": [{"type": "actions", "elements": [button]}]}
    view_id = workspace.call("views.publish", user_id=BRUNO, view=view)["view"]["id"]
    told = workspace.do("act/action", user=BRUNO, view_id=view_id, action_id="at-home")
    assert told["outcome"] == "ok"
    [press] = [deed for deed in bot.deeds("pressed") if deed["action_id"] == "at-home"]
    assert (press["agent_id"], press["channel_id"], press["value"], press["view"]) == (BRUNO, "", "abc", "home")
    assert press["trigger_id"]


def test_interactions_that_nobody_offers_are_acknowledged(bot, workspace):
    channel = workspace.channel("shortcuts")
    ts = workspace.say("a message", channel=channel)
    told = workspace.do("act/shortcut", user=ALICE, channel=channel, ts=ts, callback_id="anything")
    assert told["outcome"] == "ok"


def test_changes_of_channels_reach_the_desk(bot, workspace):
    channel = workspace.channel("changing")
    workspace.do("act/channel", user=ALICE, op="rename", channel=channel, name="changed")
    workspace.do("act/channel", user=ALICE, op="archive", channel=channel)
    changes = wait_for(lambda: bot.deeds("channel_changed")[1:], "the changes")
    assert [change["kind"] for change in bot.deeds("channel_changed")] == ["renamed", "archived"]
    assert changes[-1]["channel_id"] == channel
    assert bot.deeds("channel_changed")[0]["name"] == "changed"
    kicked = workspace.channel("kicked")
    workspace.do("act/channel", user=ADA, op="join", channel=kicked)
    workspace.do("act/channel", user=ADA, op="kick", channel=kicked, target="UBOT000001")
    wait_for(lambda: bot.deeds("channel_changed")[2:], "the bot's removal")
    assert bot.deeds("channel_changed")[2]["kind"] == "left"


@pytest.mark.parametrize(
    "command",
    [
        "!status",
        "!webhook test /sk/receive {}",
        "!webstatus",
        "!uptime",
        "!plugin reload Sk",
        "!repos",
        "!about",
        "!channels",
    ],
)
def test_administrative_commands_are_closed_to_agents(bot, workspace, command):
    channel = workspace.channel("closed-" + "".join(filter(str.isalpha, command.lower())))
    workspace.say(command, channel=channel)
    [refusal] = wait_for(lambda: workspace.seen_by(ALICE, channel), "the refusal")
    assert "not allowed" in refusal
    assert bot.deeds("receive") == []


@pytest.mark.parametrize(
    "command", ["!histories", "!whoami", "!room list", "!flows", "!echo x", "!!", "!1", "!important"]
)
def test_what_is_no_command_stays_talk(bot, workspace, command):
    channel = workspace.channel("talk-" + str(abs(hash(command)))[:10])
    workspace.say(command, channel=channel)
    workspace.say("!sk quiet", channel=channel)
    wait_for(bot.typed, "the command behind it")
    assert workspace.seen_by(ALICE, channel) == []


def test_admins_get_errbots_commands_and_the_answers_are_for_them_alone(bot, workspace):
    channel = workspace.channel("admins", ADA)
    workspace.say("!uptime", user=ADA, channel=channel)
    wait_for(lambda: any("been up for" in text for text in workspace.seen_by(ADA, channel)), "the uptime")
    workspace.say("!channels", user=ADA, channel=channel)
    wait_for(lambda: workspace.seen_by(ADA, channel)[1:], "the first page of channels")
    workspace.say("!channels 2", user=ADA, channel=channel)
    wait_for(lambda: workspace.seen_by(ADA, channel)[2:], "the second page")
    _, first, second = workspace.seen_by(ADA, channel)
    assert "45 app users have a channel" in first
    assert "page 1 of 2" in first
    assert "<#C0> User &lt;0&gt;" in first
    assert (first.count("<#C"), second.count("<#C")) == (40, 5)
    assert "<#C44>" in second
    assert workspace.seen_by(ALICE, channel) == []
    posts = [m["text"] for m in workspace.get("messages", channel=channel)["messages"] if m.get("bot_id")]
    assert posts == []


@pytest.mark.parametrize("person", [ALICE, ADA])
def test_our_commands_typed_alone_are_ours_for_everybody_even_where_errbot_has_one_of_the_name(bot, workspace, person):
    channel = workspace.channel(f"bare-{person.lower()}", *({person} - {ALICE}))
    commands = ["!help", "!Help close", "!history", "!claim", "!waiting mine"]
    for text in commands:
        workspace.say(text, user=person, channel=channel)
    wait_for(lambda: len(workspace.seen_by(person, channel)) == len(commands), "the answers")
    assert bot.typed() == commands
    assert all(text.startswith("you typed: ") for text in workspace.seen_by(person, channel))


def test_twenty_channels_at_once_are_all_served(bot, workspace):
    channels = [workspace.channel(f"many-{number}") for number in range(20)]
    answers = {}
    threads = [
        threading.Thread(target=lambda c=c: answers.update({c: workspace.command("wait 0.3", channel=c)}))
        for c in channels
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(answers.values()) == {("ok", "you typed: 8 wait 0.3")}


def test_the_log_holds_no_load_errors_no_secrets_and_nothing_that_was_typed(bot, workspace):
    log = bot.log()
    assert "Some plugins failed" not in log
    for plugin in ("Sk", "Channels", "Bridge"):
        assert f"Activate plugin: {plugin}." in log
    for typed in ("hello", "two\nlines", "once more", "xoxb-", "xapp-", "the-internal-secret"):
        assert typed not in log
