"""What a file is, told from its content. A name decides only between types that the content allows."""

from pathlib import Path
from typing import NamedTuple

import puremagic

UNKNOWN = "application/octet-stream"
TEXT = "text/plain"
ZIP = "application/zip"

SHOWN = frozenset({"image/gif", "image/jpeg", "image/png", "image/webp"})
"""Images as this server writes them: browsers may show them. Nothing else has one of these types."""
RASTER = SHOWN | {"image/avif", "image/bmp", "image/tiff"}
"""Images that are written anew before they are kept."""
ACTIVE = frozenset(
    {
        "application/javascript",
        "application/xhtml+xml",
        "application/xml",
        "image/svg+xml",
        "text/html",
        "text/javascript",
        "text/xml",
    }
)
"""What browsers might run: served without its type."""

HEAD_BYTES = 65_536
_FOOT_BYTES = 1_024
_SURE = 0.3
"""puremagic's confidence that two bytes alone do not reach."""
_SAME = {"image/x-ms-bmp": "image/bmp", "audio/wave": "audio/wav", "audio/x-wav": "audio/wav"}
_TEXTUAL = frozenset({"application/json", "application/postscript", "application/rtf", "text/calendar", "text/vcard"})
_ZIP_MAGIC = b"PK\x03\x04"
_WHITE = frozenset(b"\t\n\f\r\x1b")


class Guess(NamedTuple):
    """The likeliest type, and whether some signature speaks for a raster image."""

    media_type: str
    maybe_image: bool


def of_file(path: Path, name: str) -> Guess:
    """What the file at `path`, called `name`, is."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
        size = path.stat().st_size
        file.seek(max(0, size - _FOOT_BYTES))
        return of_bytes(head, name, foot=file.read(), whole=size <= HEAD_BYTES)


def of_bytes(head: bytes, name: str, *, foot: bytes | None = None, whole: bool = True) -> Guess:
    """What a file is that begins with `head` and ends with `foot`. `whole`: there is nothing between them."""
    found = _signatures(head if foot is None or whole else head + foot, name)
    maybe_image = any(media_type in RASTER for media_type, _ in found)
    sure = [media_type for media_type, confidence in found if confidence >= _SURE]
    best = sure[0] if sure else None
    if _is_text(head, whole=whole) and best not in ACTIVE | _TEXTUAL:
        return Guess(TEXT, maybe_image=False)
    if head.startswith(_ZIP_MAGIC) and _ambiguous(found):
        return Guess(ZIP, maybe_image)
    return Guess(best or UNKNOWN, maybe_image)


def _signatures(content: bytes, name: str) -> list[tuple[str, float]]:
    """The types whose signatures fit, the likeliest first, in an order that is always the same."""
    try:
        found = puremagic.magic_string(content, name) if content else []
    except puremagic.PureError:
        return []
    known = [match for match in found if match.mime_type]
    known.sort(key=lambda match: (-match.confidence, -len(match.byte_match), match.mime_type))
    return [(_SAME.get(match.mime_type, match.mime_type), match.confidence) for match in known]


def _ambiguous(found: list[tuple[str, float]]) -> bool:
    """Whether several types fit equally well: many formats are zip archives, and only the name tells which."""
    best = [media_type for media_type, confidence in found if confidence == found[0][1]]
    return len(set(best)) != 1


def _is_text(head: bytes, *, whole: bool) -> bool:
    """Whether it can be read: UTF-8 (cut anywhere, if it goes on), no control characters."""
    if not head or any(byte < ord(" ") and byte not in _WHITE for byte in head):
        return False
    try:
        head.decode()
    except UnicodeDecodeError as error:
        return not whole and error.start >= len(head) - 3
    return True
