"""slack_sdk's own clients, unmodified, on a tour of the real process; every answer holds documented things alone."""

import queue
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import requests
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.webhook import WebhookClient

from sandbox.documented import METHODS, check_answer

ALICE, BRUNO, GENERAL = "UALICE0001", "UBRUNO0001", "CGENERAL01"
MORE_SCOPES = (
    "bookmarks:write",
    "files:read",
    "files:write",
    "im:history",
    "im:read",
    "im:write",
    "pins:write",
    "reactions:read",
    "reactions:write",
    "usergroups:read",
    "users.profile:read",
    "users:read.email",
)
BUTTON = {"type": "button", "text": {"type": "plain_text", "text": "Go"}, "action_id": "go", "value": "42"}
ROW = [{"type": "actions", "block_id": "row", "elements": [BUTTON]}]
FORM = {"type": "modal", "title": {"type": "plain_text", "text": "A form"}, "blocks": []}
HOME = {"type": "home", "blocks": []}


class CheckedClient(WebClient):
    """slack_sdk's WebClient, checking each answer."""

    def api_call(self, api_method, **request):
        try:
            response = super().api_call(api_method, **request)
        except SlackApiError as error:
            response = error.response
            raise
        finally:
            check_answer(METHODS[api_method], response.data)
        return response


@pytest.fixture(scope="module")
def url():
    command = [sys.executable, "-m", "sandbox", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    yield process.stdout.readline().split()[-1].rstrip("/")
    process.terminate()
    assert process.wait(10) == 0
    process.stdout.close()


@pytest.fixture
def people(url):
    """What people do, on the other side."""

    def do(path, verb="POST", **fields):
        response = requests.request(verb, f"{url}/_sandbox/{path}", json=fields, timeout=10)
        assert response.status_code == 200, response.text
        return response.json()

    do("reset")
    do("limits", enabled=False)
    for scope in MORE_SCOPES:
        do("act/token", op="grant_scope", scope=scope)
    return do


@pytest.fixture
def client(url, people):
    client = CheckedClient(token="xoxb-sandbox", base_url=f"{url}/api/")
    client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=2))
    yield client
    logged = [call for call in people("calls", "GET")["calls"] if call["method"] != "api.test"]
    assert not [call for call in logged if call["undocumented_args"]]


class Listener:
    """slack_sdk's SocketModeClient, handing over what it receives, acknowledging as told."""

    def __init__(self, url):
        self.received = queue.Queue()
        self.acknowledgement = None
        web_client = WebClient(token="xoxb-sandbox", base_url=f"{url}/api/")
        self.client = SocketModeClient(app_token="xapp-sandbox", web_client=web_client, ping_interval=1)
        self.client.socket_mode_request_listeners.append(self._listen)
        self.client.connect()

    def next(self, wanted):
        """The next payload of a type (of envelope or event)."""
        while True:
            request = self.received.get(timeout=10)
            if wanted in {request.type, request.payload.get("event", {}).get("type")}:
                return request.payload

    def _listen(self, client, request):
        payload = self.acknowledgement if request.type == "slash_commands" else None
        client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id, payload=payload))
        self.received.put(request)


@pytest.fixture(scope="module")
def connected(url):
    listener = Listener(url)
    yield listener
    listener.client.close()


@pytest.fixture
def listener(connected, people):
    connected.acknowledgement = None
    connected.received = queue.Queue()
    return connected


@pytest.fixture
def channel(client):
    channel = client.conversations_create(name="sk-maria")["channel"]["id"]
    client.conversations_invite(channel=channel, users=[ALICE, BRUNO])
    return channel


@pytest.fixture
def post(client, channel):
    metadata = {"event_type": "relayed", "event_payload": {"id": "1"}}
    return client.chat_postMessage(channel=channel, text="hello", blocks=ROW, metadata=metadata, username="Maria")


def test_who_is_calling_and_who_is_there(client):
    who = client.auth_test()
    assert who["user_id"] == "UBOT000001"
    client.api_test(foo="bar")
    client.team_info()
    client.bots_info(bot=who["bot_id"])
    client.users_info(user=ALICE)
    assert ALICE in [person["id"] for page in client.users_list(limit=2) for person in page["members"]]
    client.users_lookupByEmail(email="alice@sandbox.example")
    client.users_profile_get(user=ALICE)
    client.usergroups_list()
    client.apps_connections_open(app_token="xapp-sandbox")
    client.auth_revoke()


def test_a_channels_life(client, channel):
    client.conversations_join(channel=GENERAL)
    client.conversations_join(channel=GENERAL)
    client.conversations_kick(channel=channel, user=BRUNO)
    client.conversations_setTopic(channel=channel, topic="about Maria")
    client.conversations_setPurpose(channel=channel, purpose="to help Maria")
    client.conversations_rename(channel=channel, name="sk-maria-2")
    client.conversations_info(channel=channel, include_num_members=True)
    client.conversations_members(channel=channel)
    client.users_conversations(types="public_channel,private_channel")
    listed = client.conversations_list(types=["public_channel", "private_channel", "im"], limit=1)
    assert sum(len(page["channels"]) for page in listed) == 3
    direct = client.conversations_open(users=[ALICE])["channel"]["id"]
    client.conversations_info(channel=direct)
    client.conversations_leave(channel=channel)
    client.conversations_join(channel=channel)
    client.conversations_archive(channel=channel)


def test_messages(client, channel, post):
    ts = post["ts"]
    client.chat_postMessage(channel=channel, text="a reply", thread_ts=ts, unfurl_links=False, unfurl_media=False)
    client.chat_update(channel=channel, ts=ts, text="changed")
    client.chat_postEphemeral(channel=channel, user=ALICE, text="psst")
    client.chat_getPermalink(channel=channel, message_ts=ts)
    history = client.conversations_history(channel=channel, include_all_metadata=True, limit=1)
    assert history["messages"][0]["metadata"]["event_payload"] == {"id": "1"}
    assert len(client.conversations_replies(channel=channel, ts=ts)["messages"]) == 2
    client.conversations_mark(channel=channel, ts=ts)
    client.chat_delete(channel=channel, ts=ts)


def test_what_is_attached_to_messages_and_channels(client, channel, post):
    item = {"channel": channel, "timestamp": post["ts"]}
    client.reactions_add(name="eyes", **item)
    client.reactions_get(**item)
    client.reactions_remove(name="eyes", **item)
    client.pins_add(**item)
    client.bookmarks_add(channel_id=channel, title="Profile", type="link", link="https://x.example")
    client.views_publish(user_id=ALICE, view=HOME)


def test_files(client, channel):
    uploaded = client.files_upload_v2(filename="a.txt", content="hello", channel=channel, initial_comment="look")
    file = client.files_info(file=uploaded["file"]["id"])["file"]
    bearer = {"Authorization": "Bearer xoxb-sandbox"}
    assert requests.get(file["url_private"], headers=bearer, timeout=10).text == "hello"
    client.files_delete(file=file["id"])


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("conversations_unarchive", {"channel": GENERAL}, "not_archived"),
        ("conversations_create", {"name": "General Talk"}, "invalid_name_specials"),
        ("chat_postMessage", {"channel": GENERAL, "text": "x"}, "not_in_channel"),
        ("usergroups_users_list", {"usergroup": "S1"}, "no_such_subteam"),
        ("views_open", {"trigger_id": "1.2.x", "view": FORM}, "invalid_trigger_id"),
        ("views_push", {"trigger_id": "1.2.x", "view": FORM}, "invalid_trigger_id"),
        ("views_update", {"view_id": "V0NOWHERE00", "view": FORM}, "not_found"),
    ],
)
def test_refusals(client, method, arguments, error):
    with pytest.raises(SlackApiError) as refusal:
        getattr(client, method)(**arguments)
    assert refusal.value.response["error"] == error


def test_the_tour_leads_past_every_method():
    by_upload = {"files.getUploadURLExternal", "files.completeUploadExternal"}
    tour = Path(__file__).read_text()
    assert [name for name in METHODS.keys() - by_upload if name.replace(".", "_") not in tour] == []


def test_the_retry_handler_waits_out_a_rate_limit(client, people):
    channel = client.conversations_create(name="sk-busy")["channel"]["id"]
    people("calls", "DELETE")
    people("faults", method="chat.postMessage", kind="ratelimited", seconds=1)
    client.chat_postMessage(channel=channel, text="patience")
    statuses = [call["status"] for call in people("calls?method=chat.postMessage", "GET")["calls"]]
    assert statuses == [429, 200]


def test_a_conversation_over_socket_mode(client, people, listener):
    channel = client.conversations_create(name="sk-maria")["channel"]["id"]
    client.conversations_invite(channel=channel, users=ALICE)
    assert listener.next("member_joined_channel")["event"]["user"] in {"UBOT000001", ALICE}

    people("act/message", user=ALICE, channel=channel, text="hi there")
    while "bot_id" in (event := listener.next("message")["event"]) or event.get("subtype"):
        pass
    assert event["text"] == "hi there"

    listener.acknowledgement = {"response_type": "ephemeral", "text": "one moment"}
    outcome = queue.Queue()
    command = {"user": ALICE, "channel": channel, "command": "/sk", "text": "hello & good day"}
    threading.Thread(target=lambda: outcome.put(people("act/command", **command))).start()
    payload = listener.next("slash_commands")
    assert payload["text"] == "hello &amp; good day"
    assert outcome.get(timeout=10)["response"]["text"] == "one moment"
    view = client.views_open(trigger_id=payload["trigger_id"], view=FORM)["view"]
    client.views_update(view_id=view["id"], view=FORM)

    answer = WebhookClient(payload["response_url"]).send(text="done", response_type="in_channel")
    assert (answer.status_code, answer.body) == (200, "ok")

    ts = client.chat_postMessage(channel=channel, text="x", blocks=ROW)["ts"]
    assert people("act/action", user=ALICE, channel=channel, ts=ts, action_id="go")["outcome"] == "ok"
    assert listener.next("interactive")["actions"][0]["value"] == "42"


def test_the_socket_client_comes_back_by_itself(people, listener):
    people("socket", op="refresh")
    first = listener.client.current_session.session_id

    def is_back():
        session = listener.client.current_session
        return session and session.session_id != first and session.is_active()

    deadline = threading.Event()
    for _ in range(500):
        if is_back():
            break
        deadline.wait(0.01)
    assert is_back()
    people("act/token", op="subscribe", event="channel_created")
    people("act/channel", user=ALICE, op="create", name="loud")
    assert listener.next("channel_created")["event"]["channel"]["name"] == "loud"
