"""Socket Mode: greeting, acknowledging, sending again, and everything that goes wrong on the way."""

import aiohttp
import pytest

ALICE = "UALICE0001"


def write(town, channel_id, text="hello"):
    return town.do("act/message", user=ALICE, channel=channel_id, text=text)["ts"]


def type_command(town, channel_id, text="hello"):
    return town.later(town.do, "act/command", user=ALICE, channel=channel_id, command="/sk", text=text)


@pytest.fixture
def channel_id(town):
    return town.quiet_channel("sk-maria", ALICE)


def test_hello_tells_how_many_connections_there_are(town):
    first, second = town.connect(), town.connect()
    assert (first.hello["type"], first.hello["num_connections"]) == ("hello", 1)
    assert second.hello["num_connections"] == 2
    assert second.hello["connection_info"] == {"app_id": "A0SANDBOX1"}
    assert "approximate_connection_time" in second.hello["debug_info"]


def test_a_ticket_opens_one_connection_and_only_soon(town, clock):
    url = town.ok("apps.connections.open", token="xapp-sandbox")["url"]
    town.run(town.session.ws_connect(url))
    late = town.ok("apps.connections.open", token="xapp-sandbox")["url"]
    clock.turn(31)
    for used_up in (url, late):
        with pytest.raises(aiohttp.WSServerHandshakeError):
            town.run(town.session.ws_connect(used_up))


def test_the_eleventh_connection_is_turned_away(town):
    for _ in range(10):
        town.connect()
    assert town.connect().hello == {
        "type": "disconnect",
        "reason": "too_many_websockets",
        "debug_info": {"host": "applink-sandbox"},
    }
    assert len(town.get("socket")["connections"]) == 10


def test_a_command_waits_for_its_acknowledgement_and_shows_the_payload(town, channel_id, app_socket):
    outcome = type_command(town, channel_id, "hi")
    frame = app_socket.next()
    assert (frame["type"], frame["accepts_response_payload"]) == ("slash_commands", True)
    assert "retry_attempt" not in frame
    app_socket.acknowledge(frame, {"text": "got it"})
    assert outcome()["response"] == {"text": "got it"}
    assert [shown["text"] for shown in town.get("ephemerals", user=ALICE)["messages"]] == ["got it"]


def test_a_command_that_nobody_acknowledges_times_out_and_never_comes_again(town, clock, channel_id, app_socket):
    outcome = type_command(town, channel_id)
    frame = app_socket.next()
    town.sleep_through(3.1)
    assert outcome()["outcome"] == "operation_timeout"
    [notice] = town.get("ephemerals", user=ALICE, channel=channel_id)["messages"]
    assert notice["x_from_slack"]
    assert notice["text"] == '/sk failed with the error "operation_timeout"'
    app_socket.acknowledge(frame, {"text": "too late"})
    clock.turn(600)
    assert app_socket.is_silent()
    assert len(town.get("ephemerals", user=ALICE)["messages"]) == 1


def test_a_command_fails_at_once_where_no_connection_is_open(town, channel_id):
    assert type_command(town, channel_id)()["outcome"] == "dispatch_failed"
    [notice] = town.get("ephemerals", user=ALICE)["messages"]
    assert notice["text"] == '/sk failed with the error "dispatch_failed"'


def test_an_event_is_sent_again_at_once_then_after_a_minute_then_after_five(town, clock, channel_id, app_socket):
    write(town, channel_id)
    attempts = [app_socket.next()]
    for delay in (0, 60, 300):
        town.sleep_through(3.1)
        if delay:
            assert app_socket.is_silent()
            town.sleep_through(delay)
        attempts.append(app_socket.next())
    town.sleep_through(3.1)
    clock.turn(1000)
    assert app_socket.is_silent()
    assert [frame["retry_attempt"] for frame in attempts] == [0, 1, 2, 3]
    assert [frame["retry_reason"] for frame in attempts] == ["", "timeout", "timeout", "timeout"]
    assert len({frame["payload"]["event_id"] for frame in attempts}) == 1
    assert len({frame["envelope_id"] for frame in attempts}) == 4


def test_an_acknowledged_event_comes_once(town, clock, channel_id, app_socket):
    write(town, channel_id)
    app_socket.acknowledge(app_socket.next())
    [envelope] = town.until(
        lambda: [one for one in town.get("socket")["envelopes"] if one["acked_after_seconds"] is not None]
    )
    assert envelope["attempts"] == 1
    clock.turn(400)
    assert app_socket.is_silent()


def test_an_event_without_a_connection_comes_after_a_minute(town, clock, channel_id):
    write(town, channel_id, "is anybody there?")
    app_socket = town.connect()
    assert app_socket.is_silent()
    town.sleep_through(60)
    frame = app_socket.next()
    assert (frame["retry_reason"], frame["payload"]["event"]["text"]) == ("connection_failed", "is anybody there?")


def test_envelopes_take_turns_over_the_connections(town, channel_id):
    sockets = [town.connect(), town.connect()]
    for number in range(4):
        write(town, channel_id, str(number))
    for one in sockets:
        assert [one.next()["type"], one.next()["type"]] == ["events_api"] * 2


def test_a_retiring_connection_gets_nothing_new_and_ends_soon(town, clock, channel_id, app_socket):
    town.do("socket", op="refresh")
    assert app_socket.next()["reason"] == "refresh_requested"
    successor = town.connect()
    write(town, channel_id)
    assert successor.next()["type"] == "events_api"
    town.sleep_through(10.1)
    assert app_socket.next()["type"] == "closed"


def test_a_warning_closes_nothing(town, app_socket):
    town.do("socket", op="warning")
    assert app_socket.next()["reason"] == "warning"
    assert app_socket.is_silent()


def test_a_dropped_connection_is_gone(town, app_socket):
    town.do("socket", op="drop")
    assert app_socket.next()["type"] == "closed"
    town.until(lambda: not town.get("socket")["connections"])


def test_new_connections_can_be_refused_and_accepted_again(town):
    town.do("socket", op="refuse")
    assert town.api("apps.connections.open", token="xapp-sandbox")["error"] == "internal_error"
    town.do("socket", op="accept")
    assert town.connect().hello["type"] == "hello"


def test_an_event_can_come_twice(town, channel_id, app_socket):
    town.do("socket", op="duplicate_next")
    write(town, channel_id)
    first, second = app_socket.next(), app_socket.next()
    assert first["payload"]["event_id"] == second["payload"]["event_id"]
    assert first["envelope_id"] != second["envelope_id"]


def test_an_event_can_come_twice_under_another_event_id(town, channel_id, app_socket):
    town.do("socket", op="new_event_id_next")
    write(town, channel_id)
    first, second = app_socket.next(), app_socket.next()
    assert first["payload"]["event"] == second["payload"]["event"]
    assert first["payload"]["event_id"] != second["payload"]["event_id"]


def test_what_is_held_comes_in_order_once_released(town, clock, channel_id, app_socket):
    town.do("socket", op="hold")
    for text in "abc":
        write(town, channel_id, text)
    outcome = type_command(town, channel_id)
    town.sleep_through(3.1)
    assert outcome()["outcome"] == "operation_timeout"
    assert app_socket.is_silent()
    town.do("socket", op="release")
    assert [app_socket.next()["payload"]["event"]["text"] for _ in "abc"] == ["a", "b", "c"]
    assert app_socket.is_silent()


def test_a_payload_where_none_is_accepted_is_ignored(town, channel_id, app_socket):
    write(town, channel_id)
    app_socket.acknowledge(app_socket.next(), {"text": "nobody reads this"})
    town.until(lambda: town.get("socket")["envelopes"][-1]["acked_after_seconds"] is not None)
    assert town.get("ephemerals", user=ALICE)["messages"] == []


def test_closing_is_noticed(town, app_socket):
    app_socket.close()
    town.until(lambda: not town.get("socket")["connections"])
