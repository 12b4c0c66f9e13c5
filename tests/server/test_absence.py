"""The away message: a message of the app's own, told once, to those who write while nobody is there."""

import pytest
from server_fakes import eventually
from server_office import restarted

from wire.cases import AWAY, Agent, Attendance, AwayRequest

MINUTE, HOUR = 60.0, 3600.0
SUNDAY_NOON = 1_709_553_600.0 - 24 * HOUR
TEXT = "We are back on Monday."
ALICE = Agent(agent_id="UALICE", name="Alice")
HOURS = {"SK_OFFICE_HOURS": "Mon-Fri 09:00-17:00", "SK_AWAY_MESSAGE": TEXT}


@pytest.fixture
def opened(tmp_path, clock, ids, bot):
    """Starts a webhook server at noon on a Sunday, beside a bot; again on the same data."""
    clock.jump(SUNDAY_NOON - clock.now())
    with restarted(tmp_path / "data", clock, ids, bot.url) as start:
        yield start


def says(office, **said):
    """An agent asks, or says something."""
    answer = office.through_the_door(AWAY, AwayRequest(**said))
    assert answer.status_code == 200, answer.text
    return Attendance.model_validate_json(answer.data)


def test_it_stands_in_the_conversation_behind_what_was_written(opened):
    office = opened(**HOURS)
    written = office.say("ann", "hello")
    assert [message["text"] for message in written["conversation"]["messages"]] == ["hello"]
    assert written["conversation"]["unreadCount"] == 1
    messages = office.as_app("GET", "/v1/appusers/ann/messages").json["messages"]
    assert [(message["role"], message["text"]) for message in messages] == [("appUser", "hello"), ("appMaker", TEXT)]


def test_agents_and_webhooks_see_it_as_the_apps_own(opened, bot, app):
    office = opened(**HOURS)
    office.register(app.url + "/hook", "message:appMaker")
    office.say("ann", "hello")
    eventually(lambda: bot.texts == ["hello", TEXT], "both in Slack")
    assert [message.by_app for incoming in bot.incoming for message in incoming.messages] == [False, True]
    eventually(lambda: app.texts == [TEXT], "the webhook")


def test_it_is_no_answer(opened):
    office = opened(**HOURS)
    office.say("ann", "hello")
    [case] = office.ledger.read(lambda books: books.cases.waiting(10))[0]
    assert (case.waiting_since, case.first_answer) == (SUNDAY_NOON, None)


def test_it_comes_once_in_twelve_hours(opened, clock):
    office = opened(**HOURS)
    for pause in (0, HOUR, 10.9 * HOUR, 0.2 * HOUR):
        clock.turn(pause)
        office.say("ann", "hello")
    assert office.texts("ann") == ["hello", TEXT, "hello", "hello", "hello", TEXT]
    office.say("bob", "hello")
    assert office.texts("bob") == ["hello", TEXT]


def test_it_comes_once_also_over_a_restart_and_for_a_repeated_request(opened):
    office = opened(**HOURS)
    for _ in range(2):
        office.as_app(
            "POST",
            "/v1/appusers/ann/messages",
            {"role": "appUser", "text": "hello"},
            headers={"Idempotency-Key": "k"},
        )
    office = opened(**HOURS)
    office.say("ann", "again")
    assert office.texts("ann") == ["hello", TEXT, "again"]


def test_it_does_not_come_within_a_quarter_of_an_hour_after_an_answer(opened, clock):
    office = opened(SK_AWAY_MESSAGE=TEXT)
    office.say("ann", "hello")
    office.reply(office.user("ann")["_id"], "hi")
    says(office, agent=ALICE)
    clock.turn(14 * MINUTE)
    office.say("ann", "one more")
    assert office.texts("ann") == ["hello", "hi", "one more"]
    clock.turn(MINUTE)
    office.say("ann", "and another")
    assert office.texts("ann")[-2:] == ["and another", TEXT]


def test_what_the_app_writes_is_not_answered(opened):
    office = opened(**HOURS)
    office.say("ann", "an offer", role="appMaker")
    assert office.texts("ann") == ["an offer"]


def test_within_office_hours_or_without_a_text_nothing_is_told(opened, clock):
    office = opened(SK_OFFICE_HOURS="Mon-Fri 09:00-17:00")
    office.say("ann", "hello")
    office = opened(**HOURS)
    clock.turn(24 * HOUR)
    office.say("ann", "hello")
    assert office.texts("ann") == ["hello", "hello"]


def test_what_an_agent_said_lasts_over_a_restart_and_ends_in_time(opened, clock):
    office = opened(SK_AWAY_MESSAGE=TEXT)
    told = says(office, agent=ALICE, until=clock.now() + HOUR, text="Lunch!")
    assert told == Attendance(office_open=True, away_by=ALICE, until=clock.now() + HOUR, text="Lunch!")
    office = opened(SK_AWAY_MESSAGE=TEXT)
    assert says(office) == told
    office.say("ann", "hello")
    clock.turn(HOUR)
    assert says(office) == Attendance(office_open=True, text=TEXT)
    office.say("bob", "hello")
    assert (office.texts("ann"), office.texts("bob")) == (["hello", "Lunch!"], ["hello"])


def test_an_agent_lets_the_team_be_back(opened):
    office = opened(SK_AWAY_MESSAGE=TEXT)
    says(office, agent=ALICE)
    assert says(office, agent=ALICE, back=True) == Attendance(office_open=True, text=TEXT)
    office.say("ann", "hello")
    assert office.texts("ann") == ["hello"]


def test_anybody_may_ask_when_office_hours_begin(opened):
    office = opened(**HOURS)
    assert says(office) == Attendance(office_open=False, changes=SUNDAY_NOON + 21 * HOUR, text=TEXT)


def test_two_who_become_one_were_told_and_answered_both(opened, clock):
    office = opened(**HOURS)
    device = {"id": "phone", "platform": "web"}
    visitor = office.as_token("POST", "/v1/init", {"device": device}).json["appUser"]["_id"]
    office.as_token("POST", f"/v1/appusers/{visitor}/messages", {"role": "appUser", "text": "hello"})
    office.as_app("POST", "/v1/appusers", {"userId": "ann"})
    office.as_token("POST", "/v1/init", {"device": device, "userId": "ann"})
    clock.turn(HOUR)
    office.say("ann", "again")
    assert office.texts("ann") == ["hello", TEXT, "again"]


def test_what_was_so_already_is_said_to_be(opened, clock):
    office = opened(**HOURS)
    until = clock.now() + HOUR
    assert says(office, agent=ALICE, back=True).unchanged
    assert not says(office, agent=ALICE, until=until).unchanged
    assert says(office, agent=ALICE, until=until).unchanged
    assert not says(office, agent=ALICE, until=until, text="Lunch").unchanged
    clock.turn(2 * HOUR)
    assert says(office, agent=ALICE, back=True).unchanged
    assert not says(office, agent=ALICE).unchanged
    assert not says(office, agent=ALICE, back=True).unchanged
