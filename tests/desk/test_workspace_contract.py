"""What the desk relies on of a workspace: the fake keeps it, and so does slack_sdk against the local workspace."""

import base64
import queue
import threading

import pytest
from desk_fakes import DISPATCH, FakeWorkspace, TurnableClock
from processes import wait_for

from desk.clock import SystemClock
from desk.domain.preview import preview
from desk.domain.sent_on import Content, Order
from desk.errbot_backend.socket_mode import SocketMode
from desk.errors import (
    ChannelArchivedError,
    ChannelGoneError,
    FileGoneError,
    NameTakenError,
    NoSuchPersonError,
    NotInChannelError,
    PostGoneError,
    RefusedError,
)
from desk.ports import Mark, Post
from desk.slack.workspace import SlackWorkspace

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
        self.say = self.workspace.say
        self.describe = self.workspace.describe
        self.edit = self.workspace.edit
        self.take_back = self.workspace.take_back

    def trigger(self, channel_id, ts) -> str:
        return "1.2.abc"

    def forms(self) -> list:
        return self.workspace.forms

    def home_of(self, agent_id):
        return self.workspace.homes.get(agent_id)


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

    def say(self, channel_id, text, *files, thread_ts=None) -> str:
        self.sandbox.in_channel("join", channel_id)
        listed = [{"name": name, "content_base64": base64.b64encode(content).decode()} for name, content in files]
        more = {"thread_ts": thread_ts} if thread_ts else {}
        said = self.sandbox.post("act/message", user="UADMIN0001", channel=channel_id, text=text, files=listed, **more)
        return said["ts"]

    def edit(self, channel_id, ts, text) -> None:
        self.sandbox.edit_message(channel_id, ts, text)

    def take_back(self, channel_id, ts) -> None:
        self.sandbox.delete_message(channel_id, ts)

    def trigger(self, channel_id, ts) -> str:
        """The trigger ID of a shortcut that somebody chose, as it comes over the app's line."""
        frames = queue.Queue()
        line = SocketMode(self.sandbox.api_url, "xapp-sandbox", frames.put)
        line.start()
        try:
            wait_for(lambda: line.problem is None, "a line to the local workspace")
            place = {"user": "UADMIN0001", "channel": channel_id, "ts": ts}
            choosing = threading.Thread(
                target=self.sandbox.post, args=("act/shortcut",), kwargs={"callback_id": "sk_send_to_app_user", **place}
            )
            choosing.start()
            while (frame := frames.get(timeout=10)).kind != "interactive":
                frame.answer(None)
            frame.answer(None)
            choosing.join()
        finally:
            line.close(1)
        return frame.payload["trigger_id"]

    def forms(self) -> list:
        return [view for view in self.sandbox.get("views")["views"] if view["type"] == "modal"]

    def describe(self, channel_id) -> None:
        self.workspace._call(self.workspace._client.conversations_setTopic, channel=channel_id, topic="Zoë")

    def home_of(self, agent_id):
        views = self.sandbox.get("views", user=agent_id)["views"]
        return next((view["blocks"] for view in views if view["type"] == "home"), None)

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


def test_an_answer_stands_in_its_thread_and_not_in_the_channel(port, channel_id):
    parent = port.post(channel_id, post("parent", ids=("1",)))
    answers = [port.post(channel_id, post("answer", "sk_reminder", (str(n),), thread_ts=parent)) for n in range(2)]
    found = port.marked_in_thread(channel_id, parent)
    assert [each.ts for each in found] == answers
    assert [each.mark for each in found] == [Mark("sk_reminder", ("0",)), Mark("sk_reminder", ("1",))]
    [standing] = [each for each in port.page(channel_id, None).standing if each.own]
    assert (standing.ts, standing.replies) == (parent, 2)
    port.delete(channel_id, answers[0])
    assert [each.ts for each in port.marked_in_thread(channel_id, parent)] == answers[1:]


def test_a_post_that_is_gone_takes_no_answers_and_has_none(port, house, channel_id):
    ts = port.post(channel_id, post())
    assert port.marked_in_thread(channel_id, ts) == []
    house.delete_post(channel_id, ts)
    assert port.marked_in_thread(channel_id, ts) == []
    with pytest.raises(PostGoneError):
        port.post(channel_id, post("answer", thread_ts=ts))


def test_the_workspaces_id_is_known_once_slack_has_told_it(port):
    assert port.identity().team_id == port.team_id()


PNG = b"\x89PNG\r\n\x1a\n"


def uploaded(port, name="photo.png", content=PNG):
    ticket = port.begin_upload(name, len(content))
    port.finish_upload(ticket, name, content)
    return ticket.file_id


def image(file_id):
    return {"type": "image", "alt_text": "x", "slack_file": {"id": file_id}}


def test_an_uploaded_image_is_shown_by_a_post(port, channel_id):
    file_id = uploaded(port)
    port.post(channel_id, post("photo", username="Zoë", blocks=(image(file_id),)))
    [standing] = [each for each in port.page(channel_id, None).standing if each.own]
    assert standing.file_ids == (file_id,)


def test_a_file_is_shared_by_a_link_to_it(port, channel_id):
    file_id = uploaded(port, "a.txt", b"hello")
    port.post(channel_id, post(f"<{port.link_to_file(file_id)}|a.txt>", shares=True))
    [standing] = [each for each in port.page(channel_id, None).standing if each.own]
    assert standing.file_ids == (file_id,)


def test_a_file_is_deleted_once_and_twice(port):
    file_id = uploaded(port)
    port.delete_file(file_id)
    port.delete_file(file_id)
    with pytest.raises(FileGoneError):
        port.link_to_file(file_id)


def test_history_tells_whose_each_message_is_newest_first(port, house, channel_id):
    stamps = [port.post(channel_id, post(str(number), ids=(str(number),))) for number in range(4)]
    house.say(channel_id, "hm")
    first = port.page(channel_id, None)
    assert [each.by_people for each in first.standing if each.own or each.by_people][:2] == [True, False]
    rest = port.page(channel_id, first.standing[-1].ts)
    own = [each for each in (*first.standing, *rest.standing) if each.own]
    assert [each.ts for each in own] == stamps[::-1]
    assert own[0].mark == Mark("sk_message", ("3",))
    assert not rest.more


def test_a_post_is_deleted_once(port, channel_id):
    ts = port.post(channel_id, post())
    port.delete(channel_id, ts)
    assert not [each for each in port.page(channel_id, None).standing if each.own]
    with pytest.raises(PostGoneError):
        port.delete(channel_id, ts)


def test_a_post_gets_another_mark(port, channel_id):
    ts = port.post(channel_id, post())
    port.remark(channel_id, ts, post("new", ids=("9",)))
    found = port.marked_at(channel_id, ts)
    assert (found.mark, found.text) == (Mark("sk_message", ("9",)), "new")


def test_a_channel_loses_its_name_and_description_and_is_archived(port, house, channel_id):
    port.create_channel("sk-taken", private=False)
    with pytest.raises(NameTakenError):
        port.rename(channel_id, "sk-taken")
    port.rename(channel_id, "sk-nobody")
    port.rename(channel_id, "sk-nobody")
    house.describe(channel_id)
    assert port.channel(channel_id).described
    port.clear_description(channel_id)
    assert not port.channel(channel_id).described
    port.archive(channel_id)
    port.archive(channel_id)
    channel = port.channel(channel_id)
    assert (channel.name, channel.archived, channel.member) == ("sk-nobody", True, False)
    with pytest.raises(NotInChannelError):
        port.page(channel_id, None)


def test_a_post_is_found_where_it_stands(house, channel_id):
    block = {"type": "section", "block_id": "b1", "text": {"type": "plain_text", "text": "x &lt;y&gt;", "emoji": False}}
    house.workspace.post(channel_id, Post("before", Mark("sk_notice", ("0",))))
    ts = house.workspace.post(channel_id, Post("text", Mark("sk_notice", ("1", "2")), (block,)))
    house.workspace.post(channel_id, Post("behind", Mark("sk_notice", ("3",))))
    found = house.workspace.marked_at(channel_id, ts)
    assert (found.ts, found.mark, found.text) == (ts, Mark("sk_notice", ("1", "2")), "text")
    assert (found.blocks[0]["block_id"], found.blocks[0]["text"]["text"]) == ("b1", "x &lt;y&gt;")
    assert house.workspace.marked_at(channel_id, "1.000001") is None


def test_a_message_is_read_with_its_text_and_files(house, port, channel_id):
    ts = house.say(channel_id, "look", ("photo.png", PNG), ("a.txt", b"hello"))
    written = port.written(channel_id, ts)
    assert (written.ts, written.text, written.own, written.by_people) == (ts, "look", False, True)
    assert [(file.name, file.type, file.size, file.obstacle) for file in written.files] == [
        ("photo.png", "image/png", len(PNG), ""),
        ("a.txt", "text/plain", 5, ""),
    ]
    assert [port.download(file.url, most_bytes=100) for file in written.files] == [PNG, b"hello"]


def test_a_message_is_read_as_it_is_now(house, port, channel_id):
    ts = house.say(channel_id, "before")
    house.say(channel_id, "another")
    house.edit(channel_id, ts, "after")
    assert port.written(channel_id, ts).text == "after"
    house.take_back(channel_id, ts)
    assert port.written(channel_id, ts) is None


def test_a_post_of_the_bots_is_read_as_its_own(port, channel_id):
    ts = port.post(channel_id, post())
    written = port.written(channel_id, ts)
    assert (written.own, written.mark, written.text) == (True, Mark("sk_message", ("1",)), "hello")


def test_messages_of_a_channel_without_the_bot_are_not_read(house, port, channel_id):
    ts = house.say(channel_id, "hm")
    house.kick_bot(channel_id)
    with pytest.raises(NotInChannelError):
        port.written(channel_id, ts)


def test_too_large_a_file_is_not_read_to_its_end(house, port, channel_id):
    ts = house.say(channel_id, "", ("a.txt", b"hello"))
    [file] = port.written(channel_id, ts).files
    with pytest.raises(RefusedError, match="file_too_large"):
        port.download(file.url, most_bytes=4)


def test_a_form_is_shown_to_whoever_chose_a_shortcut(house, port, channel_id):
    ts = house.say(channel_id, "hello")
    order = Order(channel_id, ts, "a" * 24, "d" * 32)
    view = preview("Zoë", Content("hello <b>"), order, "sk_send_to_app_user")
    port.open_form(house.trigger(channel_id, ts), view)
    [form] = house.forms()
    assert (form["callback_id"], form["private_metadata"]) == ("sk_send_to_app_user", order.dump())
    assert form["blocks"][1]["text"]["text"] == "hello &lt;b&gt;"


def section(text):
    return {"type": "section", "block_id": "b1", "text": {"type": "plain_text", "text": text, "emoji": False}}


def test_a_home_tab_shows_what_was_published_last_to_that_person(port, house):
    port.publish_home("UALICE0001", [section("before")])
    port.publish_home("UALICE0001", [section("after")], patient=True)
    assert house.home_of("UALICE0001") == [section("after")]
    assert house.home_of("UBRUNO0001") is None
