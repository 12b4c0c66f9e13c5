"""Whatever happens to replies: what agents are told stays true, and what was read stays read."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from server_fakes import CountingIds, TurnableClock
from server_office import Office

from webhook_server import outcomes

FINAL = {"read", "failed"}


class Replies(RuleBasedStateMachine):
    """Agents reply, webhooks take it or not, the app user reads, fetches nothing, and everything may be deleted."""

    def __init__(self):
        super().__init__()
        self.directory = Path(tempfile.mkdtemp())
        self.clock = TurnableClock()
        self.office = Office(self.directory, self.clock, CountingIds())
        self.hooks = [self.office.register(f"https://shop.example/{number}", "*")["_id"] for number in range(2)]
        self.office.say("ann", "hello")
        self.ann = self.office.user("ann")["_id"]
        self.unread, self.count = 0, 0
        self.read_ones, self.alive = set(), set()

    def teardown(self):
        self.office.close()
        shutil.rmtree(self.directory)

    def rows(self, statement, *given):
        with self.office.ledger._readers.connect() as connection:
            return connection.exec_driver_sql(statement, given).all()

    def states(self):
        return dict(self.rows("SELECT message_id, state FROM receipts"))

    def on_their_way(self):
        """The hand-overs of replies that wait."""
        found = self.rows(
            "SELECT id FROM handovers WHERE trigger = 'message:appMaker' AND state = 'waiting' AND message_id IN "
            "(SELECT message_id FROM receipts) ORDER BY id"
        )
        return [row[0] for row in found]

    def events(self, trigger):
        return self.rows("SELECT count(*) FROM handovers WHERE trigger = ?", trigger)[0][0]

    @rule()
    def reply(self):
        self.clock.turn(1)
        self.count += 1
        message_id = f"{self.count:024x}".replace("0", "f")
        assert self.office.reply(self.ann, f"reply {self.count}", message_id=message_id).status_code == 200
        self.unread += 1
        self.alive.add(message_id)

    @rule()
    def the_app_speaks(self):
        self.office.say("ann", "welcome", role="appMaker")
        self.unread += 1

    @rule()
    def read(self):
        before, told = self.states(), self.events("conversation:read")
        news = self.unread or any(state not in FINAL for state in before.values())
        assert self.office.as_app("POST", "/v1/appusers/ann/conversation/read").status_code == 200
        assert self.events("conversation:read") == told + (2 if news else 0)
        self.read_ones |= {message_id for message_id, state in before.items() if state != "failed"}
        self.unread = 0

    @precondition(lambda self: self.on_their_way())
    @rule(which=st.integers(0, 100), taken=st.booleans(), final=st.booleans())
    def try_webhook(self, which, taken, final):
        waiting = self.on_their_way()
        now = self.clock.now()

        def job(books):
            [parcel] = books.handovers.parcels([waiting[which % len(waiting)]])
            if taken:
                return outcomes.arrived(books, parcel, now)
            if final:
                return outcomes.given_up(books, parcel, "the app's server answered 404", now)
            return outcomes.failed(books, parcel, "500", began=now, next_try_at=now + 1)

        self.office.ledger.write(job)

    @precondition(lambda self: self.alive)
    @rule(which=st.integers(0, 100))
    def retry(self, which):
        now, reply = self.clock.now(), sorted(self.alive)[which % len(self.alive)]
        self.office.ledger.write(lambda books: outcomes.retry(books, reply, now))

    @precondition(lambda self: len(self.alive) > 3)
    @rule()
    def delete(self):
        assert self.office.as_app("DELETE", "/v1/appusers/ann/messages").status_code == 200
        self.unread = 0
        self.alive.clear()

    @invariant()
    def nothing_is_unread_but_what_came_since(self):
        stop = {"role": "appUser", "type": "typing:stop"}
        answer = self.office.as_app("POST", "/v1/appusers/ann/conversation/activity", stop)
        assert answer.json["conversation"]["unreadCount"] == self.unread

    @invariant()
    def every_reply_stands_as_its_webhooks_do_unless_it_was_read(self):
        states = self.states()
        assert states.keys() == self.alive
        for message_id, state in states.items():
            if message_id in self.read_ones:
                assert state == "read"
                continue
            legs = {row[0] for row in self.rows("SELECT state FROM handovers WHERE message_id = ?", message_id)}
            assert state == ("failed" if "dead" in legs else "sending" if "waiting" in legs else "delivered")

    @invariant()
    def deliveries_end_once(self):
        """One event for each of the two webhooks; a failure may come again after a retry, a success never."""
        for message_id in self.alive:
            told = self.rows(
                "SELECT count(*) FROM handovers WHERE trigger = 'delivery:success' AND payload LIKE ?",
                f'%"{message_id}"%',
            )
            legs = {row[0] for row in self.rows("SELECT state FROM handovers WHERE message_id = ?", message_id)}
            assert told[0][0] == (2 if legs == {"done"} else 0)


Replies.TestCase.settings = settings(
    max_examples=20, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
test_replies = Replies.TestCase
