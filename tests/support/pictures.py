"""Pictures as phones and people send them, with all that cameras note beside the pixels."""

import io

from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

SECRET = "Secret-Street-7"
"""Stands in every place where a file can say something beside its pixels."""

ORIENTATION, MAKE, GPS, GPS_PLACE = 0x0112, 0x010F, 0x8825, 0x001B


def exif(orientation=1):
    """What a camera notes: how it was held, whose it is, where it was."""
    noted = Image.Exif()
    noted[ORIENTATION] = orientation
    noted[MAKE] = SECRET
    noted.get_ifd(GPS)[GPS_PLACE] = SECRET.encode()
    return noted


def picture(size=(60, 40), mode="RGB"):
    """Red on the left, blue on the right."""
    image = Image.new("RGB", size, "red")
    ImageDraw.Draw(image).rectangle((size[0] // 2, 0, size[0], size[1]), fill="blue")
    return image.convert(mode)


def saved(image, kind, **options):
    """The bytes of a file of this kind."""
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def jpeg(size=(60, 40), orientation=1):
    return saved(
        picture(size),
        "JPEG",
        exif=exif(orientation),
        comment=SECRET.encode(),
        xmp=f"<x>{SECRET}</x>".encode(),
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
    )


def png(size=(60, 40)):
    said = PngInfo()
    said.add_text("Comment", SECRET)
    said.add_itxt("Description", SECRET, zip=True)
    return saved(picture(size), "PNG", exif=exif(), pnginfo=said)


def moving(kind, *, transparent=False, count=4):
    """A circle that wanders, each picture shown a little longer than the one before."""
    frames = []
    for number in range(count):
        frame = Image.new("RGBA", (64, 48), (0, 0, 0, 0) if transparent else (200, 220, 240, 255))
        ImageDraw.Draw(frame).ellipse((number * 8, 8, number * 8 + 20, 28), fill=(255, number * 40, 0, 255))
        frames.append(frame)
    options = {"GIF": {"comment": SECRET.encode()}, "PNG": {"exif": exif()}, "WEBP": {"exif": exif(), "lossless": True}}
    durations = [100 + 20 * number for number in range(count)]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=durations, loop=3, **options[kind])


def bomb():
    """A small file that unfolds to more pixels than any camera's picture has."""
    return saved(Image.new("1", (9_000, 9_000)), "PNG")
