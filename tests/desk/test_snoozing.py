"""`!snooze`: reminders of a conversation are put off, and all who have to know read of it."""

import pytest
from desk_fakes import ALICE, DISPATCH, NOW
from desk_office import USER

from wire import cases
from wire.client import NoAnswerError, PeerAwayError, RefusedError


@pytest.fixture(autouse=True)
def willing(app_side):
    """An app's side that does what it is asked."""
    app_side.answers["deed"] = cases.CaseAfter(case_id=7, app_user_id=USER, opened=NOW)


def test_the_caller_and_the_channel_read_until_when_each_in_their_own_time_zone(office, app_side, clock):
    channel_id = office.opened()
    answer = office.types(channel_id, "!snooze 2h")
    until = int(clock.now()) + 7200
    clock.turn(0)
    assert answer.carried_out
    assert answer.text.startswith(
        f"Nobody is reminded of Zoë before <!date^{until}^{{date_short_pretty}} {{time}}|2023-"
    )
    line = office.workspace.texts(channel_id)[-1]
    assert line.startswith(f"Alice Adams put off reminders of this conversation until <!date^{until}^")
    [(_, deed)] = app_side.asked
    assert (deed.kind, deed.app_user_id, deed.agent.agent_id) == ("snooze", USER, ALICE.agent_id)
    assert deed.until == clock.now() + 7200


@pytest.mark.parametrize("typed", ["!snooze tomorrow", "!snooze 2", "!snooze 31d", "!snooze <@UBRUNO0001>"])
def test_what_is_no_time_is_answered_with_how_to_say_it(office, app_side, typed):
    answer = office.types(office.opened(), typed)
    assert "/sk !snooze 30m" in answer.text
    assert not app_side.asked


def test_snooze_alone_asks_for_more(office):
    assert "`/sk !snooze 2h`" in office.types(office.opened(), "!snooze").text


def test_outside_of_a_conversation_there_is_nothing_to_put_off(office, app_side):
    office.opened()
    assert "channel" in office.types(DISPATCH, "!snooze 2h").text
    assert not app_side.asked


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (RefusedError(409, cases.NOT_WAITING, ""), "Zoë waits for no answer, so there is nothing to put off."),
        (RefusedError(409, cases.CLOSED_ALREADY, ""), "the conversation with Zoë is closed."),
        (RefusedError(409, cases.NO_CASE, ""), "there is no conversation with Zoë yet."),
        (PeerAwayError("away"), "the app's side does not answer."),
        (NoAnswerError("late"), "it may or may not have been done."),
    ],
)
def test_what_was_not_done_is_said_and_told_to_nobody_else(office, app_side, fault, sentence):
    app_side.answers["deed"] = fault
    channel_id = office.opened()
    posts = len(office.workspace.texts(channel_id))
    assert sentence in office.types(channel_id, "!snooze 2h").text
    assert len(office.workspace.texts(channel_id)) == posts
