"""Somebody logs in: two app users are one, in the app and in Slack, whatever ends in between."""

import pytest
import requests
from people import ALICE, GENERAL, App, Slack, shown_all, unique
from processes import Stack, wait_for


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    """A stack of this module's own, because its processes are killed."""
    stack = Stack(tmp_path_factory.mktemp("merge"), SK_INVITE=ALICE)
    try:
        yield stack.start()
    finally:
        stack.end()


@pytest.fixture(autouse=True)
def usual(slack):
    yield
    slack.take_back_orders()


class Device:
    """A device with a client of the app on it."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.id = unique("device")
        self.user = self._init()

    def log_in(self, user_id: str) -> None:
        self.user = self._init(userId=user_id)

    def _init(self, **more: object) -> dict:
        body = {"device": {"id": self.id, "platform": "web"}, **more}
        answer = requests.post(f"{self.app.base}/init", json=body, headers=self.app.backend, timeout=20)
        assert answer.ok, answer.text
        return answer.json()["appUser"]

    def write(self, text: str) -> dict:
        return self.app.write(self.user["_id"], text)


def channel_of(slack: Slack, message: dict, seconds: float = 60.0) -> str:
    """The channel in which a message stands, once it does."""

    def found():
        return next((c["id"] for c in slack.user_channels() if message["_id"] in ids(slack, c["id"])), None)

    return str(wait_for(found, "the message in Slack", seconds))


def ids(slack: Slack, channel_id: str) -> list[str]:
    """The app users' messages in a channel, as often as they stand there."""
    return [each for post in slack.relayed(channel_id) for each in post["metadata"]["event_payload"]["message_ids"]]


def told(slack: Slack, channel_id: str) -> list[str]:
    """What people were told there about who turned out to be whom."""
    messages = slack.messages(channel_id)
    return [m["text"] for m in messages if (m.get("metadata") or {}).get("event_type") == "sk_merged"]


def both(app: App, slack: Slack, word: str):
    """Somebody known, and a device on which they have not logged in yet; a channel for each."""
    user_id, name = unique(word), unique(word.title())
    app.create(user_id, givenName=name)
    here = channel_of(slack, app.write(user_id, f"{word} at the desk"))
    device = Device(app)
    there = channel_of(slack, device.write(f"{word} on the way"))
    assert here != there
    return user_id, device, here, there


def test_two_channels_come_together_and_both_say_so(app, slack):
    user_id, device, here, there = both(app, slack, "mia")
    device.log_in(user_id)
    wait_for(lambda: told(slack, here) and told(slack, there), "people being told")
    [away], [note] = told(slack, there), told(slack, here)
    assert f"the conversation goes on in <#{here}>" in away
    assert f"<#{there}>" in note
    assert channel_of(slack, device.write("and on")) == here
    assert channel_of(slack, app.write(user_id, "and on and on")) == here
    board = shown_all(slack.messages(GENERAL))
    assert there not in board


def test_the_only_channel_goes_on_under_the_name(app, slack):
    user_id, name = unique("nils"), "Nils " + unique("N")
    app.create(user_id, givenName=name)
    device = Device(app)
    channel_id = channel_of(slack, device.write("who am I?"))
    device.log_in(user_id)
    [note] = wait_for(lambda: told(slack, channel_id), "people being told")
    assert f"is {name} ({user_id}): this channel is the conversation with them" in note
    assert channel_of(slack, device.write("I am Nils")) == channel_id

    def named():
        return next(c["name"] for c in slack.channels() if c["id"] == channel_id).startswith("sk-nils-n-")

    wait_for(named, "the channel's new name")
    assert len([c for c in slack.user_channels() if "nils" in c["name"]]) == 1


def test_an_agents_reply_in_either_channel_reaches_the_one_app_user(app, slack):
    user_id, device, here, there = both(app, slack, "olaf")
    device.log_in(user_id)
    slack.command(ALICE, there, "from there")
    slack.command(ALICE, here, "from here")
    wait_for(lambda: len(app.replies(user_id)) == 2, "both replies")
    assert sorted(app.replies(user_id)) == ["from here", "from there"]
    wait_for(lambda: slack.notices(there) and slack.notices(here), "a notice where each was typed")


def test_replies_typed_at_the_moment_of_the_login_are_not_lost(app, slack):
    user_id, device, _, there = both(app, slack, "rosa")
    slack.command(ALICE, there, "before")
    device.log_in(user_id)
    slack.command(ALICE, there, "at once")
    wait_for(lambda: len(app.replies(user_id)) == 2, "both replies")
    assert app.replies(user_id) == ["before", "at once"]


def test_who_logs_in_while_the_bot_is_dead_is_found_together_by_the_next(stack, app, slack):
    user_id, device, here, there = both(app, slack, "pia")
    stack.bot.kill()
    waiting = [device.write("nobody there?"), app.write(user_id, "nobody here?")]
    device.log_in(user_id)
    waiting.append(device.write("logged in"))
    stack.bot.start()
    assert [channel_of(slack, message) for message in waiting] == [here] * 3
    assert ids(slack, here)[-3:] == [message["_id"] for message in waiting]
    assert (len(told(slack, here)), len(told(slack, there))) == (1, 1)


@pytest.mark.parametrize("nth", [0, 1])
@pytest.mark.parametrize("victim", ["bot", "server"])
def test_a_kill_while_people_are_told_tells_them_once(stack, app, slack, victim, nth):
    user_id, device, here, there = both(app, slack, f"kurt{victim}{nth}")
    slack.forget_calls()
    slack.order("chat.postMessage", "timeout_after", seconds=4.0, channel=(there, here)[nth])
    device.log_in(user_id)
    wait_for(lambda: told(slack, (there, here)[nth]), "the post under way")
    process = getattr(stack, victim)
    process.kill()
    process.start()
    assert channel_of(slack, device.write("behind it")) == here
    assert (len(told(slack, here)), len(told(slack, there))) == (1, 1)


def test_a_message_in_doubt_at_the_login_stands_once(stack, app, slack):
    user_id, device, here, there = both(app, slack, "dirk")
    slack.order("chat.postMessage", "timeout_after", seconds=3.0, channel=there)
    message = device.write("in doubt")
    wait_for(lambda: message["_id"] in ids(slack, there), "the post under way")
    stack.bot.kill()
    device.log_in(user_id)
    stack.bot.start()
    behind = device.write("behind it")
    assert channel_of(slack, behind) == here
    assert (ids(slack, there).count(message["_id"]), ids(slack, here).count(message["_id"])) == (1, 0)
