"""Signatures of the internal API."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wire.signature import SIGNATURE_HEADER, TIMESTAMP_HEADER, WINDOW_SECONDS, BadSignatureError, sign, verify

NOW = 1_700_000_000.5
SECRET = "s3cret"


def check(secret=SECRET, method="POST", path="/sk/receive", body=b"{}", now=NOW, **headers):
    signed = sign(SECRET, "POST", "/sk/receive", b"{}", NOW) | headers
    verify(secret, method, path, body, timestamp=signed[TIMESTAMP_HEADER], signature=signed[SIGNATURE_HEADER], now=now)


def test_what_was_signed_verifies():
    check()
    check(now=NOW + WINDOW_SECONDS - 1)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"secret": "other"}, id="another secret"),
        pytest.param({"method": "GET"}, id="another method"),
        pytest.param({"path": "/sk/receipt"}, id="another path"),
        pytest.param({"body": b"{} "}, id="another body"),
        pytest.param({"now": NOW + WINDOW_SECONDS + 1}, id="too old"),
        pytest.param({"now": NOW - WINDOW_SECONDS - 1}, id="from the future"),
        pytest.param({TIMESTAMP_HEADER: "1700000001"}, id="another time"),
        pytest.param({TIMESTAMP_HEADER: None}, id="no time"),
        pytest.param({SIGNATURE_HEADER: None}, id="no signature"),
        pytest.param({SIGNATURE_HEADER: "v1=ä"}, id="not ascii"),
    ],
)
def test_anything_else_is_refused(change):
    with pytest.raises(BadSignatureError):
        check(**change)


@given(body=st.binary(), other=st.binary())
def test_two_bodies_never_share_a_signature(body, other):
    signed = sign(SECRET, "POST", "/p", body, NOW)
    if body == other:
        return
    with pytest.raises(BadSignatureError):
        verify(
            SECRET,
            "POST",
            "/p",
            other,
            timestamp=signed[TIMESTAMP_HEADER],
            signature=signed[SIGNATURE_HEADER],
            now=NOW,
        )
