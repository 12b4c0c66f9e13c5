"""A file on its way through the door: a line that says what it is, and behind it the bytes as they are."""

from pydantic import ValidationError

from wire.messages import Said

UPLOADS = "/internal/uploads"
"""Path on the webhook server: keep a file that an agent sends (what `pack` makes → `KeptFile`)."""

FILE_BYTES = 10 * 1024 * 1024
"""A file has up to 10 MB, the larger of the two that are called so."""
HEAD_BYTES = 4_096
BODY_BYTES = HEAD_BYTES + FILE_BYTES

CONTENT_TYPE = "application/octet-stream"


class Upload(Said):
    """What is known of a file: what its sender calls it."""

    name: str


class MalformedError(ValueError):
    """These bytes are no packed file."""


def pack(upload: Upload, content: bytes) -> bytes:
    """The request's body. Raises ValueError for a name that is too long."""
    head = upload.model_dump_json().encode() + b"\n"
    if len(head) > HEAD_BYTES:
        raise ValueError(f"{upload.name[:80]!r}… is too long for a name")
    return head + content


def unpack(body: bytes) -> tuple[Upload, memoryview]:
    """What `pack` was given. The content is a view of `body`: it may be large.

    Raises:
        MalformedError: `body` was made by something else.
    """
    end = body.find(b"\n", 0, HEAD_BYTES)
    try:
        return Upload.model_validate_json(body[: max(end, 0)]), memoryview(body)[end + 1 :]
    except ValidationError as error:
        raise MalformedError(str(error)) from error
