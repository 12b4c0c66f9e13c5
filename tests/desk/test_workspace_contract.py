"""What the desk relies on of a workspace: the fake keeps it, and so does slack_sdk against the local workspace."""

import pytest
from desk_fakes import DISPATCH, FakeWorkspace, TurnableClock

from desk.clock import SystemClock
from desk.errors import (
    ChannelArchivedError,
    ChannelGoneError,
    NameTakenError,
    NoSuchPersonError,
    NotInChannelError,
    PostGoneError,
)
from desk.ports import Mark, Post
from desk.slack_workspace import SlackWorkspace

NOBODY = "UNOBODY001"


class FakeHouse:
    """The fake, and what people do in it."""

    def __init__(self) -> None:
        self.clock = TurnableClock()
        self.workspace = FakeWorkspace(self.clock)
        self.archive = self.workspace.archive
        self.kick_bot = self.workspace.kick_bot
        self.delete_post = self.workspace.delete_post
        self.members = self.workspace.members


class SandboxHouse:
    """The local workspace, and what people do in it."""

    def __init__(self, sandbox) -> None:
        self.sandbox = sandbox
        self.clock = SystemClock()
        self.workspace = SlackWorkspace("xoxb-sandbox", sandbox.api_url, self.clock)

    def archive(self, channel_id) -> None:
        self.sandbox.in_channel("archive", channel_id)

    def kick_bot(self, channel_id) -> None:
        self.sandbox.in_channel("join", channel_id)
        self.sandbox.in_channel("kick", channel_id, target="UBOT000001")

    def delete_post(self, channel_id, ts) -> None:
        self.sandbox.in_channel("join", channel_id)
        self.sandbox.delete_message(channel_id, ts)

    def members(self, channel_id):
        return set(self.sandbox.channel(channel_id)["members"]) - {"UBOT000001"}


@pytest.fixture(params=["fake", "sandbox"])
def house(request):
    return FakeHouse() if request.param == "fake" else SandboxHouse(request.getfixturevalue("sandbox"))


@pytest.fixture
def port(house):
    return house.workspace


@pytest.fixture
def channel_id(port):
    return port.create_channel("sk-zoe", private=False).channel_id


def post(text="hello", kind="sk_message", ids=("1",), part=0, **more):
    return Post(text, Mark(kind, ids, part), **more)


def test_identity(port):
    assert port.identity() == port.identity()
    assert port.identity().user_id.startswith("U")
    assert port.identity().team_id.startswith("T")


def test_people(port):
    assert port.person("UALICE0001").name == "Alice Adams"
    plain = ("guest", "outsider", "bot", "deactivated")
    flags = {
        person: [flag for flag in plain if getattr(port.person(person), flag)]
        for person in ("UALICE0001", "UGUEST0001", "USTRANGER1")
    }
    assert flags == {"UALICE0001": [], "UGUEST0001": ["guest"], "USTRANGER1": ["outsider"]}


def test_nobody(port):
    with pytest.raises(NoSuchPersonError):
        port.person(NOBODY)


def test_a_new_channel_is_the_bots(port, house):
    channel = port.create_channel("sk-zoe", private=False)
    assert (channel.name, channel.member, channel.archived, channel.private) == ("sk-zoe", True, False, False)
    assert channel.creator == port.identity().user_id
    assert abs(channel.created - house.clock.now()) < 5
    assert port.channel(channel.channel_id) == channel
    assert port.find_channel("sk-zoe") == channel


def test_a_private_channel_is_found_by_its_member(port):
    channel = port.create_channel("sk-secret", private=True)
    assert channel.private
    assert port.find_channel("sk-secret") == channel


def test_a_name_is_given_once_even_to_archived_channels(port, house, channel_id):
    with pytest.raises(NameTakenError):
        port.create_channel("sk-zoe", private=False)
    house.archive(channel_id)
    with pytest.raises(NameTakenError):
        port.create_channel("sk-zoe", private=False)
    assert port.find_channel("sk-zoe") is None
    assert port.channel(channel_id).archived


def test_there_is_no_such_channel(port):
    assert port.find_channel("nowhere") is None
    for ask in (port.channel, port.join, lambda nowhere: port.post(nowhere, post())):
        with pytest.raises(ChannelGoneError):
            ask("CNOWHERE01")


def test_a_channel_has_to_be_joined(port):
    with pytest.raises(NotInChannelError):
        port.post(DISPATCH, post())
    port.join(DISPATCH)
    port.join(DISPATCH)
    assert port.channel(DISPATCH).member
    assert port.post(DISPATCH, post())


def test_a_bot_that_was_removed_is_no_member(port, house, channel_id):
    house.kick_bot(channel_id)
    with pytest.raises(NotInChannelError):
        port.post(channel_id, post())


def test_an_archived_channel_takes_nothing(port, house, channel_id):
    house.archive(channel_id)
    with pytest.raises(ChannelArchivedError):
        port.post(channel_id, post())
    with pytest.raises(ChannelArchivedError):
        port.join(channel_id)


@pytest.mark.parametrize("people", [("UALICE0001", NOBODY, "UBRUNO0001"), (NOBODY, "UALICE0001", "UBRUNO0001")])
def test_one_wrong_id_stops_no_invitation(port, house, channel_id, people):
    refused = port.invite(channel_id, people)
    assert list(refused) == [NOBODY]
    assert house.members(channel_id) == {"UALICE0001", "UBRUNO0001"}


def test_inviting_twice_is_harmless(port, channel_id):
    port.invite(channel_id, ("UALICE0001",))
    assert port.invite(channel_id, ("UALICE0001",)) == {}


def test_posts_are_found_by_their_marks_oldest_first(port, house, channel_id):
    began = house.clock.now() - 1
    marks = [Mark("sk_message", ("1", "2")), Mark("sk_message", ("3",), 1), Mark("sk_introduction", ("u", "0"))]
    stamps = [port.post(channel_id, Post("x", mark)) for mark in marks]
    found = port.marked(channel_id, began)
    assert [each.mark for each in found] == marks
    assert [each.ts for each in found] == stamps == sorted(stamps, key=float)
    assert [each.ts for each in port.marked(channel_id, float(stamps[1]))] == stamps[2:]


def test_an_update_keeps_the_mark(port, channel_id):
    ts = port.post(channel_id, post("before"))
    block = {"type": "section", "text": {"type": "plain_text", "text": "after", "emoji": False}}
    port.update(channel_id, ts, post("after", ids=("other",), blocks=(block,)))
    [found] = port.marked(channel_id, float(ts) - 1)
    assert (found.ts, found.mark.ids) == (ts, ("1",))


def test_a_deleted_post_cannot_be_updated(port, house, channel_id):
    ts = port.post(channel_id, post())
    house.delete_post(channel_id, ts)
    with pytest.raises(PostGoneError):
        port.update(channel_id, ts, post("after"))
    assert port.marked(channel_id, float(ts) - 1) == []


def test_a_post_is_found_where_it_stands(house, channel_id):
    block = {"type": "section", "block_id": "b1", "text": {"type": "plain_text", "text": "x &lt;y&gt;", "emoji": False}}
    house.workspace.post(channel_id, Post("before", Mark("sk_notice", ("0",))))
    ts = house.workspace.post(channel_id, Post("text", Mark("sk_notice", ("1", "2")), (block,)))
    house.workspace.post(channel_id, Post("behind", Mark("sk_notice", ("3",))))
    found = house.workspace.marked_at(channel_id, ts)
    assert (found.ts, found.mark, found.text) == (ts, Mark("sk_notice", ("1", "2")), "text")
    assert (found.blocks[0]["block_id"], found.blocks[0]["text"]["text"]) == ("b1", "x &lt;y&gt;")
    assert house.workspace.marked_at(channel_id, "1.000001") is None
