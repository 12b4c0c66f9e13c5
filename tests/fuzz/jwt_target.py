"""Credentials that are none: the first byte of an input says how the rest becomes an Authorization header.

Whatever it is, the server says who it takes the caller for, or refuses; it never breaks.
"""

import atexit
import base64
import hmac
import logging
import shutil
import tempfile
from hashlib import sha256
from pathlib import Path

import structlog

from settings import load
from webhook_server.app import create_app

MEMORY = Path("/dev/shm")
DATA = Path(tempfile.mkdtemp(prefix="fuzz-jwt-", dir=MEMORY if MEMORY.is_dir() else None))
"""In memory where there is such a place: nothing here need outlive the process."""
atexit.register(shutil.rmtree, DATA, ignore_errors=True)

structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
SECRET = "a secret of some length, for fuzzing"
SETTINGS = load({"SK_DATA_DIR": str(DATA), "SK_SECRET": SECRET, "SK_KEY_ID": "key1"}, Path("/dev/null"))
CLIENT = create_app(SETTINGS).test_client()
EXPECTED = {200, 401, 403, 404}

HEADER = b'{"alg":"HS256","typ":"JWT","kid":"key1"}'
CLAIMS = b'{"scope":"app"}'


def one(data):
    """Call with the credentials that `data` makes."""
    authorization = _authorization(data[:1], data[1:]).replace("\r", "").replace("\n", "")
    response = CLIENT.get("/v1/appusers/nobody", headers={"Authorization": authorization})
    if response.status_code not in EXPECTED:
        raise AssertionError((response.status_code, authorization))


def _authorization(kind, rest):
    """As it came; a token; or claims, header or both, signed with the app's own key: so that fuzzing gets past it."""
    if kind == b"r":
        return rest.decode("latin-1")
    if kind == b"t":
        return "Bearer " + rest.decode("latin-1")
    if kind == b"h":
        return _signed(rest, CLAIMS)
    if kind == b"b":
        header, _, claims = rest.partition(b"\n")
        return _signed(header, claims)
    return _signed(HEADER, rest)


def _signed(header, claims):
    said = _base64(header) + b"." + _base64(claims)
    return "Bearer " + (said + b"." + _base64(hmac.new(SECRET.encode(), said, sha256).digest())).decode()


def _base64(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=")
