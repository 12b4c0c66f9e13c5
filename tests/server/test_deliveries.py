"""`python -m webhook_server deliveries`: the operator sees what waits and what was given up, and has it tried again."""

import contextlib
import io
import re

import pytest
from processes import free_port
from server_fakes import eventually

from webhook_server.__main__ import _parser
from webhook_server.operator import OperatorError, deliveries
from wire.messages import Never


def ask(office, *arguments):
    """Type it; returns exit status, output and complaints."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stderr(err):
        command = deliveries.understood(_parser().parse_args(["deliveries", *arguments]))
        status = deliveries.carry_out(command, office.settings, office.clock.now, out)
    return status, out.getvalue().splitlines(), err.getvalue()


@pytest.fixture
def given_up(busy_office, bot, app):
    """Two replies that a webhook refused, one that waits for another try, and a message that Slack refused."""
    office = busy_office
    office.settings = office.settings.model_copy(update={"sk_server_url": f"http://127.0.0.1:{free_port()}"})
    office.close()
    office.open()
    office.start()
    bot.next_outcomes.append(Never(reason="msg_too_long"))
    ann = office.say("ann\x1b[2J", "hello")
    ann_id = office.user("ann%1B%5B2J")["_id"]
    assert ann
    office.hook = office.register(app.url + "/hook", "message:appMaker")["_id"]
    app.next_statuses.extend([404, 404, 500])
    for number, state in enumerate(("failed", "failed", "sending")):
        office.reply(ann_id, f"reply {number}")
        eventually(lambda number=number: len(bot.states) == number + 1)
        assert bot.states[-1] == state
    return office


def test_what_waits_and_what_was_given_up_is_listed_by_a_running_server(given_up, clock):
    clock.jump(3700)
    with given_up.reachable():
        status, lines, complaint = ask(given_up)
        assert (status, complaint) == (0, "")
        assert lines[0].split() == ["ID", "WEBHOOK", "APP", "USER", "AGE", "TRIES", "NEXT", "TRY", "LAST", "ERROR"]
        assert [line.split()[0] for line in lines[1:]] == ["1", "2", "3", "4"]
        assert "(to Slack)" in lines[1]
        assert "msg_too_long" in lines[1]
        assert "ann\N{REPLACEMENT CHARACTER}[2J" in lines[1]
        for line in lines[2:4]:
            assert given_up.hook in line
            assert re.search(r"1h 1m +1 +dead +the app's server answered 404$", line)
        assert re.search(r"1h 1m +1 +in 0s +the app's server answered 500$", lines[4])
        assert ask(given_up, "--dead")[1] == lines[:4]
        assert ask(given_up, "--webhook", given_up.hook)[1] == [lines[0], *lines[2:]]
        assert ask(given_up, "--dead", "--webhook", "f" * 24)[1] == ["Nothing waits, and nothing was given up."]


def test_given_up_deliveries_are_replayed_by_a_running_server(given_up, bot, app, clock):
    with given_up.reachable():
        assert ask(given_up, "replay", "2") == (0, ["1 delivery is tried again."], "")
        eventually(lambda: [text for text in app.texts if text == "reply 0"] == ["reply 0"] * 2)
        status, _, complaint = ask(given_up, "replay", "2", "99")
        assert (status, complaint) == (1, "Not given up, or not there: 2, 99.\n")
        assert ask(given_up, "replay", "--webhook", given_up.hook)[1] == ["1 delivery is tried again."]
        assert ask(given_up, "replay", "--all")[1] == ["1 delivery is tried again."]
        assert ask(given_up, "replay", "--all")[1] == ["0 deliveries are tried again."]
        clock.turn(10)
        eventually(lambda: ask(given_up)[1] == ["Nothing waits, and nothing was given up."])
    assert bot.texts == ["hello", "hello"]
    eventually(lambda: bot.stranded[-1].state == "shown")
    eventually(lambda: bot.states.count("delivered") == 3)


def test_without_a_server_the_ledger_itself_is_asked_and_the_next_server_carries_on(given_up, bot, app, clock):
    given_up.close()
    assert len(ask(given_up)[1]) == 5
    assert ask(given_up, "replay", "--all")[1] == ["3 deliveries are tried again."]
    clock.turn(10)
    given_up.open()
    given_up.start()
    eventually(lambda: bot.states.count("delivered") == 3)
    eventually(lambda: bot.stranded[-1].state == "shown")
    assert app.texts[-3:] == ["reply 0", "reply 1", "reply 2"]


def test_a_server_that_runs_and_cannot_be_reached_is_told(given_up):
    with pytest.raises(OperatorError, match=r"runs, but cannot be asked at .*SK_SERVER_URL"):
        ask(given_up)


def test_a_page_is_not_all(given_up, monkeypatch):
    monkeypatch.setattr("webhook_server.outcomes.PAGE", 1)
    monkeypatch.setattr("webhook_server.ledger.handovers.PAGE", 1)
    given_up.close()
    assert ask(given_up, "replay", "--all")[1] == ["3 deliveries are tried again."]
    assert ask(given_up, "--dead")[1] == ["Nothing waits, and nothing was given up."]
    given_up.open()


@pytest.mark.parametrize("typed", [[], ["--all", "3"], ["--all", "--webhook", "x"]])
def test_a_replay_says_exactly_what(office, typed):
    with pytest.raises(OperatorError, match="Say what to replay"):
        ask(office, "replay", *typed)
