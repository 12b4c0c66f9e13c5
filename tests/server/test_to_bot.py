"""App users' messages on their way to the bot."""

import threading

import pytest
from server_fakes import FakeBot, eventually

from webhook_server.domain.handovers import TOGETHER
from wire import messages as wire
from wire.messages import Done, Later, Never, Place, Unknown


def later(seconds):
    return Later(seconds=seconds, reason="Slack asks to wait")


def bot_handovers(office):
    with office.ledger._readers.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT state, doubt_since, last_error, place_channel_id FROM handovers"
            " WHERE webhook_id IS NULL ORDER BY id"
        )
        return [tuple(row) for row in found]


def settled(office):
    return eventually(lambda: all(row[0] != "waiting" for row in bot_handovers(office)), "all handed over")


def test_a_message_arrives_with_all_that_shows_it(busy_office, bot):
    busy_office.as_app("POST", "/v1/appusers", {"userId": "ann", "givenName": "Ann", "surname": "Lee"})
    said = busy_office.say("ann", "hello", name="Annie", avatarUrl="https://example.org/a.png")["message"]
    settled(busy_office)
    (incoming,) = bot.incoming
    assert incoming.model_dump(exclude_none=True) == {
        "app_user_id": busy_office.user("ann")["_id"],
        "user_id": "ann",
        "profile_name": "Ann Lee",
        "messages": (
            {
                "message_id": said["_id"],
                "text": "hello",
                "received": said["received"],
                "name": "Annie",
                "avatar_url": "https://example.org/a.png",
                "type": "text",
                "by_app": False,
            },
        ),
        "properties": {},
        "source": "api",
        "case_id": 1,
        "apart": True,
    }
    assert bot_handovers(busy_office) == [("done", None, None, "C1")]


def test_what_conversations_are_routed_by_goes_along(busy_office, bot):
    busy_office.as_app("POST", "/v1/appusers", {"userId": "ann", "properties": {"plan": "pro"}})
    for device, platform, info in (("d1", "android", {"language": "de"}), ("d2", "iOS", {"locale": "pt_BR"})):
        body = {"userId": "ann", "device": {"id": device, "platform": platform, "info": info}}
        busy_office.as_app("POST", "/v1/init", body)
        busy_office.clock.turn(1)
    busy_office.say("ann", "hello")
    settled(busy_office)
    (incoming,) = bot.incoming
    assert (incoming.properties, incoming.language, incoming.source) == ({"plan": "pro"}, "pt_BR", "ios")


def test_what_the_backend_writes_as_app_maker_is_marked(busy_office, bot):
    busy_office.as_app("POST", "/v1/appusers/ann/messages", {"role": "appMaker", "text": "1", "name": "Ann"})
    busy_office.as_app("POST", "/v1/appusers/ann/messages", {"role": "appMaker", "text": "2"})
    settled(busy_office)
    assert [incoming.messages[0].name for incoming in bot.incoming] == ["Ann (sent by the app)", "Sent by the app"]
    assert all(incoming.messages[0].by_app for incoming in bot.incoming)


def numbers(office, bot, count):
    """An app user writes while the bot has their first message."""
    bot.gate.clear()
    for number in range(count):
        office.say("ann", str(number))
        eventually(lambda: bot.at_once == 1)
    bot.gate.set()


def done(**more):
    return Done(place=Place(channel_id="C1", ts="1.0"), **more)


def told(bot):
    return [[message.text for message in incoming.messages] for incoming in bot.incoming]


def test_what_came_while_one_was_on_its_way_goes_in_order_in_one_call_to_be_posted_apart(busy_office, bot):
    numbers(busy_office, bot, 10)
    settled(busy_office)
    assert told(bot) == [["0"], [str(number) for number in range(1, 10)]]
    assert all(incoming.apart for incoming in bot.incoming)


def test_what_the_bot_left_for_another_time_goes_on_at_once(busy_office, bot):
    bot.next_outcomes.extend([done(), done(left=2)])
    numbers(busy_office, bot, 5)
    settled(busy_office)
    assert told(bot) == [["0"], ["1", "2", "3", "4"], ["3", "4"]]
    assert all(incoming.apart for incoming in bot.incoming)


def test_what_was_shown_before_slack_asked_to_wait_is_not_handed_over_again(busy_office, bot, clock):
    bot.next_outcomes.extend([done(), later(9).model_copy(update={"shown": 3})])
    numbers(busy_office, bot, 6)
    eventually(busy_office.resting)
    assert [row[0] for row in bot_handovers(busy_office)] == ["done"] * 4 + ["waiting"] * 2
    clock.turn(10)
    settled(busy_office)
    assert told(bot) == [["0"], ["1", "2", "3", "4", "5"], ["4", "5"]]
    assert [incoming.apart for incoming in bot.incoming] == [True, True, False]
    assert all(incoming.doubt_since is None for incoming in bot.incoming)


def test_only_what_was_not_shown_is_in_doubt(busy_office, bot, clock):
    began = clock.now()
    bot.next_outcomes.extend([done(), Unknown(reason="Slack said nothing", shown=1)])
    numbers(busy_office, bot, 4)
    eventually(busy_office.resting)
    assert [row[:2] for row in bot_handovers(busy_office)] == [("done", None)] * 2 + [("waiting", began)] * 2
    clock.turn(60)
    settled(busy_office)
    assert told(bot) == [["0"], ["1", "2", "3"], ["2", "3"]]
    assert [incoming.doubt_since for incoming in bot.incoming] == [None, None, began]


def test_which_of_several_was_refused_shows_when_each_goes_alone(busy_office, bot):
    refused = Never(reason="msg_too_long", shown=1)
    bot.next_outcomes.extend([done(), refused, done(), refused])
    numbers(busy_office, bot, 5)
    settled(busy_office)
    assert told(bot) == [["0"], ["1", "2", "3", "4"], ["2"], ["3"], ["4"]]
    assert [row[0] for row in bot_handovers(busy_office)] == ["done", "done", "done", "dead", "done"]
    numbers(busy_office, bot, 3)
    settled(busy_office)
    assert told(bot)[5:] == [["0"], ["1", "2"]]


def test_the_last_of_several_that_alone_was_refused_is_known_at_once(busy_office, bot):
    bot.next_outcomes.extend([done(), Never(reason="msg_too_long", shown=2)])
    numbers(busy_office, bot, 4)
    settled(busy_office)
    assert told(bot) == [["0"], ["1", "2", "3"]]
    assert [row[0] for row in bot_handovers(busy_office)] == ["done", "done", "done", "dead"]


def test_one_conversation_is_handed_over_by_one_thread_and_others_go_beside_it(busy_office, bot):
    bot.gate.clear()
    for user in ("ann", "bob", "cy"):
        for number in range(3):
            busy_office.say(user, f"{user}{number}")
    eventually(lambda: bot.at_once == 3, "three conversations at once")
    bot.gate.set()
    settled(busy_office)
    assert bot.most_at_once == 3
    assert not bot.overtaken
    for user in ("ann", "bob", "cy"):
        assert bot.texts_of(busy_office.user(user)["_id"]) == [f"{user}{number}" for number in range(3)]


def test_the_bot_away_and_back(busy_office, bot, clock):
    bot.leave()
    for number in range(3):
        busy_office.say("ann", str(number))
    assert [row[0] for row in bot_handovers(busy_office)] == ["waiting"] * 3
    bot.arrive()

    def arrived():
        clock.turn(0.1)
        return bot.texts == ["0", "1", "2"]

    eventually(arrived, "all three")
    assert all(incoming.doubt_since is None for incoming in bot.incoming)


def test_a_bot_that_is_not_ready_is_asked_again(busy_office, bot, clock):
    bot.next_outcomes.extend([503, 503])
    busy_office.say("ann", "hello")
    eventually(lambda: (clock.turn(0.5), len(bot.incoming) == 3)[1])
    settled(busy_office)
    assert bot.incoming[-1].doubt_since is None


def test_a_bot_that_calls_is_there(busy_office, bot):
    bot.leave()
    busy_office.say("ann", "hello")
    ann = busy_office.user("ann")["_id"]
    crew = busy_office.server.courier._bot
    eventually(lambda: crew._paused_until, "a pause")
    bot.arrive()
    assert bot.texts == []
    busy_office.reply(ann, "hi")
    settled(busy_office)


def test_later_means_not_before_and_then_together(busy_office, bot, clock):
    bot.next_outcomes.append(later(30))
    busy_office.say("ann", "0")
    eventually(lambda: len(bot.incoming) == 1)
    for number in range(1, 25):
        busy_office.say("ann", str(number))
    busy_office.say("bob", "unhindered")
    eventually(lambda: "unhindered" in bot.texts)
    eventually(busy_office.resting)
    clock.turn(29)
    assert len(bot.incoming) == 2
    clock.turn(2)
    settled(busy_office)
    ann = [incoming for incoming in bot.incoming if incoming.user_id == "ann"]
    assert [(len(incoming.messages), incoming.apart) for incoming in ann] == [(1, True), (20, False), (5, True)]
    assert [m.text for incoming in ann[1:] for m in incoming.messages] == [str(number) for number in range(25)]
    assert all(incoming.doubt_since is None for incoming in ann)


def test_messages_that_are_too_much_together_go_in_parts(busy_office, bot, clock):
    bot.next_outcomes.append(later(1))
    for number in range(4):
        busy_office.say("ann", str(number) + "x" * 40_000)
    eventually(busy_office.resting)
    clock.turn(2)
    settled(busy_office)
    assert [len(incoming.messages) for incoming in bot.incoming] == [1, 2, 2]


@pytest.mark.parametrize("answer", [Unknown(reason="Slack said nothing"), FakeBot.NO_ANSWER, 500])
def test_doubt_is_told_with_the_time_of_the_first_try(busy_office, bot, clock, answer):
    began = clock.now()
    bot.next_outcomes.extend([answer, answer])
    busy_office.say("ann", "hello")
    eventually(lambda: len(bot.incoming) == 1)
    eventually(lambda: (clock.turn(1), len(bot.incoming) == 3)[1])
    settled(busy_office)
    assert [incoming.doubt_since for incoming in bot.incoming] == [None, began, began]
    assert bot_handovers(busy_office)[0][:2] == ("done", None)


def test_doubt_lasts_while_slack_asks_to_wait(busy_office, bot, clock):
    began = clock.now()
    bot.next_outcomes.extend([Unknown(reason="?"), later(5)])
    busy_office.say("ann", "0")
    busy_office.say("ann", "1")
    eventually(lambda: len(bot.incoming) == 1)
    eventually(lambda: (clock.turn(1), len(bot.incoming) == 3)[1])
    settled(busy_office)
    assert [incoming.doubt_since for incoming in bot.incoming] == [None, began, began]
    assert [m.text for m in bot.incoming[2].messages] == ["0", "1"]
    assert [incoming.apart for incoming in bot.incoming] == [True, True, False]


def test_never_ends_it_with_the_reason_and_the_next_goes_on(busy_office, bot):
    bot.next_outcomes.append(Never(reason="the channel cannot be made"))
    busy_office.say("ann", "0")
    busy_office.say("ann", "1")
    settled(busy_office)
    assert [row[0::2] for row in bot_handovers(busy_office)] == [("dead", "the channel cannot be made"), ("done", None)]


def test_what_slack_refuses_is_told_to_agents_and_can_be_tried_again(busy_office, bot, clock):
    bot.next_outcomes.append(Never(reason="msg_too_long"))
    began = clock.now()
    message_id = busy_office.say("ann", "0", name="Ann")["message"]["_id"]
    busy_office.say("ann", "1")
    eventually(lambda: bot.texts == ["0", "1"])
    eventually(lambda: bot.stranded)
    [told] = bot.stranded
    assert (told.message_id, told.state, told.name, told.reason) == (message_id, "failed", "Ann", "msg_too_long")
    assert (told.since, told.place) == (began, None)
    clock.turn(60)
    asked = busy_office.through_the_door(wire.RETRY, wire.RetryRequest(message_id=message_id))
    assert asked.json == {"message_id": message_id, "state": "sending", "repeated": False}
    eventually(lambda: bot.texts == ["0", "1", "0"])
    assert bot.incoming[-1].doubt_since == began
    eventually(lambda: bot.stranded[-1].state == "shown")
    assert all(told.place for told in bot.stranded[1:])
    repeated = busy_office.through_the_door(wire.RETRY, wire.RetryRequest(message_id=message_id))
    assert repeated.json == {"message_id": message_id, "state": "delivered", "repeated": True}
    settled(busy_office)
    assert bot.texts == ["0", "1", "0"]


def test_a_message_that_is_refused_again_is_told_again_also_after_a_restart(busy_office, bot):
    bot.next_outcomes.extend([Never(reason="once"), Never(reason="twice")])
    message_id = busy_office.say("ann", "0")["message"]["_id"]
    eventually(lambda: [told.reason for told in bot.stranded] == ["once"])
    bot.leave()
    busy_office.close()
    busy_office.open()
    asked = busy_office.through_the_door(wire.RETRY, wire.RetryRequest(message_id=message_id))
    assert asked.json["state"] == "sending"
    bot.arrive()
    busy_office.start()
    eventually(lambda: bot.stranded[-1].reason == "twice")
    assert bot.stranded[-1].state == "failed"


def test_one_bad_message_spoils_not_those_that_went_with_it(busy_office, bot, clock):
    bot.next_outcomes.extend([later(1), Never(reason="one of them"), Never(reason="this one")])
    for number in range(3):
        busy_office.say("ann", str(number))
    eventually(busy_office.resting)
    clock.turn(2)
    settled(busy_office)
    assert [row[0] for row in bot_handovers(busy_office)] == ["dead", "done", "done"]


@pytest.mark.parametrize(("status", "state"), [(400, "dead"), (413, "dead"), (401, "done"), (404, "done")])
def test_refusals_at_the_door(busy_office, bot, clock, status, state):
    bot.next_outcomes.append(status)
    busy_office.say("ann", "hello")
    eventually(lambda: (clock.turn(1), bot_handovers(busy_office)[0][0] != "waiting")[1])
    assert bot_handovers(busy_office)[0][0] == state


def test_a_restart_goes_on_in_order_and_doubts_as_many_of_each_lane_as_go_together(office, clock):
    began = clock.now()
    for number in range(2 * TOGETHER):
        office.say("ann", f"ann{number}")
    office.say("bob", "bob0")
    clock.turn(100)
    office.close()
    bot = FakeBot("the door's")
    try:
        office.settings = office.settings.model_copy(update={"sk_bot_url": bot.url})
        office.open()
        office.start()
        settled(office)
        assert bot.texts_of(office.user("ann")["_id"]) == [f"ann{number}" for number in range(2 * TOGETHER)]
        doubts = {m.text: incoming.doubt_since for incoming in bot.incoming for m in incoming.messages}
        assert [doubts[f"ann{number}"] for number in range(TOGETHER)] == [began] * TOGETHER
        assert (doubts["bob0"], doubts[f"ann{2 * TOGETHER - 1}"]) == (began, None)
    finally:
        bot.leave()


def test_a_restart_doubts_all_that_went_together(busy_office, bot, clock):
    bot.next_outcomes.extend([later(10), Unknown(reason="?")])
    for number in range(3):
        busy_office.say("ann", str(number))
    eventually(busy_office.resting)
    clock.turn(11)
    eventually(lambda: [row[1] is not None for row in bot_handovers(busy_office)] == [True] * 3, "doubt on disk")
    tried = clock.now()
    busy_office.close()
    clock.turn(50)
    busy_office.open()
    busy_office.start()
    settled(busy_office)
    again = bot.incoming[2:]  # together or not, as they are taken up
    assert [message.text for incoming in again for message in incoming.messages] == ["0", "1", "2"]
    assert {incoming.doubt_since for incoming in again} == {tried}


def test_a_broken_trip_is_made_again(busy_office, bot, clock, monkeypatch):
    broken = iter([True])
    read = busy_office.ledger.read

    def sometimes(job):
        if threading.current_thread().name != "media" and next(broken, False):  # whoever tidies uploads reads as well
            raise RuntimeError("a bug")
        return read(job)

    monkeypatch.setattr(busy_office.ledger, "read", sometimes)
    busy_office.as_app("POST", "/v1/appusers/ann/messages", {"role": "appUser", "text": "hello"})
    eventually(lambda: (clock.turn(1), bot.texts == ["hello"])[1])


def test_many_conversations_wait_without_a_thread_each(busy_office, bot):
    bot.gate.clear()
    for number in range(80):
        busy_office.say(f"user{number}", "hello")
    eventually(lambda: bot.at_once == 40, "a full crew")
    assert len(busy_office.server.courier._bot._threads) == 40
    bot.gate.set()
    settled(busy_office)
    assert bot.most_at_once == 40
