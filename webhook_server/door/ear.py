"""The ear at the door: what the other process says, if it is signed, and what it is answered."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from flask import Response, request
from pydantic import ValidationError

from webhook_server import wording
from webhook_server.api.answers import answer
from webhook_server.api.bodies import JSON_BYTES
from webhook_server.api.house import House
from webhook_server.errors import BadDoorSignatureError, InvalidRequestError
from wire import messages as wire
from wire.signature import SIGNATURE_HEADER, TIMESTAMP_HEADER, BadSignatureError, verify

Heard = TypeVar("Heard", bound=wire.Said)

Views = Mapping[str, Callable[[], Response]]
"""What answers at which path."""


class Ear:
    """Hears requests through the door. Whoever signs correctly is the bot, which then is there, or our operator."""

    def __init__(self, house: House) -> None:
        self._house = house

    def bot(self, kind: type[Heard]) -> Heard:
        """The request's body; whoever said it can hear us too.

        Raises:
            RefusedError: what `anybody` raises.
        """
        said = self.anybody(kind)
        self._house.courier.bot_is_there()
        return said

    def anybody(self, kind: type[Heard]) -> Heard:
        """The request's body, if somebody said it who knows our secret.

        Raises:
            BadDoorSignatureError: somebody else did.
            InvalidRequestError: it makes no sense.
        """
        request.max_content_length = JSON_BYTES
        body = request.get_data(cache=False)
        timestamp, signature = request.headers.get(TIMESTAMP_HEADER), request.headers.get(SIGNATURE_HEADER)
        secret, now = self._house.settings.sk_internal_secret, self._house.clock.now()
        try:
            verify(secret, request.method, request.path, body, timestamp=timestamp, signature=signature, now=now)
        except BadSignatureError as error:
            raise BadDoorSignatureError(str(error)) from error
        try:
            return kind.model_validate_json(body)
        except ValidationError as error:
            raise InvalidRequestError(wording.json_unreadable()) from error


def said(answered: wire.Said) -> Response:
    """An answer through the door."""
    return answer(answered.model_dump_json(exclude_none=True))
