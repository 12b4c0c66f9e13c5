"""GET /media/{id}/{name}: the bytes of an upload, for whoever has a link that is still good."""

import structlog
from flask import Response, request, send_file
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from webhook_server.api.house import House
from webhook_server.domain.values import Media, MediaId
from webhook_server.errors import LinkExpiredError, LinkInvalidError, MediaNotFoundError, RangeBeyondEndError
from webhook_server.media import kinds
from webhook_server.media.links import VALID_SECONDS, BadLinkError, ExpiredLinkError

_log = structlog.get_logger()


class MediaApi:
    """Uploads over HTTP, open to everyone with a link."""

    def __init__(self, house: House) -> None:
        self._house = house

    def get(self, media_id: str, name: str) -> Response:  # noqa: ARG002 - the name is for people; the upload knows its own
        """GET /media/{id}/{name}."""
        media = self._house.ledger.read(lambda books: books.media.find(self._linked(media_id)))
        if media is None:
            raise MediaNotFoundError
        try:
            response = self._sent(media)
        except FileNotFoundError as error:
            _log.exception("media_missing", media_id=media.id)
            raise MediaNotFoundError from error
        except RequestedRangeNotSatisfiable as error:
            raise RangeBeyondEndError from error
        headers = response.headers
        headers["Cache-Control"] = f"private, max-age={VALID_SECONDS}, immutable"
        headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return response

    def _linked(self, media_id: str) -> MediaId:
        expires, signature = request.args.get("expires", ""), request.args.get("signature", "")
        try:
            return self._house.links.check(media_id, expires, signature)
        except BadLinkError as error:
            raise LinkInvalidError from error
        except ExpiredLinkError as error:
            raise LinkExpiredError from error

    def _sent(self, media: Media) -> Response:
        """Only what this server wrote itself is shown by browsers; all else is saved."""
        return send_file(
            self._house.media.file(media),
            mimetype=kinds.UNKNOWN if media.media_type in kinds.ACTIVE else media.media_type,
            as_attachment=media.media_type not in kinds.SHOWN,
            download_name=media.file_name,
            etag=media.id,
        )
