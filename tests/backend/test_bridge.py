"""The internal API of the running bot: who may say what, and what is answered."""

import http.client
import json
import socket
import time

import pytest
import requests
from backend_process import SECRET, wait_for

from wire.cases import CASE, Case, CaseNews
from wire.client import DoorClient, NoAnswerError, PeerAwayError
from wire.messages import (
    ERASE,
    ERASURE_OUTCOME,
    MERGED,
    OUTCOME,
    RECEIPT,
    RECEIVE,
    STRANDED,
    Agent,
    Done,
    Erase,
    Erased,
    Erasing,
    Incoming,
    IncomingMessage,
    Later,
    Merged,
    Receipt,
    Stranded,
)
from wire.signature import sign


def incoming(text="hi", message_id="a" * 24):
    message = IncomingMessage(message_id=message_id, text=text, received=1.5)
    return Incoming(app_user_id="b" * 24, messages=(message,))


def receipt():
    return Receipt(
        message_id="c" * 24,
        app_user_id="b" * 24,
        channel_id="C1",
        text="hi",
        agent=Agent(agent_id="U1", name="Alice"),
        state="delivered",
        sequence=1,
        accepted=1.0,
    )


@pytest.fixture
def door(bot):
    return DoorClient(bot.url, SECRET)


def post(bot, path, body, *, secret=SECRET, off=0, headers=None):
    signed = sign(secret, "POST", path, body, time.time() + off)
    return requests.post(bot.url + path, data=body, headers=signed if headers is None else headers, timeout=10)


def refusal(answer):
    assert answer.headers["Content-Type"] == "application/json"
    return answer.status_code, answer.json()["error"]["code"]


def test_an_order_is_carried_out_and_its_outcome_told(bot, door):
    assert door.call(RECEIVE, incoming(), OUTCOME) == Done(place={"channel_id": "C1", "ts": "1.1"})
    assert bot.deeds("receive")[-1]["ids"] == ["a" * 24]
    assert door.call(RECEIPT, receipt(), OUTCOME) == Later(seconds=1.5, reason="busy")
    assert bot.deeds("show")[-1]["id"] == "c" * 24
    stranded = Stranded(message_id="d" * 24, app_user_id="b" * 24, state="failed", since=1.0, reason="too long")
    assert door.call(STRANDED, stranded, OUTCOME) == Done(place={"channel_id": "C1", "ts": "1.2"})
    assert bot.deeds("stranded")[-1]["id"] == "d" * 24


def test_app_users_are_merged_and_erased(bot, door):
    merged = Merged(app_user_id="b" * 24, merged_id="e" * 24)
    assert door.call(MERGED, merged, OUTCOME) == Done(place={"channel_id": "C1", "ts": "1.3"})
    assert bot.deeds("merged")[-1]["ids"] == ["b" * 24, "e" * 24]
    erase = Erase(app_user_id="b" * 24, merged_ids=("e" * 24,))
    assert door.call(ERASE, erase, ERASURE_OUTCOME) == Erasing(deleted=3, seconds=1.0)
    erased = door.call(ERASE, Erase(app_user_id="b" * 24), ERASURE_OUTCOME)
    assert erased == Erased(deleted=4, refused=("C1 stays",))


def test_a_case_is_told(bot, door):
    news = CaseNews(case=Case(case_id=7, app_user_id="b" * 24, opened=1.0), sequence=1)
    assert door.call(CASE, news, OUTCOME) == Done(place={"channel_id": "C1", "ts": "1.4"})
    assert bot.deeds("case")[-1]["id"] == 7


def test_a_fault_leaves_the_caller_in_doubt_and_tells_no_details(bot, door):
    with pytest.raises(NoAnswerError, match="500"):
        door.call(RECEIVE, incoming("fail"), OUTCOME)
    answer = post(bot, RECEIVE, incoming("fail").model_dump_json().encode())
    assert refusal(answer) == (500, "internal_error")
    assert "a fault" not in answer.text


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        pytest.param({"headers": {}}, 401, id="unsigned"),
        pytest.param({"secret": "another"}, 401, id="another secret"),
        pytest.param({"off": -400}, 401, id="long ago"),
        pytest.param({"off": 400}, 401, id="far ahead"),
    ],
)
def test_who_does_not_know_the_secret_says_nothing(bot, changes, status):
    before = len(bot.deeds("receive"))
    answer = post(bot, RECEIVE, incoming().model_dump_json().encode(), **changes)
    assert refusal(answer) == (status, "bad_signature")
    assert len(bot.deeds("receive")) == before


def test_a_signature_holds_for_its_path_alone(bot):
    body = incoming().model_dump_json().encode()
    headers = sign(SECRET, "POST", RECEIPT, body, time.time())
    assert refusal(post(bot, RECEIVE, body, headers=headers)) == (401, "bad_signature")


@pytest.mark.parametrize("body", [b"", b"{}", b"nonsense", b"[]", b'{"messages": []}', b"\xff\xfe"])
def test_what_is_no_order_is_malformed(bot, body):
    assert refusal(post(bot, RECEIVE, body)) == (400, "malformed")


def test_a_body_over_four_megabytes_is_refused_unread(bot):
    assert refusal(post(bot, RECEIVE, b"x" * 1_200_000)) == (400, "malformed"), "the App API's megabyte gets through"
    assert refusal(post(bot, RECEIVE, b"x" * 4_000_001)) == (413, "too_large")

    def chunks():
        for _ in range(41):
            yield b"x" * 100_000

    answer = requests.post(bot.url + RECEIVE, data=chunks(), timeout=10)
    assert refusal(answer) == (413, "too_large")


def test_other_paths_and_methods_are_refused(bot):
    assert requests.get(bot.url + RECEIVE, timeout=5).status_code == 405
    assert requests.post(bot.url + "/sk/nothing", timeout=5).status_code == 404


def test_the_internal_api_listens_on_the_loopback_interface_alone(bot):
    addresses = [line.split()[1] for line in open("/proc/net/tcp").readlines()[1:]]  # noqa: PTH123, SIM115
    port = f"{bot.port:04X}"
    assert {address.split(":")[0] for address in addresses if address.endswith(":" + port)} == {"0100007F"}


def test_health_and_readiness_tell_the_desks_reasons(bot):
    assert requests.get(bot.url + "/healthz", timeout=5).json() == {"status": "up"}
    assert requests.get(bot.url + "/readyz", timeout=5).json() == {"status": "ready"}
    bot.problems.write_text("the dispatch channel was not found\n")
    try:
        answer = requests.get(bot.url + "/readyz", timeout=5)
        assert answer.status_code == 503
        assert answer.json()["reasons"] == ["the dispatch channel was not found"]
        assert bot.status("/healthz") == 200
    finally:
        bot.problems.unlink()


def test_a_plugin_that_is_switched_off_says_so_and_comes_back(bot, workspace, door):
    admins = workspace.channel("switching", "UADMIN0001")
    workspace.say("!plugin deactivate Bridge", user="UADMIN0001", channel=admins)
    wait_for(lambda: bot.status("/readyz") == 503, "the bridge being off")
    with pytest.raises(PeerAwayError):
        door.call(RECEIVE, incoming(), OUTCOME)
    workspace.say("!plugin activate Bridge", user="UADMIN0001", channel=admins)
    wait_for(lambda: bot.status("/readyz") == 200, "the bridge being on")
    workspace.say("!plugin reload Bridge", user="UADMIN0001", channel=admins)
    wait_for(lambda: len(workspace.seen_by("UADMIN0001", admins)) >= 3, "the reload")
    wait_for(lambda: bot.status("/readyz") == 200, "the bridge being on again")
    assert isinstance(door.call(RECEIVE, incoming(), OUTCOME), Done)
    assert isinstance(door.call(RECEIPT, receipt(), OUTCOME), Later)
    workspace.say("!plugin deactivate Sk", user="UADMIN0001", channel=admins)
    wait_for(lambda: bot.status("/readyz") == 503, "the missing plugin being told")
    assert "still starting" in workspace.command("hi")[1]
    workspace.say("!plugin activate Sk", user="UADMIN0001", channel=admins)
    wait_for(lambda: bot.status("/readyz") == 200, "the plugin being back")
    assert json.loads(requests.get(bot.url + "/readyz", timeout=5).text) == {"status": "ready"}


def test_orders_one_after_another_share_a_connection_also_when_they_are_refused(bot):
    connection = http.client.HTTPConnection(bot.url.removeprefix("http://"), timeout=10)
    statuses, lines = [], set()
    for secret in (SECRET, "wrong", SECRET):
        body = incoming().model_dump_json().encode()
        connection.request("POST", RECEIVE, body, sign(secret, "POST", RECEIVE, body, time.time()))
        response = connection.getresponse()
        assert json.loads(response.read())
        statuses.append(response.status)
        lines.add(connection.sock and connection.sock.getsockname())
    connection.close()
    assert statuses == [200, 401, 200]
    assert None not in lines
    assert len(lines) == 1


def test_a_body_that_does_not_say_how_long_it_is_ends_its_connection(bot):
    """Where it ends, and the next request begins, would be a matter of opinion."""
    body = incoming().model_dump_json().encode()
    signed = sign(SECRET, "POST", RECEIVE, body, time.time())
    answer = requests.post(bot.url + RECEIVE, data=iter([body]), headers=signed, timeout=10)
    assert (answer.status_code, answer.headers["Connection"]) == (200, "close")


def test_a_body_that_breaks_off_is_no_order(bot):
    body = incoming(message_id="e" * 24).model_dump_json().encode()
    signed = "".join(f"{name}: {value}\r\n" for name, value in sign(SECRET, "POST", RECEIVE, body, time.time()).items())
    host, port = bot.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 10) as line:
        line.sendall(f"POST {RECEIVE} HTTP/1.1\r\nContent-Length: {len(body)}\r\n{signed}\r\n".encode() + body[:-1])
        line.shutdown(socket.SHUT_WR)
        assert line.recv(100) == b""
    assert ["e" * 24] not in [deed["ids"] for deed in bot.deeds("receive")]
