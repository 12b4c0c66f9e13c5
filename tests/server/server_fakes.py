"""Stand-ins for what is outside the webhook server: a clock to turn, a bot, and an app that receives webhooks."""

import contextlib
import json
import socket
import threading
import time
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from reference import hold_payload_against_reference

from wire.cases import CASE, CaseNews
from wire.messages import (
    ERASE,
    MERGED,
    RECEIPT,
    RECEIVE,
    STRANDED,
    Done,
    Erase,
    Erased,
    Incoming,
    Merged,
    Place,
    Receipt,
    Stranded,
)
from wire.signature import SIGNATURE_HEADER, TIMESTAMP_HEADER, verify

DEADLINE = 8.0


def eventually(condition, what="it"):
    """Ask `condition` until its answer is true, and return the answer."""
    until = time.monotonic() + DEADLINE
    while not (answer := condition()):
        if time.monotonic() > until:
            message = f"{what} did not come true within {DEADLINE} s"
            raise AssertionError(message)
        time.sleep(0.005)
    return answer


class TurnableClock:
    """Time stands still until a test turns it. Whoever waits for a time wakes up when it is turned."""

    def __init__(self, now=1_700_000_000.0):
        self._now = now
        self._monotonic = 1000.0
        self._waiting = set()

    def now(self):
        return self._now

    def monotonic(self):
        return self._monotonic

    def wait(self, condition, seconds):
        self._waiting.add(condition)
        condition.wait(0.02 if seconds is not None else None)

    def turn(self, seconds):
        self._now += seconds
        self._monotonic += seconds
        for condition in list(self._waiting):
            with condition:
                condition.notify_all()

    def jump(self, seconds):
        """The wall clock is set; real time does not pass."""
        self._now += seconds


class CountingIds:
    """IDs that can be read: 000…1, 000…2."""

    def __init__(self):
        self._count = 0
        self._lock = threading.Lock()

    def __call__(self):
        with self._lock:
            self._count += 1
            return f"{self._count:024x}"


class _PeerHandler(BaseHTTPRequestHandler):
    """One connection: it is kept, as the bot and many apps keep it."""

    protocol_version = "HTTP/1.1"
    busy = False

    def do_POST(self):
        self.busy = True
        try:
            self._answer()
        finally:
            self.busy = False
            self.close_connection |= self.server.leaving

    def _answer(self):
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        if len(body) < length:  # the peer left in the middle of it
            self.close_connection = True
            return
        answer = self.server.peer.answer(self.path, dict(self.headers.items()), body)
        if answer is None:  # no answer at all
            self.close_connection = True
            return
        status, content, headers = answer
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


class _PeerServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    leaving = False

    def __init__(self, port, peer):
        self.peer = peer
        self._handlers = []
        super().__init__(("127.0.0.1", port), _PeerHandler)

    def finish_request(self, request, client_address):
        handler = _PeerHandler.__new__(_PeerHandler)
        self._handlers.append(handler)
        handler.__init__(request, client_address, self)

    def let_go(self):
        """Close what is kept; what is under way is answered first."""
        self.leaving = True
        for handler in self._handlers:
            if not handler.busy:
                with contextlib.suppress(OSError, AttributeError):
                    handler.connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, *_):
        pass


class HttpPeer:
    """An HTTP server on a thread of its own, which can leave and come back on the same port."""

    def __init__(self):
        self._port = 0
        self._http = None
        self.arrive()

    @property
    def url(self):
        return f"http://127.0.0.1:{self._port}"

    def arrive(self):
        """Listen (again)."""
        self._http = _PeerServer(self._port, self)
        self._port = self._http.server_address[1]
        threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True).start()

    def leave(self):
        """Stop listening: connections are refused, and kept ones end."""
        if self._http:
            self._http.shutdown()
            self._http.server_close()
            self._http.let_go()
            self._http = None

    def answer(self, path, headers, body):
        raise NotImplementedError


class FakeBot(HttpPeer):
    """The bot's internal API. Answers done, unless told otherwise; NO_ANSWER drops the connection after reading."""

    NO_ANSWER = object()

    def __init__(self, secret):
        self._secret = secret
        self._lock = threading.Lock()
        self.incoming = []
        self.receipts = []
        self.stranded = []
        self.merged = []
        self.erased = []
        self.cases = []
        self.acknowledged = []
        self.next_outcomes = deque()
        self.next_receipt_outcomes = deque()
        self.next_merge_outcomes = deque()
        self.next_erasure_outcomes = deque()
        self.next_case_outcomes = deque()
        self.gate = threading.Event()
        self.gate.set()
        self.at_once = 0
        self.most_at_once = 0
        self.overtaken = set()
        self._busy = set()
        super().__init__()

    @property
    def texts(self):
        return [message.text for incoming in self.incoming for message in incoming.messages]

    def texts_of(self, app_user_id):
        return [m.text for incoming in self.incoming if incoming.app_user_id == app_user_id for m in incoming.messages]

    @property
    def states(self):
        return [receipt.state for receipt in self.receipts]

    def answer(self, path, headers, body):
        timestamp, signature = headers[TIMESTAMP_HEADER], headers[SIGNATURE_HEADER]
        verify(self._secret, "POST", path, body, timestamp=timestamp, signature=signature, now=int(timestamp))
        kinds = {RECEIVE: Incoming, RECEIPT: Receipt, STRANDED: Stranded, MERGED: Merged, ERASE: Erase, CASE: CaseNews}
        said = kinds[path].model_validate_json(body)
        outcome = self._carry_out(said, path)
        if outcome is self.NO_ANSWER:
            return None
        if isinstance(outcome, int):
            content = json.dumps({"error": {"code": "refused", "description": "told to refuse"}}).encode()
            return outcome, content, {}
        return 200, outcome.model_dump_json().encode(), {}

    def _carry_out(self, said, path):
        whose = (path, said.case.app_user_id if path == CASE else said.app_user_id)
        with self._lock:
            if whose in self._busy:
                self.overtaken.add(whose)
            self._busy.add(whose)
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            heard = {RECEIVE: self.incoming, RECEIPT: self.receipts, STRANDED: self.stranded, MERGED: self.merged}
            heard[CASE] = self.cases
            acknowledges = getattr(said, "reported", False)
            heard.get(path, self.acknowledged if acknowledges else self.erased).append(said)
            told = {
                RECEIVE: self.next_outcomes,
                MERGED: self.next_merge_outcomes,
                ERASE: self.next_erasure_outcomes,
                CASE: self.next_case_outcomes,
            }
            outcomes = told.get(path, self.next_receipt_outcomes)
            place = getattr(said, "place", None) or Place(channel_id="C1", ts=f"{time.time():.6f}")
            done = Erased(deleted=0) if path == ERASE else Done(place=place)
            outcome = outcomes.popleft() if outcomes and not acknowledges else done
        self.gate.wait(DEADLINE)
        with self._lock:
            self._busy.discard(whose)
            self.at_once -= 1
        return outcome


class FakeApp(HttpPeer):
    """The app's server, which receives webhooks. Answers 200, unless told otherwise; None drops the connection."""

    def __init__(self):
        self._lock = threading.Lock()
        self.requests = []
        self.next_statuses = deque()
        self.statuses_of = {}
        super().__init__()

    def leave(self):
        """Stop listening. What came must have been as the reference tells."""
        super().leave()
        for _, _, body in self.requests:
            hold_payload_against_reference(body)

    def answer(self, path, headers, body):
        with self._lock:
            self.requests.append((path, headers, body))
            user_id = json.loads(body)["appUser"].get("userId")
            if user_id in self.statuses_of:
                status = self.statuses_of[user_id]
            else:
                status = self.next_statuses.popleft() if self.next_statuses else 200
        if status is None:
            return None
        return status, b"ok", {"Location": self.url + "/elsewhere"} if 300 <= status < 400 else {}

    @property
    def bodies(self):
        return [json.loads(body) for _, _, body in self.requests]

    @property
    def texts(self):
        return [message["text"] for body in self.bodies for message in body["messages"]]
