"""The stream: GET /appusers/{id}/stream, server-sent events."""

import socket
from functools import partial

import structlog
from flask import Response, request

from webhook_server.api.house import House
from webhook_server.domain.stream import Listening, start
from webhook_server.listener import HAND_OVER
from webhook_server.stream.frames import opening

MEDIA_TYPE = "text/event-stream"

_log = structlog.get_logger()


class StreamApi:
    """The stream over HTTP: who may listen is found out here; then the connection is the hub's."""

    def __init__(self, house: House) -> None:
        self._house = house

    def stream(self, ref: str) -> Response:
        """GET /appusers/{id}/stream."""
        stream, era = self._house.stream, self._house.stream.era
        caller = self._house.caller()
        user = self._house.read_user(caller, ref)
        stream.check_room(user.id)
        kept = self._house.ledger.read(lambda books: books.stream_events.kept())
        begin = start(request.headers.get("Last-Event-ID"), kept)
        listening = Listening(user.id, begin, era, public=caller.kind == "app_token", until=caller.until)
        beginning = opening(begin, stream.retry_seconds(), self._house.clock.now())
        hand_over = request.environ.get(HAND_OVER)
        if hand_over is not None:
            hand_over(None if request.method == "HEAD" else partial(self._hand_over, listening, beginning))
        response = Response(beginning if hand_over is None else (), content_type=MEDIA_TYPE)
        response.headers["Cache-Control"] = "no-cache, no-store"
        response.headers["X-Accel-Buffering"] = "no"
        if request.method == "GET":
            _log.info("stream_begun", app_user_id=user.id, resumed=begin.resumed, reset=begin.reset)
        return response

    def _hand_over(self, listening: Listening, beginning: bytes, connection: socket.socket, head: bytes) -> None:
        self._house.stream.take(connection, head + beginning, listening)
