"""What files are called, and what links to them look like."""

import string
import unicodedata
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webhook_server.domain.values import Media, MediaId
from webhook_server.media.links import PATH, STEP_SECONDS, VALID_SECONDS, BadLinkError, ExpiredLinkError, Links
from webhook_server.media.names import NAME_BYTES, clean

NOW = 1_700_000_000.0
BASE = "https://sk.example.org/support"
HEX = st.text("0123456789abcdef", min_size=32, max_size=32)
TYPES = st.sampled_from(["image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain"])


@pytest.mark.parametrize(
    ("given_name", "media_type", "expected"),
    [
        pytest.param("photo.png", "image/png", "photo.png", id="as it is"),
        pytest.param("Grüße aus Köln 🌻.png", "image/png", "Grüße aus Köln 🌻.png", id="unicode"),
        pytest.param("../../etc/passwd", "text/plain", "passwd", id="a path"),
        pytest.param("C:\\Users\\ann\\cv.pdf", "application/pdf", "cv.pdf", id="a Windows path"),
        pytest.param("a\r\nSet-Cookie: x\x00.pdf", "application/pdf", "aSet-Cookie x.pdf", id="control characters"),
        pytest.param("invoice\u202efdp.exe", "application/octet-stream", "invoicefdp.exe", id="written backwards"),
        pytest.param("scan.bmp", "image/png", "scan.png", id="an image of another type"),
        pytest.param("report.v2", "image/png", "report.v2.png", id="no image's ending"),
        pytest.param("IMG.JPEG", "image/jpeg", "IMG.JPEG", id="upper case"),
        pytest.param(".htaccess", "text/plain", "htaccess", id="hidden"),
        pytest.param("", "text/plain", "file", id="nothing"),
        pytest.param("..", "image/png", "image.png", id="dots"),
        pytest.param(None, "image/gif", "image.gif", id="none"),
        pytest.param("x" * 300 + ".pdf", "application/pdf", "x" * (NAME_BYTES - 4) + ".pdf", id="long"),
        pytest.param('a<b>:"c"|d?*.txt', "text/plain", "abcd.txt", id="what Windows forbids"),
    ],
)
def test_names_keep_what_people_recognise(given_name, media_type, expected):
    assert clean(given_name, media_type) == expected


@given(st.text(), TYPES)
def test_whatever_a_file_is_called_its_name_is_harmless(name, media_type):
    cleaned = clean(name, media_type)
    assert 0 < len(cleaned.encode()) <= NAME_BYTES
    assert not set(cleaned) & set('/\\"<>:|?*\0')
    assert not cleaned.startswith((".", " "))
    assert not cleaned.endswith((".", " "))
    assert all(unicodedata.category(char) not in {"Cc", "Cs", "Zl", "Zp"} for char in cleaned)
    assert clean(cleaned, media_type) == cleaned


def links(now=NOW, secret="a secret", base=BASE):
    return Links(base, secret, lambda: now)


def upload(media_id="ab" * 16, name="a.png"):
    return Media(MediaId(media_id), name, "image/png", 1)


@given(HEX, st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=50), st.floats(0, 2**33))
def test_a_link_leads_to_its_upload_for_a_week(media_id, name, now):
    url = links(now).of(upload(media_id, name))
    assert url.isascii()
    assert urlsplit(url).path.startswith(f"/support{PATH}/{media_id}/")
    assert links(now).read(url) == media_id
    assert links(now + VALID_SECONDS - 1).read(url) == media_id
    with pytest.raises(ExpiredLinkError) as expired:
        links(now + VALID_SECONDS + STEP_SECONDS + 1).read(url)
    assert expired.value.media_id == media_id


@given(st.data())
def test_a_link_that_was_changed_anywhere_it_matters_is_no_good(data):
    url = links().of(upload())
    begins = len(f"{BASE}{PATH}/")
    places = [*range(begins, begins + 32), *range(url.index("expires="), len(url))]
    place = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from([char for char in string.printable if char != url[place]]))
    try:
        changed = links().read(url[:place] + other + url[place + 1 :])
    except BadLinkError:
        return
    assert changed is None


@pytest.mark.parametrize(
    "query",
    ["", "expires=1800000000", "signature=00", "expires=&signature=", "expires=x&signature=ü", "&".join("a" * 50)],
)
def test_a_link_without_its_parts_is_no_good(query):
    with pytest.raises(BadLinkError):
        links().read(f"{BASE}{PATH}/{'ab' * 16}/a.png?{query}")


def test_a_repeated_part_is_no_good():
    with pytest.raises(BadLinkError):
        links().read(links().of(upload()) + "&expires=1800000000")


def test_another_secret_makes_other_links():
    with pytest.raises(BadLinkError):
        links(secret="another").read(links().of(upload()))


def test_an_expiry_cannot_be_prolonged():
    url = links().of(upload())
    expires = url.partition("expires=")[2].partition("&")[0]
    with pytest.raises(BadLinkError):
        links().read(url.replace(expires, str(int(expires) + 1)))


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/media/" + "ab" * 16,
        "https://sk.example.org/media/" + "ab" * 16,
        "https://sk.example.org:8443/support/media/x",
        "https://sk.example.org:x/support/media/x",
        "https://sk.example.org/support/other",
        "https://sk.example.org",
    ],
)
def test_what_leads_elsewhere_is_left_alone(url):
    assert links().read(url) is None


def test_links_made_soon_after_each_other_are_the_same():
    first = links(NOW).of(upload())
    assert first == links(NOW + 60).of(upload())
    assert first != links(NOW + STEP_SECONDS).of(upload())
