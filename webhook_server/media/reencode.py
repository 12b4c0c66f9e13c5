"""A program of its own: writes an image anew, without anything but its pixels. Its limits are the system's.

`python reencode.py SOURCE TARGET` prints the new file's media type. It imports nothing of ours, so that it starts fast.
A decoder that crashes, or wants too much, takes this process down and no other. It is told no secret, but it is no
sandbox: it runs as the same user of the system as the server.
"""

import contextlib
import errno
import resource
import struct
import sys
import warnings
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import (
    GifImagePlugin,
    Image,
    ImageCms,
    ImageFile,
    ImageOps,
    ImageSequence,
    JpegImagePlugin,
)

NOT_AN_IMAGE = 3
UNREADABLE = 4
TOO_LARGE = 5
NO_SPACE = 6
"""Exit statuses, beside 0."""

PIXELS = 50_000_000
"""Of one picture: what large phone cameras make."""
MOVING_PIXELS = 100_000_000
"""Of all pictures of an animation together."""
FRAMES = 1_000
MEMORY_BYTES = 1_536 * 1024 * 1024
CPU_SECONDS = 20
FILE_BYTES = 32 * 1024 * 1024

_READ = ("AVIF", "BMP", "GIF", "JPEG", "PNG", "TIFF", "WEBP")
_WRITTEN = {"BMP": "PNG", "MPO": "JPEG", "TIFF": "PNG", "AVIF": "WEBP"}
"""Formats that become another one: those that browsers and Slack show everywhere."""
_KEPT = ("transparency", "background", "duration")
"""What belongs to the picture, of all that a file says beside its pixels."""
_OF_SYSTEM = {errno.ENOSPC: NO_SPACE, errno.EDQUOT: NO_SPACE, errno.EFBIG: TOO_LARGE}


class TooLargeError(Exception):
    """The image has more pixels than we would unfold."""


def main(source: Path, target: Path) -> int:
    """Write the image in `source` anew to `target`. Returns the exit status."""
    _limit()
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = PIXELS
    GifImagePlugin.LOADING_STRATEGY = GifImagePlugin.LoadingStrategy.RGB_AFTER_DIFFERENT_PALETTE_ONLY
    failed = NOT_AN_IMAGE
    try:
        with Image.open(source, formats=_READ) as image:
            failed = UNREADABLE
            written = _write(image, target)
    except (TooLargeError, Image.DecompressionBombError, MemoryError):
        return TOO_LARGE
    except OSError as error:
        return _OF_SYSTEM.get(error.errno or 0, failed)
    except (ValueError, SyntaxError, EOFError, ArithmeticError, LookupError, struct.error, TypeError):
        return failed
    sys.stdout.write(Image.MIME[written])
    return 0


def _limit() -> None:
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(OSError, ValueError):  # the system allows less already
            resource.setrlimit(kind, (most, most))


def _write(image: ImageFile.ImageFile, target: Path) -> str:
    """Returns the format written."""
    read = str(image.format)
    written = _WRITTEN.get(read, read)
    width, height = image.size
    if width * height > PIXELS:
        raise TooLargeError
    if read not in {"MPO", "TIFF"} and getattr(image, "is_animated", False):
        _write_moving(image, target, written)
    else:
        _write_still(image, target, written)
    return written


def _write_still(image: ImageFile.ImageFile, target: Path, written: str) -> None:
    options = _options(image, written)
    image.load()
    still = _bare(_as_seen(ImageOps.exif_transpose(image)))
    if written == "PNG" and still.mode == "CMYK":
        still = still.convert("RGB")
    still.save(target, format=written, **options)


def _write_moving(image: ImageFile.ImageFile, target: Path, written: str) -> None:
    width, height = image.size
    count = int(getattr(image, "n_frames", 1))
    if count > FRAMES or count * width * height > MOVING_PIXELS:
        raise TooLargeError
    durations: list[int] = []

    def frames() -> Iterator[Image.Image]:
        for frame in ImageSequence.Iterator(image):
            copy = frame.copy()  # some formats tell the duration only now
            durations.append(int(frame.info.get("duration", 0)))
            yield _bare(copy)

    stands_for_all = written == "PNG" and bool(image.info.get("default_image"))
    first, *others = frames()
    options: dict[str, Any] = _options(image, written)
    if "loop" in image.info:
        options["loop"] = image.info["loop"]
    if written == "GIF" and any(_lets_through(frame) for frame in (first, *others)):
        options["disposal"] = 2  # what was seen before does not shine through
    if stands_for_all:  # for viewers that know no animations
        options["default_image"] = True
        del durations[0]
    first.save(target, format=written, save_all=True, append_images=others, duration=durations, **options)


def _options(image: ImageFile.ImageFile, written: str) -> dict[str, Any]:
    """How to write, so that as little as possible is lost."""
    if written == "JPEG":
        tables = getattr(image, "quantization", None)
        if image.format in {"JPEG", "MPO"} and tables and image.mode in {"RGB", "L"}:
            sampling = JpegImagePlugin.get_sampling(image)
            return {"qtables": tables, "subsampling": sampling} if sampling >= 0 else {"qtables": tables}
        return {"quality": 92}
    if written == "WEBP":
        return {"lossless": True} if _is_lossless(image) else {"quality": 92, "method": 2}
    return {}


def _is_lossless(image: ImageFile.ImageFile) -> bool:
    """Whether a WebP file says that nothing of it was lost."""
    if image.format != "WEBP" or not isinstance(image.filename, (str, Path)):
        return False
    with Path(image.filename).open("rb") as file:
        return b"VP8L" in file.read(4096)


def _as_seen(image: Image.Image) -> Image.Image:
    """The image in the colours that every viewer assumes: its own colour profile goes with the rest it says."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "L", "CMYK", "RGBA"}:
        return image.convert("RGB") if image.mode == "CMYK" else image
    try:
        ours = ImageCms.createProfile("sRGB")
        theirs = ImageCms.ImageCmsProfile(BytesIO(profile))
        into = image.mode if image.mode in {"RGB", "RGBA"} else "RGB"
        seen = ImageCms.profileToProfile(image, theirs, ours, outputMode=into)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image.convert("RGB") if image.mode == "CMYK" else image
    return image if seen is None else seen


def _lets_through(frame: Image.Image) -> bool:
    """Whether some pixel is transparent."""
    if not frame.has_transparency_data:
        return False
    copy = frame.copy()  # converting touches the palette of what is converted
    return copy.convert("RGBA").getchannel("A").getextrema() != (255, 255)


def _bare(image: Image.Image) -> Image.Image:
    """The image with nothing said beside its pixels."""
    image.info = {name: image.info[name] for name in _KEPT if name in image.info}
    return image


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
