"""A visitor logs in: one conversation, one channel, nothing lost or doubled on the way, whatever dies."""

import contextlib
import random
import threading

import pytest
import requests
from people import ALICE, shown_all, unique
from processes import Stack, wait_for


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    """A stack of this module's own, because its processes are killed."""
    stack = Stack(tmp_path_factory.mktemp("identity"), SK_INVITE=ALICE)
    try:
        yield stack.start()
    finally:
        stack.end()


def introduce(app, device_id, **fields):
    """What a client does when it starts; returns the app user."""
    return app.call("POST", "/init", {"device": {"id": device_id, "platform": "web"}, **fields})["appUser"]


def lines(slack, channel_id):
    """The texts that stand in a channel as the app user's, as often and in the order as they do."""
    texts = [line for message in slack.relayed(channel_id) for line in message["text"].splitlines()]
    return [line.removeprefix("• ") for line in texts]


def test_a_visitor_who_logs_in_has_one_conversation_and_one_channel(app, slack):
    user_id, device_id = unique("iris"), unique("phone")
    app.create(user_id, givenName="Iris", surname="Login")
    app.write(user_id, "from home")
    home = slack.conversation("sk-iris-login")
    visitor = introduce(app, device_id)["_id"]
    app.write(visitor, "who helps me?", name="Vic Visitor")
    away = slack.conversation("sk-vic-visitor")

    iris = introduce(app, device_id, userId=user_id)
    assert iris["_id"] != visitor
    wait_for(lambda: f"<#{home}>" in shown_all(slack.messages(away)), "a pointer in the channel that is left")
    wait_for(lambda: f"<#{away}>" in shown_all(slack.messages(home)), "a pointer back")

    app.write(visitor, "by the old ID")
    app.write(iris["_id"], "by the new one")
    wait_for(lambda: lines(slack, home) == ["from home", "by the old ID", "by the new one"], "all in one channel")
    assert lines(slack, away) == ["who helps me?"]
    slack.command(ALICE, home, "we do")
    wait_for(lambda: app.replies(visitor) == ["we do"], "the reply")
    said = ["from home", "who helps me?", "by the old ID", "by the new one", "we do"]
    assert [message["text"] for message in app.messages(user_id)] == said


@pytest.mark.timeout(180)
def test_what_waits_while_a_visitor_logs_in_comes_once_and_in_order_whatever_dies(stack, app, slack):
    user_id, device_id = unique("kim"), unique("tablet")
    app.create(user_id, givenName="Kim", surname="Killed")
    visitor = introduce(app, device_id)["_id"]
    app.write(visitor, "0", name="Kay Kiosk")
    channel_id = slack.conversation("sk-kay-kiosk")
    stack.bot.kill()
    for number in range(1, 4):
        app.write(visitor, str(number), name="Kay Kiosk")
    app.write(user_id, "4")
    introduce(app, device_id, userId=user_id)
    stack.server.kill()
    stack.server.start()
    app.write(visitor, "5")
    stack.bot.start()
    wait_for(lambda: lines(slack, channel_id) == [str(number) for number in range(6)], "all, once, in order", 40)
    assert [message["text"] for message in app.messages(user_id)] == [str(number) for number in range(6)]
    slack.command(ALICE, channel_id, "hello Kim")
    wait_for(lambda: app.replies(user_id) == ["hello Kim"], "the reply")


def test_what_may_stand_in_the_channel_that_is_left_is_not_posted_again(stack, app, slack):
    user_id, device_id = unique("lou"), unique("watch")
    app.create(user_id, givenName="Lou", surname="Lost")
    app.write(user_id, "home")
    home = slack.conversation("sk-lou-lost")
    visitor = introduce(app, device_id)["_id"]
    app.write(visitor, "away", name="Len Lost")
    away = slack.conversation("sk-len-lost")
    slack.order("chat.postMessage", "timeout_after", channel=away, seconds=30)
    slack.forget_calls()
    app.write(visitor, "only once", name="Len Lost")
    wait_for(lambda: any(c["fault"] for c in slack.calls(method="chat.postMessage")), "a post without an answer")
    introduce(app, device_id, userId=user_id)
    app.write(user_id, "afterwards")
    stack.bot.kill()
    stack.bot.start()
    wait_for(lambda: "afterwards" in lines(slack, home), "what came afterwards")
    assert (lines(slack, away), lines(slack, home)) == (["away", "only once"], ["home", "afterwards"])


def insist(app, path, body, key):
    """A client tries again, with the same key, until it is answered; returns the answer."""

    def asked():
        with contextlib.suppress(requests.RequestException):
            answer = requests.post(
                app.base + path, json=body, headers={**app.backend, "Idempotency-Key": key}, timeout=20
            )
            return answer if answer.ok else None
        return None

    return wait_for(asked, f"an answer to {path}", 60).json()


@pytest.mark.timeout(240)
@pytest.mark.parametrize("victim", ["bot", "server"])
def test_sigkill_at_any_moment_of_a_login_loses_doubles_and_swaps_nothing(stack, app, slack, victim):
    chance = random.Random(victim)
    name = {"bot": "Bo", "server": "Sue"}[victim]
    user_id, device_id = unique(name.lower()), unique("phone")
    app.create(user_id, givenName=name, surname="Killed")
    device = {"device": {"id": device_id, "platform": "web"}}
    visitor = insist(app, "/init", device, f"{device_id} begins")["appUser"]["_id"]
    texts = {who: [f"{who} {victim} {number:02d}" for number in range(12)] for who in ("home", "away")}

    def write(ref, who, shown_as):
        for text in texts[who]:
            body = {"role": "appUser", "text": text, "name": shown_as}
            insist(app, f"/appusers/{ref}/messages", body, text)

    writers = [
        threading.Thread(target=write, args=(user_id, "home", f"{name} Killed")),
        threading.Thread(target=write, args=(visitor, "away", f"{name} Visitor")),
    ]
    for writer in writers:
        writer.start()
    channels = [slack.conversation(f"sk-{name.lower()}-{kind}") for kind in ("killed", "visitor")]
    process = getattr(stack, victim)
    login = threading.Thread(target=insist, args=(app, "/init", {**device, "userId": user_id}, f"{device_id} logs in"))
    login.start()
    for _ in range(3):
        threading.Event().wait(chance.uniform(0.05, 0.6))  # any moment
        process.kill()
        process.start()
    for thread in (*writers, login):
        thread.join()

    def seen():
        posts = [message for channel_id in channels for message in slack.relayed(channel_id)]
        ordered = sorted(posts, key=lambda message: float(message["ts"]))
        return [line.removeprefix("• ") for message in ordered for line in message["text"].splitlines()]

    wait_for(lambda: len(seen()) >= 24, "all in Slack", 60)
    stored = [message["text"] for message in app.messages(user_id)]
    for found in (stored, seen()):
        assert sorted(found) == sorted(texts["home"] + texts["away"])
        for who, written in texts.items():
            assert [text for text in found if text.startswith(who)] == written
    assert app.messages(visitor) == app.messages(user_id)
