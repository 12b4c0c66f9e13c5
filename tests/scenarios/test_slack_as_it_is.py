"""Slack as it is: answers get lost, deliveries double, people archive, delete, rename and revoke. All of it heals."""

import signal

import pytest
from people import ADA, ALICE, BRUNO, GENERAL, App, Slack, shown_all, unique
from processes import Stack, wait_for


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    """A stack of this module's own, because its Slack is disturbed."""
    stack = Stack(tmp_path_factory.mktemp("slack"), SK_INVITE=f"{ALICE},{BRUNO}")
    try:
        yield stack.start()
    finally:
        stack.end()


@pytest.fixture
def fault(slack):
    """Orders a fault of Slack; none outlives its scenario."""

    def order(method: str, kind: str, **how) -> None:
        slack._post("faults", method=method, kind=kind, **how)

    yield order
    slack.http.delete(f"{slack.url}/faults", timeout=10)


class Conversation:
    """An app user with a conversation that is under way."""

    def __init__(self, app: App, slack: Slack, name: str) -> None:
        self.app, self.slack, self.name = app, slack, name
        self.user_id = unique(name.split(maxsplit=1)[0].lower())
        self.write("first words")
        self.channel_id = slack.conversation("sk-" + name.lower().replace(" ", "-"))
        wait_for(self.announced, "the dispatch notice")

    def write(self, text: str) -> None:
        self.app.write(self.user_id, text, name=self.name)

    def announced(self) -> list[str]:
        """The channels to which the dispatch channel's notices of this app user lead."""
        notices = [m for m in self.slack.messages(GENERAL) if f"{self.name} started" in m.get("text", "")]
        return [mention.removeprefix("#") for m in notices for mention in m["x_live_mentions"]]

    def shown(self, channel_id: str | None = None) -> str:
        return shown_all(self.slack.relayed(channel_id or self.channel_id))

    def successor(self) -> str:
        """The channel in which the conversation goes on."""
        wait_for(lambda: len(self.announced()) > 1, "the next dispatch notice", 30)
        return self.announced()[-1]


def channels_of(slack: Slack, prefix: str) -> list[dict]:
    return [channel for channel in slack.user_channels() if channel["name"].startswith(prefix)]


def ops(slack: Slack, op: str, channel_id: str, **more: str) -> None:
    """What an admin does to a channel."""
    slack._post("act/channel", user=ADA, op=op, channel=channel_id, **more)


# ── exactly once into Slack: answers that get lost, and a bot that dies in between ────────────────────────────────


def once_in_slack(slack: Slack, name: str, words: str) -> None:
    """One channel, one introduction, one dispatch notice with its link, the words once."""
    slug = "sk-" + name.lower().replace(" ", "-")
    [channel] = wait_for(lambda: channels_of(slack, slug), "the channel")
    wait_for(lambda: words in shown_all(slack.relayed(channel["id"])), "the words", 30)

    def told() -> list[dict]:
        return [m for m in slack.messages(GENERAL) if name in m.get("text", "")]

    wait_for(lambda: told() and told()[0]["x_live_mentions"] == [f"#{channel['id']}"], "the dispatch notice", 30)
    assert len(told()) == 1
    assert shown_all(slack.messages(channel["id"])).count("This channel is the conversation with") == 1
    assert shown_all(slack.relayed(channel["id"])).count(words) == 1
    assert len(channels_of(slack, slug)) == 1


@pytest.mark.parametrize("kind", ["timeout_after", "reset"])
@pytest.mark.parametrize(
    "call",
    [
        pytest.param(("conversations.create", 0), id="channel"),
        pytest.param(("chat.postMessage", 0), id="introduction"),
        pytest.param(("chat.postMessage", 1), id="message"),
        pytest.param(("chat.postMessage", 2), id="dispatch notice"),
    ],
)
def test_an_answer_that_gets_lost_doubles_nothing(app, slack, fault, kind, call):
    method, skip = call
    name = f"Lost {kind.split('_')[0].title()} {method[-4:].title()}{skip}"
    fault(method, kind, skip=skip, seconds=0.1)
    app.write(unique("lost"), "only once", name=name)
    once_in_slack(slack, name, "only once")


@pytest.mark.parametrize(
    "call",
    [pytest.param(("conversations.create", 0), id="channel"), pytest.param(("chat.postMessage", 1), id="message")],
)
def test_a_bot_killed_before_it_hears_slacks_answer_doubles_nothing(stack, app, slack, fault, call):
    method, skip = call
    name = f"Killed {method[-4:].title()}"
    fault(method, "timeout_after", skip=skip, seconds=30)
    slack.forget_calls()
    app.write(unique("killed"), "only once", name=name)
    wait_for(lambda: any(c["fault"] for c in slack.calls(method=method)), "the call whose answer will be lost")
    stack.bot.kill()
    stack.bot.start()
    once_in_slack(slack, name, "only once")


def test_a_strangers_channel_is_never_adopted(stack, app, slack, fault):
    fault("conversations.create", "timeout_before", seconds=0.1)
    slack._post("act/channel", user=ADA, op="create", name="sk-sara-stranger")
    app.write(unique("sara"), "mine", name="Sara Stranger")
    channel = slack.channel_named("sk-sara-stranger-2")
    wait_for(lambda: "mine" in shown_all(slack.relayed(channel["id"])), "the words", 30)
    [foreign] = [channel for channel in slack.channels() if channel["name"] == "sk-sara-stranger"]
    assert slack.relayed(foreign["id"]) == []


# ── exactly once from Slack ───────────────────────────────────────────────────────────────────────────────────────


def buttons(message: dict) -> list[dict]:
    return [element for block in message.get("blocks") or () for element in block.get("elements") or ()]


def test_a_command_sent_again_by_hand_asks_before_it_doubles_also_over_a_restart(stack, app, slack):
    conversation = Conversation(app, slack, "Hanna Hand")
    assert slack.command(ALICE, conversation.channel_id, "same words")["outcome"] == "ok"
    stack.bot.kill()
    stack.bot.start()
    asked = slack.command(ALICE, conversation.channel_id, "same words")["response"]
    assert "already, at <!date^" in asked["text"]
    assert app.replies(conversation.user_id) == ["same words"]
    seen = [m for m in slack.seen_by(ALICE, conversation.channel_id) if buttons(m)][-1]
    button = next(element for element in buttons(seen) if element["type"] == "button")
    for _ in range(2):
        slack._post(
            "act/action",
            user=ALICE,
            channel=conversation.channel_id,
            ts=seen["ts"],
            action_id=button["action_id"],
            value=button["value"],
            ephemeral=True,
        )
    assert app.replies(conversation.user_id) == ["same words"] * 2
    assert slack.command(BRUNO, conversation.channel_id, "same words")["response"] is None


def commands_begun(stack) -> int:
    return stack.bot.log_path.read_text(errors="replace").count("request_id=message:")


def test_doubled_deliveries_are_one_reply_also_over_a_restart(stack, app, slack):
    conversation = Conversation(app, slack, "Dina Double")
    slack._post("socket", op="duplicate_next")
    slack.say(ALICE, conversation.channel_id, "!sk doubled envelope")
    slack._post("socket", op="new_event_id_next")
    slack.say(ALICE, conversation.channel_id, "!sk doubled event")
    wait_for(lambda: len(app.replies(conversation.user_id)) == 2, "both replies")
    # The bot dies before it acknowledges: the server hangs, so that the bot is still waiting for its answer.
    stack.server.popen.send_signal(signal.SIGSTOP)
    try:
        begun = commands_begun(stack)
        slack.say(ALICE, conversation.channel_id, "!sk delivered again")
        wait_for(lambda: commands_begun(stack) > begun, "the command under way")
        stack.bot.kill()
    finally:
        stack.server.popen.send_signal(signal.SIGCONT)
    stack.bot.start()
    slack.command(ALICE, conversation.channel_id, "the end")
    wait_for(lambda: "delivered again" in app.replies(conversation.user_id), "what was delivered again", 30)
    assert sorted(app.replies(conversation.user_id)) == [
        "delivered again",
        "doubled envelope",
        "doubled event",
        "the end",
    ]


def test_a_command_whose_reply_ended_in_doubt_is_settled_and_its_agent_is_told(stack, app, slack):
    conversation = Conversation(app, slack, "Dodo Doubt")
    stack.server.popen.send_signal(signal.SIGSTOP)
    try:
        answer = slack.command(ALICE, conversation.channel_id, "in doubt")
        assert "may or may not have gone out" in answer["response"]["text"]
    finally:
        stack.server.popen.send_signal(signal.SIGCONT)

    def told() -> list[str]:
        return [m["text"] for m in slack.seen_by(ALICE, conversation.channel_id) if "has gone out" in m["text"]]

    wait_for(told, "the verdict")
    assert told() == ["Your reply “in doubt” has gone out. Its notice in this channel shows how far it is."]
    assert app.replies(conversation.user_id) == ["in doubt"]
    wait_for(lambda: slack.notices(conversation.channel_id), "the notice")
    assert len(slack.notices(conversation.channel_id)) == 1
