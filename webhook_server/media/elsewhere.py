"""Files that lie elsewhere, where a message says that they are: fetched as carefully as webhooks are sent."""

from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import requests

from webhook_server import wording
from webhook_server.errors import MediaNotFoundError
from webhook_server.media import kinds
from webhook_server.media.names import clean
from webhook_server.outbound import Outbound, PrivateAddressError, TooMuchError, TooSlowError

MOST_BYTES = 10 * 1024 * 1024
SECONDS = 5.0

_FOOT_BYTES = 1_024


class Fetched(NamedTuple):
    """A file: its name, its type as recognised from its content, its bytes."""

    name: str
    media_type: str
    content: bytes


def fetched(outbound: Outbound, url: str) -> Fetched:
    """What lies at `url` at this moment.

    Raises:
        MediaNotFoundError: nothing that could be had. It says why.
    """
    try:
        content = outbound.fetch(url, most=MOST_BYTES, seconds=SECONDS)
    except PrivateAddressError as error:
        raise MediaNotFoundError(wording.media_private()) from error
    except TooMuchError as error:
        raise MediaNotFoundError(wording.media_beyond_limit(MOST_BYTES)) from error
    except (TooSlowError, requests.RequestException, ValueError) as error:
        raise MediaNotFoundError(wording.media_out_of_reach()) from error
    given = unquote(urlsplit(url).path.rpartition("/")[2], errors="ignore")
    whole = len(content) <= kinds.HEAD_BYTES
    guess = kinds.of_bytes(content[: kinds.HEAD_BYTES], given, foot=content[-_FOOT_BYTES:], whole=whole)
    return Fetched(clean(given, guess.media_type), guess.media_type, content)
