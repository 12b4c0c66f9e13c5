"""The thread that reads events from the ledger and puts each on its way to those who listen, in order, once."""

import contextlib
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

import structlog

from webhook_server.domain.stream import StreamEvent, Typing
from webhook_server.domain.values import Message
from webhook_server.ledger import Ledger, LedgerUnavailableError
from webhook_server.stream import frames
from webhook_server.stream.admission import CHANGES, acknowledged, may_listen
from webhook_server.stream.audience import Audience
from webhook_server.stream.client import Client
from webhook_server.stream.frames import Frame, Shape
from webhook_server.stream.lines import Lines
from wire.ids import AppUserId, MessageId

PAGE = 200
"""Events that are read at a time."""
MESSAGES = 16
"""Messages that are read at a time: each may be long."""
ROOM_BYTES = 64 * 1024
"""A client for whom more than so much waits gets nothing further until that is written."""
TYPING_BYTES = 16 * 1024
"""A client for whom more than so much waits is not told who types."""

_AGAIN_SECONDS = 1.0

_Batch = dict[Client, list[Frame]]

_log = structlog.get_logger()


class Feeder:
    """Feeds clients. One is `live` once it was told all up to `_tail`, the event up to which everybody's were read.

    One that is `behind` (it just came, or is slow) is fed for itself, from the last event that it was told, until it
    has caught up. So what it missed and what happens meanwhile come the same way. `_changed` guards what others call;
    all else belongs to the feeder's thread.
    """

    def __init__(
        self,
        ledger: Ledger,
        lines: Lines,
        render: Callable[[Message], Shape],
        got: Callable[[Iterable[MessageId]], None],
    ) -> None:
        self._ledger = ledger
        self._lines = lines
        self._render = render
        self._got = got
        self._changed = threading.Condition()
        self._calls: deque[Callable[[], None]] = deque()
        self._typing: deque[Typing] = deque()
        self._news = False
        self._stopping = False
        self._audience = Audience()
        self._tail: int | None = None
        self._thread = threading.Thread(target=self._run, name="stream-feeder", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def news(self) -> None:
        """Events were written."""
        with self._changed:
            if not self._news:
                self._news = True
                self._changed.notify()

    def come(self, client: Client) -> None:
        """Feed a client from now on."""
        self._call(partial(self._audience.come, client))

    def leave(self, client: Client) -> None:
        """Feed a client no longer."""
        self._call(partial(self._audience.leave, client))

    def drained(self) -> None:
        """A client that is behind has room again."""
        self._call(lambda: None)

    def typing(self, typing: Typing) -> None:
        """Somebody types: tell those who listen now."""
        self._call(partial(self._typing.append, typing))

    def stop(self, deadline: float) -> None:
        """Put on its way what is written, and end; return at `deadline` (monotonic) at the latest."""
        with self._changed:
            self._stopping = True
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join(max(0.0, deadline - time.monotonic()))

    def _call(self, what: Callable[[], None]) -> None:
        with self._changed:
            self._calls.append(what)
            self._changed.notify()

    def _run(self) -> None:
        again: float | None = None
        while not self._stopping:
            self._wait(again)
            again = self._turn()
        self._turn()

    def _wait(self, seconds: float | None) -> None:
        """Wait until there is something to do, `seconds` at most."""
        with self._changed:
            if not (self._calls or self._news or self._stopping):
                self._changed.wait(seconds)
            self._news = False

    def _turn(self) -> float | None:
        """Do what there is to do. Returns when to look again though nobody calls."""
        try:
            while self._calls:
                self._calls.popleft()()
            self._follow()
            self._catch_up()
            while self._typing:
                self._tell_typing(self._typing.popleft())
        except LedgerUnavailableError as error:
            _log.error("ledger_unavailable", stream=True, error=str(error))
            return _AGAIN_SECONDS
        except Exception:  # noqa: BLE001 - the edge: what broke once must not silence all streams
            _log.exception("feeding_broke")
            return _AGAIN_SECONDS
        finally:
            self._typing.clear()
        return 0.0 if self._audience.ready() else None

    def _follow(self) -> None:
        """Tell those who are live what happened since."""
        if not self._audience:
            self._tail = None
            return
        if self._tail is None:
            self._tail = self._ledger.read(lambda books: books.stream_events.kept()).last
        while events := self._since(self._tail):
            self._look_again({event.app_user_id for event in events if event.kind in CHANGES})
            heard = [event for event in events if self._audience.live(event.app_user_id)]
            with self._sending() as batch:
                for event, frame in self._frames(heard):
                    for client in self._audience.live(event.app_user_id):
                        self._give(client, event, frame, batch)
            self._tail = events[-1].seq
            if len(events) < PAGE:
                return

    def _since(self, seq: int) -> tuple[StreamEvent, ...]:
        return self._ledger.read(lambda books: books.stream_events.since(seq, PAGE))

    def _catch_up(self) -> None:
        """Tell each of those who are behind, and have room, some of what they missed."""
        for client in self._audience.ready():
            if not client.known and not self._get_to_know(client):
                self._let_go(client)
                continue
            events = self._missed(client)
            with self._sending() as batch:
                for event, frame in self._frames(events):
                    if not self._give(client, event, frame, batch):
                        break
                else:
                    if len(events) < PAGE:
                        self._audience.catch_up(client)

    def _missed(self, client: Client) -> tuple[StreamEvent, ...]:
        whose, told, tail = client.listening.app_user_id, client.told, self._tail or 0
        return self._ledger.read(lambda books: books.stream_events.of(whose, told, tail, PAGE))

    @contextlib.contextmanager
    def _sending(self) -> Iterator[_Batch]:
        """Frames that are sent together; also where the ledger fails half-way: `told` tells that they were."""
        batch: _Batch = defaultdict(list)
        try:
            yield batch
        finally:
            for client, frames_of in batch.items():
                self._lines.put(client, tuple(frames_of))

    def _give(self, client: Client, event: StreamEvent, frame: Frame | None, batch: _Batch) -> bool:
        """Put an event on its way to a client, unless it has it already. Returns whether the client had room."""
        if client.unwritten > ROOM_BYTES:
            self._audience.fall_behind(client)
            return False
        if event.seq > client.told:
            client.told = event.seq
            if frame is not None:
                client.queued += len(frame.data)
                batch[client].append(frame)
        return True

    def _get_to_know(self, client: Client) -> bool:
        """Whether the client may listen, since it was let in a moment ago; what it has already, its agents hear."""
        listening = client.listening
        client.known = self._ledger.read(lambda books: may_listen(books, listening))
        if client.known and (had := self._ledger.read(lambda books: acknowledged(books, listening))):
            self._got(had)
        return client.known

    def _look_again(self, whose: Iterable[AppUserId]) -> None:
        """Let those go who may not listen to these app users any longer, before they are told what happened since."""
        clients = [client for each in whose for client in self._audience.all(each)]
        if not clients:
            return
        for client in self._ledger.read(lambda books: [one for one in clients if not may_listen(books, one.listening)]):
            self._let_go(client)

    def _let_go(self, client: Client) -> None:
        self._audience.leave(client)
        self._lines.hang_up(client)

    def _frames(self, events: Sequence[StreamEvent]) -> Iterator[tuple[StreamEvent, Frame | None]]:
        """Events as they are sent; None where the message is gone by now, or clients are not told."""
        for begin in range(0, len(events), MESSAGES):
            some = events[begin : begin + MESSAGES]
            messages = self._messages([event.message_id for event in some if event.message_id])
            for event in some:
                message = messages.get(event.message_id) if event.message_id else None
                if event.kind == "locked" or (event.message_id and message is None):
                    yield event, None
                    continue
                data = frames.happened(event, self._render(message) if message else None)
                yield event, Frame(data, event.message_id if event.awaited else None)

    def _messages(self, ids: list[MessageId]) -> dict[MessageId, Message]:
        return self._ledger.read(lambda books: books.stream_events.messages(ids)) if ids else {}

    def _tell_typing(self, typing: Typing) -> None:
        """Whoever has much to hear already hears this later, when it is no longer true: rather not at all."""
        for client in self._audience.all(typing.app_user_id):
            if client.known and client.unwritten < TYPING_BYTES:
                frame = Frame(frames.types(typing, client.told))
                client.queued += len(frame.data)
                self._lines.put(client, (frame,))
