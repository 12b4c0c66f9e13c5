"""The one client of the internal API. It tells apart what the other side cannot have seen from what it may have."""

import http.client
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from typing import TypeVar
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError

from wire.lines import Lines, PlainLine, SecureLine
from wire.messages import RefusalBody, Said
from wire.signature import sign

Answer = TypeVar("Answer")

_PIECE = 64 * 1024


class DoorError(Exception):
    """Base of what can go wrong at the door."""


class PeerAwayError(DoorError):
    """Nothing was carried out: the other process is not there, did not get all of it, or is not ready for work."""


class NoAnswerError(DoorError):
    """The request was sent and no answer came: it may have been carried out."""


class RefusedError(DoorError):
    """The other process refused: `code` and `description` say why.

    `at` is when it happened that stands in the way, `who` the person who does, where there is one.
    """

    def __init__(
        self, status: int, code: str, description: str, at: float | None = None, who: str | None = None
    ) -> None:
        super().__init__(f"{code}: {description}")
        self.status = status
        self.code = code
        self.description = description
        self.at = at
        self.who = who


class TooMuchError(DoorError):
    """The answer is longer than the caller takes."""


@dataclass(frozen=True)
class Fetched:
    """Bytes that came through the door. `name` and `type` are what the peer calls them, empty if it does not."""

    content: bytes
    name: str
    type: str


class DoorClient:
    """Speaks to the other process at `base_url`. Safe to use from many threads. Connections are kept between calls.

    A call is sent once, also where a kept connection breaks: the other process may have carried it out by then.
    `connect_seconds` bounds reaching the peer, `answer_seconds` bounds each wait for its answer.
    """

    def __init__(
        self,
        base_url: str,
        secret: str,
        *,
        connect_seconds: float = 1.0,
        answer_seconds: float = 30.0,
        now: Callable[[], float] = time.time,
    ) -> None:
        parts = urlsplit(base_url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"{base_url!r} is no http URL")
        self._parts = parts
        self._secret = secret
        self._connect_seconds = connect_seconds
        self._answer_seconds = answer_seconds
        self._now = now
        self._lines = Lines(self._line)

    def close(self) -> None:
        """Close the connections that are kept. Calls may still be made."""
        self._lines.close()

    def call(
        self, path: str, said: Said, answer: TypeAdapter[Answer], *, answer_seconds: float | None = None
    ) -> Answer:
        """Say `said` to `path` and read the answer.

        Raises:
            PeerAwayError: it was not sent, or not all of it, or the peer answered 503.
            NoAnswerError: it was sent, and the answer is missing or makes no sense.
            RefusedError: the peer refused with a status from 400 to 499.
        """
        response, content = self._ask(path, said, answer_seconds, None)
        return _understood(response.status, content, answer)

    def fetch(self, path: str, said: Said, *, most_bytes: int, answer_seconds: float | None = None) -> Fetched:
        """Say `said` to `path` and read the bytes that are the answer.

        Raises:
            TooMuchError: there are more than `most_bytes`; no more than that is read.
            DoorError: what `call` raises.
        """
        response, content = self._ask(path, said, answer_seconds, most_bytes)
        if response.status != http.HTTPStatus.OK:
            raise _refusal(response.status, content)
        head = Message()
        head["Content-Disposition"] = response.headers.get("Content-Disposition", "")
        return Fetched(content, head.get_filename() or "", response.headers.get_content_type())

    def _line(self) -> http.client.HTTPConnection:
        kind = SecureLine if self._parts.scheme == "https" else PlainLine
        return kind(str(self._parts.hostname), self._parts.port, timeout=self._connect_seconds)

    def _ask(
        self, path: str, said: Said, answer_seconds: float | None, most_bytes: int | None
    ) -> tuple[http.client.HTTPResponse, bytes]:
        try:
            connection = self._lines.take()
        except OSError as error:
            raise PeerAwayError(f"nobody answers at {self._parts.netloc}: {error}") from error
        try:
            connection.sock.settimeout(answer_seconds or self._answer_seconds)
            response = self._send(connection, path, said)
            content = self._read(response, most_bytes)
        except BaseException:
            connection.close()  # an answer may still come on it
            raise
        self._lines.give_back(connection)
        return response, content

    def _send(self, connection: http.client.HTTPConnection, path: str, said: Said) -> http.client.HTTPResponse:
        body = said.model_dump_json(exclude_none=True).encode()
        headers = {"Content-Type": "application/json", **sign(self._secret, "POST", path, body, self._now())}
        try:
            connection.request("POST", self._parts.path.rstrip("/") + path, body, headers)
        except OSError as error:  # the end of the body was not even written, and its signature covers it whole
            raise PeerAwayError(f"{self._parts.netloc} went away: {error!r}") from error
        try:
            return connection.getresponse()
        except (OSError, http.client.HTTPException) as error:
            raise self._no_answer(error) from error

    def _read(self, response: http.client.HTTPResponse, most_bytes: int | None) -> bytes:
        """All of the answer, if it has no more than `most_bytes`."""
        if most_bytes is not None and (response.length or 0) > most_bytes:
            raise TooMuchError(f"{response.length} bytes")
        pieces: list[bytes] = []
        size = 0
        try:
            while piece := response.read(_PIECE):
                pieces.append(piece)
                size += len(piece)
                if most_bytes is not None and size > most_bytes:
                    raise TooMuchError(f"more than {most_bytes} bytes")
        except (OSError, http.client.HTTPException) as error:
            raise self._no_answer(error) from error
        if response.length:  # the peer promised more
            raise self._no_answer(EOFError("the answer broke off"))
        return b"".join(pieces)

    def _no_answer(self, error: Exception) -> NoAnswerError:
        return NoAnswerError(f"no answer from {self._parts.netloc}: {error!r}")


def _understood(status: int, content: bytes, answer: TypeAdapter[Answer]) -> Answer:
    if status != http.HTTPStatus.OK:
        raise _refusal(status, content)
    try:
        return answer.validate_json(content)
    except ValidationError as error:
        raise NoAnswerError("the answer (status 200) makes no sense") from error


def _refusal(status: int, content: bytes) -> DoorError:
    try:
        refusal = RefusalBody.model_validate_json(content).error
    except ValidationError:
        return NoAnswerError(f"the answer (status {status}) makes no sense")
    if status == http.HTTPStatus.SERVICE_UNAVAILABLE:
        return PeerAwayError(refusal.description)
    if 400 <= status < 500:  # noqa: PLR2004 - HTTP's range of refusals
        return RefusedError(status, refusal.code, refusal.description, refusal.at, refusal.who)
    return NoAnswerError(f"status {status}: {refusal.description}")
