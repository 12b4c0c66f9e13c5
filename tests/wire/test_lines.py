"""Connections are kept between calls, and what breaks on a kept one is judged as on a new one."""

import socket
import threading
from contextlib import contextmanager, suppress

import pytest

from wire.client import DoorClient, NoAnswerError, PeerAwayError, TooMuchError
from wire.ids import AppUserId, MessageId
from wire.lines import IDLE_SECONDS, MOST_IDLE, Lines
from wire.messages import MEDIA, OUTCOME, PROFILE, Later, MediaRequest, ProfileRequest

REQUEST = ProfileRequest(app_user_id=AppUserId("a" * 24))
BODY = b'{"result": "later", "seconds": 2, "reason": "busy"}'
ANSWER = f"HTTP/1.1 200 OK\r\nContent-Length: {len(BODY)}\r\n\r\n".encode() + BODY
TORN = ANSWER[:-5]
BYE = ANSWER.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")


class Peer:
    """Answers the requests of each connection with `answers` in turn, then with the last; None: it hangs up."""

    def __init__(self, answers, port=0):
        self.answers = list(answers)
        self.connections = []
        self.requests = 0
        self._listening = socket.create_server(("127.0.0.1", port), backlog=256)
        self.port = self._listening.getsockname()[1]
        self._thread = threading.Thread(target=self._accept)
        self._thread.start()

    @property
    def client(self):
        return DoorClient(f"http://127.0.0.1:{self.port}", "s3cret", answer_seconds=5)

    def hang_up(self):
        """Close every connection that is there."""
        for connection in self.connections:
            connection.close()

    def say(self, rubbish):
        """Say something on every connection that nobody asked for."""
        for connection in self.connections:
            connection.say(rubbish)

    def stop(self):
        self._listening.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listening.close()
        for connection in self.connections:
            connection.close()

    def _accept(self):
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            line = _Line(connection, self)
            self.connections.append(line)
            line.start()


class _Line(threading.Thread):
    def __init__(self, connection, peer):
        super().__init__(daemon=True)
        self._connection, self._peer = connection, peer

    def say(self, rubbish):
        self._connection.sendall(rubbish)

    def close(self):
        with suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)
        self.join(5)
        self._connection.close()

    def run(self):
        answers = list(self._peer.answers)
        received = b""
        try:
            while piece := self._connection.recv(65536):
                received += piece
                head, end, body = received.partition(b"\r\n\r\n")
                if not end or len(body) < _length(head):
                    continue
                received = b""
                self._peer.requests += 1
                answer = answers.pop(0) if len(answers) > 1 else answers[0]
                if answer is not None:
                    self._connection.sendall(answer)
                if answer in (None, TORN, BYE):
                    self._connection.shutdown(socket.SHUT_RDWR)
                    return
        except OSError:
            return


def _length(head):
    return next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length"))


@contextmanager
def peer(*answers, port=0):
    there = Peer(answers or [ANSWER], port)
    try:
        yield there
    finally:
        there.stop()


def ask(client):
    return client.call(PROFILE, REQUEST, OUTCOME)


def test_calls_one_after_another_share_a_connection():
    with peer() as there:
        client = there.client
        assert [ask(client) for _ in range(5)] == [Later(seconds=2, reason="busy")] * 5
        assert (len(there.connections), there.requests) == (1, 5)
        client.close()


def test_a_peer_that_closes_after_its_answer_is_asked_on_a_new_connection():
    with peer(BYE) as there:
        client = there.client
        for _ in range(3):
            ask(client)
        assert len(there.connections) == there.requests == 3


def test_a_connection_that_the_peer_closed_while_it_was_idle_is_not_used():
    with peer() as there:
        client = there.client
        ask(client)
        there.hang_up()
        ask(client)
        assert (len(there.connections), there.requests) == (2, 2)
        client.close()


def test_a_connection_on_which_the_peer_said_more_than_its_answer_is_not_used():
    with peer() as there:
        client = there.client
        ask(client)
        there.say(b"rubbish")
        ask(client)
        assert len(there.connections) == 2
        client.close()


def test_a_peer_that_went_away_between_calls_was_sent_nothing_and_is_found_when_it_is_back():
    with peer() as there:
        client = there.client
        ask(client)
    with pytest.raises(PeerAwayError):
        ask(client)
    with peer(port=there.port) as back:
        ask(client)
        assert back.requests == 1
        client.close()


@pytest.mark.parametrize("last", [None, TORN], ids=["no answer", "half an answer"])
def test_a_kept_connection_that_breaks_under_a_request_leaves_it_open_what_happened(last):
    """And the request was sent once."""
    with peer(ANSWER, last) as there:
        client = there.client
        ask(client)
        with pytest.raises(NoAnswerError):
            ask(client)
        assert (len(there.connections), there.requests) == (1, 2)
        ask(client)
        assert len(there.connections) == 2
        client.close()


def test_a_connection_whose_answer_was_not_read_to_its_end_is_not_used_again():
    with peer() as there:
        client = there.client
        for _ in range(2):
            with pytest.raises(TooMuchError):
                client.fetch(MEDIA, MediaRequest(message_id=MessageId("b" * 24)), most_bytes=3)
        assert len(there.connections) == 2


def test_an_answer_that_came_too_late_is_no_later_calls_answer():
    with peer(b"", ANSWER + ANSWER) as there:
        client = there.client
        with pytest.raises(NoAnswerError):
            client.call(PROFILE, REQUEST, OUTCOME, answer_seconds=0.1)
        there.answers = [ANSWER]
        ask(client)
        assert len(there.connections) == 2
        client.close()


def test_a_request_that_could_not_be_written_whole_was_not_carried_out():
    """The peer reads nothing, so a large request stands in the way, half sent, until the time is over."""
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        client = DoorClient(f"http://127.0.0.1:{deaf.getsockname()[1]}", "s3cret", answer_seconds=0.1)
        with pytest.raises(PeerAwayError):
            client.call(PROFILE, ProfileRequest(app_user_id=AppUserId("a" * 20_000_000)), OUTCOME)


def test_many_threads_have_a_connection_each_and_share_them_in_time():
    with peer() as there:
        client = there.client
        answers = []

        def work():
            answers.extend(ask(client) for _ in range(20))

        threads = [threading.Thread(target=work) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert answers == [Later(seconds=2, reason="busy")] * 320
        assert there.requests == 320
        assert len(there.connections) <= 16
        client.close()


def test_after_the_close_nothing_is_kept():
    with peer() as there:
        client = there.client
        ask(client)
        client.close()
        ask(client)
        ask(client)
        assert len(there.connections) == 3


class Fake:
    """A connection of which it is only known whether it is open."""

    def __init__(self):
        self.sock, self._other = socket.socketpair()

    def connect(self):
        pass

    def close(self):
        if self.sock is not None:
            self.sock.close()
            self._other.close()
            self.sock = None


def test_a_connection_that_was_idle_for_too_long_is_closed_and_not_used():
    now = [0.0]
    lines = Lines(Fake, monotonic=lambda: now[0])
    old, fresh = lines.take(), lines.take()
    lines.give_back(old)
    now[0] = 20.0
    lines.give_back(fresh)
    now[0] = IDLE_SECONDS
    again = lines.take()
    assert again is fresh
    assert old.sock is None
    again.close()


def test_no_more_connections_are_kept_than_so_many():
    lines = Lines(Fake)
    taken = [lines.take() for _ in range(MOST_IDLE + 3)]
    for one in taken:
        lines.give_back(one)
    assert [one.sock for one in taken[-3:]] == [None] * 3
    assert taken[0].sock is not None
    lines.close()
    assert all(one.sock is None for one in taken)


def test_a_request_goes_out_in_one_piece(monkeypatch):
    """Head and body together: whoever waits for them wakes once."""
    pieces = []
    sendall = socket.socket.sendall

    def noted(sock, data, *flags):
        pieces.append(bytes(data))
        return sendall(sock, data, *flags)

    with peer() as there:
        client = there.client
        monkeypatch.setattr(socket.socket, "sendall", noted)
        client.call(PROFILE, REQUEST, OUTCOME)
        monkeypatch.undo()
        client.close()
    asked = [piece for piece in pieces if piece.startswith(b"POST ")]
    assert len(asked) == 1
    assert asked[0].endswith(REQUEST.model_dump_json(exclude_none=True).encode())
