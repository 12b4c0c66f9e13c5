"""What a message costs the ledger, counted: statements and commits, whoever executes them and however.

The limits are today's numbers. A change that lowers one lowers it here too; one that needs more says why.
"""

import sqlite3
import threading
from contextlib import closing, contextmanager

import pytest
from server_fakes import eventually

TIMES = 5
"""So often each thing is done, so that what happens only sometimes shows."""
NO_WORK = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "--")
"""Begins of what is no statement of ours: the frame of a transaction, settings, and triggers' own steps."""
_connect = sqlite3.dbapi2.connect


class Traced:
    """What SQLite itself was told to do, on every connection that this process opened."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._told = []
        self._kept = []

    def connect(self, *args, **options):
        """As `sqlite3.connect`."""
        connection = _connect(*args, **options)
        connection.set_trace_callback(self._note)
        return connection

    def _note(self, statement) -> None:
        with self._lock:
            self._told.append(statement.strip())

    def forget(self) -> None:
        with self._lock:
            self._told.clear()

    @contextmanager
    def alone(self):
        """Of all that happens, only what does meanwhile is counted, and what did in the same way before."""
        with self._lock:
            before, self._told = self._kept, []
        yield
        with self._lock:
            self._kept = before + self._told
            self._told = list(self._kept)

    def counts(self) -> tuple[int, int]:
        """Statements and commits since `forget`."""
        with self._lock:
            told = list(self._told)
        return sum(not each.startswith(NO_WORK) for each in told), told.count("COMMIT")

    def shown(self) -> str:
        """Everything, for whoever reads a failure."""
        return "\n".join(each[:160] for each in self._told)


@pytest.fixture
def traced(monkeypatch):
    """Installed before any office opens: ask for it before them."""
    traced = Traced()
    monkeypatch.setattr(sqlite3.dbapi2, "connect", traced.connect)
    monkeypatch.setattr(sqlite3, "connect", traced.connect)
    return traced


@pytest.fixture
def quiet(traced, office):
    """A webhook server whose courier rests: only what a request does itself is counted."""
    return office


@pytest.fixture
def busy(traced, busy_office, app):
    """A webhook server at work between a bot and an app with a webhook."""
    busy_office.register(app.url, "message:appMaker")
    return busy_office


def at_most(traced, *, statements, commits):
    """Hold what was counted for all `TIMES` against the limits for one."""
    told, committed = traced.counts()
    assert 0 < told <= TIMES * statements, traced.shown()
    assert committed <= TIMES * commits, traced.shown()


def settled(office, count):
    """Wait until so many hand-overs are done, every receipt and case shown; whoever looks is not counted."""
    path = office.settings.sk_data_dir / "ledger.sqlite3"

    def done():
        with closing(_connect(f"file:{path}?mode=ro", uri=True)) as ledger:
            rows = ledger.execute("SELECT state FROM handovers").fetchall()
            unshown = ledger.execute("SELECT 1 FROM receipts WHERE shown_sequence < sequence").fetchall()
            untold = ledger.execute("SELECT 1 FROM cases WHERE told < sequence AND quiet_until IS NULL").fetchall()
        return len(rows) == count and all(state == "done" for (state,) in rows) and not unshown and not untold

    eventually(done, f"{count} hand-overs done")


def test_accepting_a_message_of_a_known_app_user(traced, quiet):
    quiet.say("ann", "hello")
    traced.forget()
    for number in range(TIMES):
        quiet.say("ann", str(number))
    at_most(traced, statements=5, commits=1)


def test_accepting_a_reply(traced, quiet):
    quiet.say("ann", "hello")
    ann = quiet.user("ann")["_id"]
    quiet.reply(ann, "the first")
    traced.forget()
    for number in range(TIMES):
        quiet.clock.jump(1)
        quiet.reply(ann, str(number))
    at_most(traced, statements=10, commits=1)


def test_accepting_a_message_and_handing_it_over_to_the_bot(traced, busy):
    busy.say("ann", "hello")
    settled(busy, 1)
    traced.forget()
    for number in range(TIMES):
        busy.say("ann", str(number))
        settled(busy, 2 + number)
    at_most(traced, statements=10, commits=2)


def test_a_reply_until_the_webhook_has_it_and_the_bot_knows(traced, busy):
    busy.say("ann", "hello")
    ann = busy.user("ann")["_id"]
    busy.reply(ann, "the first")
    settled(busy, 2)
    traced.forget()
    for number in range(TIMES):
        busy.clock.jump(1)
        busy.reply(ann, str(number))
        settled(busy, 3 + number)
    at_most(traced, statements=24, commits=3)


def test_accepting_a_message_after_an_answer(traced, quiet):
    quiet.say("ann", "hello")
    ann = quiet.user("ann")["_id"]
    for number in range(TIMES):
        quiet.reply(ann, str(number))
        with traced.alone():
            quiet.say("ann", str(number))
    at_most(traced, statements=6, commits=1)


def test_a_live_dialogue_tells_the_bot_nothing_of_its_case(traced, busy, bot):
    busy.say("ann", "hello")
    ann = busy.user("ann")["_id"]
    busy.reply(ann, "the first")
    settled(busy, 2)
    told = len(bot.cases)
    traced.forget()
    for number in range(TIMES):
        busy.say("ann", str(number))
        settled(busy, 3 + 2 * number)
        busy.reply(ann, str(number))
        settled(busy, 4 + 2 * number)
    assert len(bot.cases) == told
    at_most(traced, statements=35, commits=5)
