"""Signatures of the internal API: HMAC-SHA256 over time, method, path and the raw body."""

import hmac
from hashlib import sha256

TIMESTAMP_HEADER = "X-Sk-Timestamp"
SIGNATURE_HEADER = "X-Sk-Signature"
WINDOW_SECONDS = 300
"""A request signed longer ago, or further ahead, is refused. Repeats inside it are harmless: orders carry IDs."""


class BadSignatureError(Exception):
    """The request was not signed with our secret, or not now. Its text says which."""


def sign(secret: str, method: str, path: str, body: bytes, now: float) -> dict[str, str]:
    """The two headers that prove who sent `body` to `path`. `now` is seconds since the epoch."""
    timestamp = str(int(now))
    return {TIMESTAMP_HEADER: timestamp, SIGNATURE_HEADER: _digest(secret, timestamp, method, path, body)}


def verify(
    secret: str, method: str, path: str, body: bytes, *, timestamp: str | None, signature: str | None, now: float
) -> None:
    """Check the two headers of a request against its raw body.

    Raises:
        BadSignatureError: a header is missing, the signature is another one, or the time is off.
    """
    if not timestamp or not signature:
        raise BadSignatureError(f"{TIMESTAMP_HEADER} and {SIGNATURE_HEADER} are required")
    expected = _digest(secret, timestamp, method, path, body)
    if not hmac.compare_digest(expected.encode(), signature.encode()):
        raise BadSignatureError("the signature does not fit: both processes need the same SK_INTERNAL_SECRET")
    if not timestamp.isascii() or not timestamp.isdigit() or abs(now - int(timestamp)) > WINDOW_SECONDS:
        raise BadSignatureError("the request was signed at another time: do both machines' clocks agree?")


def _digest(secret: str, timestamp: str, method: str, path: str, body: bytes) -> str:
    head = f"v1:{timestamp}:{method.upper()}:{path}:".encode()
    return "v1=" + hmac.new(secret.encode(), head + body, sha256).hexdigest()
