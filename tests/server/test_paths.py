"""Paths as clients send them."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webhook_server.api.paths import Route, normalize, raw_path


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("/v1/appusers/x", Route("/v1/appusers/x")),
        ("/v1.1/appusers/x", Route("/v1/appusers/x")),
        ("/V1/apps/app/appusers/x", Route("/v1/appusers/x", "app")),
        ("/v1.1/Apps/My%20App/appusers/x/messages", Route("/v1/appusers/x/messages", "My App")),
        ("/v1/appUsers/CaSe/Conversation/MESSAGES", Route("/v1/appusers/CaSe/conversation/messages")),
        ("/v1/appusers/a%2Fb/messages", Route("/v1/appusers/a%2Fb/messages")),
        ("/v1/appusers/a%252Fb", Route("/v1/appusers/a%252Fb")),
        ("/v1/appusers/me@example.org+x", Route("/v1/appusers/me%40example.org%2Bx")),
        ("/v1/appusers/%C3%A4", Route("/v1/appusers/%C3%A4")),
        ("/v1/appusers/messages", Route("/v1/appusers/messages")),
        ("/v1/attachments/Remove", Route("/v1/attachments/remove")),
        ("/v1/appusers/", Route("/v1/appusers")),
        ("/v1/appusers//messages", Route("/v1/appusers//messages")),
        ("/healthz", Route("/healthz")),
        ("/internal/replies", Route("/internal/replies")),
        ("/", Route("/")),
    ],
)
def test_one_form(raw, expected):
    assert normalize(raw) == expected


@pytest.mark.parametrize("raw", ["/v1/appusers/%FF", "/v1/appusers/%C3", "/v1/appusers/\xff"])
def test_bytes_that_are_no_utf8_are_refused(raw):
    with pytest.raises(UnicodeDecodeError):
        normalize(raw)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_every_id_is_one_segment(user_id):
    path = normalize("/v1/appusers/" + quote(user_id, safe="") + "/messages").path
    assert path == f"/v1/appusers/{quote(user_id, safe='')}/messages"


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"REQUEST_URI": "/v1/a%2Fb?q=/x"}, "/v1/a%2Fb"),
        ({"RAW_URI": "/v1/a%2Fb"}, "/v1/a%2Fb"),
        ({"REQUEST_URI": "http://host:80/v1/a?x"}, "/v1/a"),
        ({"PATH_INFO": "/v1/\xc3\xa4"}, "/v1/%C3%A4"),
    ],
)
def test_where_the_path_comes_from(environ, expected):
    assert raw_path(environ) == expected
