"""The streams as the rest of the house sees them: who listens, who comes, what is told besides the ledger's events."""

import resource
import socket
import threading
import time
from collections.abc import Callable, Iterable

import structlog

from webhook_server.clock import Clock, Jitter
from webhook_server.domain.errands import Errands
from webhook_server.domain.stream import Listening, Typing
from webhook_server.domain.values import Message
from webhook_server.errors import TooManyListenersError, TooManyStreamsError
from webhook_server.ledger import Ledger
from webhook_server.stream.clerk import Clerk
from webhook_server.stream.client import Client, prepare
from webhook_server.stream.feeder import Feeder
from webhook_server.stream.frames import Frame, Shape
from webhook_server.stream.lines import Lines, Timing
from wire.ids import AppUserId, MessageId

CLIENTS = 3000
"""So many clients may listen at a time; fewer where the system lets this process open few files."""
RETRY_SECONDS = 1.5
CLIENTS_OF_ONE = 20
"""So many of them may be one app user's: devices, and windows of browsers."""

_log = structlog.get_logger()


class Hub:
    """All that listen, and the threads that tell them: lines, feeder and clerk. `_lock` guards who listens.

    What happened is told by writing it to `books.stream_events`, and by nothing else: the hub hears when that is on
    disk. Nothing here waits for a client.
    """

    def __init__(
        self,
        ledger: Ledger,
        *,
        clock: Clock,
        jitter: Jitter,
        render: Callable[[Message], Shape],
        run: Callable[[Errands], None],
        timing: Timing,
    ) -> None:
        self._jitter = jitter
        self._lock = threading.Lock()
        self._clients: dict[AppUserId, set[Client]] = {}
        self._count = 0
        self._most = CLIENTS
        self._stopping = False
        self.era = 0
        """Grows whenever all have to show anew that they may listen."""
        self._lines = Lines(self, timing)
        self._clerk = Clerk(ledger, clock, run)
        self._feeder = Feeder(ledger, self._lines, render, self._clerk.got)
        ledger.tell(self._news)

    def start(self) -> None:
        """Begin to tell."""
        files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        if files != resource.RLIM_INFINITY:
            self._most = min(CLIENTS, files // 2)
        self._lines.start()
        self._feeder.start()
        self._clerk.start()

    def stop(self, seconds: float) -> None:
        """Tell what is known, let all clients go, and write down what they got, within `seconds`.

        They come back to whoever is there next.
        """
        with self._lock:
            self._stopping = True
        deadline = time.monotonic() + seconds
        self._feeder.stop(deadline)
        self._lines.stop(deadline)
        self._clerk.stop(deadline)

    def retry_seconds(self) -> float:
        """When a client shall come back that was disconnected: not all of them at once."""
        return RETRY_SECONDS + self._jitter() * RETRY_SECONDS

    def check_room(self, app_user_id: AppUserId) -> None:
        """Whether one more may listen.

        Raises:
            TooManyListenersError: the app user has enough.
            TooManyStreamsError: there are enough of them altogether.
        """
        with self._lock:
            if self._count >= self._most:
                raise TooManyStreamsError(self._most)
            if len(self._clients.get(app_user_id, ())) >= CLIENTS_OF_ONE:
                raise TooManyListenersError(CLIENTS_OF_ONE)

    def take(self, connection: socket.socket, beginning: bytes, listening: Listening) -> None:
        """Let a client listen: say `beginning`, and then what happens. The connection is the hub's from now on."""
        prepare(connection)
        client = Client(connection, listening, time.monotonic())
        with self._lock:
            refused = self._stopping or listening.era != self.era
            if not refused:
                self._clients.setdefault(listening.app_user_id, set()).add(client)
                self._count += 1
        if refused:
            connection.close()
            return
        client.queued += len(beginning)
        self._lines.hold(client, Frame(beginning))
        self._feeder.come(client)

    def listening(self, app_user_id: AppUserId) -> bool:
        """Whether a client of this app user listens."""
        with self._lock:
            return app_user_id in self._clients

    def typing(self, typing: Typing) -> None:
        """Somebody types: tell those who listen now, and nobody else ever."""
        if self.listening(typing.app_user_id):
            self._feeder.typing(typing)

    def close(self, app_user_id: AppUserId) -> None:
        """Let all clients of an app user go: they come back, and find who that is by now."""
        with self._lock:
            clients = tuple(self._clients.get(app_user_id, ()))
        for client in clients:
            self._lines.hang_up(client)

    def close_all(self) -> None:
        """Let all clients go: they come back, those who still may."""
        with self._lock:
            self.era += 1
            clients = [client for each in self._clients.values() for client in each]
        for client in clients:
            self._lines.hang_up(client)

    def got(self, replies: Iterable[MessageId]) -> None:
        """A client of the app user has these messages: their agents, if any wait to hear that, are told in a moment."""
        self._clerk.got(replies)

    def gone(self, client: Client) -> None:
        """A client's connection is closed. Called by the lines."""
        whose = client.listening.app_user_id
        with self._lock:
            clients = self._clients.get(whose, set())
            if client in clients:
                clients.discard(client)
                self._count -= 1
            if not clients:
                self._clients.pop(whose, None)
        self._feeder.leave(client)

    def drained(self) -> None:
        """All that waited for a client was written. Called by the lines."""
        self._feeder.drained()

    def _news(self) -> None:
        """Events are on disk. Where nobody listens, nobody reads them."""
        if self._count:
            self._feeder.news()
