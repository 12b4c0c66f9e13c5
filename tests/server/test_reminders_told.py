"""The bot is told of whom people are to be reminded: once, in time, within office hours, not in a burst."""

import pytest
from server_fakes import eventually
from server_office import restarted

from wire import messages as wire
from wire.cases import DEED, Deed
from wire.messages import Later

MINUTE, HOUR = 60.0, 3600.0
MONDAY_NOON = 1_709_553_600.0


@pytest.fixture
def opened(tmp_path, clock, ids, bot):
    """Starts a webhook server at noon on a Monday, beside a bot; again on the same data."""
    clock.jump(MONDAY_NOON - clock.now())
    with restarted(tmp_path / "data", clock, ids, bot.url, SK_ON_CALL="S0123456") as start:
        yield start


def waits(office, bot, user_id="ann"):
    """An app user writes, and the bot knows of their case."""
    office.say(user_id, "hello")
    eventually(lambda: [news for news in bot.cases if news.case.user_id == user_id], "news of the case")
    return office.user(user_id)["_id"]


def reminded(bot):
    return [(news.case.user_id, news.reminder, news.reminders) for news in bot.cases if news.reminder != "none"]


def heard(bot, count):
    eventually(lambda: len(reminded(bot)) == count, f"{count} reminders")
    return reminded(bot)


def given(office):
    """How many reminders the ledger knows of."""
    return sum(case.reminders for case in office.ledger.read(lambda books: books.cases.waiting(10))[0])


def rests(office):
    """Nothing is due, and all that was has been told."""

    def resting():
        untold = office.ledger.read(lambda books: books.cases.untold(office.clock.now()))
        due = office.ledger.read(lambda books: books.cases.due(office.clock.now()))
        return not untold and due is None

    eventually(resting, "rest")


def put_off(office, app_user_id, until):
    agent = wire.Agent(agent_id="UALICE", name="Alice")
    said = Deed(request_id="s", app_user_id=app_user_id, agent=agent, kind="snooze", until=until)
    assert office.through_the_door(DEED, said).status_code == 200


def test_whoever_waits_is_reminded_of_and_then_those_who_are_on_call(opened, bot, clock):
    office = opened()
    waits(office, bot)
    clock.turn(14 * MINUTE)
    rests(office)
    assert not reminded(bot)
    clock.turn(MINUTE)
    assert heard(bot, 1) == [("ann", "waiting", 1)]
    clock.turn(15 * MINUTE)
    assert heard(bot, 2)[1] == ("ann", "on_call", 2)
    clock.turn(10 * HOUR)
    rests(office)
    assert len(reminded(bot)) == 2


def test_where_nobody_is_on_call_nobody_is_called(opened, bot, clock):
    office = opened(SK_ON_CALL="")
    waits(office, bot)
    clock.turn(HOUR)
    assert heard(bot, 1) == [("ann", "waiting", 1)]
    rests(office)


def test_whoever_was_answered_is_not_reminded_of(opened, bot, clock):
    office = opened()
    ann = waits(office, bot)
    assert office.reply(ann, "hi").status_code == 200
    clock.turn(HOUR)
    rests(office)
    assert not reminded(bot)


def test_a_timer_survives_a_restart_and_reminds_once(opened, bot, clock):
    office = opened()
    waits(office, bot)
    opened.shut()
    clock.turn(16 * MINUTE)
    opened()
    assert heard(bot, 1) == [("ann", "waiting", 1)]
    rests(opened())
    assert len(reminded(bot)) == 1


def test_after_a_downtime_there_is_no_burst(opened, bot, clock):
    office = opened()
    for user_id in ("ann", "bob", "cleo"):
        waits(office, bot, user_id)
    opened.shut()
    clock.turn(HOUR)
    office = opened()
    assert heard(bot, 1) == [("ann", "on_call", 1)]
    for count, user_id in ((2, "bob"), (3, "cleo")):
        clock.turn(9)
        assert given(office) == count - 1
        assert len(reminded(bot)) == count - 1
        clock.turn(1)
        assert heard(bot, count)[-1] == (user_id, "on_call", 1)


def test_the_distance_holds_over_a_restart(opened, bot, clock):
    office = opened()
    for user_id in ("ann", "bob"):
        waits(office, bot, user_id)
    clock.turn(15 * MINUTE)
    heard(bot, 1)
    clock.turn(4)
    office = opened()
    assert 5 < office.server.reminding.seconds() <= 6
    clock.turn(6)
    heard(bot, 2)


def test_a_bot_that_was_away_is_told_of_one_after_the_other(opened, bot, clock):
    office = opened()
    for user_id in ("ann", "bob", "cleo"):
        waits(office, bot, user_id)
    bot.leave()
    clock.turn(15 * MINUTE)
    for count in (1, 2, 3):
        eventually(lambda: given(office) == count, f"{count} given")  # noqa: B023 - asked at once
        clock.turn(10)
    told = len(bot.cases)
    eventually(office.resting_while_the_bot_is_away)  # a try under way would find it away after it has come
    bot.arrive()
    clock.turn(5 * MINUTE)
    heard(bot, 1)
    for count in (2, 3):
        eventually(office.resting_cases)
        clock.turn(10)
        heard(bot, count)
    assert len(bot.cases) == told + 3


def test_a_reminder_that_slack_did_not_take_before_the_closing_comes_with_the_opening(opened, bot, clock):
    office = opened(SK_OFFICE_HOURS="Mon-Fri 09:00-12:20", SK_ON_CALL="")
    waits(office, bot)
    bot.next_case_outcomes.append(Later(seconds=600.0, reason="limits"))
    clock.turn(15 * MINUTE)
    heard(bot, 1)
    eventually(office.resting_cases)
    clock.turn(10 * MINUTE)
    rests(office)
    assert bot.cases[-1].reminder == "none"
    clock.turn(20 * HOUR + 35 * MINUTE)
    assert heard(bot, 2)[-1] == ("ann", "waiting", 2)


def test_a_snooze_puts_reminders_off_and_is_over_in_time(opened, bot, clock):
    office = opened()
    ann = waits(office, bot)
    put_off(office, ann, clock.now() + HOUR)
    clock.turn(59 * MINUTE)
    rests(office)
    assert not reminded(bot)
    clock.turn(MINUTE)
    assert heard(bot, 1) == [("ann", "snooze_over", 1)]
    assert bot.cases[-1].case.snoozed_until is None
    clock.turn(30 * MINUTE)
    assert heard(bot, 2)[-1] == ("ann", "on_call", 2)


def test_a_message_of_theirs_ends_a_snooze_and_their_wait_counts_from_then(opened, bot, clock):
    office = opened()
    ann = waits(office, bot)
    put_off(office, ann, clock.now() + 5 * HOUR)
    clock.turn(HOUR)
    office.say("ann", "are you there?")
    clock.turn(14 * MINUTE)
    rests(office)
    assert not reminded(bot)
    clock.turn(MINUTE)
    assert heard(bot, 1) == [("ann", "waiting", 1)]


def test_other_settings_hold_for_those_who_wait_already(opened, bot, clock):
    office = opened(SK_REMIND_AFTER="0", SK_ON_CALL="")
    waits(office, bot)
    clock.turn(HOUR)
    rests(office)
    assert not reminded(bot)
    opened(SK_REMIND_AFTER="30m", SK_ON_CALL="")
    assert heard(bot, 1) == [("ann", "waiting", 1)]


def test_a_clock_that_jumps_ahead_is_noticed_within_a_minute(opened, bot, clock):
    office = opened()
    waits(office, bot)
    rests(office)
    clock.jump(HOUR)
    clock.turn(60)
    assert heard(bot, 1)[0][:2] == ("ann", "on_call")


def test_two_who_become_one_are_not_reminded_of_anew(opened, bot, clock):
    office = opened(SK_ON_CALL="")
    device = {"id": "phone", "platform": "web"}
    visitor = office.as_token("POST", "/v1/init", {"device": device}).json["appUser"]["_id"]
    office.as_token("POST", f"/v1/appusers/{visitor}/messages", {"role": "appUser", "text": "hi"})
    waits(office, bot)
    clock.turn(15 * MINUTE)
    heard(bot, 1)
    clock.turn(10)
    heard(bot, 2)
    office.as_token("POST", "/v1/init", {"device": device, "userId": "ann"})
    clock.turn(HOUR)
    rests(office)
    cases = office.ledger.read(lambda books: books.cases.waiting(10))[0]
    assert [(case.reminder, case.reminders) for case in cases] == [("waiting", 1)]
