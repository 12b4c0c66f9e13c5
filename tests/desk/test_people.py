"""Agents are people to app users: under the name and picture that they have in Slack now."""

from dataclasses import replace

import pytest
from desk_fakes import ALICE

from desk.errors import UnreachableError
from desk.people import LIFE_SPAN, STALE_SPAN
from wire.messages import Face

RENAMED = replace(ALICE, name="Alice Archer", avatar_url="https://example.com/archer.png")


@pytest.fixture
def channel_id(office):
    channel_id = office.opened()
    office.types(channel_id, "hello", "slash:0")
    return channel_id


def replies(office, channel_id, request):
    """The agent as the app's side hears of them with the next reply."""
    office.types(channel_id, f"text {request}", request)
    agent = office.app_side.tries[-1].agent
    return agent.name, agent.avatar_url


def test_a_name_and_a_picture_changed_in_slack_show_within_the_life_span(office, workspace, clock, channel_id):
    workspace.people[ALICE.agent_id] = RENAMED
    clock.turn(LIFE_SPAN - 1)
    assert replies(office, channel_id, "slash:1") == (ALICE.name, ALICE.avatar_url)
    clock.turn(1)
    assert replies(office, channel_id, "slash:2") == (RENAMED.name, RENAMED.avatar_url)


def test_they_show_at_once_when_slack_tells_of_the_change(office, workspace, channel_id):
    workspace.people[ALICE.agent_id] = RENAMED
    office.desk.person_changed(ALICE.agent_id)
    assert replies(office, channel_id, "slash:1") == (RENAMED.name, RENAMED.avatar_url)


def test_a_change_that_slack_tells_of_while_it_is_asked_is_not_missed(office, workspace, channel_id, monkeypatch):
    office.desk.person_changed(ALICE.agent_id)
    known = workspace.person

    def overtaken(agent_id):
        person = known(agent_id)
        workspace.people[ALICE.agent_id] = RENAMED
        office.desk.person_changed(ALICE.agent_id)
        return person

    monkeypatch.setattr(workspace, "person", overtaken)
    replies(office, channel_id, "slash:1")
    monkeypatch.undo()
    assert replies(office, channel_id, "slash:2") == (RENAMED.name, RENAMED.avatar_url)


def test_slack_is_asked_once_in_a_life_span(office, workspace, clock, channel_id):
    workspace.calls.clear()
    for number in range(1, 10):
        clock.turn(LIFE_SPAN / 10)
        replies(office, channel_id, f"slash:{number}")
    assert workspace.count("person") == 0


def test_while_slack_is_away_the_known_name_serves_for_an_hour(office, workspace, clock, channel_id):
    clock.turn(STALE_SPAN - 1)
    workspace.order("person", UnreachableError("refused"), UnreachableError("refused"))
    assert replies(office, channel_id, "slash:1") == (ALICE.name, ALICE.avatar_url)
    clock.turn(1)
    assert "does not say who you are" in office.types(channel_id, "hi", "slash:2").text


def test_app_users_may_see_the_team_while_slack_names_the_agent(office, clock):
    office.open(team=Face(name="The Team", avatar_url="https://example.com/team.png"))
    channel_id = office.opened()
    office.types(channel_id, "hello")
    [reply] = office.app_side.tries
    office.desk._ground.replies.pass_on(
        reply.model_copy(update={"message_id": "m" * 24, "shown_as": None}), clock.now() + 2
    )
    assert office.app_side.tries[1].shown_as == reply.shown_as
    assert reply.shown_as == Face(name="The Team", avatar_url="https://example.com/team.png")
    assert (reply.agent.agent_id, reply.agent.name) == (ALICE.agent_id, ALICE.name)
    clock.turn(1)
    assert office.notices(channel_id)[0].text.startswith("Alice Adams replied: hello")
