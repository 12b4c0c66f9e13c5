"""Feeding, step by step: whatever the order of things, clients are told what comes after their ID, in order, once."""

from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from webhook_server.domain.stream import Listening, Start
from webhook_server.domain.values import AppUser, Conversation, Draft, Message
from webhook_server.ledger import Ledger, LedgerUnavailableError
from webhook_server.stream import feeder
from webhook_server.stream.client import Client
from webhook_server.stream.feeder import Feeder

USERS = [AppUser(f"{number:024x}", Conversation(f"{number:024x}")) for number in (1, 2)]

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.integers(0, 1), st.integers(1, 9)),
        st.tuples(st.just("come"), st.integers(0, 1), st.floats(0, 1)),
        st.tuples(st.just("turn"), st.just(0), st.just(0)),
        st.tuples(st.just("read"), st.integers(0, 5), st.just(0)),
        st.tuples(st.just("lock"), st.integers(0, 5), st.just(0)),
        st.tuples(st.just("leave"), st.integers(0, 5), st.just(0)),
    ),
    max_size=40,
)


class Told:
    """Stands in for the lines: notes what each client is told, and writes it when a test says so."""

    def __init__(self):
        self.frames = {}
        self.unread = {}

    def put(self, client, frames):
        self.frames.setdefault(client, []).extend(frames)
        self.unread.setdefault(client, []).extend(frames)

    def read(self, client):
        client.written += sum(len(frame.data) for frame in self.unread.pop(client, []))

    def hang_up(self, client):
        raise AssertionError(client)

    def ids(self, client):
        return [int(frame.data.split(b"\n")[0].removeprefix(b"id: ")) for frame in self.frames.get(client, [])]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    ledger = Ledger(f"sqlite:///{tmp_path_factory.mktemp('feeding')}/ledger.sqlite3")

    def job(books):
        for user in USERS:
            books.app_users.add(user, 1.0)
            books.messages.add(Message(user.id, user.id, 1, Draft("appMaker", user.id, "x" * 20)))

    ledger.write(job)
    yield ledger
    ledger.close()


@pytest.fixture
def small(monkeypatch):
    """Pages and rooms so small that everything overflows."""
    monkeypatch.setattr(feeder, "PAGE", 4)
    monkeypatch.setattr(feeder, "MESSAGES", 3)
    monkeypatch.setattr(feeder, "ROOM_BYTES", 500)


class Scene:
    """One run: clients come, read and leave while events are written."""

    def __init__(self, ledger):
        self.ledger, self.told, self.clients = ledger, Told(), []
        self.reads_until_locked = None
        self.feeder = Feeder(
            SimpleNamespace(read=self.read_ledger),
            self.told,
            lambda message: {"text": message.draft.text},
            lambda _: None,
        )
        self.begin = ledger.read(lambda books: books.stream_events.kept()).last

    def read_ledger(self, job):
        """The ledger as the feeder has it: locked once, when a test wants that."""
        if self.reads_until_locked == 0:
            self.reads_until_locked = None
            raise LedgerUnavailableError("locked")
        if self.reads_until_locked:
            self.reads_until_locked -= 1
        return self.ledger.read(job)

    def lock(self, after, _):
        self.reads_until_locked = after

    def write(self, whose, number):
        user = USERS[whose]

        def job(books):
            for _ in range(number):
                books.stream_events.add(user.id, "message", 1.0, user.id)

        self.ledger.write(job)
        self.feeder.news()

    def come(self, whose, part):
        """Somebody who knows a part of what was written."""
        last = self.ledger.read(lambda books: books.stream_events.kept()).last
        cursor = self.begin + round((last - self.begin) * part)
        client = Client(None, Listening(USERS[whose].id, Start(cursor, resumed=True), 0), 0.0)
        self.clients.append(client)
        self.feeder.come(client)

    def turn(self, *_):
        """One turn of the feeder's thread."""
        self.feeder._wait(0)
        return self.feeder._turn()

    def read(self, which, _=None):
        if which < len(self.clients):
            self.told.read(self.clients[which])
            self.feeder.drained()

    def leave(self, which, _):
        if which < len(self.clients):
            self.feeder.leave(self.clients.pop(which))

    def settle(self):
        """Everybody reads until there is nothing left to say."""
        while True:
            for client in self.clients:
                self.told.read(client)
            if self.turn() is None and not any(client.behind or client.unwritten for client in self.clients):
                return


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(steps=[("come", 0, 1.0), ("turn", 0, 0), ("write", 0, 1), ("lock", 0, 0)])
@example(steps=[("come", 0, 1.0), ("turn", 0, 0), ("write", 0, 9), ("lock", 2, 0), ("turn", 0, 0)])
@given(steps=STEPS)
def test_each_client_is_told_everything_after_its_id_in_order_once(ledger, small, steps):
    scene = Scene(ledger)
    for what, *details in steps:
        getattr(scene, what)(*details)
    most = max((client.unwritten for client in scene.clients), default=0)
    scene.settle()
    for client in scene.clients:
        whose, cursor = client.listening.app_user_id, client.listening.start.cursor
        written = ledger.read(
            lambda books, whose=whose, cursor=cursor: books.stream_events.of(whose, cursor, 2**40, 9999)
        )
        assert scene.told.ids(client) == [event.seq for event in written]
    assert most <= 500 + 150  # the room, and the one event that did not quite fit
