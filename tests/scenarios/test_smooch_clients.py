"""Clients that were written for Smooch, from the public registries, work against this server by changing the host."""

import json
import subprocess
import zlib
from types import SimpleNamespace

import jwt
import public_clients
import pytest
import requests
from people import ALICE, unique
from processes import wait_for

pytestmark = pytest.mark.timeout(300)  # the first of them may have to install the clients

CLIENTS = [
    *(pytest.param(("python", version), id=f"PyPI smooch {version}") for version in public_clients.PYTHON_VERSIONS),
    *(
        pytest.param(("javascript", version), id=f"npm smooch-core {version}")
        for version in public_clients.JAVASCRIPT_VERSIONS
    ),
]


def png():
    """The smallest picture there is: one red dot."""

    def chunk(kind, content):
        checked = kind + content
        return len(content).to_bytes(4) + checked + zlib.crc32(checked).to_bytes(4)

    header = (1).to_bytes(4) * 2 + bytes([8, 2, 0, 0, 0])
    dot = zlib.compress(b"\0\xff\0\0")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", dot) + chunk(b"IEND", b"")


@pytest.fixture(scope="module", params=CLIENTS)
def customer(request, stack, tmp_path_factory):
    """What a client's program made of the answers, step by step; each client's program runs once."""
    language, version = request.param
    user_id = unique("customer")
    image = tmp_path_factory.mktemp("pictures") / "dot.png"
    image.write_bytes(png())
    target = "http://127.0.0.1:9/hook"
    run = {"python": _run_python, "javascript": _run_javascript}[language]
    done = run(version, stack, user_id, str(image), target)
    assert done.returncode == 0, f"{done.stderr}\n{done.stdout}"
    return SimpleNamespace(user_id=user_id, target=target, language=language, steps=json.loads(done.stdout))


def _run_python(version, stack, *arguments):
    key = {"kid": stack.settings["SK_KEY_ID"]}
    token = jwt.encode({"scope": "app"}, stack.settings["SK_SECRET"], "HS256", key)
    program = [str(public_clients.smooch_python(version)), str(public_clients.HERE / "smooch_python.py")]
    return _run([*program, stack.server_url, "app", token, *arguments])


def _run_javascript(version, stack, *arguments):
    credentials = [stack.settings[name] for name in ("SK_APP_TOKEN", "SK_KEY_ID", "SK_SECRET")]
    modules = public_clients.node_modules()
    program = [public_clients.node(), str(public_clients.HERE / "smooch_javascript.js")]
    return _run([*program, version, stack.server_url, *credentials, *arguments], NODE_PATH=str(modules))


def _run(command, **environment):
    return subprocess.run(
        command, env={"PATH": "/usr/bin:/bin", **environment}, capture_output=True, text=True, timeout=60, check=False
    )


def said(customer, step):
    """One step's answer, with the names of JSON: PyPI's client writes its own."""
    return _json_names(customer.steps[step]) if customer.language == "python" else customer.steps[step]


def _json_names(node):
    if isinstance(node, list):
        return [_json_names(one) for one in node]
    if not isinstance(node, dict):
        return node
    return {_json_name(key): _json_names(value) for key, value in node.items() if value is not None}


def _json_name(name):
    first, *rest = name.split("_")
    return "_id" if name == "id" else first + "".join(word.capitalize() for word in rest)


def test_users_are_created_found_and_updated(customer):
    assert said(customer, "create")["appUser"]["userId"] == customer.user_id
    assert said(customer, "create_again")["status"] == 409
    assert said(customer, "create_again")["error"]["code"] == "user_exists"
    assert said(customer, "get_unknown")["status"] == 404
    assert said(customer, "get_unknown")["error"]["code"] == "user_not_found"
    updated = said(customer, "update")["appUser"]
    assert updated["givenName"] == "Ann"
    assert updated["properties"] == {"plan": "gold"}
    assert said(customer, "get")["appUser"]["_id"] == updated["_id"]


def test_both_sides_write_and_the_conversation_is_listed(customer):
    sent, answered = said(customer, "send"), said(customer, "answer")
    assert sent["message"]["text"] == "Hällo"
    assert sent["message"]["authorId"] == said(customer, "get")["appUser"]["_id"]
    assert answered["conversation"]["unreadCount"] == 1
    image = said(customer, "image")["message"]
    assert (image["type"], image["mediaType"]) == ("image", "image/png")
    expected = [sent["message"]["_id"], answered["message"]["_id"], image["_id"]]
    if "list" in customer.steps:
        assert [message["_id"] for message in said(customer, "list")["messages"]] == expected
        assert [message["_id"] for message in said(customer, "list_before")["messages"]] == expected[:1]
    if "conversation" in customer.steps:
        listed = said(customer, "conversation")["conversation"]["messages"]
        assert [message["_id"] for message in listed] == expected


def test_what_was_uploaded_can_be_fetched(customer):
    if "attachment" not in customer.steps:
        return
    uploaded = said(customer, "attachment")
    assert uploaded["mediaType"] == "image/png"
    assert requests.get(uploaded["mediaUrl"], timeout=10).status_code == (404 if _removed(customer) else 200)


def _removed(customer):
    return "attachment_removed" in customer.steps


def test_typing_and_reading_are_taken(customer):
    assert customer.steps["read"] in (None, {})
    if "typing" in customer.steps and customer.steps["typing"] is not None:
        assert said(customer, "typing")["conversation"]["unreadCount"] == 1


def test_events_are_taken(customer):
    if "event" in customer.steps:
        assert said(customer, "event") == {"conversationUpdated": False}


def test_a_webhook_lives_and_goes(customer):
    made = said(customer, "webhook")["webhook"]
    assert made["target"] == customer.target
    assert made["secret"].startswith("whsec_")
    assert made["_id"] in {webhook["_id"] for webhook in said(customer, "webhooks")["webhooks"]}
    assert said(customer, "webhook_found")["webhook"] == made
    assert said(customer, "webhook_changed")["webhook"]["triggers"] == ["message:appMaker"]
    assert customer.steps["webhook_deleted"] in (None, {})
    assert said(customer, "webhook_gone")["status"] == 404


def test_a_device_is_introduced(customer):
    if "init" not in customer.steps:
        return
    init = said(customer, "init")
    assert init["app"]["_id"] == "app"
    if customer.language == "python":
        assert init["appUser"]["userId"] == customer.user_id


def test_who_logs_in_keeps_the_conversation(customer):
    if "login" not in customer.steps:
        return
    name = f"{customer.user_id}+bo@example.com"
    assert "userId" not in said(customer, "init")["appUser"]
    assert said(customer, "login")["appUser"]["userId"] == name
    assert said(customer, "login_get")["appUser"]["_id"] == said(customer, "login")["appUser"]["_id"]
    texts = [message["text"] for message in said(customer, "login_conversation")["conversation"]["messages"]]
    assert texts == ["Anybody there?"]
    assert said(customer, "locked")["status"] == 401
    assert said(customer, "other_user")["status"] == 403


def test_messages_and_personal_data_go(customer):
    if "messages_deleted" not in customer.steps:
        return
    assert customer.steps["messages_deleted"] in (None, {})
    assert said(customer, "list_empty")["messages"] == []
    cleared = said(customer, "profile_deleted")
    if cleared is not None:
        assert "givenName" not in cleared["appUser"]
        assert "email" not in cleared["appUser"]


def test_what_a_client_sent_is_in_slack_and_the_reply_comes_back(stack, slack, app):
    """The whole way, with one of them: from PyPI's client to an agent, and back to it."""
    client = public_clients.smooch_python("1.12.0")
    user_id = unique("whole")
    app.create(user_id, givenName="Whole", surname="Way")
    program = (
        "import json, sys, smooch\n"
        "smooch.configuration.api_key['Authorization'] = sys.argv[2]\n"
        "smooch.configuration.api_key_prefix['Authorization'] = 'Bearer'\n"
        "talk = smooch.ConversationApi(smooch.ApiClient(sys.argv[1]))\n"
        "if sys.argv[4:]: talk.post_message(sys.argv[3], smooch.MessagePost('appUser', 'text', text=sys.argv[4]))\n"
        "print(json.dumps([message.text for message in talk.get_messages(sys.argv[3]).messages]))\n"
    )

    def call(*arguments):
        token = app.backend["Authorization"].removeprefix("Bearer ")
        done = _run([str(client), "-c", program, app.base, token, user_id, *arguments])
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    assert call("Hello there") == ["Hello there"]
    channel_id = slack.conversation("sk-whole-way")
    slack.command(ALICE, channel_id, "Hello from Slack")
    assert wait_for(lambda: call()[1:], "the reply with the client") == ["Hello from Slack"]
