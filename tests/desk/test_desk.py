"""What Slack reports about channels, and whether the desk can work."""

from dataclasses import replace

import pytest
from desk_fakes import ALICE, DISPATCH
from desk_office import USER

from desk.errors import BlockedError, ChannelBookError, UnreachableError
from desk.values import ChannelChange


def change(office, channel_id, kind, name=None):
    office.desk.channel_changed(ChannelChange(channel_id, kind, name))


def test_an_archived_channel_is_not_tried_again(office, workspace):
    old = office.opened()
    workspace.archive(old)
    change(office, old, "archived")
    new = office.receive("again").place.channel_id
    assert new != old
    assert ("post", old) not in workspace.calls


def test_a_channel_that_a_person_unarchived_is_used_again(office, workspace):
    channel_id = office.opened()
    workspace.archive(channel_id)
    change(office, channel_id, "archived")
    workspace._change(channel_id, archived=False)
    change(office, channel_id, "unarchived")
    assert office.receive("again").place.channel_id == channel_id
    assert workspace.count("create_channel") == 0


def test_a_successor_stays_though_the_old_channel_is_unarchived(office, workspace):
    old = office.opened()
    workspace.archive(old)
    new = office.receive("again").place.channel_id
    workspace._change(old, archived=False)
    change(office, old, "unarchived")
    assert office.receive("more").place.channel_id == new


def test_a_deleted_channel_is_not_tried_again(office, workspace):
    old = office.opened()
    change(office, old, "deleted")
    assert office.receive("again").place.channel_id != old


def test_a_renamed_channel_keeps_its_conversation(office, workspace):
    channel_id = office.opened()
    change(office, channel_id, "renamed", "vip-zoe")
    [entry] = office.desk.channels()
    assert entry.channel_name == "vip-zoe"
    assert office.receive("again").place.channel_id == channel_id


@pytest.mark.parametrize("kind", ["archived", "unarchived", "deleted", "renamed", "left"])
def test_other_peoples_channels_and_repetitions_change_nothing(office, book, kind):
    channel_id = office.opened()
    book.kept.clear()
    change(office, "CRANDOM001", kind, "x")
    change(office, channel_id, "left")
    change(office, channel_id, "unarchived")
    assert book.kept == []


def test_a_change_that_cannot_be_written_down_does_no_harm(office, book):
    channel_id = office.opened()

    def refuse(entry):
        raise ChannelBookError("no space")

    book.keep = refuse
    change(office, channel_id, "archived")
    assert office.desk.channels()[0].state == "open"


def test_ready_when_slack_knows_us_and_the_dispatch_channel_is_joined(office, workspace):
    assert office.desk.problems() == []
    assert workspace.channels[DISPATCH].info.member
    workspace.calls.clear()
    for _ in range(10):
        assert office.desk.problems() == []
    assert workspace.calls == []


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (BlockedError("invalid_auth"), "SLACK_BOT_TOKEN is not valid"),
        (BlockedError("token_revoked"), "revoked"),
        (UnreachableError("refused"), "does not answer"),
    ],
)
def test_not_ready_while_slack_refuses_us_and_ready_again_after(office, workspace, clock, error, sentence):
    workspace.order("identity", error, error)
    assert sentence in office.desk.problems()[0]
    assert sentence in office.desk.problems()[0]
    assert workspace.count("identity") == 1  # Slack is not asked at every question
    clock.turn(5)
    assert sentence in office.desk.problems()[0]
    clock.turn(5)
    assert office.desk.problems() == []


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ({"archived": True}, "unarchive it"),
        ({"private": True}, "/invite"),
    ],
)
def test_a_dispatch_channel_that_cannot_be_used_is_a_problem_with_a_way_out(office, workspace, how, sentence):
    workspace.add_channel("CDISPATCH1", "desk", **how)
    office.open(dispatch_channel="CDISPATCH1")
    [problem] = office.desk.problems()
    assert sentence in problem


def test_a_dispatch_channel_that_changes_is_looked_for_again(office, workspace, clock):
    assert office.desk.problems() == []
    change(office, DISPATCH, "deleted")
    del workspace.channels[DISPATCH]
    clock.turn(5)
    assert "cannot be found" in office.desk.problems()[0]


def test_trouble_while_relaying_makes_readiness_ask_again(office, workspace, clock):
    office.opened()
    assert office.desk.problems() == []
    workspace.order("post", BlockedError("token_revoked"))
    workspace.order("identity", BlockedError("token_revoked"))
    office.receive("more")
    clock.turn(5)
    assert "revoked" in office.desk.problems()[0]


def test_the_book_is_there_for_administrators(office):
    channel_id = office.opened()
    [entry] = office.desk.channels()
    assert (entry.app_user_id, entry.title, entry.channel_name, entry.channel_id) == (USER, "Zoë", "sk-zoe", channel_id)


def test_closing_twice_is_harmless(office):
    office.desk.close()
    office.desk.close()


def test_a_change_of_somebodys_account_counts_at_once(office, workspace, app_side):
    channel_id = office.opened()
    assert office.types(channel_id, "1", request="slash:1").carried_out
    workspace.people[ALICE.agent_id] = replace(ALICE, deactivated=True)
    assert office.types(channel_id, "2", request="slash:2").carried_out  # remembered: Slack was not asked
    office.desk.person_changed(ALICE.agent_id)
    assert "deactivated" in office.types(channel_id, "3", request="slash:3").text
    workspace.people[ALICE.agent_id] = replace(ALICE, name="Alice Archer")
    office.desk.person_changed(ALICE.agent_id)
    assert office.types(channel_id, "4", request="slash:4").carried_out
    assert [reply.agent.name for reply in app_side.replies.values()] == ["Alice Adams"] * 2 + ["Alice Archer"]
    assert workspace.count("person") == 3


def test_a_change_of_somebody_unknown_costs_nothing(office, workspace):
    office.desk.person_changed("UNOBODY001")
    assert workspace.calls == []
