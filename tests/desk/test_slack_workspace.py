"""slack_sdk's adapter against the local workspace: what it sends, and what Slack's troubles mean."""

import os
import socket
import threading

import pytest
from desk_fakes import TurnableClock

from desk.clock import SystemClock
from desk.errors import (
    BlockedError,
    InDoubtError,
    LimitedError,
    PostSealedError,
    RefusedError,
    UnreachableError,
)
from desk.ports import Mark, Post
from desk.slack.objects import to_attached
from desk.slack.own_machine import reach_directly
from desk.slack.workspace import SlackWorkspace


@pytest.fixture
def clock():
    return TurnableClock()


@pytest.fixture
def port(sandbox, clock):
    return SlackWorkspace("xoxb-sandbox", sandbox.api_url, clock)


@pytest.fixture
def channel_id(port):
    return port.create_channel("sk-zoe", private=False).channel_id


def post(text="hello", **more):
    return Post(text, Mark("sk_message", ("1",)), **more)


def test_a_relayed_text_notifies_nobody_and_unfurls_nothing(port, sandbox, channel_id):
    text = "&lt;!channel&gt; @alice #general https://example.com/a.png"
    port.post(channel_id, post(text, username="Zoë <@UALICE0001>", icon_url="https://example.com/z.png"))
    message = sandbox.messages(channel_id)[-1]
    assert message["text"] == text
    assert message["x_live_mentions"] == []
    assert "attachments" not in message
    assert message["username"] == "Zoë <@UALICE0001>"
    assert message["metadata"] == {"event_type": "sk_message", "event_payload": {"message_ids": ["1"]}}
    [arguments] = [call["args"] for call in sandbox.get("calls", method="chat.postMessage")["calls"]]
    assert str(arguments["mrkdwn"]).lower() in {"false", "0"}


def test_a_proxy_is_not_asked_for_what_is_on_this_machine(sandbox, clock, monkeypatch):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("no_proxy", "example.com")
    assert SlackWorkspace("xoxb-sandbox", sandbox.api_url, clock).identity().user_id == "UBOT000001"
    assert os.environ["no_proxy"] == "example.com,127.0.0.1"
    reach_directly("https://slack.com/api/")
    assert os.environ["no_proxy"] == "example.com,127.0.0.1"


def test_a_long_text_is_taken_whole(port, sandbox, channel_id):
    port.post(channel_id, post("word " * 7_800))
    assert sandbox.messages(channel_id)[-1]["text"].rstrip() == ("word " * 7_800).rstrip()


def test_blocks_are_replaced_by_an_update(port, sandbox, channel_id):
    block = {"type": "section", "text": {"type": "plain_text", "text": "before", "emoji": False}}
    ts = port.post(channel_id, post("before", blocks=(block,)))
    port.update(channel_id, ts, post("after"))
    message = sandbox.messages(channel_id)[-1]
    assert message["text"] == "after"
    assert "before" not in str(message.get("blocks"))


def test_a_limit_is_obeyed_without_asking_again_and_per_channel(port, sandbox, clock, channel_id):
    other = port.create_channel("sk-bob", private=False).channel_id
    sandbox.fault("chat.postMessage", "ratelimited", channel=channel_id, seconds=7, times=1)
    with pytest.raises(LimitedError) as limited:
        port.post(channel_id, post())
    assert limited.value.seconds == 7
    sandbox.forget_calls()
    clock.turn(6)
    with pytest.raises(LimitedError) as limited:
        port.post(channel_id, post())
    assert limited.value.seconds == pytest.approx(1)
    assert sandbox.calls() == []
    port.post(other, post())
    clock.turn(1)
    port.post(channel_id, post())


@pytest.mark.parametrize("kind", ["500", "reset", "timeout_after"])
def test_a_call_without_an_answer_is_in_doubt_and_made_once(sandbox, clock, channel_id, kind, monkeypatch):
    monkeypatch.setattr("desk.slack.workspace.TIMEOUT", 0.3)
    port = SlackWorkspace("xoxb-sandbox", sandbox.api_url, clock)
    sandbox.forget_calls()
    sandbox.fault("chat.postMessage", kind, times=1, **({"seconds": 1} if kind == "timeout_after" else {}))
    with pytest.raises(InDoubtError):
        port.post(channel_id, post())
    assert sandbox.calls() in (["chat.postMessage"], [])


def test_a_person_who_waits_does_not_wait_for_a_slow_slack(port, sandbox):
    port.identity()
    sandbox.fault("users.info", "slow", seconds=2, times=1)
    began = SystemClock().now()
    with pytest.raises(InDoubtError):
        port.person("UALICE0001")
    assert SystemClock().now() - began < 1.5


@pytest.mark.parametrize("code", ["invalid_auth", "token_revoked", "missing_scope", "restricted_action"])
def test_what_people_have_to_mend_blocks(port, sandbox, channel_id, code):
    sandbox.fault("chat.postMessage", "error", error=code, times=1)
    with pytest.raises(BlockedError) as blocked:
        port.post(channel_id, post())
    assert blocked.value.code == code


@pytest.mark.parametrize(
    ("code", "kind"),
    [("edit_window_closed", PostSealedError), ("cant_update_message", PostSealedError), ("no_text", RefusedError)],
)
def test_refusals_have_their_names(port, sandbox, channel_id, code, kind):
    ts = port.post(channel_id, post())
    sandbox.fault("chat.update", "error", error=code, times=1)
    with pytest.raises(kind):
        port.update(channel_id, ts, post("after"))


def test_a_wrong_token_blocks(sandbox, clock):
    with pytest.raises(BlockedError):
        SlackWorkspace("xoxb-wrong", sandbox.api_url, clock).identity()


def test_where_nobody_listens_nothing_was_sent(clock):
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port = SlackWorkspace("xoxb-sandbox", f"http://127.0.0.1:{bound.getsockname()[1]}/api/", clock)
        with pytest.raises(UnreachableError):
            port.post("C1", post())


@pytest.mark.parametrize("page", [b"", b"<html>oops</html>", b"[]", b'{"ok": false}'])
def test_an_answer_that_makes_no_sense_is_a_doubt(clock, page):
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer():
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(page)}\r\nConnection: close\r\n\r\n"
                connection.sendall(head.encode() + page)

        thread = threading.Thread(target=answer)
        thread.start()
        port = SlackWorkspace("xoxb-sandbox", f"http://127.0.0.1:{server.getsockname()[1]}/api/", clock)
        with pytest.raises(InDoubtError):
            port.post("C1", post())
        thread.join(5)


def test_a_workspace_of_many_channels_is_paged_through(port, sandbox, monkeypatch):
    monkeypatch.setattr("desk.slack.workspace.LIST_PAGE", 2)
    for number in range(5):
        port.create_channel(f"sk-{number}", private=False)
    sandbox.forget_calls()
    assert port.find_channel("sk-4").name == "sk-4"
    assert len(sandbox.calls()) > 1


def test_a_long_history_is_paged_through(port, sandbox, clock, channel_id, monkeypatch):
    monkeypatch.setattr("desk.slack.workspace.PAGE", 2)
    stamps = []
    for number in range(5):
        stamps.append(port.post(channel_id, post(str(number))))
        clock.turn(1)
    assert [found.ts for found in port.marked(channel_id, float(stamps[0]) - 1)] == stamps


def test_creations_are_known_to_wait_without_asking(sandbox, clock):
    port = SlackWorkspace("xoxb-sandbox", sandbox.api_url, clock)
    port.check_creation()
    sandbox.fault("conversations.create", "ratelimited", seconds=9)
    with pytest.raises(LimitedError):
        port.create_channel("sk-a", private=False)
    sandbox.forget_calls()
    with pytest.raises(LimitedError):
        port.check_creation()
    clock.turn(9)
    for number in range(19):
        port.create_channel(f"sk-{number}", private=False)
    with pytest.raises(LimitedError) as limited:
        port.check_creation()
    assert limited.value.seconds == pytest.approx(51, abs=0.1)  # the refused one counts as well
    assert len(sandbox.calls()) == 19


def test_other_apps_metadata_is_none_of_ours(port, sandbox, channel_id):
    ts = port.post(channel_id, Post("x", Mark("sk_message", ("1",))))
    port.post(channel_id, Post("x", Mark("deploy", ("1",))))
    assert [found.ts for found in port.marked(channel_id, float(ts) - 1)] == [ts]


def test_a_message_in_a_thread_is_read_there(port, sandbox, channel_id):
    sandbox.in_channel("join", channel_id)
    place = {"user": "UADMIN0001", "channel": channel_id}
    parent = sandbox.post("act/message", text="parent", **place)["ts"]
    replies = [sandbox.post("act/message", text=f"{n}", thread_ts=parent, **place)["ts"] for n in range(12)]
    assert port.written(channel_id, replies[11]) is None
    assert port.written(channel_id, replies[11], parent).text == "11"
    assert port.written(channel_id, parent, parent).text == "parent"


@pytest.mark.parametrize(
    ("file", "obstacle"),
    [
        pytest.param({"mode": "hosted"}, "", id="a file"),
        pytest.param({"mode": "snippet"}, "", id="a snippet"),
        pytest.param({"mode": "hosted", "size": 0}, "empty", id="nothing in it"),
        pytest.param({"mode": "hosted", "size": 10 * 1024**2 + 1}, "too_large", id="too much in it"),
        pytest.param({"mode": "tombstone"}, "gone", id="deleted"),
        pytest.param({"mode": "external", "is_external": True}, "elsewhere", id="in another service"),
        pytest.param({"mode": "hidden_by_limit"}, "withheld", id="too old for the plan"),
        pytest.param({"mode": "hosted", "file_access": "check_file_info"}, "withheld", id="of another organisation"),
        pytest.param({"mode": "hosted", "url_private": None}, "withheld", id="without an address"),
        pytest.param({"mode": "quip", "filetype": "quip"}, "page", id="a canvas"),
        pytest.param({"mode": "space"}, "page", id="a post"),
        pytest.param({"mode": "list", "filetype": "list"}, "page", id="a list"),
    ],
)
def test_what_slack_says_of_a_file_tells_whether_it_can_be_had(file, obstacle):
    whole = {"id": "F1", "name": "a.pdf", "mimetype": "application/pdf", "size": 7, "url_private": "https://x"}
    assert to_attached({**whole, **file}).obstacle == obstacle


def test_a_file_of_which_slack_tells_nothing_has_a_name_all_the_same():
    assert to_attached({"id": "F1", "mode": "tombstone"}).name == "F1"
    assert to_attached({"id": "F1", "title": "Plan", "name": None}).name == "Plan"
