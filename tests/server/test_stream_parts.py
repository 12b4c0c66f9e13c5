"""The stream's parts: frames, the wheel of heartbeats, where clients go on, what is kept, and what goes wrong."""

import json
import socket
import time

import pytest
from ears import Ear
from hypothesis import given
from hypothesis import strategies as st
from server_fakes import eventually
from stream_office import StreamOffice

from webhook_server.domain.stream import KEPT_SECONDS, Kept, Listening, Start, StreamEvent, Typing, start
from webhook_server.ledger import LedgerUnavailableError
from webhook_server.stream import frames
from webhook_server.stream.client import Client, prepare
from webhook_server.stream.frames import Frame
from webhook_server.stream.lines import Lines, Timing
from webhook_server.stream.wheel import SLOTS, Wheel


@pytest.mark.parametrize(
    ("given_id", "kept", "expected"),
    [
        pytest.param(None, Kept(5, 9), Start(9), id="begins now"),
        pytest.param("", Kept(5, 9), Start(9), id="an empty header is none"),
        pytest.param("9", Kept(5, 9), Start(9, resumed=True), id="has everything"),
        pytest.param("6", Kept(5, 9), Start(6, resumed=True), id="missed some"),
        pytest.param("4", Kept(5, 9), Start(4, resumed=True), id="has the last that was forgotten"),
        pytest.param("3", Kept(5, 9), Start(9, reset=True), id="may have missed what was forgotten"),
        pytest.param("10", Kept(5, 9), Start(9, reset=True), id="from the future"),
        pytest.param("0", Kept(0, 0), Start(0, resumed=True), id="nothing ever happened"),
        pytest.param("0", Kept(1, 3), Start(0, resumed=True), id="came before the first"),
        pytest.param(" 7", Kept(5, 9), Start(9, reset=True), id="no number"),
        pytest.param("\N{ARABIC-INDIC DIGIT SEVEN}", Kept(5, 9), Start(9, reset=True), id="another script's number"),
    ],
)
def test_where_a_client_goes_on(given_id, kept, expected):
    assert start(given_id, kept) == expected


@given(st.text(), st.dictionaries(st.text(), st.text()))
def test_an_event_is_one_line_of_data_whatever_it_tells(text, metadata):
    shape = {"text": text, "metadata": metadata}
    try:
        data = frames.happened(StreamEvent(7, "u", "message", "m", 1.5), shape)
    except UnicodeEncodeError:  # lone surrogates never come into the ledger
        return
    assert data.startswith(b"id: 7\ndata: ")
    assert data.endswith(b"\n\n")
    assert data.count(b"\n") == 3
    assert b"\r" not in data
    assert json.loads(data.split(b"data: ", 1)[1])["message"] == shape


def test_typing_goes_on_from_where_the_client_is():
    data = frames.types(Typing("u", typing=True, role="appMaker", at=2.0), 41)
    assert data == b'id: 41\ndata: {"type":"typing:start","role":"appMaker","timestamp":2.0}\n\n'


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(frames.types(Typing("u", typing=True, role="appMaker", at=2.0004999), 41), id="typing"),
        pytest.param(frames.happened(StreamEvent(7, "u", "message", "m", 2.0004999), None), id="an event"),
        pytest.param(frames.opening(Start(7, reset=True), 1.0, 2.0004999), id="a reset"),
    ],
)
def test_times_are_told_to_the_millisecond(data):
    assert data.endswith(b'"timestamp":2.0}\n\n')


def test_everybody_has_a_turn_in_each_turn_of_the_wheel(monkeypatch):
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    wheel = Wheel(15.0)
    assert wheel.wait() is None
    assert wheel.due() == ()
    for number in range(40):
        wheel.add(number)
    seen = []
    for _ in range(2 * SLOTS):
        assert wheel.wait() == pytest.approx(1.0)
        assert wheel.due() == ()
        now += 1.0
        assert wheel.wait() == pytest.approx(0.0)
        turn = wheel.due()
        assert len(turn) <= 3
        seen += turn
    assert sorted(seen) == sorted([*range(40), *range(40)])
    for number in range(40):
        wheel.discard(number)
    wheel.discard("stranger")
    assert wheel.wait() is None


def add(office, number, kind="reset"):
    def job(books):
        user = books.app_users.find("ann")
        for _ in range(number):
            books.stream_events.add(user.id, kind, office.clock.now())

    office.ledger.write(job)


def kept(office):
    found = office.ledger.read(lambda books: books.stream_events.kept())
    return found.first, found.last


def forget(office, most=100):
    now = office.clock.now()
    return office.ledger.write(lambda books: books.stream_events.forget(now - KEPT_SECONDS, now, most))


def test_events_are_forgotten_from_the_beginning_and_the_newest_stays(office):
    office.say("ann", "hello")
    assert kept(office) == (0, 0)
    assert forget(office) is False
    add(office, 3)
    office.clock.turn(KEPT_SECONDS / 2)
    add(office, 3)
    assert forget(office) is False
    assert kept(office) == (1, 6)
    office.clock.turn(KEPT_SECONDS / 2 + 1)
    assert forget(office, 2) is True
    assert kept(office) == (3, 6)
    assert forget(office, 2) is False
    assert kept(office) == (4, 6)
    office.clock.turn(KEPT_SECONDS)
    assert forget(office) is False
    assert kept(office) == (6, 6)


def test_a_clock_that_was_wrong_leaves_no_gap_and_blocks_nothing(office):
    office.say("ann", "hello")
    add(office, 2)
    office.clock.jump(-2 * KEPT_SECONDS)
    add(office, 2)
    office.clock.jump(2 * KEPT_SECONDS)
    assert forget(office) is False
    assert kept(office) == (1, 4)  # two that are too old lie behind two that are not
    office.clock.jump(-365 * KEPT_SECONDS)
    add(office, 1)
    forget(office)
    assert kept(office) == (5, 5)  # nobody knows how old those are that come from the future


@pytest.fixture
def serving(tmp_path, clock, ids, bot):
    office = StreamOffice(tmp_path / "data", clock, ids, bot.url).serve()
    yield office
    office.end()


def test_events_that_are_old_are_forgotten_by_and_by(serving):
    serving.begun("ann")
    add(serving, 500)
    serving.clock.turn(KEPT_SECONDS + 601)
    eventually(lambda: kept(serving) == (501, 501))


def test_a_ledger_that_cannot_be_read_for_a_while_loses_no_event(serving, monkeypatch):
    ann = serving.begun("ann")
    with serving.listen("ann") as ear:
        read, broken = serving.ledger.read, True

        def maybe(job):
            if broken:
                raise LedgerUnavailableError("locked")
            return read(job)

        monkeypatch.setattr(serving.ledger, "read", maybe)
        for text in ("one", "two"):
            serving.reply(ann, text)
        broken = False
        assert ear.texts(2) == ["one", "two"]


def test_a_broken_client_ends_nobody_elses_stream(serving, monkeypatch):
    ann = serving.begun("ann")
    with serving.listen("ann") as ear, serving.listen("ann") as other:
        unlucky, lucky = serving.hub._clients[ann]
        eventually(lambda: unlucky.unwritten == lucky.unwritten == 0)
        unlucky.sent = "nonsense"
        serving.reply(ann, "hello")
        outcomes = sorted((heard(ear), heard(other)), key=str)
        assert outcomes == ["ended", "hello"]


def heard(ear):
    try:
        return ear.texts(1)[0]
    except EOFError:
        return "ended"


def test_a_client_whose_app_user_became_another_while_it_came_is_let_go(serving, monkeypatch):
    """The merge is on disk before the client's connection is the hub's, so nobody tells the hub of it any more."""
    ann = serving.begun("ann")
    find = serving.ledger.read
    user = find(lambda books: books.app_users.by_id(ann))
    monkeypatch.setattr(type(serving.ledger.read(lambda books: books.app_users)), "by_id", lambda *_: None)
    with serving.ear("ann").head() as ear:
        assert ear.status == 200
        ear.body()
    assert user is not None


def test_a_message_that_is_gone_is_passed_over(serving):
    ann = serving.begun("ann")
    with serving.listen("ann") as ear:
        begin = ear.last_id
        serving.ledger.write(lambda books: books.stream_events.add(ann, "message", 1.0, "f" * 24))
        serving.reply(ann, "hello")
        assert ear.texts(1) == ["hello"]
    with serving.listen("ann", begin) as ear:
        assert ear.texts(1) == ["hello"]


def test_a_stop_with_many_clients_is_quick_and_closes_all(tmp_path, clock, ids, bot):
    office = StreamOffice(tmp_path / "other", clock, ids, bot.url).serve()
    office.begun("ann")
    token = {"Authorization": f"Bearer {office.token({'scope': 'app'})}"}
    ears = [Ear(office.port, "/v1/appusers/ann/stream", headers=token).opened() for _ in range(20)]
    began = time.monotonic()
    office.end()
    assert time.monotonic() - began < 4
    assert all(ear.ended() for ear in ears)


class Nobody:
    """A crowd that does not care."""

    def gone(self, client):
        pass

    def drained(self):
        pass

    def got(self, replies):
        pass


def test_a_line_begins_with_its_head_though_a_heartbeat_is_due():
    lines = Lines(Nobody(), Timing(heartbeat=0.001))
    lines.start()
    ours, theirs = socket.socketpair()
    with theirs:
        prepare(ours)
        lines.hold(Client(ours, Listening("ann", Start(0), 0), time.monotonic()), Frame(b"HEAD"))
        assert theirs.recv(4, socket.MSG_WAITALL) == b"HEAD"
        assert theirs.recv(len(frames.HEARTBEAT), socket.MSG_WAITALL) == frames.HEARTBEAT
        lines.stop(time.monotonic() + 2)
