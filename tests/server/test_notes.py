"""Notes: kept with the conversation, shown in its history to agents, and to nobody else."""

import json

import pytest
from server_fakes import eventually
from stream_office import StreamOffice
from test_deletion import on_disk, rows
from test_door import error
from test_erasure import run, shop

from wire import cases, operators
from wire import messages as wire
from wire.cases import HISTORY_CHARACTERS

__all__ = ["shop"]


@pytest.fixture
def ann(office):
    """The `_id` of an app user who has written."""
    office.say("ann", "help", name="Ann")
    return office.user("ann")["_id"]


def note(office, app_user_id, text, *, note_id=None, agent="Alice"):
    """An agent notes something; returns the answer."""
    said = cases.Note(
        note_id=note_id or text.encode().hex()[:24].ljust(24, "0"),
        app_user_id=app_user_id,
        agent=wire.Agent(agent_id="UALICE", name=agent),
        text=text,
    )
    return office.through_the_door(cases.NOTE, said)


def history(office, app_user_id, most=10):
    asked = cases.HistoryRequest(app_user_id=app_user_id, most=most)
    return cases.History.model_validate(office.through_the_door(cases.HISTORY, asked).json)


def test_a_note_is_kept_once(office, ann, clock):
    assert note(office, ann, "is a VIP", note_id="a" * 24).json == {"note_id": "a" * 24, "repeated": False}
    clock.turn(5)
    assert note(office, ann, "is a VIP", note_id="a" * 24).json == {"note_id": "a" * 24, "repeated": True}
    [line] = [line for line in history(office, ann).lines if line.kind == "note"]
    assert line == cases.HistoryLine(kind="note", at=clock.now() - 5, text="is a VIP", name="Alice")


def test_notes_that_make_no_sense_are_refused(office, ann):
    office.say("bob", "hello")
    note(office, ann, "once", note_id="a" * 24)
    assert error(note(office, ann, "other", note_id="a" * 24)) == (409, "note_id_taken")
    assert error(note(office, office.user("bob")["_id"], "once", note_id="a" * 24)) == (409, "note_id_taken")
    assert error(note(office, "f" * 24, "to nobody")) == (404, "user_not_found")
    assert error(note(office, ann, " \n")) == (400, "bad_request")


def test_history_tells_who_said_what_in_order_of_time(office, ann, clock):
    clock.turn(1)
    note(office, ann, "ask about the plan")
    clock.turn(1)
    said = wire.Reply(
        message_id="b" * 24,
        app_user_id=ann,
        channel_id="C1",
        text="which plan?",
        agent=wire.Agent(agent_id="UALICE", name="Alice"),
        shown_as=wire.Face(name="The Team"),
    )
    office.through_the_door(wire.REPLIES, said)
    clock.turn(1)
    office.as_app("POST", "/v1/appusers/ann/messages", {"role": "appMaker", "text": "invoice", "name": "Shop"})
    told = history(office, ann)
    assert [(line.kind, line.name, line.text, line.state) for line in told.lines] == [
        ("app_user", "Ann", "help", None),
        ("note", "Alice", "ask about the plan", None),
        ("agent", "Alice", "which plan?", "waiting"),
        ("app", "Shop", "invoice", None),
    ]
    assert [line.at for line in told.lines] == sorted(line.at for line in told.lines)
    assert not told.more


def test_history_ends_where_it_was_asked_to_and_says_so(office, ann, clock):
    for number in range(60):
        clock.turn(1)
        note(office, ann, f"note {number}") if number % 2 else office.say("ann", f"text {number}")
    told = history(office, ann, 50)
    assert [line.text.split()[1] for line in told.lines] == [str(number) for number in range(10, 60)]
    assert told.more
    assert [line.text for line in history(office, ann, 1).lines] == ["note 59"]
    assert error(office.through_the_door(cases.HISTORY, cases.HistoryRequest(app_user_id="f" * 24))) == (
        404,
        "user_not_found",
    )


def test_history_of_long_texts_is_bounded(office, ann):
    office.say("ann", "x" * 100_000)
    note(office, ann, "y" * 100_000)
    assert [len(line.text) for line in history(office, ann).lines[1:]] == [HISTORY_CHARACTERS] * 2


def test_history_names_the_agent_whatever_the_app_user_sees(office, ann, clock):
    said = wire.Reply(
        message_id="b" * 24,
        app_user_id=ann,
        channel_id="C1",
        text="hi",
        agent=wire.Agent(agent_id="UALICE", name="Alice", avatar_url="https://example.org/alice.png"),
        shown_as=wire.Face(name="The Team", avatar_url="https://example.org/team.png"),
    )
    office.through_the_door(wire.REPLIES, said)
    office.reply(ann, "as herself")
    [_, as_team, as_herself] = office.as_app("GET", "/v1/appusers/ann/messages").json["messages"]
    assert (as_team["name"], as_team["avatarUrl"]) == ("The Team", "https://example.org/team.png")
    assert (as_herself["name"], as_herself["avatarUrl"]) == ("Alice", "https://example.org/alice.png")
    assert as_team["authorId"] == as_herself["authorId"]
    asked = wire.RecentRequest(app_user_id=ann, before=clock.now() + 10)
    recent = wire.Recent.model_validate(office.through_the_door(wire.RECENT, asked).json).messages
    assert [message.name for message in recent] == ["Ann", "Alice", "Alice"]


@pytest.fixture
def listened(tmp_path, clock, ids, bot):
    """A webhook server at work on a real socket."""
    office = StreamOffice(tmp_path / "listened", clock, ids, bot.url).serve()
    yield office
    office.end()


def test_no_app_user_client_or_webhook_ever_gets_a_note(listened, bot, app):
    office = listened
    office.register(app.url, "*")
    ann = office.begun("ann")
    with office.listen("ann") as ear:
        before = office.as_app("GET", "/v1/appusers/ann/conversation").json
        assert note(office, ann, "hush: owes us money").status_code == 200
        assert office.as_app("GET", "/v1/appusers/ann/conversation").json == before
        office.reply(ann, "answer")
        assert ear.texts(1) == ["answer"]
    eventually(lambda: "answer" in str(app.requests))
    read = [office.as_app("GET", f"/v1/appusers/ann{part}").text for part in ("", "/messages", "/conversation")]
    for told in (*read, str(app.requests), str(bot.incoming), str(bot.receipts)):
        assert "hush" not in told
    for table in ("messages", "handovers", "stream_events", "answers", "receipts"):
        assert "hush" not in str(rows(office, table))


def test_notes_go_with_their_app_user_when_two_are_one(office):
    device = {"id": "d1", "platform": "ios"}
    anonymous = office.as_token("POST", "/v1/init", {"device": device}).json["appUser"]["_id"]
    office.say(anonymous, "before login")
    note(office, anonymous, "seems to be Ann")
    office.as_app("POST", "/v1/appusers", {"userId": "ann"})
    office.say("ann", "hi")
    office.as_app("POST", "/v1/init", {"userId": "ann", "device": device})
    told = history(office, office.user("ann")["_id"])
    assert "seems to be Ann" in [line.text for line in told.lines]
    assert note(office, anonymous, "seems to be Ann").json["repeated"]


def test_notes_are_exported_and_erased_with_their_app_user(shop):
    note(shop, shop.ann, "hush note")
    note(shop, shop.user("bob")["_id"], "about bob")
    asked = operators.ExportRequest(user="ann", section="notes")
    [row] = shop.through_the_door(operators.EXPORT, asked).json["rows"]
    assert json.loads(row)["text"] == "hush note"
    with shop.reachable():
        assert run(shop, "ann")[0] == 0
    assert [row["text"] for row in rows(shop, "notes")] == ["about bob"]
    assert b"hush note" not in on_disk(shop)


def test_notes_outlive_messages_that_the_app_deletes(office, ann):
    note(office, ann, "is a VIP")
    office.as_app("DELETE", "/v1/appusers/ann/messages")
    assert [line.text for line in history(office, ann).lines] == ["is a VIP"]
