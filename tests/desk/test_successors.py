"""A conversation whose channel closed goes on in a new one: linked both ways, with what was said last."""

import pytest
from desk_fakes import DISPATCH, LOST, SILENT
from desk_office import USER

from desk.errors import LimitedError
from desk.values import ChannelChange
from wire.client import PeerAwayError
from wire.messages import Done, RecentMessage, Unknown


@pytest.fixture
def closed(office, workspace, app_side):
    """A conversation whose channel was archived while nobody wrote; that channel."""
    channel_id = office.opened()
    now = office.clock.now()
    app_side.past[USER] = [
        RecentMessage(message_id="1" * 24, text="hello <!channel>", received=now - 20, name="Zoë & Co"),
        RecentMessage(
            message_id="2" * 24, text="how can\nI help?", received=now - 10, name="Alice Adams", by_agent=True
        ),
        RecentMessage(message_id="3" * 24, text="", received=now - 5),
        RecentMessage(message_id="5" * 24, text="", received=now - 4, name="Zoë", file_name="a <b>.png"),
        RecentMessage(message_id="4" * 24, text="again", received=now),
    ]
    workspace.archive(channel_id)
    office.desk.channel_changed(ChannelChange(channel_id, "archived"))
    return channel_id


def introduction(workspace, channel_id):
    return workspace.posts(channel_id)[0].text


def test_the_successor_shows_what_was_said_last_as_data_and_links_back(office, workspace, closed):
    successor = office.receive("again").place.channel_id
    assert successor != closed
    told = introduction(workspace, successor)
    assert f"The earlier conversation is in <#{closed}>." in told
    assert told.splitlines()[-5:] == [
        "What was said last:",
        "• Zoë &amp; Co: hello &lt;!channel&gt;",
        "• Alice Adams: how can I help?",
        f"• User {USER[-6:]}: (a message without text)",
        "• Zoë: 📎 a &lt;b&gt;.png",
    ]
    assert len(workspace.posts(DISPATCH)) == 2


@pytest.mark.parametrize("error", [SILENT, PeerAwayError("down")])
def test_a_past_that_is_not_to_be_had_holds_nothing_up(office, workspace, app_side, closed, error):
    app_side.order(error)
    successor = office.receive("again").place.channel_id
    assert f"<#{closed}>" in introduction(workspace, successor)
    assert "What was said last" not in introduction(workspace, successor)
    assert office.relayed(successor) == ["again"]


def test_an_earlier_channel_that_is_opened_again_leads_to_the_one_that_goes_on(office, workspace, closed):
    successor = office.receive("again").place.channel_id
    workspace._change(closed, archived=False)
    office.desk.channel_changed(ChannelChange(closed, "unarchived"))
    assert workspace.posts(closed)[-1].text.startswith(f"This conversation goes on in <#{successor}>")
    assert office.types(closed, "hi").text.startswith(f"This conversation goes on in <#{successor}>")
    command = office.types(closed, "!claim").text
    assert command == f"This conversation goes on in <#{successor}>. Nothing was done: type `/sk !claim` there."
    assert isinstance(office.receive("more"), Done)
    assert office.relayed(successor) == ["again", "more"]


def test_an_earlier_channel_that_takes_no_post_is_left_alone(office, workspace, closed):
    office.receive("again")
    workspace.order("post", LimitedError(1))
    office.desk.channel_changed(ChannelChange(closed, "unarchived"))
    office.desk.channel_changed(ChannelChange(closed, "renamed", "sk-old"))
    assert isinstance(office.receive("more"), Done)


def test_a_channel_unarchived_before_anybody_wrote_goes_on_itself(office, workspace, closed):
    workspace._change(closed, archived=False)
    office.desk.channel_changed(ChannelChange(closed, "unarchived"))
    assert office.receive("again").place.channel_id == closed
    assert office.relayed(closed) == ["hello", "again"]


def test_a_notice_in_doubt_in_the_successor_is_looked_for_there(office, workspace, clock, closed):
    successor = office.receive("again").place.channel_id
    workspace.order("post", LOST, effect=True)
    assert isinstance(office.show(closed), Unknown)
    clock.turn(5)
    assert isinstance(office.show(closed), Done)
    assert len(office.notices(successor)) == 1
