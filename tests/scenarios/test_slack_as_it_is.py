"""Slack as it is: answers get lost, deliveries double, people archive, delete, rename and revoke. All of it heals."""

import re
import signal

import pytest
import requests
from people import ADA, ALICE, BRUNO, App, Slack, shown_all, unique
from processes import Stack, wait_for

DISPATCH = "CRANDOM001"
BOT = "UBOT000001"


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    """A stack of this module's own, because its Slack is disturbed."""
    stack = Stack(tmp_path_factory.mktemp("slack"), SK_INVITE=f"{ALICE},{BRUNO}", SK_DISPATCH_CHANNEL="random")
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


def announced(slack: Slack, name: str) -> list[str]:
    """The channels to which the dispatch channel's notices of this app user lead; one notice may tell of several."""
    board = shown_all([m for m in slack.messages(DISPATCH) if m.get("metadata")])
    return re.findall(rf"^{name} started a conversation in <#(\w+)>", board, re.MULTILINE)


class Conversation:
    """An app user with a conversation that is under way."""

    def __init__(self, app: App, slack: Slack, name: str) -> None:
        self.app, self.slack, self.name = app, slack, name
        self.user_id = unique(name.split(maxsplit=1)[0].lower())
        self.replied = 0
        self.write("first words")
        self.channel_id = slack.conversation("sk-" + name.lower().replace(" ", "-"))
        wait_for(self.announced, "the dispatch notice")

    def replies(self) -> list[str]:
        """What agents sent in this scenario."""
        return self.app.replies(self.user_id)[self.replied :]

    def write(self, text: str) -> None:
        self.app.write(self.user_id, text, name=self.name)

    def announced(self) -> list[str]:
        """The channels to which the dispatch channel's notices of this app user lead."""
        return announced(self.slack, self.name)

    def shown(self, channel_id: str | None = None) -> str:
        return shown_all(self.slack.relayed(channel_id or self.channel_id))

    def successor(self) -> str:
        """The channel in which the conversation goes on."""
        wait_for(lambda: len(self.announced()) > 1, "the next dispatch notice", 30)
        return self.announced()[-1]


@pytest.fixture(scope="module")
def going_on(stack):
    return Conversation(App(stack.server_url, stack.settings), Slack(stack.sandbox_url), "Toni Talk")


@pytest.fixture
def talk(going_on):
    """A conversation that scenarios share: Slack lets only twenty channels a minute be made."""
    going_on.replied = len(going_on.app.replies(going_on.user_id))
    return going_on


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
    wait_for(lambda: announced(slack, name), "the dispatch notice", 30)
    assert announced(slack, name) == [channel["id"]]
    assert len([m for m in slack.messages(DISPATCH) if f"{name} started" in m.get("text", "")]) == 1
    assert shown_all(slack.messages(channel["id"])).count("This channel is the conversation with") == 1
    assert shown_all(slack.relayed(channel["id"])).count(words) == 1
    assert len(channels_of(slack, slug)) == 1


@pytest.mark.parametrize(
    "lost",
    [
        pytest.param(("timeout_after", "conversations.create", 0), id="channel"),
        pytest.param(("timeout_after", "chat.postMessage", 0), id="introduction"),
        pytest.param(("timeout_after", "chat.postMessage", 1), id="message"),
        pytest.param(("timeout_after", "chat.postMessage", 2), id="dispatch notice"),
        pytest.param(("reset", "chat.postMessage", 1), id="message, never carried out"),
    ],
)
def test_an_answer_that_gets_lost_doubles_nothing(app, slack, fault, lost):
    kind, method, skip = lost
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


def test_a_command_sent_again_by_hand_asks_before_it_doubles_also_over_a_restart(stack, slack, talk):
    assert slack.command(ALICE, talk.channel_id, "same words")["outcome"] == "ok"
    stack.bot.kill()
    stack.bot.start()
    asked = slack.command(ALICE, talk.channel_id, "same words")["response"]
    assert "already, at <!date^" in asked["text"]
    assert talk.replies() == ["same words"]
    seen = [m for m in slack.seen_by(ALICE, talk.channel_id) if buttons(m)][-1]
    button = next(element for element in buttons(seen) if element["type"] == "button")
    for _ in range(2):
        slack._post(
            "act/action",
            user=ALICE,
            channel=talk.channel_id,
            ts=seen["ts"],
            action_id=button["action_id"],
            value=button["value"],
            ephemeral=True,
        )
    assert talk.replies() == ["same words"] * 2
    assert slack.command(BRUNO, talk.channel_id, "same words")["response"] is None


def commands_begun(stack) -> int:
    return stack.bot.log_path.read_text(errors="replace").count("request_id=message:")


def test_doubled_deliveries_are_one_reply_also_over_a_restart(stack, slack, talk):
    slack._post("socket", op="duplicate_next")
    slack.say(ALICE, talk.channel_id, "!sk doubled envelope")
    slack._post("socket", op="new_event_id_next")
    slack.say(ALICE, talk.channel_id, "!sk doubled event")
    wait_for(lambda: len(talk.replies()) == 2, "both replies")
    # The bot dies before it acknowledges: the server hangs, so that the bot is still waiting for its answer.
    stack.server.popen.send_signal(signal.SIGSTOP)
    try:
        begun = commands_begun(stack)
        slack.say(ALICE, talk.channel_id, "!sk delivered again")
        wait_for(lambda: commands_begun(stack) > begun, "the command under way")
        stack.bot.kill()
    finally:
        stack.server.popen.send_signal(signal.SIGCONT)
    stack.bot.start()
    slack.command(ALICE, talk.channel_id, "the end")
    wait_for(lambda: "delivered again" in talk.replies(), "what was delivered again", 30)
    assert sorted(talk.replies()) == [
        "delivered again",
        "doubled envelope",
        "doubled event",
        "the end",
    ]


def test_a_command_whose_reply_ended_in_doubt_is_settled_and_its_agent_is_told(stack, slack, talk):
    stack.server.popen.send_signal(signal.SIGSTOP)
    try:
        answer = slack.command(ALICE, talk.channel_id, "in doubt")
        assert "may or may not have gone out" in answer["response"]["text"]
    finally:
        stack.server.popen.send_signal(signal.SIGCONT)

    def told() -> list[str]:
        return [m["text"] for m in slack.seen_by(ALICE, talk.channel_id) if "has gone out" in m["text"]]

    wait_for(told, "the verdict")
    assert told() == ["Your reply “in doubt” has gone out. Its notice in this channel shows how far it is."]
    assert talk.replies() == ["in doubt"]

    def notices() -> str:
        return shown_all([m for m in slack.notices(talk.channel_id) if "in doubt" in shown_all([m])])

    wait_for(notices, "the notice")
    assert notices().count("Alice Adams replied: in doubt") == 1


# ── what admins do to the app ─────────────────────────────────────────────────────────────────────────────────────


def readiness(stack) -> str:
    return requests.get(stack.bot.ready_url, timeout=5).text


def token(slack: Slack, op: str, **more: str) -> None:
    slack._post("act/token", op=op, **more)


def test_where_channels_may_not_be_created_the_conversation_is_announced_and_waits(stack, app, slack):
    token(slack, "restrict_channel_creation")
    try:
        app.write(unique("restricted"), "let me in", name="Resa Tricted")
        wait_for(
            lambda: any("Resa Tricted started" in m.get("text", "") for m in slack.messages(DISPATCH)), "the notice"
        )
        assert channels_of(slack, "sk-resa") == []
    finally:
        token(slack, "allow_channel_creation")
    once_in_slack(slack, "Resa Tricted", "let me in")


def what_waits_appears(conversation: Conversation, stack, break_it, heal_it, reason: str) -> None:
    """Messages wait while Slack refuses the bot, the reason is told, and all appear in order once it is mended."""
    texts = [f"waiting {unique(str(number))}" for number in range(3)]
    break_it()
    try:
        for text in texts:
            conversation.write(text)
        wait_for(lambda: reason in readiness(stack), f"{reason} among the reasons", 15)
    finally:
        heal_it()
    wait_for(lambda: all(text in conversation.shown() for text in texts), "what waited", 30)
    assert [conversation.shown().count(text) for text in texts] == [1, 1, 1]
    assert sorted(texts, key=conversation.shown().index) == texts
    stack.bot.wait_ready()


def test_a_revoked_token_that_works_again(stack, slack, talk):
    what_waits_appears(talk, stack, lambda: token(slack, "revoke"), lambda: token(slack, "restore"), "revoked")
    assert slack.command(ALICE, talk.channel_id, "welcome back")["outcome"] == "ok"
    assert talk.replies() == ["welcome back"]


def test_a_revoked_token_that_is_replaced(stack, slack, talk):
    before = stack.bot.environment
    token(slack, "revoke")
    talk.write("across two tokens")
    token(slack, "replace", token="xoxb-new")
    stack.bot.stop()
    stack.bot.environment = {
        **before,
        "SLACK_BOT_TOKEN": "xoxb-new",
        "SLACK_APP_TOKEN": "xapp-sandbox",
        "SLACK_API_URL": f"{stack.sandbox_url}/api/",
        "SK_ALLOW_PRIVATE_TARGETS": "1",
    }
    try:
        stack.bot.start()
        wait_for(lambda: "across two tokens" in talk.shown(), "what waited", 30)
    finally:
        stack.bot.environment = before
        token(slack, "replace", token="xoxb-sandbox")
        stack.bot.stop()
        stack.bot.start()


def test_a_token_that_is_not_valid_at_the_start(stack, slack, talk):
    token(slack, "replace", token="xoxb-another")
    try:
        stack.bot.stop()
        stack.bot.start(wait=False)
        talk.write("too early")
        wait_for(lambda: answers(stack) == 503, "the bot being up and not ready", 20)
        wait_for(lambda: "invalid_auth" in readiness(stack) or "revoked" in readiness(stack), "the reason", 15)
        assert requests.get(f"{stack.bot_url}/healthz", timeout=5).status_code == 200
    finally:
        token(slack, "replace", token="xoxb-sandbox")
    stack.bot.wait_ready()
    wait_for(lambda: "too early" in talk.shown(), "what waited", 30)


def answers(stack) -> int | None:
    try:
        return requests.get(stack.bot.ready_url, timeout=5).status_code
    except requests.ConnectionError:
        return None


def test_a_missing_scope_that_is_granted(stack, slack, talk):
    texts = ["without a scope", "with it"]
    token(slack, "drop_scope", scope="chat:write")
    try:
        slack.forget_calls()
        talk.write(texts[0])
        wait_for(lambda: any(c["error"] == "missing_scope" for c in slack.calls()), "the refusal")
        wait_for(lambda: "missing_scope" in stack.bot.log_path.read_text(errors="replace"), "the bot saying so")
    finally:
        token(slack, "grant_scope", scope="chat:write")
    talk.write(texts[1])
    wait_for(lambda: texts[1] in talk.shown(), "both", 20)
    assert sorted(texts, key=talk.shown().index) == texts


def test_slack_down_for_long(stack, slack, talk):
    what_waits_appears(talk, stack, stack.sandbox.stop, stack.sandbox.start, "Slack")


@pytest.mark.parametrize("op", ["drop", "refresh", "warning"])
def test_a_line_that_slack_closes_is_replaced_and_loses_nothing(stack, slack, talk, op):
    slack._post("socket", op=op)
    # With no line at all Slack tells who types a command so, and sends an event again a minute later.
    wait_for(lambda: slack._get("socket")["connections"], "a line")
    texts = [f"{op} {number}" for number in range(3)]
    for text in texts:
        slack.say(ALICE, talk.channel_id, f"!sk {text}")
    wait_for(lambda: len(talk.replies()) == 3, "the replies", 20)
    assert talk.replies() == texts
    wait_for(lambda: slack.command(BRUNO, talk.channel_id, "and on")["outcome"] == "ok", "a command")


def test_an_agent_whose_account_was_deactivated_speaks_again_only_when_it_is_back(stack, slack, talk):
    slack.command(BRUNO, talk.channel_id, "before")
    slack.forget_calls()
    slack._post("act/person", user=BRUNO, op="deactivate")
    try:
        refused = slack.http.post(
            f"{slack.url}/act/command",
            json={"user": BRUNO, "channel": talk.channel_id, "command": "/sk", "text": "no more"},
            timeout=10,
        )
        assert refused.status_code == 403  # Slack itself
        slack.command(ALICE, talk.channel_id, "I take over")
    finally:
        slack._post("act/person", user=BRUNO, op="reactivate")
    ops(slack, "join", talk.channel_id)
    ops(slack, "invite", talk.channel_id, target=BRUNO)
    slack.command(BRUNO, talk.channel_id, "after")
    assert talk.replies() == ["before", "I take over", "after"]
    assert BRUNO in [call["args"].get("user") for call in slack.calls(method="users.info")]


# ── what people do to channels ────────────────────────────────────────────────────────────────────────────────────


def the_conversation_goes_on_elsewhere(conversation: Conversation, *, linked: bool) -> str:
    """A successor with what was said last, announced again; the words are there once."""
    slack = conversation.slack
    conversation.write("here again")
    successor = conversation.successor()
    assert successor != conversation.channel_id
    wait_for(lambda: "here again" in conversation.shown(successor), "the words in the successor")
    [introduction] = [m for m in slack.messages(successor) if "This channel is the conversation" in m.get("text", "")]
    assert "first words" in introduction["text"]
    assert ("The earlier conversation is in" in introduction["text"]) is linked
    assert introduction["x_live_mentions"] == ([f"#{conversation.channel_id}"] if linked else [])
    assert conversation.shown(successor).count("here again") == 1
    return successor


def test_an_archived_channel_gets_a_successor_linked_both_ways(stack, app, slack):
    conversation = Conversation(app, slack, "Archie Ved")
    ops(slack, "archive", conversation.channel_id)
    successor = the_conversation_goes_on_elsewhere(conversation, linked=True)
    ops(slack, "unarchive", conversation.channel_id)

    def leads_on() -> bool:
        return any(m["x_live_mentions"] == [f"#{successor}"] for m in slack.messages(conversation.channel_id))

    wait_for(leads_on, "the link in the earlier channel")
    ops(slack, "join", conversation.channel_id)
    answer = slack.command(ADA, conversation.channel_id, "hello?")["response"]["text"]
    assert f"goes on in <#{successor}>" in answer
    assert app.replies(conversation.user_id) == []
    slack.command(ALICE, successor, "over here")
    assert app.replies(conversation.user_id) == ["over here"]


def test_a_channel_archived_and_unarchived_before_anybody_wrote_goes_on(stack, app, slack):
    conversation = Conversation(app, slack, "Una Archived")
    ops(slack, "archive", conversation.channel_id)
    ops(slack, "unarchive", conversation.channel_id)
    heard = f"channel_id={conversation.channel_id} kind=unarchived"
    wait_for(lambda: heard in stack.bot.log_path.read_text(errors="replace"), "the bot having heard of both")
    conversation.write("as if nothing happened")
    wait_for(lambda: "as if nothing happened" in conversation.shown(), "the words in the same channel")


def test_a_deleted_channel_gets_a_successor(stack, app, slack):
    conversation = Conversation(app, slack, "Della Deleted")
    ops(slack, "delete", conversation.channel_id)
    the_conversation_goes_on_elsewhere(conversation, linked=False)


def test_a_renamed_channel_stays_the_conversations(stack, slack, talk):
    ops(slack, "rename", talk.channel_id, name="vip-rena")
    talk.write("still here")
    wait_for(lambda: "still here" in talk.shown(), "the words")
    slack.command(ALICE, talk.channel_id, "hello vip")
    assert talk.replies() == ["hello vip"]
    assert len(talk.announced()) == 1


def test_a_bot_removed_from_a_public_channel_comes_back_with_the_next_message(stack, slack, talk):
    ops(slack, "join", talk.channel_id)
    ops(slack, "kick", talk.channel_id, target=BOT)
    talk.write("let me in")
    wait_for(lambda: "let me in" in talk.shown(), "the words")
    assert len(talk.announced()) == 1


def test_a_channel_made_private_stays_and_a_bot_removed_from_it_opens_a_successor(stack, app, slack):
    conversation = Conversation(app, slack, "Priva Cy")
    ops(slack, "join", conversation.channel_id)
    ops(slack, "convert_to_private", conversation.channel_id)
    conversation.write("among us")
    wait_for(lambda: "among us" in conversation.shown(), "the words")
    slack.command(ALICE, conversation.channel_id, "indeed")
    assert conversation.replies() == ["indeed"]
    ops(slack, "kick", conversation.channel_id, target=BOT)
    the_conversation_goes_on_elsewhere(conversation, linked=False)


def test_an_archived_dispatch_channel_keeps_no_text_waiting_and_is_told_when_it_is_back(stack, app, slack):
    ops(slack, "archive", DISPATCH)
    try:
        user_id = unique("nobody")
        app.write(user_id, "is anybody there", name="Nora Body")
        channel_id = slack.conversation("sk-nora-body")
        wait_for(lambda: "dispatch channel" in readiness(stack), "the reason why the bot is not ready", 15)
        slack.command(ALICE, channel_id, "I am")
        assert app.replies(user_id) == ["I am"]
    finally:
        ops(slack, "unarchive", DISPATCH)
    wait_for(lambda: announced(slack, "Nora Body"), "the dispatch notice", 20)
    assert announced(slack, "Nora Body") == [channel_id]
    stack.bot.wait_ready()
