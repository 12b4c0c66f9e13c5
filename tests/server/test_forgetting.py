"""Reading, erasure and export in the ledger: use cases on both databases, statement by statement."""

import json
import time

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text
from test_ledger import ANN, BOB, ledger, peopled, postgres, url

from webhook_server import erasing, intake, outcomes, reading
from webhook_server.administration import erasures, export
from webhook_server.domain.handovers import Event
from webhook_server.domain.notes import Note
from webhook_server.domain.receipts import Speaker
from webhook_server.domain.values import AppUser, Conversation, Device, Draft, Media
from webhook_server.ledger import SECTIONS, Answer, Ledger
from webhook_server.ledger.schema import MIGRATIONS
from webhook_server.ledger.tables import metadata
from wire import messages as wire
from wire import operators
from wire.ids import AppUserId, MessageId

__all__ = ["ledger", "peopled", "postgres", "url"]

DAY = 86_400.0
NOW = 1_700_000_000.0
LOSER = AppUserId("9" * 24)
UPLOAD = Media("1" * 32, "red.png", "image/png", 7)
MANY = 1_500
EARLIER = {
    "app user": {"appUser": {"_id": ANN.id}},
    "message": {"message": {"metadata": {"friend": ANN.id}}, "conversation": {"_id": "c", "appUsers": [BOB.id]}},
    "loser": {"app": {"_id": "x"}, "appUser": {"_id": LOSER}},
    "gone": {"appUser": {"_id": "7" * 24}},
    "upload": {"mediaUrl": "http://shop.example/media/1", "mediaType": "image/png"},
}
AGENT = wire.Agent(agent_id="UALICE", name="Alice")


def reply(number, text="hi"):
    return wire.Reply(
        message_id=MessageId(f"{number:024x}"), app_user_id=ANN.id, channel_id="C1", text=text, agent=AGENT
    )


@pytest.fixture
def busy(peopled):
    """Ann has everything there is; Bob has a message."""

    def job(books):
        books.devices.keep(ANN.id, Device("d1", "ios", NOW, "1.0", {"carrier": "x"}))
        books.media.add(UPLOAD, NOW)
        image = Draft("appUser", ANN.id, "look", type="image", media=UPLOAD)
        for number, draft in ((1, Draft("appUser", ANN.id, "hello")), (2, image)):
            user = books.app_users.find("ann")
            intake.accept(books, user, MessageId(f"{number:024x}"), draft, NOW + number)
        intake.accept(books, BOB, MessageId("b" * 24), Draft("appUser", BOB.id, "bob stays"), NOW)
        intake.accept_reply(books, reply(3), NOW + 3)
        books.notes.add(Note(MessageId("c" * 24), ANN.id, NOW, Speaker("UALICE", "Alice"), "pays late"))
        books.strandings.refused(MessageId(f"{1:024x}"), ANN.id, "x", NOW)
        for key, user in (("a" * 64, ANN), ("b" * 64, BOB)):
            books.answers.remember(key, Answer(200, json.dumps({"appUser": {"_id": user.id}}), user.id), NOW, 0.0)
        return books.app_users.find("ann")

    return peopled, peopled.write(job)


def counts(ledger):
    """How many rows each section has of Ann's and of Bob's."""

    def job(books):
        return [{section: len(books.dossier.page(who.id, section, None)) for section in SECTIONS} for who in (ANN, BOB)]

    return ledger.read(job)


def test_every_section_has_something_and_it_comes_out_as_json(busy):
    ledger, _ = busy
    ann, bob = counts(ledger)
    assert ann == {
        "app_users": 1,
        "devices": 1,
        "merges": 0,
        "messages": 3,
        "media": 1,
        "receipts": 1,
        "cases": 1,
        "notes": 1,
        "strandings": 1,
        "handovers": 6,
        "stream_events": 1,
        "answers": 1,
    }
    assert (bob["messages"], bob["answers"], bob["devices"], bob["media"]) == (1, 1, 0, 0)
    for section in SECTIONS:
        asked = operators.ExportRequest(user="ann", section=section)
        page = ledger.read(lambda books, asked=asked: export.page(books, asked))
        rows = [json.loads(row) for row in page.rows]
        assert len(rows) == ann[section]
        assert all(value is not None for row in rows for value in row.values())
        if page.after is not None:
            later = asked.model_copy(update={"after": page.after})
            assert not ledger.read(lambda books, later=later: export.page(books, later)).rows


def test_an_erased_app_user_leaves_nothing_and_others_everything(busy):
    ledger, ann = busy
    before = counts(ledger)[1]
    erasure = ledger.write(lambda books: erasing.erase(books, ann, NOW + 9))
    assert (erasure.app_user_id, erasure.state, erasure.deleted) == (ANN.id, "waiting", 0)
    gone, stays = counts(ledger)
    assert set(gone.values()) == {0}
    assert stays == before
    assert ledger.read(lambda books: books.erasures.waiting()) == (ANN.id,)
    assert ledger.read(lambda books: books.media.given_up()) == (UPLOAD.id,)
    asked = operators.ErasureRequest(user=ANN.id, erase=True)
    assert ledger.write(lambda books: erasures.erase(books, asked, NOW)).asked == NOW + 9


def test_merged_ids_go_along(busy):
    ledger, ann = busy

    def job(books):
        loser = AppUser(LOSER, Conversation("8" * 24))
        books.app_users.add(loser, NOW)
        books.answers.remember("c" * 64, Answer(200, json.dumps({"appUser": {"_id": LOSER}}), LOSER), NOW, 0.0)
        books.merges.join(ann, loser, NOW)

    ledger.write(job)
    assert counts(ledger)[0]["merges"] == 1
    assert counts(ledger)[0]["answers"] == 2
    erasure = ledger.write(lambda books: erasing.erase(books, ann, NOW))
    assert erasure.merged_ids == (LOSER,)
    assert ledger.read(lambda books: books.app_users.find(LOSER)) is None
    assert ledger.read(lambda books: books.answers.find("c" * 64, 0.0)) is None
    assert ledger.read(lambda books: books.erasures.find(ANN.id)) == erasure


def test_as_many_merges_and_answers_as_there_may_be_are_no_burden(busy, url):
    """Looking for each former ID in each answer took for ever, and more than a thousand of them were refused."""
    ledger, ann = busy
    losers = [f"{number:024x}" for number in range(MANY)]
    body = json.dumps({"appUser": {"_id": BOB.id, "properties": {"note": "x" * 2_000}}})
    with create_engine(url).begin() as connection:
        merged = [{"loser": loser, "survivor": ANN.id} for loser in losers]
        connection.execute(text("INSERT INTO merges VALUES (:loser, :survivor, 1)"), merged)
        given = [{"id": f"bob {number}", "body": body, "whose": BOB.id} for number in range(20_000)]
        given += [
            {"id": f"ann {each}", "body": json.dumps({"appUser": {"_id": each}}), "whose": ANN.id} for each in losers
        ]
        columns = "(id, status, body, answered, app_user_id) VALUES (:id, 200, :body, 1, :whose)"
        connection.execute(text(f"INSERT INTO answers {columns}"), given)
    began = time.monotonic()
    assert len(ledger.read(lambda books: books.dossier.page(ANN.id, "answers", None))) == 100
    erasure = ledger.write(lambda books: erasing.erase(books, ann, NOW))
    assert time.monotonic() - began < 10
    assert erasure.merged_ids == tuple(losers)
    assert ledger.read(lambda books: books.app_users.find(losers[-1])) is None
    assert ledger.read(lambda books: books.answers.find(f"ann {losers[-1]}", 0.0)) is None
    assert ledger.read(lambda books: books.answers.find("bob 19999", 0.0)) is not None


def test_answers_remembered_by_an_earlier_version_go_as_well(url):
    """They did not know of whom they tell; the migration finds out."""
    Ledger(url).close()
    engine = create_engine(url)
    _back_to(engine, "0005")
    with engine.begin() as connection:
        user = "VALUES (:id, '{}', false, false, 1, 'c', '[]', 0, 0)"
        columns = "id, properties, credential_required, seen_with_jwt, created, conversation_id, app_makers, unread"
        for who in (ANN, BOB):
            connection.execute(text(f"INSERT INTO app_users ({columns}, last_received) {user}"), {"id": who.id})
        connection.execute(text("INSERT INTO merges VALUES (:loser, :id, 1)"), {"loser": LOSER, "id": ANN.id})
        for key, body in EARLIER.items():
            values = {"id": key, "body": json.dumps(body)}
            connection.execute(text("INSERT INTO answers VALUES (:id, 200, :body, 1)"), values)
    engine.dispose()
    ledger = Ledger(url)
    try:
        told = {key: ledger.read(lambda books, key=key: books.answers.find(key, 0.0)).app_user_id for key in EARLIER}
        assert told == {"app user": ANN.id, "message": BOB.id, "loser": ANN.id, "gone": None, "upload": None}
        ann = ledger.read(lambda books: books.app_users.find(ANN.id))
        ledger.write(lambda books: erasing.erase(books, ann, NOW))
        left = [key for key in EARLIER if ledger.read(lambda books, key=key: books.answers.find(key, 0.0))]
        assert left == ["message", "gone", "upload"]
    finally:
        ledger.close()


def _back_to(engine, version):
    """A database as an earlier version of the program made it."""
    with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(text(f"DROP TABLE {table.name}"))
        connection.execute(text("DROP TABLE alembic_version"))
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, version)


def test_messages_go_and_their_author_stays(busy):
    ledger, ann = busy
    ledger.write(lambda books: erasing.clear_messages(books, ann, NOW))
    gone = counts(ledger)[0]
    assert {section for section, count in gone.items() if count} == {
        "app_users",
        "cases",
        "devices",
        "handovers",
        "notes",
        "stream_events",
    }
    assert gone["handovers"] == 1
    assert ledger.read(lambda books: books.app_users.find("ann")).conversation.last_received > 0


def test_a_profile_goes_and_the_device_stays(busy):
    ledger, ann = busy
    ledger.write(lambda books: erasing.clear_profile(books, ann))
    [device] = ledger.read(lambda books: books.devices.of(ANN.id))
    assert (device.id, device.platform, device.app_version, device.info) == ("d1", "ios", None, None)
    assert ledger.read(lambda books: books.app_users.find("ann")).profile.given_name is None
    assert ledger.read(lambda books: books.answers.find("a" * 64, 0.0)) is None
    assert ledger.read(lambda books: books.answers.find("b" * 64, 0.0)) is not None


def test_what_ends_after_its_message_is_gone_changes_nothing(busy):
    """Parcels that were taken before, as a carrier has them in its hands."""
    ledger, ann = busy
    waiting = ledger.read(lambda books: books.handovers.waiting())
    parcels = [ledger.read(lambda books, one=one: books.handovers.parcels([one.id]))[0] for one in waiting]
    assert any(isinstance(parcel.about, Event) for parcel in parcels)
    ledger.write(lambda books: erasing.erase(books, ann, NOW))

    def job(books):
        for parcel in parcels:
            if parcel.app_user.id == ANN.id and parcel.webhook is not None:
                assert not outcomes.arrived(books, parcel, NOW).waiting
                assert not outcomes.failed(books, parcel, "500", began=NOW, next_try_at=NOW).unshown
                assert not outcomes.given_up(books, parcel, "404", NOW).waiting
            elif parcel.app_user.id == ANN.id:
                assert not outcomes.strand(books, parcel, "x", NOW).unshown

    ledger.write(job)
    assert set(counts(ledger)[0].values()) == {0}


def test_reading_reads_all_but_what_failed_and_shows_only_what_is_new(busy):
    ledger, ann = busy

    def job(books):
        for number, accepted in ((10, NOW - 2 * DAY), (11, NOW - 2 * DAY), (12, NOW)):
            intake.accept_reply(books, reply(number, f"reply {number}"), accepted)
        receipts = {number: books.receipts.find(MessageId(f"{number:024x}")) for number in (3, 10, 11, 12)}
        for number in (3, 10, 12):
            books.receipts.shown(receipts[number], None)
        parcel_id = books.connection.exec_driver_sql(
            f"SELECT id FROM handovers WHERE message_id = '{11:024x}' AND webhook_id IS NOT NULL"
        ).scalar_one()
        outcomes.given_up(books, books.handovers.parcels([parcel_id])[0], "404", NOW)
        return reading.read(books, books.app_users.find("ann"), NOW + 10)

    errands = ledger.write(job)
    states = [ledger.read(lambda books, n=n: books.receipts.find(MessageId(f"{n:024x}"))) for n in (3, 10, 11, 12)]
    assert [receipt.standing.state for receipt in states] == ["read", "read", "failed", "read"]
    assert [unshown.message_id for unshown in errands.unshown] == [f"{n:024x}" for n in (12, 3)]
    assert len(errands.waiting) == 1
    assert errands.waiting[0].lane.app_user_id == ann.id
    assert not ledger.write(lambda books: reading.read(books, books.app_users.find("ann"), NOW + 11)).waiting
