"""Files, both ways: those that agents send, and those of messages."""

import structlog
from flask import Response

from webhook_server import enclosures
from webhook_server.api.house import House
from webhook_server.door.ear import Ear, Views, said
from webhook_server.errors import MessageNotFoundError
from webhook_server.media import files
from webhook_server.outbound import Outbound
from wire import messages as wire
from wire.uploads import BODY_BYTES, UPLOADS

_log = structlog.get_logger()


def views(house: House, ear: Ear, outbound: Outbound) -> Views:
    """What answers about files."""
    both = _Files(house, ear, outbound)
    return {UPLOADS: both.upload, wire.MEDIA: both.media}


class _Files:
    """Keeps them in the media, or fetches them from where they lie."""

    def __init__(self, house: House, ear: Ear, outbound: Outbound) -> None:
        self._house = house
        self._ear = ear
        self._outbound = outbound

    def upload(self) -> Response:
        """An agent sends a file: the reply that brings it follows."""
        kept = enclosures.take_in(self._house.media, self._ear.signed(BODY_BYTES))
        _log.info("file_kept", media_id=kept.media_id, media_type=kept.type, size=kept.size)
        return said(kept)

    def media(self) -> Response:
        """The file of a message: an upload, or what lies at the address that the message tells."""
        asked = self._ear.bot(wire.MediaRequest)
        message = self._house.ledger.read(lambda books: books.messages.find(asked.message_id))
        if message is None:
            raise MessageNotFoundError
        return files.answer(message.draft, self._house.media, self._outbound)
