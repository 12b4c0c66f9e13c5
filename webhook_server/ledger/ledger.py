"""The only place where messages live. Writing means that it is on disk."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from webhook_server.domain.reminders import Policy
from webhook_server.ledger import engine
from webhook_server.ledger.answers import Answers
from webhook_server.ledger.app_users import AppUsers
from webhook_server.ledger.canned import CannedAnswers
from webhook_server.ledger.cases import Cases
from webhook_server.ledger.devices import Devices
from webhook_server.ledger.dossier import Dossier
from webhook_server.ledger.erasures import Erasures
from webhook_server.ledger.forgetting import Forgetting
from webhook_server.ledger.handovers import Handovers
from webhook_server.ledger.keys import Keys
from webhook_server.ledger.media import MediaBook
from webhook_server.ledger.merges import Merges
from webhook_server.ledger.messages import Messages
from webhook_server.ledger.notes import Notes
from webhook_server.ledger.numbers import Numbers
from webhook_server.ledger.receipts import Receipts
from webhook_server.ledger.schema import migrate
from webhook_server.ledger.sightings import Sightings
from webhook_server.ledger.strandings import Strandings
from webhook_server.ledger.stream_events import StreamEvents
from webhook_server.ledger.tables import probe
from webhook_server.ledger.team import Team
from webhook_server.ledger.webhooks import KnownWebhooks, Webhooks
from webhook_server.ledger.writer import Writer, unavailable

Result = TypeVar("Result")

NEVER = Policy()
"""Nobody is reminded of who waits."""


class Books:
    """Everything in the ledger, seen through one connection."""

    __slots__ = (
        "answers",
        "app_users",
        "canned",
        "cases",
        "connection",
        "devices",
        "dossier",
        "erasures",
        "forgetting",
        "handovers",
        "keys",
        "media",
        "merges",
        "messages",
        "notes",
        "numbers",
        "receipts",
        "sightings",
        "strandings",
        "stream_events",
        "team",
        "webhooks",
    )

    def __init__(
        self,
        connection: Connection,
        policy: Policy = NEVER,
        known: KnownWebhooks | None = None,
        who: object = None,
    ) -> None:
        self.connection = connection
        self.app_users = AppUsers(connection)
        self.cases = Cases(connection, policy)
        self.devices = Devices(connection)
        self.dossier = Dossier(connection)
        self.erasures = Erasures(connection)
        self.forgetting = Forgetting(connection)
        self.messages = Messages(connection)
        self.notes = Notes(connection)
        self.canned = CannedAnswers(connection)
        self.media = MediaBook(connection)
        self.numbers = Numbers(connection)
        self.webhooks = Webhooks(connection, known, who)
        self.handovers = Handovers(connection)
        self.receipts = Receipts(connection)
        self.strandings = Strandings(connection)
        self.stream_events = StreamEvents(connection)
        self.team = Team(connection)
        self.answers = Answers(connection)
        self.merges = Merges(connection)
        self.keys = Keys(connection)
        self.sightings = Sightings(connection)


class Ledger:
    """The ledger at `url`, owned by this process alone until `close`. Safe to use from many threads.

    `policy` says when people are reminded of cases that wait.

    Raises:
        LedgerInUseError: another process owns it.
        LedgerUnusableError: it cannot be opened.
    """

    def __init__(self, url: str, policy: Policy = NEVER) -> None:
        parsed = engine.parse(url)
        self._is_file = parsed.get_backend_name() == "sqlite"
        self._owner = engine.own(parsed)
        try:
            writing = engine.writing(parsed)
            migrate(writing)
            self._readers = engine.reading(parsed)
        except BaseException:
            self._owner.release()
            raise
        self._writer = Writer(writing)
        self._webhooks = KnownWebhooks()
        self.policy = policy
        self._heard: Callable[[], None] = lambda: None
        self._set: Callable[[float], None] = lambda _: None

    def tell(self, heard: Callable[[], None]) -> None:
        """Let `heard` be called whenever events for streams were written. It must not wait."""
        self._heard = heard

    def tell_timers(self, heard: Callable[[float], None]) -> None:
        """Let `heard` be called with the time of each timer that was set. It must not wait."""
        self._set = heard

    def write(self, job: Callable[[Books], Result]) -> Result:
        """Run `job` in a transaction; when this returns, what it wrote is on disk. What it raises undoes it.

        `job` may run more than once, with nothing left of the earlier runs: it must touch the books only.

        Raises:
            LedgerUnavailableError: the database cannot be written.
        """
        last: Books | None = None

        def run(connection: Connection) -> Result:
            nonlocal last
            last = Books(connection, self.policy, self._webhooks, run)
            return job(last)

        try:
            result = self._writer.run(run)
        finally:
            self._webhooks.settled(run)
        if last is not None and last.stream_events.added:
            self._heard()
        if last is not None and last.cases.first_due is not None:
            self._set(last.cases.first_due)
        return result

    def read(self, job: Callable[[Books], Result]) -> Result:
        """Run `job`, which only reads. It never waits for a writer.

        Raises:
            LedgerUnavailableError: the database cannot be read.
        """
        try:
            with self._readers.connect() as connection:
                return job(Books(connection, self.policy))
        except (OperationalError, PoolTimeoutError) as error:
            raise unavailable(error) from error

    def check(self, now: float) -> None:
        """Write something.

        Raises:
            LedgerUnavailableError: the database cannot be written.
        """
        self.write(lambda books: books.connection.execute(update(probe).values(written=now)).rowcount)

    def scrub(self) -> bool:
        """Leave nothing in the ledger's files of what was removed. Returns False where that has to wait.

        Only SQLite is told to: it keeps a log of what was written until somebody empties it. PostgreSQL cleans up by
        itself.
        """
        return not self._is_file or self._writer.alone(engine.truncate_log)

    def close(self) -> None:
        """Finish the write under way, close all connections and give up the ownership."""
        self._writer.close()
        self._readers.dispose()
        self._owner.release()
