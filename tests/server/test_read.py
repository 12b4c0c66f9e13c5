"""Reading: nothing is unread any more, agents see it, webhooks are told, and nothing more happens than that."""

import hashlib

import pytest
from server_fakes import eventually
from server_office import Office

DAY = 86_400


@pytest.fixture
def ann(busy_office, bot):
    """The `_id` of an app user who has written. That it arrived is on disk: no webhook to come hears of it."""
    busy_office.say("ann", "help", name="Ann")
    eventually(lambda: not busy_office.ledger.read(lambda books: books.handovers.waiting()))
    assert bot.texts == ["help"]
    return busy_office.user("ann")["_id"]


def read(office, ref="ann", body=None, **options):
    return office.as_app("POST", f"/v1/appusers/{ref}/conversation/read", body, **options)


def unread(office):
    """Asked in a way that fetches no reply."""
    stop = {"role": "appUser", "type": "typing:stop"}
    return office.as_app("POST", "/v1/appusers/ann/conversation/activity", stop).json["conversation"]["unreadCount"]


def receipts(office):
    with office.ledger._readers.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT state, sequence, shown_sequence FROM receipts ORDER BY accepted, message_id"
        )
        return [tuple(row) for row in found]


def all_shown(office):
    return eventually(lambda: all(row[1] == row[2] for row in receipts(office)), "all shown")


def count(office, table):
    with office.ledger._readers.connect() as connection:
        return connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()


@pytest.mark.parametrize("body", [None, {}])
def test_reading_leaves_nothing_unread_and_agents_see_it(busy_office, bot, ann, body):
    busy_office.reply(ann, "one")
    busy_office.reply(ann, "two")
    all_shown(busy_office)
    assert unread(busy_office) == 2
    answer = read(busy_office, body=body)
    assert (answer.status_code, answer.json) == (200, {})
    assert unread(busy_office) == 0
    all_shown(busy_office)
    assert [row[0] for row in receipts(busy_office)] == ["read", "read"]
    assert sorted(receipt.state for receipt in bot.receipts) == ["read", "read", "waiting", "waiting"]


def test_what_comes_later_is_unread_again(busy_office, bot, ann):
    busy_office.reply(ann, "one")
    read(busy_office)
    busy_office.clock.turn(1)
    busy_office.reply(ann, "two")
    assert unread(busy_office) == 1
    all_shown(busy_office)
    assert [row[0] for row in receipts(busy_office)] == ["read", "waiting"]


def test_webhooks_are_told_once_per_change(busy_office, bot, app, ann):
    busy_office.register(app.url, "conversation:read")
    busy_office.reply(ann, "one")
    for _ in range(3):
        read(busy_office)
    busy_office.reply(ann, "two")
    read(busy_office)
    eventually(lambda: len(app.requests) == 2)
    body = app.bodies[0]
    assert body["trigger"] == "conversation:read"
    assert (
        body["conversation"]["_id"]
        == busy_office.as_app("GET", "/v1/appusers/ann/conversation").json["conversation"]["_id"]
    )
    assert body["timestamp"] == busy_office.clock.now()
    assert body["appUser"]["userId"] == "ann"


def test_nothing_is_written_where_nothing_is_unread(busy_office, bot, ann, monkeypatch):
    busy_office.reply(ann, "one")
    read(busy_office)
    all_shown(busy_office)
    events = count(busy_office, "stream_events")
    monkeypatch.setattr(busy_office.ledger, "write", None)
    assert read(busy_office).json == {}
    assert count(busy_office, "stream_events") == events


def test_streams_are_told_once(busy_office, bot, ann):
    busy_office.reply(ann, "one")
    read(busy_office)
    read(busy_office)
    with busy_office.ledger._readers.connect() as connection:
        kinds = connection.exec_driver_sql("SELECT kind FROM stream_events ORDER BY seq").scalars().all()
    assert [kind for kind in kinds if kind == "read"] == ["read"]


def test_read_stays_read_whatever_becomes_of_a_webhook(busy_office, bot, app, ann, clock):
    app.next_statuses.append(500)
    busy_office.register(app.url, "message:appMaker", "delivery:success")
    busy_office.reply(ann, "one", message_id="a" * 24)
    eventually(lambda: bot.states == ["sending"])
    read(busy_office)
    eventually(lambda: bot.states[-1] == "read")
    clock.turn(2)
    eventually(lambda: "delivery:success" in [body["trigger"] for body in app.bodies])
    all_shown(busy_office)
    assert bot.states[-1] == "read"
    assert [row[0] for row in receipts(busy_office)] == ["read"]


def test_a_failed_reply_is_not_there_to_be_read(busy_office, bot, app, ann):
    app.next_statuses.append(404)
    busy_office.register(app.url)
    busy_office.reply(ann, "one")
    eventually(lambda: bot.states == ["failed"])
    read(busy_office)
    assert [row[0] for row in receipts(busy_office)] == ["failed"]
    assert unread(busy_office) == 0


def test_of_a_thousand_old_replies_only_the_new_ones_are_told_to_slack(tmp_path, clock, ids, bot):
    office = Office(tmp_path / "data", clock, ids, bot.url)
    try:
        office.say("ann", "help")
        ann = office.user("ann")["_id"]
        for number in range(1000):
            office.reply(ann, f"old {number}")
        all_are_shown = "UPDATE receipts SET shown_sequence = sequence"
        office.ledger.write(lambda books: books.connection.exec_driver_sql(all_are_shown).rowcount)
        clock.turn(DAY + 1)
        office.reply(ann, "new")
        office.start()
        all_shown(office)
        told = len(bot.receipts)
        read(office)
        all_shown(office)
        assert {row[0] for row in receipts(office)} == {"read"}
        assert [(receipt.text, receipt.state) for receipt in bot.receipts[told:]] == [("new", "read")]
        assert unread(office) == 0
    finally:
        office.close()


def test_an_old_receipt_that_was_still_to_be_shown_is_shown_as_read(tmp_path, clock, ids, bot):
    office = Office(tmp_path / "data", clock, ids, bot.url)
    try:
        office.say("ann", "help")
        office.reply(office.user("ann")["_id"], "old")
        clock.turn(DAY + 1)
        read(office)
        office.start()
        all_shown(office)
        assert bot.states == ["read"]
    finally:
        office.close()


def test_the_app_user_and_the_apps_client_may_read_too(busy_office, bot, ann):
    busy_office.reply(ann, "one")
    path = "/v1/appusers/ann/conversation/read"
    assert busy_office.as_token("POST", path).status_code == 200
    assert busy_office.as_user("bob", "POST", path).status_code == 403
    assert busy_office.as_user("ann", "POST", path).status_code == 200
    assert busy_office.as_token("POST", path).status_code == 401
    assert read(busy_office, "nobody").status_code == 404


@pytest.mark.parametrize("raw", [b"[]", b"{", b"\xff"])
def test_only_an_empty_object_or_nothing_makes_sense(busy_office, ann, raw):
    token = busy_office.token({"scope": "app"})
    path = "/v1/appusers/ann/conversation/read"
    answer = busy_office.call("POST", path, token=token, data=raw, content_type="application/json")
    assert answer.status_code == 400


def test_a_repeated_request_with_a_key_reads_nothing_new(busy_office, bot, ann):
    key = {"Idempotency-Key": hashlib.sha256(b"key").hexdigest()}
    assert read(busy_office, headers=key).json == {}
    busy_office.reply(ann, "one")
    assert read(busy_office, headers=key).json == {}
    assert unread(busy_office) == 1


def test_before_the_first_message_there_is_nothing_to_read(busy_office):
    busy_office.as_app("POST", "/v1/appusers", {"userId": "ann"})
    assert read(busy_office).json == {}
