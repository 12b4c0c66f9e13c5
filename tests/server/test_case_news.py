"""The courier tells the bot how cases stand: once their first words are in Slack, the newest state, until it knows."""

import pytest
from server_fakes import eventually
from server_office import Office

from webhook_server.courier.case_orders import ARRIVING_SECONDS
from webhook_server.domain.cases import GRACE_SECONDS
from wire import messages as wire
from wire import operators
from wire.cases import DEED, Deed
from wire.messages import Done, Later, Never, Place, Unknown

NOTICE = Place(channel_id="C0", ts="7.5")


@pytest.fixture
def ann(busy_office):
    """An app user who wrote; the bot knows of her case, and put its notice at NOTICE."""
    return told_of(busy_office)


def told_of(office):
    office.say("ann", "hello there", name="Annie")
    eventually(lambda: not news(office), "the case being told of")
    return office.user("ann")["_id"]


def case(office, number=1):
    return office.ledger.read(lambda books: books.cases.find(number))


def news(office):
    return office.ledger.read(lambda books: books.cases.untold(office.clock.now()))


def act(office, app_user_id, kind="claim", **fields):
    agent = wire.Agent(agent_id="UALICE", name="Alice")
    said = Deed(request_id=f"{kind} {fields}", app_user_id=app_user_id, agent=agent, kind=kind, **fields)
    answer = office.through_the_door(DEED, said)
    assert answer.status_code == 200, answer.text


def heard(bot, count):
    eventually(lambda: len(bot.cases) == count, f"{count} news of cases")
    return bot.cases[-1]


def test_the_bot_hears_of_a_case_with_all_that_its_notice_shows(busy_office, bot, ann):
    [told] = bot.cases
    assert told.model_dump(exclude_none=True) == {
        "case": {
            "case_id": 1,
            "app_user_id": ann,
            "user_id": "ann",
            "name": "Annie",
            "opened": busy_office.clock.now(),
            "waiting_since": busy_office.clock.now(),
            "first_words": "hello there",
        },
        "sequence": 1,
        "reminder": "none",
        "reminders": 0,
    }


def test_what_agents_do_is_told_with_the_place_of_the_notice(busy_office, bot):
    bot.next_case_outcomes.append(Done(place=NOTICE))
    ann = told_of(busy_office)
    act(busy_office, ann)
    told = heard(bot, 2)
    assert (told.case.claimed_by.name, told.place, told.sequence) == ("Alice", NOTICE, 2)
    busy_office.reply(ann, "hi")
    told = heard(bot, 3)
    assert (told.case.first_answer.agent.name, told.case.waiting_since) == ("Alice", None)
    act(busy_office, ann, "close", reason="solved")
    told = heard(bot, 4)
    assert (told.case.closed.agent.name, told.case.closed.reason) == ("Alice", "solved")


def test_a_case_is_told_of_when_its_first_words_are_in_slack(busy_office, bot, clock):
    bot.next_outcomes.append(Later(seconds=9, reason="busy"))
    busy_office.say("ann", "hello")
    eventually(lambda: busy_office.server.courier._case_orders.awaits(busy_office.user("ann")["_id"]))
    eventually(busy_office.resting)
    assert bot.cases == []
    clock.turn(9)
    heard(bot, 1)
    assert [message.text for message in bot.incoming[-1].messages] == ["hello"]
    assert bot.incoming[-1].case_id == 1


def test_words_that_slack_refuses_keep_no_case_from_being_told(busy_office, bot):
    bot.next_outcomes.append(Never(reason="no"))
    busy_office.say("ann", "hello")
    heard(bot, 1)


def test_what_nobody_says_has_arrived_is_looked_at_again(busy_office, bot, clock, monkeypatch):
    monkeypatch.setattr(busy_office.server.courier._case_orders, "awaits", lambda _: False)
    bot.gate.clear()
    busy_office.say("ann", "hello")
    eventually(busy_office.resting_cases)
    bot.gate.set()
    eventually(lambda: busy_office.ledger.read(lambda books: not books.handovers.waiting()))
    clock.turn(ARRIVING_SECONDS)
    heard(bot, 1)


def test_that_somebody_waits_again_is_told_when_nobody_has_answered_for_a_while(busy_office, bot, ann, clock):
    busy_office.reply(ann, "hi")
    eventually(lambda: not news(busy_office), "the answer being told of")
    busy_office.say("ann", "and?")
    eventually(busy_office.resting_cases)
    busy_office.reply(ann, "well")
    clock.turn(10)
    busy_office.say("ann", "and now?")
    clock.turn(GRACE_SECONDS - 1)
    eventually(lambda: bot.texts[-1] == "and now?")
    assert len(bot.cases) == 2
    clock.turn(2)
    assert heard(bot, 3).case.waiting_since == case(busy_office).waiting_since


def test_what_is_told_at_once_does_not_wait_for_what_is_told_later(busy_office, bot, ann):
    busy_office.reply(ann, "hi")
    eventually(lambda: not news(busy_office), "the answer being told of")
    busy_office.say("ann", "and?")
    eventually(busy_office.resting_cases)
    act(busy_office, ann, "assign", assignee=wire.Agent(agent_id="UBEA", name="Bea"))
    told = heard(bot, 3)
    assert told.case.claimed_by.name == "Bea"
    assert told.case.waiting_since


def test_a_bot_that_asks_to_wait_hears_the_newest_state_alone(busy_office, bot, ann, clock):
    bot.next_case_outcomes.append(Later(seconds=5, reason="busy"))
    act(busy_office, ann)
    heard(bot, 2)
    eventually(busy_office.resting_cases)
    bot.next_case_outcomes.append(Later(seconds=5, reason="busy"))
    act(busy_office, ann, "release")
    heard(bot, 3)
    eventually(busy_office.resting_cases)
    clock.turn(5)
    told = heard(bot, 4)
    assert (told.sequence, told.case.claimed_by) == (3, None)
    eventually(lambda: not news(busy_office))


def test_what_the_bot_refuses_for_good_is_not_told_again(busy_office, bot, ann):
    bot.next_case_outcomes.append(Never(reason="no channel"))
    act(busy_office, ann)
    eventually(lambda: not news(busy_office))
    act(busy_office, ann, "release")
    assert heard(bot, 3).sequence == 3


@pytest.mark.parametrize("outcome", [Unknown(reason="Slack did not answer"), "no answer"])
def test_what_may_have_been_done_is_told_again_with_the_time_of_the_first_try(busy_office, bot, ann, clock, outcome):
    began = clock.now()
    bot.next_case_outcomes.extend([bot.NO_ANSWER if outcome == "no answer" else outcome] * 2)
    act(busy_office, ann)
    heard(bot, 2)
    eventually(busy_office.resting_cases)
    clock.turn(1)
    assert heard(bot, 3).doubt_since == began
    eventually(busy_office.resting_cases)
    clock.turn(5)
    assert heard(bot, 4).doubt_since == began
    eventually(lambda: not news(busy_office))
    assert case(busy_office).doubt_since is None


def test_a_bot_that_is_away_is_told_when_it_is_there_and_doubts_nothing(busy_office, bot, ann, clock):
    bot.leave()
    act(busy_office, ann)
    eventually(lambda: busy_office.server.courier._cases._paused_until)
    bot.arrive()
    act(busy_office, ann)  # whoever knocks is there
    assert heard(bot, 2).doubt_since is None


@pytest.mark.parametrize("status", [401, 404])
def test_a_bot_that_knows_of_no_cases_yet_is_asked_again_now_and_then(busy_office, bot, ann, clock, status):
    bot.next_case_outcomes.append(status)
    act(busy_office, ann)
    heard(bot, 2)
    eventually(busy_office.resting_cases)
    clock.turn(4)
    assert len(bot.cases) == 2
    clock.turn(1)
    assert heard(bot, 3).doubt_since is None
    eventually(lambda: not news(busy_office))


def test_what_changes_while_the_bot_is_told_is_told_next(busy_office, bot, ann):
    bot.gate.clear()
    act(busy_office, ann)
    heard(bot, 2)
    act(busy_office, ann, "release")
    bot.gate.set()
    assert heard(bot, 3).sequence == 3
    eventually(lambda: not news(busy_office))


def test_news_outlive_the_process_and_may_have_been_told(tmp_path, clock, ids, bot):
    office = Office(tmp_path / "data", clock, ids, bot.url)
    office.say("ann", "hello")
    ann = office.user("ann")["_id"]
    office.close()
    office.open()
    bot.gate.clear()  # the first words arrive after somebody has looked whether they have
    office.start()
    eventually(lambda: office.server.courier._case_orders.awaits(ann) and bot.at_once == 1)
    eventually(office.resting_cases)
    bot.gate.set()
    heard(bot, 1)
    assert bot.cases[0].doubt_since is None, "its first words were not there, so nobody was told"
    eventually(lambda: not news(office))
    office.close()
    office.open()
    act(office, bot.cases[0].case.app_user_id)
    claimed = clock.now()
    clock.turn(100)
    office.close()
    office.open()
    office.start()
    assert heard(bot, 2).doubt_since == claimed
    eventually(lambda: not news(office))
    office.close()


def test_who_is_erased_is_told_of_no_more(busy_office, bot, ann, clock):
    busy_office.reply(ann, "hi")
    eventually(lambda: not news(busy_office), "the answer being told of")
    busy_office.say("ann", "and?")
    eventually(busy_office.resting_cases)
    busy_office.through_the_door(operators.ERASURE, operators.ErasureRequest(user="ann", erase=True))
    eventually(lambda: clock.turn(1) or bot.erased, "the erasure")
    assert len(bot.cases) == 2


def test_the_first_words_are_told_on_one_line_and_cut(busy_office, bot):
    busy_office.say("ann", "hello\n\n  there " + "x" * 300)
    told = heard(bot, 1)
    assert told.case.first_words == "hello there " + "x" * 187 + "…"
