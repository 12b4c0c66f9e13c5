"""The clock is set an hour either way: nothing is lost, delayed, doubled or let in because of it."""

import pytest
from server_fakes import eventually

from wire import messages as wire
from wire.messages import Later

HOUR = 3600.0

either_way = pytest.mark.parametrize("jump", [HOUR, -HOUR], ids=["ahead", "back"])


@either_way
def test_what_is_held_back_goes_when_its_time_has_passed(busy_office, bot, clock, jump):
    bot.next_outcomes.append(Later(seconds=5, reason="Slack asks to wait"))
    busy_office.say("ann", "hello")
    eventually(busy_office.resting)
    clock.jump(jump)
    clock.turn(4)
    assert bot.texts == ["hello"]
    clock.turn(2)
    eventually(lambda: bot.texts == ["hello", "hello"])


@either_way
@pytest.mark.parametrize("restart", [False, True], ids=["running", "restarted"])
def test_a_failed_delivery_is_tried_again_soon(busy_office, app, clock, jump, restart):
    app.next_statuses.append(500)
    ann = busy_office.say("ann", "hello")["message"]["authorId"]
    busy_office.register(app.url, "message:appMaker")
    busy_office.reply(ann, "hi")
    eventually(busy_office.resting)
    clock.jump(jump)
    if restart:
        busy_office.close()
        busy_office.open()
        busy_office.start()
    eventually(lambda: (clock.turn(0.5), len(app.requests) == 2)[1])
    ids = {headers["webhook-id"] for _, headers, _ in app.requests}
    times = [int(headers["webhook-timestamp"]) for _, headers, _ in app.requests]
    assert len(ids) == 1
    assert abs(times[1] - times[0] - jump) < 120  # signed anew, with the time as it is


@either_way
def test_messages_keep_their_order(office, clock, jump):
    for number in range(3):
        office.say("ann", str(number))
        clock.jump(jump if number == 0 else -jump)
    assert office.texts("ann") == ["0", "1", "2"]
    page = office.as_app("GET", "/v1/appusers/ann/messages").json
    times = [message["received"] for message in page["messages"]]
    assert times == sorted(set(times))


@either_way
def test_a_repeated_request_has_no_second_effect(office, clock, jump):
    def post():
        body = {"role": "appUser", "text": "once"}
        return office.as_app("POST", "/v1/appusers/ann/messages", body, headers={"Idempotency-Key": "k"}).json

    first = post()
    clock.jump(jump)
    assert post() == first
    assert office.texts("ann") == ["once"]


@either_way
def test_requests_through_the_door_are_refused_only_while_the_clocks_differ(office, clock, jump):
    office.say("ann", "hello")
    asked = wire.ProfileRequest(app_user_id=office.user("ann")["_id"])
    signed_at = clock.now()
    clock.jump(jump)
    refused = office.through_the_door(wire.PROFILE, asked, now=signed_at)
    assert (refused.status_code, refused.json["error"]["code"]) == (401, "bad_signature")
    assert office.through_the_door(wire.PROFILE, asked).status_code == 200


def test_a_bot_whose_clock_differs_gets_the_message_when_it_is_right_again(busy_office, bot, clock):
    bot.next_outcomes.extend([401, 401])
    busy_office.say("ann", "hello")
    eventually(lambda: (clock.turn(1), len(bot.texts) == 3)[1])
    assert bot.texts == ["hello"] * 3


@either_way
def test_allowances_do_not_see_it(office, clock, jump):
    office.say("ann", "hello")
    for _ in range(200):
        assert office.as_token("GET", "/v1/appusers/ann").status_code == 200
    clock.jump(jump)
    assert office.as_token("GET", "/v1/appusers/ann").status_code == 429
    clock.turn(1)
    assert office.as_token("GET", "/v1/appusers/ann").status_code == 200
