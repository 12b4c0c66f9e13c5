"""Files that agents send: taken in from the bot, and put into their replies."""

from webhook_server import wording
from webhook_server.domain.values import Draft, Media, MediaId, MessageType, agent_author_id
from webhook_server.errors import InvalidRequestError, MediaUnavailableError, UploadTooLargeError
from webhook_server.ledger import Books
from webhook_server.media import kinds
from webhook_server.media.room import MediaRoom
from wire.messages import KeptFile, Reply
from wire.uploads import FILE_BYTES, MalformedError, unpack


def take_in(room: MediaRoom, body: bytes) -> KeptFile:
    """Keep a file as uploads of the App API are kept: it is on disk, and harmless, when this returns.

    Raises:
        InvalidRequestError: `body` is no packed file.
        RefusedError: what `MediaRoom.take_in` raises.
    """
    try:
        upload, content = unpack(body)
    except MalformedError as error:
        raise InvalidRequestError(wording.json_unreadable()) from error
    if len(content) > FILE_BYTES:
        raise UploadTooLargeError(FILE_BYTES)
    with room.arrival(FILE_BYTES) as path:
        try:
            path.write_bytes(content)
        except OSError as error:
            raise MediaUnavailableError from error
        media = room.take_in(path, upload.name)
    return KeptFile(media_id=media.id, name=media.file_name, type=media.media_type, size=media.size)


def draft(books: Books, reply: Reply) -> Draft:
    """The message that an agent's reply is.

    Raises:
        InvalidRequestError: its file is not here any more.
    """
    face, media = reply.shown_as or reply.agent, _upload(books, reply.media)
    return Draft(
        "appMaker",
        agent_author_id(reply.agent.agent_id),
        reply.text,
        type=_type(media),
        name=face.name,
        avatar_url=face.avatar_url,
        media_type=media.media_type if media else None,
        media=media,
    )


def discard(room: MediaRoom, file: KeptFile | None) -> None:
    """Remove a file that came for a reply, unless a message refers to it."""
    if file is not None:
        room.discard(Media(MediaId(file.media_id), file.name, file.type, file.size))


def _upload(books: Books, file: KeptFile | None) -> Media | None:
    if file is None:
        return None
    media = books.media.find(MediaId(file.media_id))
    if media is None:
        raise InvalidRequestError(wording.media_url_gone())
    return media


def _type(media: Media | None) -> MessageType:
    if media is None:
        return "text"
    return "image" if media.media_type in kinds.SHOWN else "file"
