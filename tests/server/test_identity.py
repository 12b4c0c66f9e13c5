"""Who is who: devices and userIds, and two app users who turn out to be one."""

import shutil
import threading

import pytest
from server_fakes import FakeBot, eventually
from server_office import Office

from webhook_server.ledger.merges import HANDED_ON
from webhook_server.ledger.tables import app_users, metadata
from wire import messages as wire
from wire import operators
from wire.messages import Later, Never, Unknown

PHONE = {"id": "phone-1", "platform": "ios"}
LAPTOP = {"id": "laptop-1", "platform": "web"}


def init(office, device=PHONE, call=None, **fields):
    response = (call or office.as_token)("POST", "/v1/init", {"device": device, **fields})
    assert response.status_code == 200, response.text
    return response.json["appUser"]


def merged(office, **fields):
    """Ann has a conversation, an anonymous app user of the phone another, and then Ann logs in there."""
    office.as_app("POST", "/v1/appusers", {"userId": "ann", "givenName": "Ann", **fields})
    office.say("ann", "hello from Ann")
    loser = init(office)["_id"]
    office.say(loser, "hello from somebody")
    return loser, init(office, userId="ann")


# ── the rules ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_logging_in_on_a_device_with_history_makes_one_conversation_in_order(office, clock):
    office.as_app("POST", "/v1/appusers", {"userId": "ann"})
    loser = init(office)["_id"]
    for number in range(3):
        office.say("ann", f"ann {number}")
        clock.turn(1)
        office.say(loser, f"anonymous {number}")
        clock.turn(1)
    ann = init(office, userId="ann")
    assert ann["_id"] == office.user("ann")["_id"] != loser
    assert [device["id"] for device in ann["devices"]] == ["phone-1"]
    assert office.texts("ann") == [f"{whose} {number}" for number in range(3) for whose in ("ann", "anonymous")]
    messages = office.as_app("GET", "/v1/appusers/ann/messages").json["messages"]
    assert {message["authorId"] for message in messages} == {ann["_id"]}


def test_every_table_that_knows_app_users_is_thought_of_when_two_become_one():
    """Whoever adds a table decides here what becomes of it."""
    otherwise = {"messages": "moved one by one", "merges": "only who has a userId stays", "erasures": "of nobody here"}
    knowing = {
        table.name
        for table in metadata.tables.values()
        for column in table.columns
        if column.name.endswith("app_user_id") or any(key.column.table is app_users for key in column.foreign_keys)
    }
    assert knowing == {table.name for table in HANDED_ON} | set(otherwise)


def test_messages_of_the_same_millisecond_keep_their_order_beside_each_other(office):
    office.as_app("POST", "/v1/appusers", {"userId": "ann"})
    loser = init(office)["_id"]
    for number in range(5):
        office.say("ann", f"ann {number}")
        office.say(loser, f"anonymous {number}")
    init(office, userId="ann")
    messages = office.as_app("GET", "/v1/appusers/ann/messages").json["messages"]
    received = [message["received"] for message in messages]
    assert received == sorted(set(received))
    for whose in ("ann", "anonymous"):
        of_one = [m["text"] for m in messages if m["text"].startswith(whose)]
        assert of_one == [f"{whose} {number}" for number in range(5)]
    after = office.say("ann", "after")["message"]
    assert after["received"] > received[-1]


def test_an_old_id_leads_to_who_stayed_for_ever_and_the_answer_tells_the_new_one(office):
    loser, ann = merged(office)
    path = f"/v1/appusers/{loser}"
    assert office.as_app("GET", path).json["appUser"] == office.user("ann")
    assert office.as_token("PUT", path, {"surname": "Lee"}).json["appUser"]["_id"] == ann["_id"]
    posted = office.as_token("POST", f"{path}/messages", {"role": "appUser", "text": "by the old ID"}).json
    assert posted["message"]["authorId"] == ann["_id"]
    assert posted["conversation"]["appUsers"] == [ann["_id"]]
    assert office.as_app("GET", f"{path}/conversation").json["conversation"]["_id"] == posted["conversation"]["_id"]
    assert office.texts(loser)[-1] == "by the old ID"
    office.close()
    office.open()
    assert office.user(loser)["_id"] == ann["_id"]


def test_an_old_id_is_nobodys_name(office):
    loser, _ = merged(office)
    assert office.as_app("POST", "/v1/appusers", {"userId": loser}).status_code == 409
    response = office.as_token("POST", "/v1/init", {"device": LAPTOP, "userId": loser})
    assert (response.status_code, response.json["error"]["code"]) == (409, "user_exists")


def test_what_the_survivor_says_of_themselves_stays_and_gaps_are_filled(office):
    office.as_app("POST", "/v1/appusers", {"userId": "ann", "givenName": "Ann", "properties": {"plan": "pro"}})
    init(office, givenName="Visitor", email="v@example.org", properties={"plan": "none", "from": "ad"})
    ann = init(office, userId="ann", surname="Lee")
    assert (ann["givenName"], ann["surname"], ann["email"]) == ("Ann", "Lee", "v@example.org")
    assert ann["properties"] == {"plan": "pro", "from": "ad"}
    assert office.user("ann") == ann


def test_unread_replies_and_those_who_wrote_them_are_counted_together(office):
    loser = init(office)["_id"]
    office.as_app("POST", "/v1/appusers", {"userId": "ann"})
    for whose, text in (("ann", "1"), (loser, "2"), (loser, "3")):
        office.reply(office.user(whose)["_id"], text, agent="Alice")
    init(office, userId="ann")
    conversation = office.as_app("POST", "/v1/appusers/ann/messages", {"role": "appUser", "text": "x"}).json
    assert conversation["conversation"]["unreadCount"] == 3
    assert len(conversation["conversation"]["appMakers"]) == 1


def test_the_same_email_never_merges(office):
    office.as_app("POST", "/v1/appusers", {"userId": "ann", "email": "shared@example.org"})
    anonymous = init(office, email="shared@example.org")
    bob = init(office, LAPTOP, userId="bob", email="shared@example.org")
    assert len({anonymous["_id"], bob["_id"], office.user("ann")["_id"]}) == 3


def test_logging_out_begins_anew_and_logging_in_again_brings_that_along(office):
    ann = init(office, userId="ann")
    visitor = init(office)
    assert "userId" not in visitor
    assert office.user("ann")["devices"] == []
    office.say(visitor["_id"], "who am I?")
    assert init(office, userId="ann")["_id"] == ann["_id"]
    assert office.texts("ann") == ["who am I?"]


def test_a_userid_links_its_devices_to_one_conversation(office):
    ann = init(office, userId="ann")
    visitor = init(office, LAPTOP)
    office.say("ann", "from the phone")
    office.say(visitor["_id"], "from the laptop")
    assert init(office, LAPTOP, userId="ann")["_id"] == ann["_id"]
    assert [device["id"] for device in office.user("ann")["devices"]] == ["laptop-1", "phone-1"]
    assert office.texts("ann") == ["from the phone", "from the laptop"]


def snapshot(office):
    """Everything that a merge would change."""
    tables = ("app_users", "devices", "messages", "handovers", "merges", "receipts")
    with office.ledger._readers.connect() as connection:
        return {name: list(map(tuple, connection.exec_driver_sql(f"SELECT * FROM {name}"))) for name in tables}


def test_the_app_token_merges_nobody_into_a_locked_app_user_and_leaves_no_trace(office):
    office.as_app("POST", "/v1/appusers", {"userId": "ann", "credentialRequired": True})
    visitor = init(office)
    office.say(visitor["_id"], "hello")
    before = snapshot(office)
    body = {"device": PHONE, "userId": "ann", "email": "x@example.org"}
    assert office.as_token("POST", "/v1/init", body).status_code == 401
    assert snapshot(office) == before
    assert office.as_user("ann", "POST", "/v1/init", body).json["appUser"]["_id"] == office.user("ann")["_id"]


def test_another_app_users_jwt_merges_nobody_and_leaves_no_trace(office):
    office.as_app("POST", "/v1/appusers", {"userId": "ann"})
    init(office)
    before = snapshot(office)
    response = office.as_user("bob", "POST", "/v1/init", {"device": PHONE, "userId": "ann"})
    assert (response.status_code, response.json["error"]["code"]) == (403, "forbidden")
    assert snapshot(office) == before


def test_a_repeated_key_merges_once(office):
    office.as_app("POST", "/v1/appusers", {"userId": "ann"})
    office.say(init(office)["_id"], "hello")
    headers = {"Idempotency-Key": "1"}
    first = office.as_token("POST", "/v1/init", {"device": PHONE, "userId": "ann"}, headers=headers)
    before = snapshot(office)
    again = office.as_token("POST", "/v1/init", {"device": PHONE, "userId": "ann"}, headers=headers)
    assert (again.status_code, again.json) == (200, first.json)
    assert snapshot(office) == before


# ── at the same moment ────────────────────────────────────────────────────────────────────────────────────────────


def at_once(*deeds):
    """Do all at the same moment; returns what came of each."""
    barrier, results = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(place, deed):
        barrier.wait()
        results[place] = deed()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def say_many(office, ref, name, count=15):
    client = office.app.test_client()
    headers = {"Authorization": f"Bearer {office.token({'scope': 'app'})}"}

    def run():
        for number in range(count):
            body = {"role": "appUser", "text": f"{name} {number}"}
            assert client.post(f"/v1/appusers/{ref}/messages", json=body, headers=headers).status_code == 201

    return run


def log_in(office, device):
    client = office.app.test_client()

    def run():
        body = {"device": device, "userId": "ann"}
        return client.post("/v1/init", json=body, headers={"app-token": "apt_test"}).json["appUser"]["_id"]

    return run


def test_two_devices_log_in_at_once_while_their_users_write_and_nothing_is_lost(busy_office, bot):
    office = busy_office
    office.as_app("POST", "/v1/appusers", {"userId": "ann"})
    phone, laptop = init(office)["_id"], init(office, LAPTOP)["_id"]
    office.say(phone, "phone first")
    office.say(laptop, "laptop first")
    results = at_once(
        say_many(office, phone, "phone"),
        say_many(office, laptop, "laptop"),
        say_many(office, "ann", "ann"),
        log_in(office, PHONE),
        log_in(office, LAPTOP),
    )
    ann = office.user("ann")["_id"]
    assert results[3:] == [ann, ann]
    texts = office.texts("ann")
    assert len(texts) == len(set(texts)) == 47
    eventually(lambda: len(bot.texts) >= 47, "all in Slack")
    assert sorted(bot.texts) == sorted(texts)
    for name in ("phone", "laptop", "ann"):
        assert [t for t in bot.texts if t.startswith(f"{name} ")] == [t for t in texts if t.startswith(f"{name} ")]
    eventually(lambda: {said.merged_id for said in bot.merged} == {phone, laptop}, "both merges told")


@pytest.mark.parametrize("path", ["messages", "conversation"])
def test_who_reads_while_they_are_merged_reads_all(office, monkeypatch, path):
    office.as_app("POST", "/v1/appusers", {"userId": "ann"})
    loser = init(office)["_id"]
    office.say(loser, "hello")
    read, merging = office.ledger.read, [lambda: init(office, userId="ann")]

    def and_then_merged(job):
        found = read(job)
        if merging:
            merging.pop()()
        return found

    monkeypatch.setattr(office.ledger, "read", and_then_merged)
    told = office.as_app("GET", f"/v1/appusers/{loser}/{path}").json
    messages = told["messages"] if path == "messages" else told["conversation"]["messages"]
    assert [message["text"] for message in messages] == ["hello"]
    assert told["conversation"]["appUsers"] == [office.user("ann")["_id"]]


# ── what the bot and webhooks are told ────────────────────────────────────────────────────────────────────────────


def test_webhooks_are_told_who_stayed_and_who_is_no_more(busy_office, app, bot):
    office = busy_office
    office.register(app.url + "/hook", "merge:appUser", "message")
    loser, ann = merged(office)
    office.say("ann", "afterwards")
    eventually(lambda: len(app.bodies) == 4)
    told = next(body for body in app.bodies if body["trigger"] == "merge:appUser")
    assert told["surviving"] == told["appUser"] == office.user("ann") == ann
    assert told["discarded"] == [{"_id": loser}]
    assert isinstance(told["timestamp"], float)
    headers = next(headers for _, headers, body in app.requests if b"merge:appUser" in body)
    assert headers["webhook-id"].startswith("evt_")
    assert app.bodies[-1]["messages"][0]["text"] == "afterwards"
    assert app.bodies[-1]["appUser"]["devices"] == ann["devices"]


def test_the_bot_is_told_before_anything_that_waits(busy_office, bot):
    office = busy_office
    bot.leave()
    loser, ann = merged(office)
    office.say("ann", "afterwards")
    bot.arrive()
    office.reply(ann["_id"], "the bot is there")
    eventually(lambda: bot.texts == ["hello from Ann", "hello from somebody", "afterwards"], "all, in order")
    assert [said.model_dump(exclude_none=True) for said in bot.merged] == [
        {"app_user_id": ann["_id"], "merged_id": loser, "user_id": "ann", "profile_name": "Ann"}
    ]
    assert {incoming.app_user_id for incoming in bot.incoming} == {ann["_id"]}


def test_a_merge_of_somebody_who_never_wrote_is_no_news_for_the_bot(busy_office, bot):
    init(busy_office)
    busy_office.say("ann", "hello")
    init(busy_office, userId="ann")
    busy_office.say("ann", "again")
    eventually(lambda: bot.texts == ["hello", "again"])
    assert bot.merged == []


@pytest.mark.parametrize(
    "answer", [Later(seconds=3, reason="busy"), Unknown(reason="lost"), FakeBot.NO_ANSWER, 503, 500]
)
def test_what_waits_is_held_back_until_the_bot_has_carried_out_the_merge(busy_office, bot, clock, answer):
    office = busy_office
    bot.next_merge_outcomes.extend([answer, answer])
    merged(office)
    office.say("ann", "afterwards")
    eventually(lambda: bot.merged)
    assert "afterwards" not in bot.texts
    eventually(lambda: (clock.turn(1), len(bot.merged) == 3)[1], "three tries")
    eventually(lambda: "afterwards" in bot.texts)
    assert sorted(bot.texts) == ["afterwards", "hello from Ann", "hello from somebody"]


@pytest.mark.parametrize("answer", [Never(reason="no"), 400])
def test_a_merge_that_the_bot_refuses_is_listed_and_holds_up_nothing(busy_office, bot, answer):
    office = busy_office
    bot.next_merge_outcomes.append(answer)
    merged(office)
    office.say("ann", "afterwards")
    eventually(lambda: "afterwards" in bot.texts)
    [dead] = office.ledger.read(lambda books: books.handovers.deliveries("dead", None, 0))
    assert (dead.trigger, dead.message_id) == ("merge:appUser", None)
    replayed = operators.ReplayRequest(delivery_ids=(dead.id,))
    assert office.through_the_door(operators.REPLAY, replayed).json["delivery_ids"] == [dead.id]
    eventually(lambda: len(bot.merged) == 2)


def test_what_is_on_its_way_ends_truthfully_and_is_not_overtaken(busy_office, bot):
    office = busy_office
    bot.gate.clear()
    office.as_app("POST", "/v1/appusers", {"userId": "ann"})
    loser = init(office)["_id"]
    office.say(loser, "on its way")
    eventually(lambda: bot.at_once == 1)
    office.say(loser, "behind it")
    ann = init(office, userId="ann")["_id"]
    office.say("ann", "afterwards")
    assert (bot.texts, bot.merged) == (["on its way"], [])
    bot.gate.set()
    eventually(lambda: bot.texts == ["on its way", "behind it", "afterwards"], "in order, each once")
    assert [incoming.app_user_id for incoming in bot.incoming] == [loser, ann]
    assert len(bot.merged) == 1


def test_what_slack_refuses_while_its_user_is_merged_is_told_of_who_stayed(busy_office, bot):
    office = busy_office
    bot.gate.clear()
    bot.next_outcomes.append(Never(reason="msg_too_long"))
    office.as_app("POST", "/v1/appusers", {"userId": "ann"})
    loser = init(office)["_id"]
    office.say(loser, "too long")
    eventually(lambda: bot.at_once == 1)
    ann = init(office, userId="ann")["_id"]
    bot.gate.set()
    eventually(lambda: bot.stranded, "agents are told")
    assert (bot.stranded[0].app_user_id, bot.stranded[0].state) == (ann, "failed")


@pytest.mark.parametrize("answer", [Unknown(reason="lost"), FakeBot.NO_ANSWER])
def test_doubt_about_what_was_on_its_way_goes_on_with_who_stayed(busy_office, bot, clock, answer):
    office = busy_office
    bot.gate.clear()
    bot.next_outcomes.append(answer)
    office.as_app("POST", "/v1/appusers", {"userId": "ann"})
    loser = init(office)["_id"]
    office.say(loser, "hello")
    eventually(lambda: bot.at_once == 1)
    began = clock.now()
    ann = init(office, userId="ann")["_id"]
    bot.gate.set()
    eventually(lambda: (clock.turn(1), len(bot.incoming) == 2)[1])
    assert (bot.incoming[1].app_user_id, bot.incoming[1].doubt_since) == (ann, began)


def test_after_a_crash_both_that_were_on_their_way_are_doubted(busy_office, bot, clock, ids, tmp_path):
    office = busy_office
    bot.gate.clear()
    office.as_app("POST", "/v1/appusers", {"userId": "ann"})
    loser = init(office)["_id"]
    office.say(loser, "from the phone")
    office.say("ann", "from Ann")
    office.say(loser, "later")
    eventually(lambda: bot.at_once == 2)
    init(office, userId="ann")
    shutil.copytree(tmp_path / "data", tmp_path / "as it was")
    next_bot = FakeBot("the door's")
    successor = Office(tmp_path / "as it was", clock, ids, next_bot.url).start()
    try:
        eventually(lambda: next_bot.texts == ["from the phone", "from Ann", "later"])
        assert [said.merged_id for said in next_bot.merged] == [loser]
        assert next_bot.incoming[0].doubt_since is not None
        assert all(incoming.doubt_since for incoming in next_bot.incoming[: 1 + next_bot.texts.index("from Ann")])
    finally:
        successor.close()
        next_bot.leave()


def test_what_waits_for_a_webhook_follows_and_so_does_the_news_for_agents(busy_office, app, bot, clock):
    office = busy_office
    office.register(app.url + "/hook", "message:appMaker")
    office.as_app("POST", "/v1/appusers", {"userId": "ann"})
    loser = init(office)["_id"]
    office.say(loser, "hello")
    app.next_statuses.append(500)
    office.reply(loser, "to the phone")
    eventually(lambda: "sending" in bot.states)
    ann = init(office, userId="ann")["_id"]
    office.reply(loser, "to the old ID")
    eventually(lambda: (clock.turn(1), bot.states.count("delivered") == 2)[1])
    assert app.texts == ["to the phone", "to the phone", "to the old ID"]
    assert [body["appUser"]["_id"] for body in app.bodies] == [loser, ann, ann]
    assert bot.receipts[-1].app_user_id == ann


def test_a_webhook_that_is_told_at_this_moment_is_not_told_the_next_before(busy_office, app, bot):
    office = busy_office
    office.register(app.url + "/hook", "message")
    app.gate = threading.Event()
    answer = app.answer
    app.answer = lambda *said: (app.gate.wait(8), answer(*said))[1]
    office.as_app("POST", "/v1/appusers", {"userId": "ann"})
    loser = init(office)["_id"]
    office.say(loser, "1")
    office.say(loser, "2")
    init(office, userId="ann")
    office.say("ann", "3")
    app.gate.set()
    eventually(lambda: app.texts == ["1", "2", "3"])


def test_after_a_restart_it_goes_on_the_same(office, bot, app):
    office.register(app.url + "/hook", "merge:appUser", "message")
    loser, ann = merged(office)
    office.say(loser, "afterwards")
    office.close()
    office.settings = office.settings.model_copy(update={"sk_bot_url": bot.url})
    office.open()
    office.start()
    eventually(lambda: bot.texts == ["hello from Ann", "hello from somebody", "afterwards"])
    assert [said.merged_id for said in bot.merged] == [loser]
    eventually(lambda: len(app.bodies) == 4)
    assert [body["trigger"] for body in app.bodies] == [
        "message:appUser",
        "message:appUser",
        "merge:appUser",
        "message:appUser",
    ]
    assert {body["appUser"]["_id"] for body in app.bodies} == {ann["_id"]}


# ── the door ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_bot_may_go_on_with_the_id_that_it_knows(office):
    loser, ann = merged(office)
    assert office.reply(loser, "by the old ID").json["state"] == "waiting"
    again = office.reply(loser, "by the old ID")
    assert again.json["repeated"] is True
    assert office.reply(ann["_id"], "by the old ID").json["repeated"] is True
    assert office.texts("ann")[-1] == "by the old ID"
    profile = office.through_the_door(wire.PROFILE, wire.ProfileRequest(app_user_id=loser)).json
    assert (profile["app_user_id"], profile["user_id"]) == (ann["_id"], "ann")
    asked = wire.RecentRequest(app_user_id=loser, before=office.clock.now() + 100)
    recent = office.through_the_door(wire.RECENT, asked).json["messages"]
    assert [message["text"] for message in recent] == ["hello from Ann", "hello from somebody", "by the old ID"]


def test_the_same_text_within_a_minute_is_noticed_over_a_merge(office):
    loser = init(office)["_id"]
    office.as_app("POST", "/v1/appusers", {"userId": "ann"})
    office.reply(loser, "hi", message_id="1" * 24)
    init(office, userId="ann")
    response = office.reply(loser, "hi", message_id="2" * 24)
    assert (response.status_code, response.json["error"]["code"]) == (409, wire.ALREADY_SENT)
