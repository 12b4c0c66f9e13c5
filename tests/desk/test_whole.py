"""The desk as a process builds it, against the local workspace: what Slack sees and how many calls it takes."""

import threading
import time

import pytest
from desk_fakes import DISPATCH

import desk
import settings
from wire.ids import reply_id
from wire.messages import Agent, Done, Incoming, IncomingMessage, Later, Receipt

USER = "a1b2c3d4e5f6a1b2c3d4e5f6"


@pytest.fixture
def read(sandbox, tmp_path):
    environ = {
        "SLACK_BOT_TOKEN": "xoxb-sandbox",
        "SLACK_APP_TOKEN": "xapp-sandbox",
        "SLACK_API_URL": sandbox.api_url,
        "SK_DATA_DIR": str(tmp_path / "data"),
        "SK_INVITE": "UALICE0001,UNOBODY001,UBRUNO0001",
        "SK_SERVER_URL": "http://127.0.0.1:1",
    }
    return settings.load(environ, tmp_path / "none.env")


@pytest.fixture
def built(read):
    built = desk.build(read)
    yield built
    built.close()


def incoming(*texts, **more):
    messages = [
        IncomingMessage(message_id=text.encode().hex()[:24], text=text, received=time.time(), name="Zoë *Bold*")
        for text in texts
    ]
    return Incoming(app_user_id=USER, messages=messages, **more)


def receipt(place, state, sequence, **more):
    return Receipt(
        message_id=reply_id("slash:1"),
        app_user_id=USER,
        channel_id=place.channel_id,
        text="hi <!channel> *all*",
        agent=Agent(agent_id="UALICE0001", name="Alice Adams"),
        state=state,
        sequence=sequence,
        accepted=time.time(),
        **more,
    )


def test_a_conversation_from_its_first_message_on(built, sandbox):
    assert built.problems() == []
    place = built.receive(incoming("first <!channel> & *bold*")).place
    channel = sandbox.channel(place.channel_id)
    assert channel["name"] == "sk-zoe-bold"
    assert {"UALICE0001", "UBRUNO0001"} <= set(channel["members"])
    introduction, message = [each for each in sandbox.messages(place.channel_id) if each.get("metadata")]
    assert "Answer with /sk" in introduction["text"]
    assert message["text"] == "first &lt;!channel&gt; &amp; *bold*"
    [notice] = [each for each in sandbox.messages(DISPATCH) if each.get("metadata")]
    assert notice["x_live_mentions"] == [f"#{place.channel_id}"]
    sandbox.forget_calls()
    assert isinstance(built.receive(incoming("second")), Done)
    assert sandbox.calls() == ["chat.postMessage"]


def test_in_the_steady_state_a_message_and_a_reply_cost_one_call_each_and_no_write(built, read, sandbox):
    place = built.receive(incoming("hello")).place
    book = read.sk_data_dir / "desk" / "channels.jsonl"
    files = {path.name for path in book.parent.iterdir()}
    before = book.stat()
    sandbox.forget_calls()
    assert isinstance(built.receive(incoming("one")), Done)
    built.show(receipt(place, "delivered", 1))
    assert sandbox.calls() == ["chat.postMessage"] * 2
    after = book.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert {path.name for path in book.parent.iterdir()} == files


def test_a_first_message_costs_no_call_more_than_its_steps(built, sandbox):
    built.problems()
    sandbox.forget_calls()
    built.receive(incoming("hello"))
    assert sandbox.calls() == ["conversations.create", "conversations.invite", *["chat.postMessage"] * 3]


def test_a_notice_goes_from_failed_to_delivered(built, sandbox):
    place = built.receive(incoming("hello")).place
    shown = built.show(receipt(place, "failed", 1, reason="status <500>")).place
    assert built.show(receipt(place, "delivered", 2)).place == shown
    [notice] = [message for message in sandbox.messages(place.channel_id) if message["ts"] == shown.ts]
    assert "✓ delivered" in notice["text"]
    assert notice["x_live_mentions"] == []
    assert all(block["type"] != "actions" for block in notice["blocks"])


def test_an_answer_that_got_lost_before_a_restart_doubles_nothing(read, sandbox):
    first = desk.build(read)
    place = first.receive(incoming("hello")).place
    began = time.time()
    first.receive(incoming("in doubt"))
    shown = first.show(receipt(place, "sending", 1)).place
    lost = receipt(place, "delivered", 2)
    first.close()
    second = desk.build(read)
    assert isinstance(second.receive(incoming("in doubt", "new", doubt_since=began)), Done)
    assert second.show(lost).place == shown
    second.close()
    messages = sandbox.messages(place.channel_id)
    kinds = [message["metadata"]["event_type"] for message in messages if message.get("metadata")]
    assert kinds == ["sk_introduction", "sk_message", "sk_message", "sk_notice", "sk_message"]
    assert sandbox.calls().count("conversations.create") == 1


def test_slacks_limits_hold_messages_back_and_then_share_a_post(built, sandbox):
    place = built.receive(incoming("hello")).place
    sandbox.fault("chat.postMessage", "ratelimited", channel=place.channel_id, seconds=1, times=1)
    outcome = built.receive(incoming("one"))
    assert isinstance(outcome, Later)
    threading.Event().wait(outcome.seconds)  # as the server does
    outcome = built.receive(incoming("one", "two"))
    assert isinstance(outcome, Done)
    assert sandbox.messages(place.channel_id)[-1]["text"] == "• one\n• two"
    assert sandbox.get("calls", method="chat.postMessage")["calls"][-2]["status"] == 429
