"""`python -m webhook_server erase`: out of the ledger at once, and out of Slack when the bot says so."""

import io

import pytest
from processes import free_port
from server_fakes import eventually
from sqlalchemy import inspect
from test_deletion import on_disk, rows, upload

from webhook_server import wording
from webhook_server.__main__ import _parser
from webhook_server.ledger import SECTIONS
from webhook_server.ledger.tables import metadata
from webhook_server.operator import OperatorError, erase
from webhook_server.operator.erase import Terminal
from wire import operators as wire
from wire.messages import Erased, Erasing, Later, Unknown


def run(office, user, *, sure=True, answers=None, wait=None):
    """Type it; returns exit status and what was printed."""
    out = io.StringIO()
    asked = []

    def ask(prompt):
        asked.append(prompt)
        return answers.pop(0)

    def until_done(seconds):
        eventually(lambda: (office.clock.turn(seconds), rows(office, "erasures")[0]["state"] == "done")[1])

    terminal = Terminal(out, ask if answers is not None else None, office.clock.now, wait or until_done)
    status = erase.carry_out(user, office.settings, terminal, sure=sure)
    return status, "".join(asked) + out.getvalue()


@pytest.fixture
def shop(busy_office, bot, app):
    """Ann with everything there is, and Bob."""
    office = busy_office
    office.settings = office.settings.model_copy(update={"sk_server_url": f"http://127.0.0.1:{free_port()}"})
    office.close()
    office.open()
    office.start()
    device = {"id": "d1", "platform": "ios", "info": {"carrier": "hushcarrier"}}
    anonymous = office.as_token("POST", "/v1/init", {"device": device}).json["appUser"]["_id"]
    office.say(anonymous, "hush before login")
    body = {"userId": "ann", "device": device, "givenName": "Hushname", "properties": {"k": "hushvalue"}}
    office.as_app("POST", "/v1/appusers", {"userId": "ann"})
    answer = office.as_app("POST", "/v1/init", body, headers={"Idempotency-Key": "k"})
    office.ann, office.anonymous = answer.json["appUser"]["_id"], anonymous
    office.register(app.url, "*")
    office.say("ann", "hush word")
    upload(office, "ann")
    office.reply(office.ann, "hush answer")
    office.say("bob", "bob stays")
    eventually(lambda: "bob stays" in bot.texts and len(bot.texts) == 4 and bot.states)
    return office


def test_erasing_leaves_nothing_and_the_bot_is_told_whom_to_remove(shop, bot):
    bot.next_erasure_outcomes.append(Erased(deleted=7))
    with shop.reachable():
        status, printed = run(shop, "ann")
    assert status == 0
    assert printed == f"{wording.erased_here(shop.ann)}\n{wording.erasure_done(7)}\n"
    [said] = bot.erased
    assert (said.app_user_id, said.merged_ids) == (shop.ann, (shop.anonymous,))
    [said] = eventually(lambda: bot.acknowledged)
    assert (said.app_user_id, said.merged_ids) == (shop.ann, (shop.anonymous,))
    for ref in ("ann", shop.ann, shop.anonymous):
        assert shop.as_app("GET", f"/v1/appusers/{ref}").status_code == 404
    assert shop.texts("bob") == ["bob stays"]
    assert not list((shop.settings.sk_data_dir / "media").iterdir())
    left = on_disk(shop)
    assert b"hush" not in left.lower()
    assert b"bob stays" in left


def test_no_table_keeps_anything(shop, bot):
    with shop.reachable():
        run(shop, "ann")
    gone = {shop.ann, shop.anonymous}
    for table in metadata.tables:
        if table != "erasures":
            assert not [row for row in rows(shop, table) if any(str(who) in str(dict(row)) for who in gone)], table


def test_every_table_that_knows_app_users_is_erased_and_exported(shop):
    """Whoever adds a table decides here what becomes of it."""
    nobodys = {"webhooks", "canned", "keys", "probe", "team", "erasures", "alembic_version"}
    with shop.ledger._readers.connect() as connection:
        tables = set(inspect(connection).get_table_names())
    assert tables - nobodys == set(SECTIONS)


def test_the_operator_is_told_what_goes_and_asked(shop, bot):
    with shop.reachable():
        status, printed = run(shop, "ann", sure=False, answers=["n"])
        assert (status, shop.user("ann")["_id"]) == (1, shop.ann)
        assert (
            f"App user {shop.ann} (ann, Hushname): 4 messages, 0 notes, 1 uploaded file, 1 device, 1 merged app user."
            in printed
        )
        assert printed.endswith(wording.nothing_erased() + "\n")
        assert not bot.erased
        assert run(shop, "ann", sure=False, answers=["yes"])[0] == 0
    assert bot.erased


def test_without_a_terminal_it_wants_yes(shop):
    with shop.reachable(), pytest.raises(OperatorError, match=r"4 messages[^-]*--yes"):
        run(shop, "ann", sure=False)
    assert shop.user("ann")["_id"] == shop.ann


def test_slacks_part_goes_on_step_by_step_over_restarts_and_what_slack_keeps_is_told(shop, bot, clock):
    bot.next_erasure_outcomes.extend(
        [Erasing(deleted=3, seconds=5.0), bot.NO_ANSWER, 500, Later(seconds=3, reason="x")]
    )
    with shop.reachable():
        shop.through_the_door(wire.ERASURE, wire.ErasureRequest(user="ann", erase=True))
        eventually(lambda: (clock.turn(6), len(bot.erased) == 2)[1])
    shop.close()
    bot.next_erasure_outcomes.append(Unknown(reason="?"))
    bot.next_erasure_outcomes.append(Erased(deleted=2, refused=("message_not_found\x1b[2J in #sk-ann",)))
    shop.open()
    shop.start()
    eventually(lambda: (clock.turn(6), len(bot.erased) == 6)[1])
    eventually(lambda: rows(shop, "erasures")[0]["state"] == "done")
    with shop.reachable():
        status, printed = run(shop, shop.ann, wait=lambda _: None)
    assert status == 0
    assert printed == (
        f"{wording.erasure_done(5)}\n{wording.slack_kept('message_not_found' + chr(0xFFFD) + '[2J in #sk-ann')}\n"
    )


def test_a_bot_that_is_away_is_told_truthfully_and_carries_on_later(shop, bot, clock):
    bot.leave()
    with shop.reachable():
        status, printed = run(shop, "ann", wait=clock.turn)
        assert (status, printed.splitlines()[-1]) == (1, wording.erasure_goes_on(shop.ann, 0))
        assert printed.count("\n") == 2
    bot.arrive()
    eventually(lambda: (clock.turn(6), bot.erased)[1])
    eventually(lambda: rows(shop, "erasures")[0]["state"] == "done")
    with shop.reachable():
        assert run(shop, shop.ann) == (0, wording.erasure_done(0) + "\n")


def test_who_does_not_want_to_wait_leaves_and_it_goes_on(shop, bot, clock):
    bot.gate.clear()

    def leave(_):
        raise KeyboardInterrupt

    with shop.reachable():
        status, printed = run(shop, "ann", wait=leave)
        assert (status, printed.splitlines()[-1]) == (1, wording.erasure_goes_on(shop.ann, 0))
    bot.gate.set()
    eventually(lambda: (clock.turn(1), rows(shop, "erasures")[0]["state"] == "done")[1])


def test_progress_is_shown_and_keeps_the_command_patient(shop, bot, clock):
    bot.next_erasure_outcomes.extend([Erasing(deleted=10, seconds=0.1)] * 3)
    bot.next_erasure_outcomes.append(Erased(deleted=1))

    def wait(_):
        steps = len(bot.erased)

        def went_on():
            clock.turn(1)
            return len(bot.erased) > steps or rows(shop, "erasures")[0]["state"] == "done"

        eventually(went_on)

    with shop.reachable():
        status, printed = run(shop, "ann", wait=wait)
    assert status == 0
    assert printed.endswith(wording.erasure_done(31) + "\n")


def test_without_a_server_the_ledger_forgets_at_once_and_the_next_server_tells_the_bot(shop, bot):
    shop.close()
    status, printed = run(shop, "ann")
    assert (status, printed.splitlines()) == (1, [wording.erased_here(shop.ann), wording.erasure_waits_for_server()])
    assert b"hush" not in on_disk(shop).lower()
    assert not list((shop.settings.sk_data_dir / "media").iterdir())
    assert run(shop, shop.ann) == (1, wording.erasure_waits_for_server() + "\n")
    assert not bot.erased
    shop.open()
    shop.start()
    eventually(lambda: rows(shop, "erasures")[0]["state"] == "done")
    assert [said.merged_ids for said in bot.erased] == [(shop.anonymous,)]


def test_whoever_writes_under_the_same_user_id_afterwards_is_somebody_new(shop, bot):
    with shop.reachable():
        run(shop, "ann")
    said = shop.say("ann", "hello again")
    assert shop.user("ann")["_id"] != shop.ann
    assert not shop.user("ann").get("givenName")
    assert said["conversation"]["appUsers"] == [shop.user("ann")["_id"]]
    eventually(lambda: bot.texts[-1] == "hello again")
    assert bot.incoming[-1].app_user_id == shop.user("ann")["_id"]
    with shop.reachable():
        assert run(shop, shop.ann) == (0, wording.erasure_done(0) + "\n")
    assert shop.texts("ann") == ["hello again"]


def test_the_bot_is_asked_when_it_has_done_what_it_was_told_before(shop, bot):
    """Else a message or a notice that was on its way would be put back."""
    bot.gate.clear()
    shop.say("ann", "on its way")
    eventually(lambda: bot.texts[-1] == "on its way")
    told = len(bot.receipts)
    shop.reply(shop.ann, "so is this")
    eventually(lambda: len(bot.receipts) > told or not shop.server.courier._receipts._lanes.ready)
    with shop.reachable():
        shop.through_the_door(wire.ERASURE, wire.ErasureRequest(user="ann", erase=True))
    assert not bot.erased
    bot.gate.set()
    eventually(lambda: (shop.clock.turn(1), bot.erased)[1])
    assert bot.at_once <= 1
    assert bot.texts.count("on its way") == 1
    heard = len(bot.incoming), len(bot.receipts)
    eventually(lambda: rows(shop, "erasures")[0]["state"] == "done")
    assert (len(bot.incoming), len(bot.receipts)) == heard


def test_webhooks_are_not_told_and_those_on_their_way_finish(shop, app, clock):
    eventually(lambda: not rows(shop, "handovers", "state = 'waiting'"))
    app.statuses_of["ann"] = 500
    shop.say("ann", "never arrives")
    eventually(lambda: "never arrives" in str(app.bodies))
    with shop.reachable():
        run(shop, "ann")
    seen = len([body for body in app.bodies if body["appUser"].get("userId") == "ann"])
    clock.turn(100)
    shop.say("bob", "more")
    eventually(lambda: "more" in str(app.bodies))
    assert len([body for body in app.bodies if body["appUser"].get("userId") == "ann"]) == seen


def test_a_remembered_answer_is_not_given_to_whoever_comes_later(office):
    key = {"Idempotency-Key": "k"}
    first = office.as_app("POST", "/v1/appusers/ann/messages", {"role": "appUser", "text": "one"}, headers=key)
    office.through_the_door(wire.ERASURE, wire.ErasureRequest(user="ann", erase=True))
    again = office.as_app("POST", "/v1/appusers/ann/messages", {"role": "appUser", "text": "one"}, headers=key)
    assert again.json["message"]["_id"] != first.json["message"]["_id"]
    assert office.texts("ann") == ["one"]


def test_nobody_is_not_erased(shop):
    with shop.reachable(), pytest.raises(OperatorError, match="No app user has this ID"):
        run(shop, "nobody")


def test_only_the_operator_asks_through_the_door(office):
    office.say("ann", "one")
    for path, said in (
        (wire.ERASURE, wire.ErasureRequest(user="ann", erase=True)),
        (wire.EXPORT, wire.ExportRequest(user="ann", section="messages")),
    ):
        assert office.through_the_door(path, said, secret="another").status_code == 401
    assert office.texts("ann") == ["one"]


def test_the_command_is_understood():
    given = _parser().parse_args(["erase", "--yes", "ann"])
    assert (given.command, given.user, given.yes) == ("erase", "ann", True)
