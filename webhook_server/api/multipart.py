"""Forms with a file, as clients upload them: the file goes to disk piece by piece, the rest becomes a model."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, BinaryIO, TypeVar

from flask import Response, request
from pydantic import ConfigDict, Field, ValidationError, WithJsonSchema
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.sansio import multipart

from webhook_server import wording
from webhook_server.api.bodies import JSON_BYTES, Body, explain
from webhook_server.domain.values import Media
from webhook_server.errors import (
    InvalidRequestError,
    MediaUnavailableError,
    MultipartExpectedError,
    RefusedError,
    UploadTooLargeError,
)
from webhook_server.media.room import MediaRoom
from wire.uploads import FILE_BYTES

BODY_BYTES = FILE_BYTES + JSON_BYTES

_SOURCE = "source"
_BOUNDARY_BYTES = 256
_PARTS = 100
_PIECE_BYTES = 64 * 1024
_BUFFER_BYTES = 4 * _PIECE_BYTES


@dataclass(frozen=True, slots=True)
class Source:
    """A file that arrived at `path`, for as long as its request lasts. `name` is what its sender calls it."""

    path: Path
    name: str


class UploadBody(Body):
    """A form with a file."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    source: Annotated[Source, WithJsonSchema({"type": "string", "format": "binary", "minLength": 1})] = Field(
        description="The file, up to 10 MB."
    )


Model = TypeVar("Model", bound=UploadBody)


@contextmanager
def received(model: type[Model], room: MediaRoom) -> Iterator[Model]:
    """The current request's form as `model`. Its file is removed afterwards, unless the room took it in.

    Raises:
        InvalidRequestError: it is no form with a file, or a field is not as it should be.
        MediaUnavailableError: the disk is full.
        MultipartExpectedError: it says that it is something else.
        RequestEntityTooLarge: it is larger than `BODY_BYTES`, or its texts are larger than `JSON_BYTES`.
        UploadTooLargeError: the file is larger than `FILE_BYTES`.
    """
    boundary = _boundary()
    with room.arrival(FILE_BYTES) as path:
        try:
            with path.open("wb") as file:
                form = _Form(file)
                form.read(_events(boundary))
        except OSError as error:
            raise MediaUnavailableError from error
        if form.name is None:
            raise InvalidRequestError(wording.source_needed())
        yield _shaped(model, {**form.fields, _SOURCE: Source(path, form.name)})


def kept_if_told(room: MediaRoom, media: Media, change: Callable[[], Response]) -> Response:
    """What `change` answers; the upload is removed at once if the answer is an earlier one, and tells of another."""
    try:
        response = change()
    except RefusedError:
        room.discard(media)
        raise
    if media.id not in response.get_data(as_text=True):
        room.discard(media)
    return response


def _boundary() -> bytes:
    """What stands between the parts."""
    if request.mimetype != "multipart/form-data":
        raise MultipartExpectedError
    boundary = request.mimetype_params.get("boundary", "")
    if not boundary.isascii() or not 0 < len(boundary) <= _BOUNDARY_BYTES:
        raise InvalidRequestError(wording.multipart_unreadable())
    return boundary.encode()


def _events(boundary: bytes) -> Iterator[multipart.Event]:
    """The parts of the current request, as far as they have come."""
    decoder = multipart.MultipartDecoder(boundary, _BUFFER_BYTES, max_parts=_PARTS)
    request.max_content_length = BODY_BYTES
    stream = request.stream
    while piece := stream.read(_PIECE_BYTES):
        yield from _decoded(decoder, piece)
    yield from _decoded(decoder, None)


def _decoded(decoder: multipart.MultipartDecoder, piece: bytes | None) -> Iterator[multipart.Event]:
    try:
        decoder.receive_data(piece)
        while not isinstance(event := decoder.next_event(), (multipart.NeedData, multipart.Epilogue)):
            yield event
    except (ValueError, RequestEntityTooLarge) as error:  # what is too large here is no part, but what precedes one
        raise InvalidRequestError(wording.multipart_unreadable()) from error


def _shaped(model: type[Model], given: dict[str, object]) -> Model:
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise InvalidRequestError(explain(error)) from error


class _Form:
    """The parts of a form as they come: texts, and the first file called `source`, whose bytes go to `file`."""

    def __init__(self, file: BinaryIO) -> None:
        self.name: str | None = None
        self.fields: dict[str, str] = {}
        self._file = file
        self._size = 0
        self._texts_size = 0
        self._text = bytearray()

    def read(self, events: Iterator[multipart.Event]) -> None:
        """Take all parts."""
        take: Callable[[bytes], None] = _pass_over
        field: str | None = None
        for event in events:
            if isinstance(event, multipart.File):
                field, take = None, self._begin_file(event)
            elif isinstance(event, multipart.Field):
                field, take = event.name, self._begin_text()
            elif isinstance(event, multipart.Data):
                take(event.data)
                if field is not None and not event.more_data:
                    self.fields[field] = self._end_text()

    def _begin_file(self, part: multipart.File) -> Callable[[bytes], None]:
        if part.name != _SOURCE or self.name is not None:
            return _pass_over
        self.name = part.filename
        return self._write

    def _write(self, data: bytes) -> None:
        self._size += len(data)
        if self._size > FILE_BYTES:
            raise UploadTooLargeError(FILE_BYTES)
        self._file.write(data)

    def _begin_text(self) -> Callable[[bytes], None]:
        self._text = bytearray()
        return self._append

    def _append(self, data: bytes) -> None:
        self._texts_size += len(data)
        if self._texts_size > JSON_BYTES:
            raise RequestEntityTooLarge
        self._text += data

    def _end_text(self) -> str:
        try:
            text = self._text.decode()
        except UnicodeDecodeError as error:
            raise InvalidRequestError(wording.multipart_unreadable()) from error
        if "\0" in text:
            raise InvalidRequestError(wording.text_unstorable())
        return text


def _pass_over(_: bytes) -> None:
    """The part is none that we asked for."""
