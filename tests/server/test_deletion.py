"""The app's backend deletes a profile, or the messages of a conversation: nothing of it is left anywhere here."""

import io

import pytest
from PIL import Image
from server_fakes import eventually

from webhook_server.domain.retry import WEBHOOK_DELAYS
from wire import messages as wire
from wire.messages import Later, Never

PROFILE = {
    "givenName": "Annabel",
    "surname": "Leebrook",
    "email": "annabel@shop.example",
    "signedUpAt": "2030-01-01T00:00:00.000Z",
    "properties": {"plan": "goldenplan"},
}


def rows(office, table, where="1"):
    with office.ledger._readers.connect() as connection:
        return connection.exec_driver_sql(f"SELECT * FROM {table} WHERE {where}").mappings().all()


def on_disk(office):
    """All bytes of the ledger's files, as they lie there now."""
    directory = office.settings.sk_data_dir
    return b"".join(path.read_bytes() for path in sorted(directory.glob("*sqlite3*")))


def picture():
    content = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(content, "PNG")
    return {"source": (io.BytesIO(content.getvalue()), "red.png"), "role": "appUser"}


def upload(office, user_id):
    token = office.token({"scope": "app"})
    answer = office.call("POST", f"/v1/appusers/{user_id}/images", token=token, data=picture())
    assert answer.status_code == 201, answer.text
    return answer.json["message"]


@pytest.fixture
def ann(office):
    key = {"Idempotency-Key": "k"}
    device = {"id": "d1", "platform": "ios", "appVersion": "app9version", "info": {"carrier": "carriername"}}
    body = {"userId": "ann", "device": device, **PROFILE}
    answer = office.as_app("POST", "/v1/init", body, headers=key)
    assert answer.status_code == 200, answer.text
    return answer.json["appUser"]["_id"]


def test_a_profile_goes_and_who_they_are_stays(office, ann):
    said = office.say("ann", "hello")
    before = office.user("ann")
    assert b"goldenplan" in on_disk(office)
    answer = office.as_app("DELETE", "/v1/appusers/ann/profile")
    assert answer.status_code == 200
    left = answer.json["appUser"]
    assert left == office.user("ann")
    assert (left["_id"], left["userId"], left["conversationStarted"], left["properties"]) == (ann, "ann", True, {})
    assert not left.keys() & {"givenName", "surname", "email", "signedUpAt"}
    [device] = left["devices"]
    assert device == {key: before["devices"][0][key] for key in ("id", "platform", "lastSeen", "active")}
    assert office.texts("ann") == ["hello"]
    assert office.say("ann", "again")["conversation"]["_id"] == said["conversation"]["_id"]


def test_nothing_of_a_profile_is_left_on_disk(office, ann):
    office.as_app("DELETE", "/v1/appusers/ann/profile")
    left = on_disk(office)
    for told in (b"Annabel", b"Leebrook", b"annabel@", b"goldenplan", b"app9version", b"carriername"):
        assert told not in left
    assert not rows(office, "answers")


def test_messages_go_with_all_that_is_about_them_and_the_conversation_stays(office, app):
    office.register(app.url, "*")
    said = office.say("ann", "a hush word")
    ann = office.user("ann")["_id"]
    office.say("bob", "stays")
    office.reply(ann, "hush answer")
    upload(office, "ann")
    answer = office.as_app("DELETE", "/v1/appusers/ann/messages")
    assert (answer.status_code, answer.json) == (200, {})
    page = office.as_app("GET", "/v1/appusers/ann/messages").json
    assert page["messages"] == []
    assert page["conversation"]["_id"] == said["conversation"]["_id"]
    assert page["conversation"]["unreadCount"] == 0
    assert office.user("ann")["conversationStarted"]
    assert office.texts("bob") == ["stays"]
    for table in ("receipts", "strandings", "media"):
        assert not rows(office, table)
    assert {row["kind"] for row in rows(office, "stream_events", f"app_user_id = '{ann}'")} == {"reset"}
    waiting = rows(office, "handovers", f"app_user_id = '{ann}'")
    assert {row["trigger"] for row in waiting} == {"conversation:start"}
    assert not list((office.settings.sk_data_dir / "media").iterdir())
    assert b"hush" not in on_disk(office)


def test_received_goes_on_growing_and_a_second_deletion_changes_nothing(office, clock):
    first = office.say("ann", "one")["message"]["received"]
    for _ in range(2):
        assert office.as_app("DELETE", "/v1/appusers/ann/messages").json == {}
    clock.jump(-3600)
    assert office.say("ann", "two")["message"]["received"] > first
    assert office.texts("ann") == ["two"]


def test_an_upload_that_somebody_elses_message_shows_stays(office):
    shown = upload(office, "ann")
    office.say("bob", "look", mediaUrl=shown["mediaUrl"])
    office.as_app("DELETE", "/v1/appusers/ann/messages")
    assert len(rows(office, "media")) == 1
    assert len(list((office.settings.sk_data_dir / "media").iterdir())) == 1


def test_what_waited_for_slack_is_not_shown_and_what_comes_later_is(busy_office, bot, clock):
    bot.next_outcomes.append(Later(seconds=60, reason="full"))
    busy_office.say("ann", "one")
    eventually(lambda: bot.texts == ["one"])
    busy_office.say("ann", "two")
    eventually(busy_office.resting)
    busy_office.as_app("DELETE", "/v1/appusers/ann/messages")
    busy_office.say("ann", "three")
    clock.turn(61)
    eventually(lambda: bot.texts[-1] == "three")
    assert "two" not in bot.texts


@pytest.mark.parametrize("subscribed", ["message", "*"])
def test_what_is_on_its_way_when_it_is_deleted_finishes(busy_office, bot, app, subscribed):
    busy_office.register(app.url, subscribed)
    bot.gate.clear()
    busy_office.say("ann", "one")
    ann = busy_office.user("ann")["_id"]
    busy_office.reply(ann, "two")
    eventually(lambda: bot.texts == ["one"] and len(bot.receipts) == 1)
    assert busy_office.as_app("DELETE", "/v1/appusers/ann/messages").status_code == 200
    bot.gate.set()
    busy_office.say("ann", "three")
    eventually(lambda: bot.texts == ["one", "three"])
    busy_office.reply(ann, "four")
    eventually(lambda: "four" in [receipt.text for receipt in bot.receipts])
    assert not bot.overtaken
    assert busy_office.texts("ann") == ["three", "four"]


def test_what_comes_later_does_not_wait_for_what_was_deleted(busy_office, bot, app, clock):
    """However long a webhook's next try was to wait."""
    busy_office.register(app.url, "message:appUser")
    app.statuses_of["ann"] = 500
    busy_office.say("ann", "one")
    for tries, delay in enumerate(WEBHOOK_DELAYS[:6], 1):
        eventually(lambda: len(app.requests) == tries and busy_office.resting())  # noqa: B023 - asked at once
        clock.turn(delay * 1.1)
    eventually(lambda: len(app.requests) == 7 and busy_office.resting())
    busy_office.as_app("DELETE", "/v1/appusers/ann/messages")
    del app.statuses_of["ann"]
    busy_office.say("ann", "two")
    eventually(lambda: app.texts[-1] == "two")
    assert app.texts[:-1] == ["one"] * 7


def test_nor_for_what_was_on_its_way_when_it_was_deleted(busy_office, bot, app):
    busy_office.register(app.url, "message:appUser")
    usual = app.answer

    def answer(path, headers, body):
        app.answer = usual
        client = busy_office.app.test_client()
        token = busy_office.token({"scope": "app"})
        deleted = client.delete("/v1/appusers/ann/messages", headers={"Authorization": f"Bearer {token}"})
        assert deleted.status_code == 200
        return 500, b"", {}

    app.answer = answer
    busy_office.say("ann", "one")
    eventually(lambda: app.answer == usual)
    busy_office.say("ann", "two")
    eventually(lambda: app.texts == ["two"])


def test_a_refusal_that_comes_after_the_deletion_concerns_nobody(busy_office, bot):
    bot.gate.clear()
    bot.next_outcomes.append(Never(reason="msg_too_long"))
    busy_office.say("ann", "one")
    eventually(lambda: bot.texts == ["one"])
    busy_office.as_app("DELETE", "/v1/appusers/ann/messages")
    bot.gate.set()
    busy_office.say("ann", "two")
    eventually(lambda: bot.texts == ["one", "two"])
    assert not rows(busy_office, "strandings")
    assert not bot.stranded


def test_a_deleted_reply_cannot_be_tried_again(office):
    office.say("ann", "one")
    office.reply(office.user("ann")["_id"], "two", message_id="a" * 24)
    office.as_app("DELETE", "/v1/appusers/ann/messages")
    assert office.through_the_door(wire.RETRY, wire.RetryRequest(message_id="a" * 24)).status_code == 404


@pytest.mark.parametrize("what", ["profile", "messages"])
def test_the_app_token_deletes_nothing_and_a_user_only_what_is_theirs(office, what):
    office.say("ann", "one")
    path = f"/v1/appusers/ann/{what}"
    assert office.as_token("DELETE", path).status_code == 403
    assert office.as_user("bob", "DELETE", path).status_code == 403
    assert office.texts("ann") == ["one"]
    assert office.as_user("ann", "DELETE", path).status_code == 200
    assert office.as_app("DELETE", "/v1/appusers/nobody/" + what).status_code == 404
    assert office.as_app("DELETE", f"/v1.1/apps/app/appUsers/ann/{what}", {}).status_code == 200
