"""The stream, between real processes: what agents say is heard by the app user's clients, whatever ends in between."""

import contextlib
import threading
import time
from functools import partial
from http import HTTPStatus

import jwt
import pytest
import requests
from ears import Ear
from people import ALICE, shown_all, unique
from processes import Stack, wait_for


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    """A stack of this module's own, because its webhook server is killed."""
    stack = Stack(tmp_path_factory.mktemp("stream"), SK_INVITE=ALICE)
    try:
        yield stack.start()
    finally:
        stack.end()


@pytest.fixture
def listen(stack, app):
    """Begin to listen, as the app's backend or with other credentials; who listens hangs up at the end."""
    port = int(stack.settings["SK_PORT"])
    with contextlib.ExitStack() as ears:

        def begin(user_id, last_id=None, headers=None, **options):
            headers = (headers or app.backend) | ({} if last_id is None else {"Last-Event-ID": last_id})
            ear = Ear(port, f"/v1/appusers/{user_id}/stream", headers=headers, **options)
            return ears.enter_context(ear).opened()

        yield begin


def own(stack, user_id):
    """The app user's own credential."""
    settings = stack.settings
    claims = {"scope": "appUser", "userId": user_id}
    token = jwt.encode(claims, settings["SK_SECRET"], "HS256", headers={"kid": settings["SK_KEY_ID"]})
    return {"Authorization": f"Bearer {token}"}


def test_what_an_agent_types_is_heard_by_all_devices_and_its_notice_says_delivered(stack, app, slack, listen):
    user_id = unique("lena")
    app.write(user_id, "Is anybody there?", name="Lena Listens")
    channel_id = slack.conversation("sk-lena-listens")
    phone, laptop = listen(user_id, headers=own(stack, user_id)), listen(user_id, headers=own(stack, user_id))
    slack.command(ALICE, channel_id, "here I am\nwith two lines & <signs>")
    for ear in (phone, laptop):
        event = next_of("message", ear)
        assert event["message"]["text"] == "here I am\nwith two lines & <signs>"
        assert event["message"]["name"] == "Alice Adams"
    wait_for(lambda: "✓ delivered" in shown_all(slack.notices(channel_id)), "the notice")
    assert "waiting for the app" not in shown_all(slack.notices(channel_id))


def test_what_the_app_user_writes_is_told_once_it_is_in_slack(app, slack, listen):
    user_id = unique("dora")
    app.write(user_id, "first", name="Dora Delivered")
    channel_id = slack.conversation("sk-dora-delivered")
    ear = listen(user_id)
    said = app.write(user_id, "second", name="Dora Delivered")
    event = next_of("delivered", ear)
    if event["message"]["text"] == "first":  # it may just have got there
        event = next_of("delivered", ear)
    assert event["message"] == said
    assert any("second" in message["text"] for message in slack.relayed(channel_id))


def test_a_killed_server_loses_and_doubles_nothing_for_those_who_come_back(stack, app, slack, listen):
    """The app writes on and on, an agent types, and the webhook server is killed in between, twice."""
    user_id = unique("kira")
    app.write(user_id, "Question", name="Kira Killed")
    channel_id = slack.conversation("sk-kira-killed")
    texts, heard, done = [f"part {number:02d}" for number in range(60)], [], threading.Event()
    begin = listen(user_id).last_id

    def write():
        for text in texts:
            wait_for(lambda text=text: accepted(app, user_id, text), "the message being accepted", 60)

    hearing = threading.Thread(target=hear_all, args=(partial(listen, user_id), begin, heard, done))
    threads = [hearing, threading.Thread(target=write)]
    for thread in threads:
        thread.start()
    try:
        for so_many in (15, 35):
            wait_for(lambda so_many=so_many: len(heard) >= so_many, f"{so_many} heard", 40)
            stack.server.kill()
            stack.server.start()
        threads[1].join(60)
        slack.command(ALICE, channel_id, "and an agent")
        wait_for(lambda: len(heard) == len(texts) + 1, "everything heard", 40)
    finally:
        done.set()
        for thread in threads:
            thread.join(60)
    assert heard == [*texts, "and an agent"]


def next_of(kind, ear):
    """The next event of a kind; others may come before."""
    while (event := ear.event())["type"] != kind:
        pass
    return event


def hear_all(listen, last_id, heard, done):
    """Listen, and come back whenever the line breaks, as clients do."""
    while not done.is_set():
        with contextlib.suppress(EOFError, OSError), listen(last_id) as ear:
            while not done.is_set():
                event = ear.event(1)
                last_id = ear.last_id
                if event["type"] == "message":
                    heard.append(event["message"]["text"])
        time.sleep(0.05)


def accepted(app, user_id, text):
    body, headers = {"role": "appMaker", "text": text}, {**app.backend, "Idempotency-Key": text}
    with contextlib.suppress(requests.RequestException):
        answer = requests.post(f"{app.base}/appusers/{user_id}/messages", json=body, headers=headers, timeout=20)
        return answer.status_code == HTTPStatus.CREATED
    return False


def test_a_client_that_does_not_read_holds_up_nobody(app, listen):
    user_id, texts = unique("sloane"), [f"{number} " + "x" * 100_000 for number in range(40)]
    app.create(user_id)
    slow, quick = listen(user_id, receive_bytes=4096), listen(user_id)
    for text in texts:
        app.call("POST", f"/appusers/{user_id}/messages", {"role": "appMaker", "text": text})
        assert quick.texts(1) == [text]
    assert slow.texts(len(texts)) == texts


def test_the_server_ends_in_time_though_many_listen(stack, app, listen):
    user_id = unique("egon")
    app.create(user_id)
    ears = [listen(user_id) for _ in range(20)]
    assert stack.server.stop() < 5
    assert all(ear.ended() for ear in ears)
    stack.server.start()
    app.call("POST", f"/appusers/{user_id}/messages", {"role": "appMaker", "text": "welcome back"})
    assert listen(user_id, ears[0].last_id).texts(1) == ["welcome back"]
