"""Channels are read as seldom as can be: what this process knows it does not ask for."""

import pytest
from desk_fakes import NOW, FakeWorkspace, TurnableClock

from desk.errors import InDoubtError
from desk.lanes import Lanes
from desk.looks import OWN_MARGIN, POSTS_REMEMBERED
from desk.ports import Mark, Post

CHANNEL = "C0NORA"
HOUR = 3600.0


class SetClock(TurnableClock):
    """A clock that can be set: then it runs on, and the ticks since the beginning tell."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong_by = 0.0

    def now(self) -> float:
        return super().now() + self.wrong_by


@pytest.fixture
def clock():
    return SetClock()


@pytest.fixture
def workspace(clock):
    workspace = FakeWorkspace(clock)
    workspace.add_channel(CHANNEL, "sk-nora", member=True)
    return workspace


@pytest.fixture
def lanes(workspace, clock):
    lanes = Lanes(workspace, clock)
    clock.turn(60)
    return lanes


def post(lanes, message_id) -> str:
    return lanes.post(CHANNEL, Post("hello", Mark("sk_message", (message_id,))))


def found(lanes, since) -> list[str]:
    return [each.mark.ids[0] for each in lanes.earlier(CHANNEL, since)]


def test_what_this_process_posted_is_known_without_a_look(lanes, workspace):
    for message_id in ("m1", "m2"):
        post(lanes, message_id)
    assert found(lanes, NOW + 30) == ["m1", "m2"]
    assert workspace.count("marked") == 0


def test_what_an_earlier_process_posted_is_looked_for_once(lanes, workspace, clock):
    post(Lanes(workspace, clock), "m1")
    assert found(lanes, NOW - 10) == ["m1"]
    post(lanes, "m2")
    assert found(lanes, NOW - 10) == ["m1", "m2"]
    assert workspace.count("marked") == 1


def test_an_older_doubt_needs_a_look_of_its_own(lanes, workspace):
    found(lanes, NOW - 10)
    found(lanes, NOW - 20)
    found(lanes, NOW - 15)
    assert workspace.count("marked") == 2


def test_a_doubt_from_about_the_beginning_is_looked_for(lanes, workspace):
    found(lanes, NOW + OWN_MARGIN - 1)
    assert workspace.count("marked") == 1


def test_a_post_whose_answer_was_lost_is_looked_for(lanes, workspace):
    workspace.order("post", InDoubtError("?"), effect=True)
    with pytest.raises(InDoubtError):
        post(lanes, "m1")
    assert found(lanes, NOW + 30) == ["m1"]
    assert found(lanes, NOW + 30) == ["m1"]
    assert workspace.count("marked") == 1


def test_where_too_much_was_posted_to_remember_it_is_looked_for(lanes, workspace):
    for number in range(POSTS_REMEMBERED + 1):
        post(lanes, f"m{number}")
    assert len(found(lanes, NOW + 30)) == POSTS_REMEMBERED + 1
    assert workspace.count("marked") == 1


@pytest.mark.parametrize("wrong_by", [HOUR, -HOUR])
def test_when_the_clock_was_set_nothing_is_taken_for_known(lanes, workspace, clock, wrong_by):
    clock.wrong_by = wrong_by
    found(lanes, NOW + 30)
    assert workspace.count("marked") == 1


def test_a_doubt_from_the_future_is_looked_for(lanes, workspace):
    found(lanes, NOW + HOUR)
    assert workspace.count("marked") == 1
