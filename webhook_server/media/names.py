"""File names as uploads keep them: what people recognise, without anything that a file system or a page takes amiss."""

import unicodedata
from pathlib import PurePosixPath

NAME_BYTES = 200
SUFFIX_BYTES = 24
"""A longer ending is no file type, and may be cut like the rest."""

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They make a name look like another one."""
_NOT_SHOWN = frozenset({"Cc", "Cs", "Cn", "Co", "Zl", "Zp"})
_FORBIDDEN = frozenset('<>:"|?*')
"""Not allowed in names on Windows, where people save files too."""
_SUFFIXES = {
    "image/gif": (".gif",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/webp": (".webp",),
}


def clean(given: str | None, media_type: str) -> str:
    """A name for a file of this type that came as `given`: no path, nothing that is not shown, `NAME_BYTES` at most."""
    last = (given or "").replace("\\", "/").rpartition("/")[2]
    shown = "".join(char for char in unicodedata.normalize("NFC", last) if _is_shown(char))
    name = " ".join(shown.split()).strip(". ")
    suffix = PurePosixPath(name).suffix
    stem = name.removesuffix(suffix)
    wanted = _SUFFIXES.get(media_type)
    if wanted and suffix.lower() not in wanted:
        is_type = suffix.lower() in _IMAGE_SUFFIXES
        stem, suffix = stem if is_type else name, wanted[0]
    elif len(suffix.encode()) > SUFFIX_BYTES:
        stem, suffix = name, ""
    stem = _cut(stem, NAME_BYTES - len(suffix.encode())).rstrip(". ") or _nameless(media_type)
    return stem + suffix


_IMAGE_SUFFIXES = frozenset({".avif", ".bmp", ".gif", ".jfif", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"})
"""Endings that give way when an image becomes one of another type."""


def _is_shown(char: str) -> bool:
    return (
        char not in _BIDI and char not in _FORBIDDEN and (char == "\t" or unicodedata.category(char) not in _NOT_SHOWN)
    )


def _cut(text: str, most: int) -> str:
    """As much of the beginning of `text` as fits into `most` bytes."""
    return text.encode()[:most].decode(errors="ignore")


def _nameless(media_type: str) -> str:
    return "image" if media_type in _SUFFIXES else "file"
