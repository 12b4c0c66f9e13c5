"""The ledger's contract, the same on SQLite and on PostgreSQL, and what is SQLite's own."""

import os
import shutil
import sqlite3
import subprocess
import tempfile
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from server_ledger import lay_out
from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import DataError, IntegrityError

from webhook_server.domain.deliveries import Selection
from webhook_server.domain.handovers import TOGETHER, Event, Lane, Order
from webhook_server.domain.keys import Key
from webhook_server.domain.paging import PAGE, Cut
from webhook_server.domain.receipts import Leg, Place, ReplyReceipt, Speaker, Standing, Unshown
from webhook_server.domain.values import AppUser, Conversation, Device, Draft, Media, Message, Profile, Webhook
from webhook_server.ledger import Answer, Ledger, LedgerInUseError, LedgerUnavailableError, LedgerUnusableError
from webhook_server.ledger.schema import newest
from webhook_server.ledger.tables import metadata

ANN = AppUser("a" * 24, Conversation("c" * 24), "ann", Profile("Ann", None, None, None, {"plan": "free", "ü": 1.5}))
BOB = AppUser("b" * 24, Conversation("d" * 24), "bob")
HOOK = Webhook("e" * 24, "https://shop.example/hook", ("message", "*"), "whsec_x")


@pytest.fixture(scope="session")
def postgres():
    """The URL of a PostgreSQL server of its own; skips where none is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    programs = found[-1].parent if found else Path(shutil.which("initdb") or "/none").parent
    if not (programs / "initdb").exists():
        pytest.skip(
            "NO POSTGRESQL INSTALLED: the ledger is tested on SQLite alone (Debian: apt-get install postgresql)"
        )
    with tempfile.TemporaryDirectory(prefix="sk-postgres-") as place:
        as_user = []
        if os.geteuid() == 0:  # which PostgreSQL refuses to run as
            as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
            shutil.chown(place, "postgres")

        def run(program, *arguments):
            command = [*as_user, programs / program, "-D", f"{place}/data", *arguments]
            subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd="/")

        run("initdb", "-A", "trust", "-U", "sk", "--no-sync", "-E", "UTF8", "--locale=C")
        options = f"-c listen_addresses= -c fsync=off -k {place}"
        run("pg_ctl", "-w", "-o", options, "-l", f"{place}/log", "start")
        yield f"postgresql+psycopg://sk@/postgres?host={place}"
        run("pg_ctl", "-w", "-m", "immediate", "stop")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    """An empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/ledger.sqlite3"
        return
    server = request.getfixturevalue("postgres")
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS ledger WITH (FORCE)"))
        connection.execute(text("CREATE DATABASE ledger"))
    engine.dispose()
    yield server.replace("/postgres?", "/ledger?")


@pytest.fixture
def ledger(url):
    if url.startswith("sqlite:///"):
        lay_out(Path(url.removeprefix("sqlite:///")))
    ledger = Ledger(url)
    yield ledger
    ledger.close()


def message(number, user=ANN, **fields):
    draft = Draft("appUser", user.id, f"text {number}", **fields)
    return Message(f"{number:024x}", user.id, 1_700_000_000_000 + number, draft)


def add(ledger, *messages):
    def job(books):
        for one in messages:
            books.messages.add(one)

    ledger.write(job)


@pytest.fixture
def peopled(ledger):
    """A ledger that knows two app users and a webhook."""

    def job(books):
        books.app_users.add(ANN, 1.0)
        books.app_users.add(BOB, 1.0)
        books.webhooks.add(HOOK)

    ledger.write(job)
    return ledger


# ── what is kept ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_app_users_are_found_by_either_id(peopled):
    assert peopled.read(lambda books: books.app_users.find("ann")) == ANN
    assert peopled.read(lambda books: books.app_users.find(ANN.id)) == ANN
    assert peopled.read(lambda books: books.app_users.find("nobody")) is None
    assert peopled.read(lambda books: books.app_users.find("f" * 24)) is None


def test_an_internal_id_goes_before_a_user_id_that_looks_like_it(peopled):
    impostor = AppUser("1" * 24, Conversation("2" * 24), ANN.id)
    peopled.write(lambda books: books.app_users.add(impostor, 1.0))
    assert peopled.read(lambda books: books.app_users.find(ANN.id)) == ANN


def test_app_users_change(peopled):
    profile = Profile("Änne", "Lee", "a@example.org", "2026-01-01T00:00:00.000Z", {"a": [1], "b": None})
    conversation = Conversation(ANN.conversation.id, ("f" * 24,), 3, 1_700_000_000_000)

    def job(books):
        books.app_users.save_profile(ANN.id, profile)
        books.app_users.save_conversation(ANN.id, conversation)
        books.app_users.note_jwt(ANN.id)

    peopled.write(job)
    changed = replace(ANN, profile=profile, conversation=conversation, seen_with_jwt=True)
    assert peopled.read(lambda books: books.app_users.find("ann")) == changed
    assert peopled.read(lambda books: books.app_users.find("bob")) == BOB


def test_messages_come_back_as_they_went_in(peopled):
    whole = message(
        1, name="Ann", type="image", avatar_url="https://x/a", media_url="https://x/m", media_type="image/png",
        metadata={"ü": [1, None]},
    )  # fmt: skip
    add(peopled, whole, message(2))
    assert peopled.read(lambda books: books.messages.find(whole.id)) == whole
    assert peopled.read(lambda books: books.messages.find(message(2).id)) == message(2)
    assert peopled.read(lambda books: books.messages.find("f" * 24)) is None


def test_pages(peopled):
    everything = [message(number) for number in range(1, 2 * PAGE + 51)]
    add(peopled, *everything, message(1000, BOB))
    started = replace(ANN, conversation=replace(ANN.conversation, last_received=everything[-1].received))

    def page(cut):
        found = peopled.read(lambda books: books.messages.page(started, cut))
        return list(found.messages), found.older, found.newer

    assert page(Cut()) == (everything[-PAGE:], True, False)
    assert page(Cut(before=everything[50].received)) == (everything[:50], False, True)
    assert page(Cut(before=everything[PAGE].received)) == (everything[:PAGE], False, True)
    assert page(Cut(before=everything[PAGE + 1].received)) == (everything[1 : PAGE + 1], True, True)
    assert page(Cut(after=everything[49].received)) == (everything[50 : PAGE + 50], True, True)
    assert page(Cut(after=everything[-2].received)) == ([everything[-1]], True, False)
    assert page(Cut(after=0)) == (everything[:PAGE], False, True)
    assert page(Cut(after=everything[-1].received)) == ([], False, False)


def test_webhooks(peopled):
    other = Webhook("f" * 24, "https://other.example", ("postback",), "whsec_y")
    peopled.write(lambda books: books.webhooks.add(other))
    assert peopled.read(lambda books: books.webhooks.all()) == (HOOK, other)
    changed = replace(HOOK, target="https://new.example", triggers=("*",))
    peopled.write(lambda books: books.webhooks.save(changed))
    assert peopled.read(lambda books: books.webhooks.find(HOOK.id)) == changed
    peopled.write(lambda books: books.webhooks.remove(HOOK.id))
    assert peopled.read(lambda books: books.webhooks.all()) == (other,)


def test_answers_are_remembered_for_their_time(ledger):
    answer = Answer(201, '{"ü":1}')
    ledger.write(lambda books: books.answers.remember("k" * 64, answer, 100.0, 0.0))
    assert ledger.read(lambda books: books.answers.find("k" * 64, 100.0)) == answer
    assert ledger.read(lambda books: books.answers.find("k" * 64, 101.0)) is None
    assert ledger.read(lambda books: books.answers.find("x" * 64, 0.0)) is None
    ledger.write(lambda books: books.answers.remember("x" * 64, answer, 200.0, 150.0))
    assert ledger.read(lambda books: books.answers.find("k" * 64, 0.0)) is None


# ── uploads ───────────────────────────────────────────────────────────────────────────────────────────────────────

PHOTO, CV = Media("1" * 32, "Grüße.png", "image/png", 7), Media("2" * 32, "cv.pdf", "application/pdf", 9)


@pytest.fixture
def uploaded(peopled):
    """Ann and Bob sent the same photo; nobody sent the CV, which came later."""

    def job(books):
        books.media.add(PHOTO, 100.0)
        books.media.add(CV, 200.0)
        for number, user in ((1, ANN), (2, BOB)):
            books.messages.add(message(number, user, media=PHOTO))

    peopled.write(job)
    return peopled


def given_up(ledger):
    return ledger.read(lambda books: books.media.given_up())


def test_messages_bring_their_uploads(uploaded):
    assert uploaded.read(lambda books: books.media.find(PHOTO.id)) == PHOTO
    assert uploaded.read(lambda books: books.media.find("3" * 32)) is None
    found = uploaded.read(lambda books: books.messages.find(f"{1:024x}"))
    assert found.draft.media == PHOTO
    page = uploaded.read(lambda books: books.messages.page(BOB, Cut()))
    assert page.messages[0].draft.media == PHOTO
    (waiting,) = uploaded.write(lambda books: books.handovers.add([Order(found.id, Lane(ANN.id), "x", 1.0)]))
    (parcel,) = uploaded.read(lambda books: books.handovers.parcels([waiting.id]))
    assert parcel.message.draft.media == PHOTO


def test_a_removed_upload_is_known_while_a_message_refers_to_it(uploaded):
    assert uploaded.write(lambda books: books.media.remove(PHOTO.id)) is True
    assert uploaded.write(lambda books: books.media.remove(PHOTO.id)) is False
    assert uploaded.read(lambda books: books.media.find(PHOTO.id)) is None
    assert given_up(uploaded) == (PHOTO.id,)
    uploaded.write(lambda books: books.media.forget([PHOTO.id]))
    found = uploaded.read(lambda books: books.messages.find(f"{1:024x}"))
    assert found.draft.media == replace(PHOTO, size=0)


def test_only_what_no_message_refers_to_is_given_up(uploaded):
    uploaded.write(lambda books: books.media.abandon([PHOTO.id]))
    assert given_up(uploaded) == ()
    uploaded.write(lambda books: books.media.abandon([PHOTO.id, CV.id, *(f"{n:032x}" for n in range(1200))]))
    assert given_up(uploaded) == (CV.id,)
    uploaded.write(lambda books: books.media.forget([PHOTO.id, CV.id]))
    assert given_up(uploaded) == ()
    assert uploaded.read(lambda books: books.media.find(PHOTO.id)) == PHOTO


def unused(ledger, before, anonymous_before):
    return ledger.read(lambda books: books.media.unused(before, anonymous_before))


def test_what_is_old_and_unused_is_found(uploaded):
    assert unused(uploaded, 200.0, 300.0) == ()
    assert unused(uploaded, 200.1, 200.1) == (CV.id,)
    uploaded.write(lambda books: books.media.abandon([CV.id]))
    assert unused(uploaded, 200.1, 200.1) == ()


def test_what_nobody_in_particular_uploaded_is_given_less_time(uploaded):
    theirs = Media("3" * 32, "x.png", "image/png", 5)
    uploaded.write(lambda books: books.media.add(theirs, 250.0, anonymous=True))
    assert unused(uploaded, 200.0, 250.0) == ()
    assert unused(uploaded, 200.0, 250.1) == (theirs.id,)
    assert uploaded.read(lambda books: books.media.unused_anonymous(249.9)) == (1, 5)
    assert uploaded.read(lambda books: books.media.unused_anonymous(250.0)) == (0, 0)


def test_what_is_not_given_up_is_not_forgotten(uploaded):
    uploaded.write(lambda books: books.media.forget([PHOTO.id, CV.id]))
    assert uploaded.read(lambda books: books.media.find(CV.id)) == CV


# ── hand-overs and receipts ───────────────────────────────────────────────────────────────────────────────────────


def orders(number, *webhooks):
    to_bot = Order(message(number).id, Lane(ANN.id), "message:appUser", 5.0)
    return [to_bot, *(replace(to_bot, lane=Lane(ANN.id, webhook.id)) for webhook in webhooks)]


@pytest.fixture
def handing_over(peopled):
    """A ledger with two messages that wait for the bot and for a webhook; the ids of their four hand-overs."""
    add(peopled, message(1), message(2))
    waiting = peopled.write(lambda books: books.handovers.add([*orders(1, HOOK), *orders(2, HOOK)]))
    return peopled, [handover.id for handover in waiting]


def states(ledger, ids):
    return [parcel.state for parcel in ledger.read(lambda books: books.handovers.parcels(ids))]


def test_what_waits_is_found_oldest_first(handing_over):
    ledger, ids = handing_over
    waiting = ledger.read(lambda books: books.handovers.waiting())
    assert [handover.id for handover in waiting] == ids == sorted(ids)
    assert [handover.lane for handover in waiting] == [Lane(ANN.id), Lane(ANN.id, HOOK.id)] * 2
    ledger.write(lambda books: books.handovers.arrived(ids[:1], Place("C1", "1.2")))
    ledger.write(lambda books: books.handovers.give_up(ids[3:], "no"))
    assert [handover.id for handover in ledger.read(lambda books: books.handovers.waiting())] == ids[1:3]
    assert states(ledger, ids[::2]) == ["done", "waiting"]


def test_a_parcel_has_all_that_its_carrier_needs(handing_over):
    ledger, ids = handing_over
    (to_hook,) = ledger.read(lambda books: books.handovers.parcels([ids[1]]))
    assert (to_hook.message, to_hook.app_user, to_hook.webhook) == (message(1), ANN, HOOK)
    assert (to_hook.trigger, to_hook.state, to_hook.attempts, to_hook.accepted) == (
        "message:appUser",
        "waiting",
        0,
        5.0,
    )
    to_bot = ledger.read(lambda books: books.handovers.parcels(ids[::2]))
    assert [(parcel.message, parcel.webhook) for parcel in to_bot] == [(message(1), None), (message(2), None)]
    assert ledger.read(lambda books: books.handovers.parcels([9999])) == []


def test_an_event_waits_in_its_lane_among_the_messages(handing_over):
    ledger, ids = handing_over
    read = Event("f" * 24, {"conversation": {"_id": "ü"}})
    order = Order(read, Lane(ANN.id, HOOK.id), "conversation:read", 6.0)
    (waiting,) = ledger.write(lambda books: books.handovers.add([order]))
    parcels = ledger.read(lambda books: books.handovers.parcels([ids[1], waiting.id]))
    assert [parcel.about for parcel in parcels] == [message(1), read]
    with pytest.raises(TypeError, match="conversation:read"):
        _ = parcels[1].message
    (listed,) = ledger.read(lambda books: books.handovers.deliveries("waiting", None, ids[-1]))
    assert (listed.trigger, listed.message_id) == ("conversation:read", None)
    ledger.write(lambda books: books.handovers.give_up([waiting.id], "no"))
    assert ledger.read(lambda books: books.handovers.dead(Selection())) == ((waiting.id, None),)


def test_tries_are_counted_from_the_first(handing_over):
    ledger, ids = handing_over
    for began, next_try in ((10.0, 11.0), (12.0, 17.0)):
        (parcel,) = ledger.read(lambda books: books.handovers.parcels([ids[1]]))
        ledger.write(
            lambda books, parcel=parcel, began=began, next_try=next_try: books.handovers.failed(
                parcel, began=began, next_try_at=next_try, reason=f"at {began}"
            )
        )
    (parcel,) = ledger.read(lambda books: books.handovers.parcels([ids[1]]))
    assert (parcel.attempts, parcel.first_try_at, parcel.next_try_at) == (2, 10.0, 17.0)
    assert ledger.read(lambda books: books.handovers.legs(message(1).id)) == (Leg("waiting", "at 12.0"),)


def test_doubt_comes_and_goes(handing_over):
    ledger, ids = handing_over
    ledger.write(lambda books: books.handovers.doubt(ids[::2], 7.5))
    assert [p.doubt_since for p in ledger.read(lambda books: books.handovers.parcels(ids[::2]))] == [7.5, 7.5]
    ledger.write(lambda books: books.handovers.doubt(ids[:1], None))
    ledger.write(lambda books: books.handovers.arrived(ids[2:3]))
    assert [p.doubt_since for p in ledger.read(lambda books: books.handovers.parcels(ids[::2]))] == [None, None]
    ledger.write(lambda books: books.handovers.doubt([], 1.0))


def test_a_removed_webhook_takes_what_waited_along(handing_over):
    ledger, ids = handing_over
    ledger.write(lambda books: books.webhooks.remove(HOOK.id))
    assert [handover.id for handover in ledger.read(lambda books: books.handovers.waiting())] == ids[::2]
    assert ledger.read(lambda books: books.handovers.parcels(ids[1::2])) == []


def receipt(number, **fields):
    written = message(number)
    known = ReplyReceipt(
        written.id, ANN.id, "C1", Speaker("U1", "Alice", None), written.draft.text, 5.0 + number, Standing("sending"), 0
    )
    return replace(known, **fields)


def test_revived_hand_overs_wait_as_if_new(handing_over):
    ledger, ids = handing_over
    ledger.write(lambda books: books.receipts.add(receipt(1)))
    (parcel,) = ledger.read(lambda books: books.handovers.parcels([ids[1]]))
    ledger.write(lambda books: books.handovers.failed(parcel, began=1.0, next_try_at=2.0, reason="x"))
    ledger.write(lambda books: books.handovers.give_up(ids[:2], "no"))
    assert ledger.read(lambda books: books.handovers.unsettled(HOOK.id)) == (message(1).id,)
    assert ledger.read(lambda books: books.handovers.dead_of(message(1).id)) == (ids[0], ids[1])
    revived = ledger.write(lambda books: books.handovers.revive(ids[1:2]))
    assert [handover.id for handover in revived] == [ids[1]]
    (parcel,) = ledger.read(lambda books: books.handovers.parcels([ids[1]]))
    assert (parcel.state, parcel.attempts, parcel.first_try_at, parcel.next_try_at) == ("waiting", 0, None, None)
    assert states(ledger, ids[:1]) == ["dead"]
    ledger.write(lambda books: books.handovers.revive(ids[:1]))
    (to_bot,) = ledger.read(lambda books: books.handovers.parcels(ids[:1]))
    assert (to_bot.state, to_bot.doubt_since) == ("waiting", to_bot.accepted)


def test_deliveries_are_listed_by_state_and_webhook_and_found_for_a_replay(handing_over):
    ledger, ids = handing_over
    ledger.write(lambda books: books.handovers.give_up(ids[:2], "no"))

    def listed(state, webhook_id=None, after=0):
        found = ledger.read(lambda books: books.handovers.deliveries(state, webhook_id, after))
        return [(each.id, each.target, each.user_id, each.attempts, each.last_error) for each in found]

    assert listed("dead") == [(ids[0], None, "ann", 1, "no"), (ids[1], HOOK.target, "ann", 1, "no")]
    assert listed("dead", HOOK.id) == listed("dead", after=ids[0]) == listed("dead")[1:]
    assert [each[0] for each in listed("waiting")] == list(ids[2:])

    def meant(**selection):
        return [found for found, _ in ledger.read(lambda books: books.handovers.dead(Selection(**selection)))]

    assert meant() == list(ids[:2])
    assert meant(ids=(ids[0], ids[2], 999)) == [ids[0]]
    assert meant(webhook_id=HOOK.id) == [ids[1]]


def test_a_stranding_is_shown_anew_whenever_it_changes(handing_over):
    ledger, _ = handing_over
    message_id = message(1).id
    first = ledger.write(lambda books: books.strandings.refused(message_id, ANN.id, "too long", 5.0))
    assert ledger.read(lambda books: books.strandings.unshown()) == (first,) == (Unshown(5.0, message_id, ANN.id),)
    known = ledger.read(lambda books: books.strandings.find(message_id))
    ledger.write(lambda books: books.strandings.shown(known, Place("C1", "1.2")))
    assert ledger.read(lambda books: books.strandings.unshown()) == ()
    ledger.write(lambda books: books.strandings.change(known, "sending"))
    again = ledger.write(lambda books: books.strandings.refused(message_id, ANN.id, "again", 9.0))
    known = ledger.read(lambda books: books.strandings.find(message_id))
    assert (again.accepted, known.since, known.state, known.reason) == (5.0, 5.0, "failed", "again")
    assert (known.sequence, known.shown_sequence, known.place) == (3, 1, Place("C1", "1.2"))


def test_receipts_tell_what_the_bot_has_not_shown(handing_over):
    ledger, _ = handing_over
    first, second = receipt(1), receipt(2, sequence=1, speaker=Speaker("U2", "Bruno", "https://x/b.png"))
    ledger.write(lambda books: (books.receipts.add(first), books.receipts.add(second)))
    assert ledger.read(lambda books: books.receipts.unshown()) == (Unshown(7.0, second.message_id, ANN.id),)
    assert ledger.read(lambda books: books.receipts.find(second.message_id)) == second
    ledger.write(lambda books: books.receipts.change(first, Standing("failed", "404")))
    ledger.write(lambda books: books.receipts.shown(second, Place("C1", "1.2")))
    changed = replace(first, standing=Standing("failed", "404"), sequence=1)
    assert ledger.read(lambda books: books.receipts.find(first.message_id)) == changed
    assert ledger.read(lambda books: books.receipts.unshown()) == (Unshown(6.0, first.message_id, ANN.id),)
    told = replace(second, shown_sequence=1, place=Place("C1", "1.2"))
    assert ledger.read(lambda books: books.receipts.find(second.message_id)) == told
    ledger.write(lambda books: books.receipts.shown(changed, None))
    assert ledger.read(lambda books: books.receipts.unshown()) == ()
    assert ledger.read(lambda books: books.receipts.find("f" * 24)) is None


# ── events for streams ────────────────────────────────────────────────────────────────────────────────────────────


def test_events_are_told_in_the_order_of_their_writing_to_all_and_to_one(peopled):
    heard = []
    peopled.tell(lambda: heard.append(1))
    add(peopled, message(1), message(2, BOB))
    assert heard == []

    def job(books):
        events = books.stream_events
        events.add(ANN.id, "message", 1.5, message(1).id)
        events.about(message(2).id, "delivered", 2.5)  # whose that is, the message says
        events.about("f" * 24, "delivered", 2.5)  # gone
        events.add(ANN.id, "read", 3.5)

    peopled.write(job)
    assert heard == [1]
    told = peopled.read(lambda books: books.stream_events.since(0, 10))
    assert [(event.app_user_id, event.kind, event.message_id, event.at) for event in told] == [
        (ANN.id, "message", message(1).id, 1.5),
        (BOB.id, "delivered", message(2).id, 2.5),
        (ANN.id, "read", None, 3.5),
    ]
    first, second, third = told
    assert first.seq < second.seq < third.seq
    assert peopled.read(lambda books: books.stream_events.since(first.seq, 1)) == (second,)
    assert peopled.read(lambda books: books.stream_events.of(ANN.id, first.seq, third.seq, 10)) == (third,)
    assert peopled.read(lambda books: books.stream_events.of(ANN.id, 0, second.seq, 10)) == (first,)
    kept = peopled.read(lambda books: books.stream_events.kept())
    assert (kept.first, kept.last) == (first.seq, third.seq)
    peopled.write(lambda books: books.stream_events.forget(2.0, 10.0, 100))
    assert peopled.read(lambda books: books.stream_events.since(0, 10)) == (second, third)
    found = peopled.read(lambda books: books.stream_events.messages([message(1).id, "f" * 24]))
    assert found == {message(1).id: message(1)}


def test_events_of_what_is_undone_are_told_to_nobody(peopled):
    heard = []
    peopled.tell(lambda: heard.append(1))

    def job(books):
        books.stream_events.add(ANN.id, "read", 1.0)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        peopled.write(job)
    assert heard == []
    assert peopled.read(lambda books: books.stream_events.since(0, 10)) == ()


def test_replies_that_wait_to_be_fetched_are_found(peopled):
    add(peopled, message(1), message(2), message(3))

    def job(books):
        books.receipts.add(receipt(1, standing=Standing("waiting")))
        books.receipts.add(receipt(2, standing=Standing("delivered")))
        for number in (1, 2, 3):
            books.stream_events.add(ANN.id, "message", 1.0, message(number).id)

    peopled.write(job)
    last = peopled.read(lambda books: books.stream_events.kept()).last
    asked = [message(number).id for number in (1, 2, 3)]
    assert [found.message_id for found in peopled.read(lambda books: books.receipts.waiting(asked))] == [message(1).id]
    assert peopled.read(lambda books: books.stream_events.unacknowledged(ANN.id, last, 10)) == (message(1).id,)
    assert peopled.read(lambda books: books.stream_events.unacknowledged(ANN.id, last, 2)) == ()
    assert peopled.read(lambda books: books.stream_events.unacknowledged(BOB.id, last, 10)) == ()


# ── transactions ──────────────────────────────────────────────────────────────────────────────────────────────────


class RefusedError(Exception):
    """A job's own error."""


# ── who becomes somebody else ─────────────────────────────────────────────────────────────────────────────────────

VISITOR = AppUser("9" * 24, Conversation("8" * 24), None, Profile("V", "Visitor"))


@pytest.fixture
def visited(handing_over):
    """Ann's messages 1 and 2 wait; a visitor has one of the same millisecond, one later, and all else there is."""
    ledger, ids = handing_over

    def job(books):
        books.app_users.add(VISITOR, 2.0)
        books.devices.keep(VISITOR.id, Device("phone", "ios", 3.0))
        for number in (2, 7):
            books.messages.add(replace(message(number, VISITOR), id=f"{number + 90:024x}"))
        reply = message(8, VISITOR)
        books.messages.add(replace(reply, draft=replace(reply.draft, role="appMaker", author_id="7" * 24)))
        speaker = Speaker("UALICE", "Alice")
        books.receipts.add(ReplyReceipt(reply.id, VISITOR.id, "C1", speaker, "x", 8.0, Standing("waiting"), 1))
        books.strandings.refused(f"{92:024x}", VISITOR.id, "no", 9.0)
        books.stream_events.add(VISITOR.id, "message", 9.0, reply.id)
        orders = (Order(f"{97:024x}", Lane(VISITOR.id), "message:appUser", 7.0),)
        return books.handovers.add(orders)

    (waiting,) = ledger.write(job)
    return ledger, ids, waiting.id


def test_all_that_is_a_losers_becomes_the_survivors(visited):
    ledger, ids, theirs = visited
    one = ledger.write(lambda books: books.merges.join(ANN, VISITOR, 10.0))
    assert one.profile == replace(ANN.profile, surname="Visitor")
    assert one.conversation.last_received == message(8).received
    for ref in (VISITOR.id, ANN.id, "ann"):
        assert ledger.read(lambda books, ref=ref: books.app_users.find(ref)) == one
    page = ledger.read(lambda books: books.messages.page(one, Cut()))
    first = message(1).received
    told = [(found.id, found.received - first + 1, found.draft.author_id) for found in page.messages]
    assert told == [
        (f"{1:024x}", 1, ANN.id),
        (f"{2:024x}", 2, ANN.id),
        (f"{92:024x}", 3, ANN.id),
        (f"{97:024x}", 7, ANN.id),
        (f"{8:024x}", 8, "7" * 24),
    ]
    waiting = ledger.read(lambda books: books.handovers.waiting())
    assert [handover.id for handover in waiting] == [*ids, theirs]
    assert {handover.lane.app_user_id for handover in waiting} == {ANN.id}
    assert ledger.read(lambda books: books.devices.owner("phone")) == ANN.id
    assert {one.app_user_id for one in ledger.read(lambda books: books.receipts.unshown())} == {ANN.id}
    assert ledger.read(lambda books: books.strandings.find(f"{92:024x}")).app_user_id == ANN.id
    assert {one.app_user_id for one in ledger.read(lambda books: books.stream_events.since(0, 10))} == {ANN.id}


def test_however_many_messages_are_in_each_others_way_a_merge_asks_little(peopled):
    """The writer waits for it, and all others for the writer."""
    peopled.write(lambda books: books.app_users.add(VISITOR, 1.0))
    said = [message(number) for number in range(300)]
    theirs = [replace(message(number), id=f"{number + 1_000:024x}", app_user_id=VISITOR.id) for number in range(300)]
    add(peopled, *said, *theirs)
    asked = []
    event.listen(peopled._writer._engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    one = peopled.write(lambda books: books.merges.join(ANN, VISITOR, 10.0))
    assert 5 < len(asked) < 30  # those that are not prepared; of the others there are as many whatever is merged
    found, cut = [], Cut()
    while page := peopled.read(lambda books, cut=cut: books.messages.page(one, cut)).messages:
        found = [*page, *found]
        cut = Cut(before=page[0].received)
    assert [each.received for each in found] == [said[0].received + number for number in range(600)]
    assert [each.id for each in found] == [each.id for each in (*said, *theirs)]


def test_what_may_be_on_its_way_for_either_is_doubted_and_nothing_else(visited):
    ledger, ids, theirs = visited

    def job(books):
        for number in range(100, 100 + TOGETHER):
            books.messages.add(message(number))
        orders = [
            Order(f"{number:024x}", Lane(ANN.id), "message:appUser", 6.0) for number in range(100, 100 + TOGETHER)
        ]
        return [handover.id for handover in books.handovers.add(orders)]

    later = ledger.write(job)
    ledger.write(lambda books: books.merges.join(ANN, VISITOR, 10.0))
    parcels = ledger.read(lambda books: books.handovers.parcels([*ids[::2], theirs, *later]))
    assert [parcel.doubt_since for parcel in parcels] == [5.0, 5.0, 7.0, *[6.0] * (TOGETHER - 2), None, None]


def test_what_may_be_on_its_way_when_something_older_waits_again_is_doubted(handing_over):
    ledger, ids = handing_over
    ledger.write(lambda books: books.handovers.give_up(ids[:1], "no"))
    ledger.write(lambda books: books.handovers.revive(ids[:1]))
    parcels = ledger.read(lambda books: books.handovers.parcels(ids[::2]))
    assert [parcel.doubt_since for parcel in parcels] == [5.0, 5.0]


def test_a_merge_that_fails_leaves_both_as_they_were(visited):
    ledger, _, _ = visited

    def job(books):
        books.merges.join(ANN, VISITOR, 10.0)
        raise RuntimeError("a bug")

    with pytest.raises(RuntimeError):
        ledger.write(job)
    assert ledger.read(lambda books: books.app_users.find(VISITOR.id)) == VISITOR
    assert len(ledger.read(lambda books: books.messages.page(VISITOR, Cut())).messages) == 3


def test_an_order_to_merge_goes_before_its_lane_and_news_of_it_does_not(handing_over):
    ledger, _ = handing_over
    merge = Event("f" * 24, {"loser": VISITOR.id})
    orders = [Order(merge, Lane(ANN.id, webhook_id), "merge:appUser", 6.0) for webhook_id in (None, HOOK.id)]
    assert [one.overtakes for one in ledger.write(lambda books: books.handovers.add(orders))] == [True, False]
    assert [one.overtakes for one in ledger.read(lambda books: books.handovers.waiting())] == [False] * 4 + [
        True,
        False,
    ]


def test_keys_are_kept_until_they_are_revoked(ledger):
    keys = [Key("k1", "secret 1", 1.0), Key("k2", "secret 2", 2.0), Key("own", "", 3.0, revoked=3.0)]
    ledger.write(lambda books: [books.keys.add(key) for key in keys])
    assert ledger.read(lambda books: books.keys.all()) == tuple(keys)
    for now in (5.0, 6.0):
        ledger.write(lambda books, now=now: books.keys.revoke("k1", now))
    assert ledger.read(lambda books: books.keys.all()) == (Key("k1", "", 1.0, revoked=5.0), *keys[1:])
    assert "secret" not in repr(keys).replace("secret=", "")


def test_what_raises_leaves_nothing_behind(peopled):
    def job(books):
        books.messages.add(message(1))
        raise RefusedError

    with pytest.raises(RefusedError):
        peopled.write(job)
    assert peopled.read(lambda books: books.messages.find(message(1).id)) is None


def test_a_constraint_is_its_breakers_error(peopled):
    add(peopled, message(1))
    with pytest.raises(IntegrityError):
        add(peopled, message(1))
    with pytest.raises(IntegrityError):
        add(peopled, replace(message(2), app_user_id="f" * 24))


def together(ledger, jobs):
    """Run jobs from a thread each, all queued before the first may commit; returns each one's result or error."""
    gate, results = threading.Event(), [None] * len(jobs)

    def run(number, job):
        try:
            results[number] = ledger.write(job)
        except Exception as error:  # noqa: BLE001 - it is the result
            results[number] = error

    holder = threading.Thread(target=run, args=(0, lambda _: gate.wait(5)))
    holder.start()
    threads = [threading.Thread(target=run, args=(number, job)) for number, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    while len(ledger._writer._queue) < len(jobs):
        gate.wait(0.001)
    gate.set()
    for thread in [holder, *threads]:
        thread.join()
    return results


def test_jobs_that_wait_together_share_a_commit_and_a_bad_one_spoils_no_other(peopled):
    def adds(number):
        def job(books):
            books.messages.add(message(number))
            if number == 3:
                raise RefusedError
            if number == 5:
                books.messages.add(message(number))
            return number

        return job

    results = together(peopled, [adds(number) for number in range(8)])
    assert [result for result in results if isinstance(result, int)] == [0, 1, 2, 4, 6, 7]
    assert isinstance(results[3], RefusedError)
    assert isinstance(results[5], IntegrityError)
    found = [peopled.read(lambda books, n=n: books.messages.find(message(n).id)) is not None for n in range(8)]
    assert found == [True, True, True, False, True, False, True, True]


def test_jobs_that_wait_together_cost_one_commit(peopled):
    commits = []
    execute = peopled._writer._together

    def counted(tickets):
        commits.append(len(tickets))
        execute(tickets)

    peopled._writer._together = counted
    together(peopled, [lambda books, n=n: books.messages.add(message(n)) for n in range(10)])
    assert commits == [1, 10]


def test_readers_see_what_was_written_and_nothing_before(peopled):
    seen = []

    def job(books):
        books.messages.add(message(1))
        seen.append(peopled.read(lambda other: other.messages.find(message(1).id)))

    peopled.write(job)
    assert seen == [None]
    assert peopled.read(lambda books: books.messages.find(message(1).id)) == message(1)


# ── opening ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_second_owner_is_refused_until_the_first_is_gone(url, monkeypatch):
    monkeypatch.setattr("webhook_server.ledger.engine.LOCK_SECONDS", 0.2)
    first = Ledger(url)
    with pytest.raises(LedgerInUseError) as refused:
        Ledger(url)
    assert "one ledger has one owner" in str(refused.value)
    first.close()
    Ledger(url).close()


def test_what_is_kept_outlives_the_process(url):
    first = Ledger(url)
    first.write(lambda books: books.app_users.add(ANN, 1.0))
    first.close()
    second = Ledger(url)
    assert second.read(lambda books: books.app_users.find("ann")) == ANN
    second.close()


def test_the_migrations_make_the_tables_that_the_queries_use(ledger, url):
    engine = create_engine(url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_a_ledger_that_is_up_to_date_has_the_version_of_the_last_migration(ledger, url):
    """By which a start sees that there is nothing to upgrade."""
    engine = create_engine(url)
    with engine.connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == newest()
    engine.dispose()


def test_a_newer_schema_is_refused(url):
    Ledger(url).close()
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(LedgerUnusableError) as refused:
        Ledger(url)
    assert "newer version" in str(refused.value)
    with pytest.raises(LedgerUnusableError):  # and the lock was given back
        Ledger(url)


def test_it_can_be_written(ledger):
    ledger.check(1.0)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_text_that_postgresql_cannot_hold_is_its_askers_error(peopled):
    results = together(
        peopled,
        [
            lambda books: books.messages.add(message(1)),
            lambda books: books.messages.add(message(2, name="\0")),
        ],
    )
    assert results[0] is None
    assert isinstance(results[1], DataError)


# ── SQLite's own ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def file(tmp_path):
    return tmp_path / "ledger.sqlite3"


def test_sqlite_is_durable(file):
    ledger = Ledger(f"sqlite:///{file}")
    try:
        for connection in (ledger._writer._engine.connect(), ledger._readers.connect()):
            with connection:
                pragma = {
                    name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                    for name in ("journal_mode", "synchronous", "foreign_keys")
                }
                assert pragma == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    finally:
        ledger.close()


def test_nothing_is_found_by_scanning(file):
    Ledger(f"sqlite:///{file}").close()
    with sqlite3.connect(file) as connection:
        for query in (
            "SELECT * FROM app_users WHERE user_id = 'x'",
            "SELECT * FROM app_users WHERE id = 'x'",
            "SELECT * FROM messages WHERE id = 'x'",
            "SELECT * FROM messages WHERE app_user_id = 'x' AND received < 1 ORDER BY received DESC LIMIT 101",
            "SELECT * FROM handovers WHERE id IN (1, 2)",
            "SELECT * FROM handovers WHERE message_id = 'x' AND webhook_id IS NOT NULL ORDER BY id",
            "SELECT * FROM handovers WHERE webhook_id = 'x' AND state IN ('waiting', 'dead')",
            "SELECT id FROM handovers WHERE state = 'waiting' ORDER BY id",
            "UPDATE handovers SET app_user_id = 'y' WHERE app_user_id = 'x'",
            "UPDATE strandings SET app_user_id = 'y' WHERE app_user_id = 'x'",
            "SELECT * FROM receipts WHERE message_id = 'x'",
            "SELECT * FROM receipts WHERE shown_sequence < sequence ORDER BY accepted",
            "SELECT * FROM strandings WHERE shown_sequence < sequence ORDER BY since",
            "SELECT id FROM handovers WHERE state = 'dead' AND id > 5 ORDER BY id LIMIT 500",
            "SELECT * FROM cases WHERE app_user_id = 'x' AND closed_at IS NULL",
            "SELECT * FROM cases WHERE app_user_id = 'x' ORDER BY id DESC LIMIT 1",
            "SELECT * FROM cases WHERE closed_at IS NULL AND waiting_since IS NOT NULL ORDER BY waiting_since LIMIT 50",
            "SELECT * FROM cases WHERE closed_at IS NULL AND claimed_by_id = 'x'",
            "SELECT * FROM cases WHERE remind_at IS NOT NULL ORDER BY remind_at LIMIT 1",
            "SELECT * FROM cases WHERE told < sequence ORDER BY untold_since",
            "UPDATE cases SET app_user_id = 'y' WHERE app_user_id = 'x'",
            "SELECT count(*) FROM cases WHERE opened >= 5 AND opened < 9",
            "SELECT first_answer_at - opened FROM cases WHERE first_answer_at >= 5 ORDER BY 1 LIMIT 1 OFFSET 7",
            "SELECT closed_by_id, count(*) FROM cases WHERE closed_at >= 5 AND closed_by_id IS NOT NULL GROUP BY 1",
            "SELECT agent_id, count(*) FROM receipts WHERE accepted >= 5 GROUP BY 1",
            "SELECT count(*) FROM handovers WHERE state = 'waiting'",
            "DELETE FROM answers WHERE answered < 1 OR id = 'x'",
            "DELETE FROM answers WHERE app_user_id = 'x'",
        ):
            plan = [row[3] for row in connection.execute("EXPLAIN QUERY PLAN " + query)]
            assert not [step for step in plan if step.startswith("SCAN") and "USING INDEX" not in step], (query, plan)


def test_a_database_that_is_locked_at_the_start_is_not_called_broken(file, monkeypatch):
    monkeypatch.setattr("webhook_server.ledger.engine.BUSY_SECONDS", 0.05)
    Ledger(f"sqlite:///{file}").close()
    other = sqlite3.connect(file, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerUnusableError, match="at the moment: database is locked"):
            Ledger(f"sqlite:///{file}")
    finally:
        other.close()
    Ledger(f"sqlite:///{file}").close()


def test_a_locked_database_is_unavailable_and_recovers(file, monkeypatch):
    monkeypatch.setattr("webhook_server.ledger.engine.BUSY_SECONDS", 0.05)
    ledger = Ledger(f"sqlite:///{file}")
    other = sqlite3.connect(file, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerUnavailableError) as refused:
            ledger.check(1.0)
        assert "locked" in str(refused.value)
        other.execute("ROLLBACK")
        ledger.check(1.0)
    finally:
        other.close()
        ledger.close()


@pytest.mark.parametrize(
    "url", ["", "nonsense", "sqlite://", "sqlite:///:memory:", "mysql://x/y", "oracle://x", "postgresql+nodriver://x/y"]
)
def test_wrong_urls_are_refused_in_words(url):
    with pytest.raises(LedgerUnusableError) as refused:
        Ledger(url)
    assert str(refused.value).startswith("SK_DATABASE_URL: ")


def test_a_database_server_that_is_away_is_told_without_the_password():
    with pytest.raises(LedgerUnusableError) as refused:
        Ledger("postgresql+psycopg://sk:s3cret@127.0.0.1:9/x?connect_timeout=1")
    assert "does not answer" in str(refused.value)
    assert "s3cret" not in str(refused.value)


def test_what_is_no_database_is_refused(file):
    file.write_bytes(b"not a database, certainly not one" * 100)
    with pytest.raises(LedgerUnusableError) as refused:
        Ledger(f"sqlite:///{file}")
    assert "Restore a backup" in str(refused.value)
