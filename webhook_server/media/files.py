"""A message's file, as the bot gets it: an upload, or what lies at the address that the message tells."""

from urllib.parse import quote

from flask import Response, send_file

from webhook_server.domain.values import Draft
from webhook_server.errors import MediaNotFoundError
from webhook_server.media.elsewhere import fetched
from webhook_server.media.room import MediaRoom
from webhook_server.outbound import Outbound


def answer(draft: Draft, room: MediaRoom, outbound: Outbound) -> Response:
    """The bytes, with their type and a name.

    Raises:
        MediaNotFoundError: there are none, or none that could be had.
    """
    if draft.media is None and draft.media_url is not None:
        name, media_type, content = fetched(outbound, draft.media_url)
        return _named(Response(content, content_type=media_type), name)
    if draft.media is None or not draft.media.size:
        raise MediaNotFoundError
    try:
        return _named(send_file(room.file(draft.media), draft.media.media_type), draft.media.file_name)
    except FileNotFoundError as error:
        raise MediaNotFoundError from error


def _named(response: Response, name: str) -> Response:
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return response
