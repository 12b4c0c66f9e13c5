"""What files are told to be, and what is left of images when they were written anew."""

import io
import threading
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pictures import GPS, ORIENTATION, SECRET, bomb, exif, jpeg, moving, picture, png, saved
from PIL import Image, ImageChops, ImageSequence

from webhook_server.errors import ImageTooLargeError, ImageUnreadableError, MediaBusyError
from webhook_server.media import images, kinds, reencode
from webhook_server.media.images import Images

RED, BLUE = (255, 0, 0), (0, 0, 255)


def archive(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as writing:
        for name in names:
            writing.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        pytest.param(png(), "a.txt", "image/png", id="png"),
        pytest.param(jpeg(), "", "image/jpeg", id="jpeg"),
        pytest.param(moving("GIF"), "", "image/gif", id="gif"),
        pytest.param(moving("WEBP"), "", "image/webp", id="webp"),
        pytest.param(saved(picture(), "AVIF"), "", "image/avif", id="avif"),
        pytest.param(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a.png", "application/pdf", id="pdf"),
        pytest.param("Grüße\n".encode(), "a.png", "text/plain", id="text"),
        pytest.param(b"0123456789", "a.txt", "text/plain", id="digits"),
        pytest.param(("ü" * 65_536).encode()[: kinds.HEAD_BYTES + 3], "", "text/plain", id="long text"),
        pytest.param(b"BMW is a car", "a.bmp", "text/plain", id="text that begins like a bitmap"),
        pytest.param(b"<!DOCTYPE html><html><script>", "a.png", "text/html", id="html"),
        pytest.param(b'<svg xmlns="http://www.w3.org/2000/svg">', "a.png", "image/svg+xml", id="svg"),
        pytest.param(archive("a.txt"), "a.png", "application/zip", id="zip"),
        pytest.param(
            archive("[Content_Types].xml", "word/document.xml"),
            "letter.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            id="docx",
        ),
        pytest.param(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "", "image/heif", id="heic"),
        pytest.param(b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", "", "video/mp4", id="mp4"),
        pytest.param(bytes(range(200, 256)), "a.png", "application/octet-stream", id="whatever"),
        pytest.param(b"", "a.png", "application/octet-stream", id="nothing"),
    ],
)
def test_the_content_tells_the_type(content, name, expected):
    whole = len(content) <= kinds.HEAD_BYTES
    guess = kinds.of_bytes(content[: kinds.HEAD_BYTES], name, foot=content[-1024:], whole=whole)
    assert guess.media_type == expected


@given(st.binary(max_size=200), st.text(max_size=20))
def test_whatever_comes_has_a_type(content, name):
    guess = kinds.of_bytes(content, name)
    assert guess.media_type.isascii()
    assert guess.media_type.count("/") == 1


def written_anew(tmp_path, content):
    """Media type and bytes of what became of an image."""
    (tmp_path / "source").write_bytes(content)
    media_type = Images().write_anew(tmp_path / "source", tmp_path / "target")
    return media_type, (tmp_path / "target").read_bytes() if media_type else None


def opened(content):
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(jpeg(), "image/jpeg", id="jpeg"),
        pytest.param(png(), "image/png", id="png"),
        pytest.param(moving("GIF"), "image/gif", id="gif"),
        pytest.param(moving("PNG"), "image/png", id="moving png"),
        pytest.param(moving("WEBP"), "image/webp", id="webp"),
    ],
)
def test_nothing_is_left_but_the_picture(tmp_path, content, expected):
    media_type, anew = written_anew(tmp_path, content)
    assert media_type == expected
    image = opened(anew)
    assert not image.getexif()
    assert not image.getexif().get_ifd(GPS)
    assert SECRET.encode() not in anew
    left_over = {"exif", "xmp", "icc_profile", "comment", "Comment", "Description", "XML:com.adobe.xmp"}
    assert not left_over & set(image.info)
    assert image.size == opened(content).size


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_as_it_was_seen(tmp_path, orientation):
    content = jpeg((60, 40), orientation)
    _, anew = written_anew(tmp_path, content)
    image = opened(anew)
    assert image.size == ((60, 40) if orientation < 5 else (40, 60))
    assert ORIENTATION not in image.getexif()
    width, height = image.size
    red_at = {1: (2, 9), 2: (-3, 9), 3: (-3, 9), 4: (2, 9), 5: (9, 2), 6: (9, 2), 7: (9, -3), 8: (9, -3)}[orientation]
    red = image.convert("RGB").getpixel((red_at[0] % width, red_at[1] % height))
    assert max(abs(got - wanted) for got, wanted in zip(red, RED, strict=True)) < 30


@pytest.mark.parametrize("kind", ["BMP", "TIFF"])
def test_formats_that_browsers_do_not_show_become_png(tmp_path, kind):
    media_type, anew = written_anew(tmp_path, saved(picture(), kind))
    assert media_type == "image/png"
    image = opened(anew).convert("RGB")
    assert (image.getpixel((0, 0)), image.getpixel((59, 0))) == (RED, BLUE)


def test_of_a_photo_that_is_several_the_one_that_is_seen_is_left(tmp_path):
    several = saved(picture(), "MPO", save_all=True, append_images=[picture((30, 20))], exif=exif(6))
    media_type, anew = written_anew(tmp_path, several)
    image = opened(anew)
    assert (media_type, image.format, image.size) == ("image/jpeg", "JPEG", (40, 60))
    assert SECRET.encode() not in anew


def test_a_photo_that_is_written_anew_twice_is_the_same_photo(tmp_path):
    noise = Image.effect_noise((320, 240), 30).convert("RGB")
    _, once = written_anew(tmp_path, saved(noise, "JPEG", quality=70))
    _, twice = written_anew(tmp_path, once)
    assert abs(len(twice) - len(once)) < len(once) / 50
    assert max(high for _, high in ImageChops.difference(opened(once), opened(twice)).getextrema()) < 24


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_pixels_survives(tmp_path, mode):
    image = picture(mode="L" if mode == "I;16" else mode).convert(mode)
    _, anew = written_anew(tmp_path, saved(image, "PNG"))
    assert opened(anew).convert("RGBA").tobytes() == image.convert("RGBA").tobytes()


@pytest.mark.parametrize("mode", ["CMYK", "L"])
def test_photos_in_other_colours_are_photos(tmp_path, mode):
    media_type, anew = written_anew(tmp_path, saved(picture(mode=mode), "JPEG"))
    assert media_type == "image/jpeg"
    assert opened(anew).mode in {"RGB", "L"}


def frames(content):
    """Each picture as it is seen, and how long."""
    seen = [(frame.copy(), frame.info.get("duration")) for frame in ImageSequence.Iterator(opened(content))]
    return [(frame.convert("RGBA"), duration) for frame, duration in seen]


@pytest.mark.parametrize("transparent", [True, False], ids=["transparent", "opaque"])
@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_what_moves_goes_on_moving(tmp_path, kind, transparent):
    content = moving(kind, transparent=transparent)
    _, anew = written_anew(tmp_path, content)
    before, after = frames(content), frames(anew)
    assert [duration for _, duration in after] == [duration for _, duration in before]
    assert opened(anew).info["loop"] == 3
    for (was, _), (now, _) in zip(before, after, strict=True):
        assert was.getchannel("A").tobytes() == now.getchannel("A").tobytes()
        white = Image.new("RGBA", was.size, "white")
        assert Image.alpha_composite(white, was).tobytes() == Image.alpha_composite(white, now).tobytes()


def test_a_bomb_is_not_unfolded(tmp_path):
    content = bomb()
    assert len(content) < 200_000
    with pytest.raises(ImageTooLargeError):
        written_anew(tmp_path, content)


def test_an_animation_that_is_too_long_is_refused(tmp_path):
    first, *others = [Image.new("RGB", (2, 2), (number % 2 * 255, 0, 0)) for number in range(reencode.FRAMES + 1)]
    with pytest.raises(ImageTooLargeError):
        written_anew(tmp_path, saved(first, "GIF", save_all=True, append_images=others))


def test_what_only_begins_like_an_image_is_none(tmp_path):
    assert written_anew(tmp_path, b"BMW is a car, and this is a text about it") == (None, None)


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_broken_image_breaks_nothing(tmp_path_factory, data):
    content = bytearray(data.draw(st.sampled_from([jpeg(), png(), moving("GIF"), moving("WEBP"), moving("PNG")])))
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        media_type, anew = written_anew(tmp_path_factory.mktemp("broken"), bytes(content))
    except (ImageUnreadableError, ImageTooLargeError):
        return
    assert media_type is None or SECRET.encode() not in anew


def test_only_a_few_images_are_written_at_a_time(tmp_path, monkeypatch):
    begun, may_end = threading.Semaphore(0), threading.Event()

    def slow(*_):
        begun.release()
        assert may_end.wait(10)
        return "image/png"

    monkeypatch.setattr(images, "_run", slow)
    busy = Images()
    results = []
    threads = [
        threading.Thread(target=lambda: results.append(busy.write_anew(tmp_path, tmp_path)))
        for _ in range(images.AT_ONCE + images.WAITING_AT_ONCE)
    ]
    for thread in threads:
        thread.start()
    for _ in range(images.AT_ONCE):
        assert begun.acquire(timeout=10)
    while busy._waiting._value:
        assert not begun.acquire(timeout=0.01)
    with pytest.raises(MediaBusyError):
        busy.write_anew(tmp_path, tmp_path)
    may_end.set()
    for thread in threads:
        thread.join(10)
    assert len(results) == len(threads)
    assert busy.write_anew(tmp_path, tmp_path) == "image/png"


def test_who_writes_anew_is_told_no_secret(tmp_path, monkeypatch):
    monkeypatch.setenv("SK_SECRET", "the app's")
    program = tmp_path / "told.py"
    program.write_text("import os\nprint(*os.environ, end='')")
    monkeypatch.setattr(images, "_PROGRAM", str(program))
    told = Images().write_anew(tmp_path / "source", tmp_path / "target")
    assert told is not None
    assert set(told.split()) <= {"LC_CTYPE", "LD_LIBRARY_PATH"}, "the first is what Python sets by itself"


def test_paths_of_any_name_are_written(tmp_path):
    place = tmp_path / "grüße"
    place.mkdir()
    (place / "source").write_bytes(png())
    assert Images().write_anew(place / "source", place / "target") == "image/png"
    assert (place / "target").exists()
