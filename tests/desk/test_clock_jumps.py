"""The clock is set an hour either way while something is in doubt: nothing comes twice."""

import pytest

from desk.errors import InDoubtError
from wire.messages import Done, Unknown

HOUR = 3600.0


@pytest.mark.parametrize("wrong_by", [HOUR, -HOUR])
def test_a_post_in_doubt_is_found_though_the_clock_was_wrong_when_it_was_made(office, wrong_by):
    channel_id = office.opened()
    office.workspace.order("post", InDoubtError("?"), effect=True)
    assert isinstance(office.receive("1: hello there"), Unknown)
    began = office.clock.now() + wrong_by  # what a clock that is wrong wrote down
    office.open()
    assert isinstance(office.receive("1: hello there", doubt_since=began), Done)
    assert office.relayed(channel_id).count("1: hello there") == 1


@pytest.mark.parametrize("wrong_by", [HOUR, -HOUR])
def test_a_notice_in_doubt_is_found_though_the_clock_was_wrong(office, wrong_by):
    channel_id = office.opened()
    office.workspace.order("post", InDoubtError("?"), effect=True)
    accepted = office.clock.now() + wrong_by
    assert isinstance(office.show(channel_id, "failed", accepted=accepted), Unknown)
    office.clock.turn(2 * HOUR)
    office.open()
    assert isinstance(office.show(channel_id, "failed", accepted=accepted), Done)
    assert len(office.notices(channel_id)) == 1
