"""Uploads that are no uploads: the first line of an input is its content type, the rest is its body.

What the server does with it ends as a file or as a refusal, and leaves nothing behind that nobody knows of.
"""

import atexit
import logging
import shutil
import tempfile
from pathlib import Path

import structlog

from settings import load
from webhook_server.api.auth import app_jwt
from webhook_server.app import create_app

MEMORY = Path("/dev/shm")
DATA = Path(tempfile.mkdtemp(prefix="fuzz-multipart-", dir=MEMORY if MEMORY.is_dir() else None))
"""In memory where there is such a place: thousands of uploads need not outlive anything."""
atexit.register(shutil.rmtree, DATA, ignore_errors=True)

structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
SETTINGS = load({"SK_DATA_DIR": str(DATA)}, Path("/dev/null"))
CLIENT = create_app(SETTINGS).test_client()
AUTHORIZATION = f"Bearer {app_jwt(SETTINGS)}"
EXPECTED = {201, 400, 413, 415}


def one(data):
    """Upload `data`."""
    content_type, _, body = data.partition(b"\n")
    headers = {"Authorization": AUTHORIZATION, "Content-Type": content_type.decode("latin-1").replace("\r", "")}
    response = CLIENT.post("/v1/attachments", data=body, headers=headers)
    if response.status_code not in EXPECTED:
        raise AssertionError((response.status_code, response.text))
    if list((DATA / "media").glob("*.part")):
        raise AssertionError("something was left behind")
