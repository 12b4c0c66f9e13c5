"""The one client of the internal API. It tells apart what the other side cannot have seen from what it may have."""

import http.client
import time
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError

from wire.messages import RefusalBody, Said
from wire.signature import sign

Answer = TypeVar("Answer")


class DoorError(Exception):
    """Base of what can go wrong at the door."""


class PeerAwayError(DoorError):
    """Nothing was sent: the other process is not there, or not ready for work."""


class NoAnswerError(DoorError):
    """The request was sent and no answer came: it may have been carried out."""


class RefusedError(DoorError):
    """The other process refused; `code`, `description` and, where it has a time, `at` say why."""

    def __init__(self, status: int, code: str, description: str, at: float | None = None) -> None:
        super().__init__(f"{code}: {description}")
        self.status = status
        self.code = code
        self.description = description
        self.at = at


class DoorClient:
    """Speaks to the other process at `base_url`. Safe to use from many threads: a call opens its own connection.

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

    def call(
        self, path: str, said: Said, answer: TypeAdapter[Answer], *, answer_seconds: float | None = None
    ) -> Answer:
        """Say `said` to `path` and read the answer.

        Raises:
            PeerAwayError: nothing was sent, or the peer answered 503.
            NoAnswerError: it was sent, and the answer is missing or makes no sense.
            RefusedError: the peer refused with a status from 400 to 499.
        """
        body = said.model_dump_json(exclude_none=True).encode()
        connection = self._connect()
        try:
            status, content = self._exchange(connection, path, body, answer_seconds or self._answer_seconds)
        finally:
            connection.close()
        return _read(status, content, answer)

    def _connect(self) -> http.client.HTTPConnection:
        kind = http.client.HTTPSConnection if self._parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(str(self._parts.hostname), self._parts.port, timeout=self._connect_seconds)
        try:
            connection.connect()
        except OSError as error:
            connection.close()
            raise PeerAwayError(f"nobody answers at {self._parts.netloc}: {error}") from error
        return connection

    def _exchange(
        self, connection: http.client.HTTPConnection, path: str, body: bytes, answer_seconds: float
    ) -> tuple[int, bytes]:
        headers = {
            "Content-Type": "application/json",
            "Connection": "close",
            **sign(self._secret, "POST", path, body, self._now()),
        }
        connection.sock.settimeout(answer_seconds)
        try:
            connection.request("POST", self._parts.path.rstrip("/") + path, body, headers)
            response = connection.getresponse()
            return response.status, response.read()
        except (OSError, http.client.HTTPException) as error:
            raise NoAnswerError(f"no answer from {self._parts.netloc}: {error!r}") from error


def _read(status: int, content: bytes, answer: TypeAdapter[Answer]) -> Answer:
    try:
        if status == http.HTTPStatus.OK:
            return answer.validate_json(content)
        refusal = RefusalBody.model_validate_json(content).error
    except ValidationError as error:
        raise NoAnswerError(f"the answer (status {status}) makes no sense") from error
    if status == http.HTTPStatus.SERVICE_UNAVAILABLE:
        raise PeerAwayError(refusal.description)
    if 400 <= status < 500:  # noqa: PLR2004 - HTTP's range of refusals
        raise RefusedError(status, refusal.code, refusal.description, refusal.at)
    raise NoAnswerError(f"status {status}: {refusal.description}")
