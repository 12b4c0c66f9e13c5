"""What goes out beside acknowledgements, against the local workspace's Web API."""

import pytest
import slackv3
from backend_process import ALICE, BRUNO, environment

import settings
from desk.errbot_backend.account import Account
from desk.errbot_backend.arrivals import Me
from desk.errbot_backend.directory import Directory
from desk.errbot_backend.identifiers import Agent, Channel, Member, identify
from desk.errbot_backend.post_office import PostOffice
from desk.errbot_backend.replies import Said
from desk.errbot_backend.web import web_client


@pytest.fixture
def web(workspace, tmp_path):
    environ = environment(SK_SANDBOX_PORT=str(workspace.port), SK_DATA_DIR=str(tmp_path))
    return web_client(settings.load(environ, tmp_path / "no.env"), retries=1)


@pytest.fixture
def office(web):
    return PostOffice(web)


@pytest.fixture
def channel(workspace, request):
    return workspace.channel(f"office-{abs(hash(request.node.name)) % 10**8}", BRUNO)


def posts(workspace, channel):
    return [m["text"] for m in workspace.get("messages", channel=channel)["messages"] if m.get("bot_id")]


def test_a_whisper_is_seen_by_one_person(workspace, office, channel):
    office.whisper(channel, ALICE, Said("for you"))
    assert workspace.seen_by(ALICE, channel) == ["for you"]
    assert workspace.seen_by(BRUNO, channel) == []
    assert posts(workspace, channel) == []


def test_a_post_is_seen_by_all_and_names_in_it_stay_text(workspace, office, channel):
    office.post(channel, Said("for all, @alice and #general"))
    [message] = [m for m in workspace.get("messages", channel=channel)["messages"] if m.get("bot_id")]
    assert message["text"] == "for all, @alice and #general"
    assert message["x_live_mentions"] == []


def test_a_short_wait_that_slack_asks_for_is_waited_a_long_one_is_not(workspace, office, channel):
    workspace.do("faults", method="chat.postEphemeral", kind="ratelimited", seconds=1)
    office.whisper(channel, ALICE, Said("a moment later"))
    assert workspace.seen_by(ALICE, channel) == ["a moment later"]
    workspace.do("faults", method="chat.postEphemeral", kind="ratelimited", seconds=30)
    office.whisper(channel, ALICE, Said("not now"))
    assert workspace.seen_by(ALICE, channel) == ["a moment later"]


def test_failures_are_not_raised(workspace, office, channel):
    workspace.do("faults", method="chat.postEphemeral", kind="500")
    office.whisper(channel, ALICE, Said("lost"))
    office.post("C0UNKNOWN1", Said("lost"))
    office.respond(f"http://127.0.0.1:{workspace.port}/response/1/unknown", Said("lost"))
    office.respond("http://127.0.0.1:9/response", Said("lost"))
    assert workspace.seen_by(ALICE, channel) == []


CARD = {
    "type": "section",
    "text": {"type": "plain_text", "text": "Zoë"},
    "accessory": {"type": "image", "image_url": "https://a.example/zoe.png", "alt_text": "Zoë"},
}


@pytest.mark.parametrize("refused", [False, True])
def test_a_picture_that_slack_cannot_load_keeps_no_answer_back(workspace, office, channel, refused):
    if refused:
        workspace.do("faults", method="chat.postEphemeral", kind="error", error="invalid_blocks")
    office.whisper(channel, ALICE, Said("a card", (CARD,)))
    [shown] = workspace.get("ephemerals", user=ALICE, channel=channel)["messages"]
    assert ("accessory" in shown["blocks"][0]) is not refused


def test_names_are_looked_up_once_and_only_when_somebody_asks(workspace, web, channel):
    class Bot:
        slack_web = web
        directory = Directory(web)

    workspace.forget_calls()
    agent = Agent(Bot.directory, ALICE)
    room = Channel(Bot.directory, channel, Bot)
    member = Member(Bot.directory, ALICE, room)
    assert (str(agent), str(room), str(member)) == (f"<@{ALICE}>", f"<#{channel}>", f"<#{channel}>/<@{ALICE}>")
    assert (agent.person, agent.aclattr, room.aclattr, member.room) == (ALICE, ALICE, channel, room)
    assert agent == Agent(Bot.directory, ALICE)
    assert len({agent, Agent(Bot.directory, ALICE)}) == 1
    assert member == Member(Bot.directory, ALICE, room)
    assert member != agent
    assert workspace.calls() == []
    assert (agent.fullname, member.fullname) == ("Alice Adams", "Alice Adams")
    assert room.name == room.channelname
    assert room.topic == ""
    assert workspace.calls() == ["users.info", "conversations.info"]
    Bot.directory.forget_person(ALICE)
    assert agent.fullname == "Alice Adams"
    assert workspace.calls() == ["users.info", "conversations.info", "users.info"]


@pytest.mark.parametrize(
    ("text", "kind", "slack_id"),
    [
        ("UALICE0001", Agent, "UALICE0001"),
        ("<@UALICE0001>", Agent, "UALICE0001"),
        ("CGENERAL01", Channel, "CGENERAL01"),
        ("<#CGENERAL01>", Channel, "CGENERAL01"),
        ("<#CGENERAL01|general>", Channel, "CGENERAL01"),
        ("#general", Channel, "CGENERAL01"),
    ],
)
def test_identifiers_are_made_from_what_people_and_plugins_write(web, text, kind, slack_id):
    class Bot:
        slack_web = web
        directory = Directory(web)
        extract_identifiers_from_string = staticmethod(slackv3.SlackBackend.extract_identifiers_from_string)

        def channelname_to_channelid(self, name):
            return {"general": "CGENERAL01"}[name]

    found = identify(text, Bot())
    assert type(found) is kind
    assert (found.userid if kind is Agent else found.id) == slack_id


def test_the_account_knows_who_we_are(web):
    me = []
    account = Account(web, me.append)
    assert account.problem
    assert account._check(1.0) == 0.0
    assert me == [Me("UBOT000001", "BBOT000001")]
    assert account.problem is None
