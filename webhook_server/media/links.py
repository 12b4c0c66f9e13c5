"""Links to uploads: signed, so that nobody can guess them, and good for a week. They are made anew whenever told."""

import hmac
import math
import re
from collections.abc import Callable
from hashlib import sha256
from urllib.parse import parse_qs, quote, urlsplit

from webhook_server.domain.values import Media, MediaId

PATH = "/media"
VALID_SECONDS = 7 * 86_400
"""A link is good for at least so long."""
STEP_SECONDS = 3_600
"""Links made within such a step are the same, so that clients need not fetch twice what they have."""

_KEY_LABEL = b"media-links-v1"
_MEDIA_ID = re.compile(r"[0-9a-f]{32}")
_EXPIRES = re.compile(r"[0-9]{1,12}")


class BadLinkError(Exception):
    """The link was not made here, or was changed."""


class ExpiredLinkError(Exception):
    """The link to the upload `media_id` was good once."""

    def __init__(self, media_id: MediaId) -> None:
        super().__init__(media_id)
        self.media_id = media_id


class Links:
    """Makes and checks links. `base` is how the world reaches this server; `now` tells seconds since the epoch."""

    def __init__(self, base: str, secret: str, now: Callable[[], float]) -> None:
        self._base = base
        self._before = urlsplit(base).path + f"{PATH}/"
        self._key = hmac.new(secret.encode(), _KEY_LABEL, sha256).digest()
        self._now = now

    def of(self, media: Media) -> str:
        """A link to `media` that is good from now on."""
        expires = math.ceil((self._now() + VALID_SECONDS) / STEP_SECONDS) * STEP_SECONDS
        name = quote(media.file_name, safe="")
        signature = self._signature(media.id, str(expires))
        return f"{self._base}{PATH}/{media.id}/{name}?expires={expires}&signature={signature}"

    def check(self, media_id: str, expires: str, signature: str) -> MediaId:
        """The upload that a link with these parts is for.

        Raises:
            BadLinkError: they do not belong together.
            ExpiredLinkError: they were good once.
        """
        expected = self._signature(media_id, expires)
        genuine = hmac.compare_digest(expected.encode(), signature.encode(errors="replace"))
        if not genuine or not _MEDIA_ID.fullmatch(media_id) or not _EXPIRES.fullmatch(expires):
            raise BadLinkError
        if int(expires) <= self._now():
            raise ExpiredLinkError(MediaId(media_id))
        return MediaId(media_id)

    def leads_here(self, url: str) -> bool:
        """Whether `url` looks like a link to an upload, be it good or not."""
        ours = urlsplit(self._base)
        try:
            given = urlsplit(url)
            same = (given.hostname, given.port) == (ours.hostname, ours.port)
        except ValueError:  # no port
            return False
        return same and given.path.startswith(self._before)

    def read(self, url: str) -> MediaId | None:
        """The upload that `url` is a link to; None: it leads elsewhere.

        Raises:
            BadLinkError: it leads here, and was not made here.
            ExpiredLinkError: it was good once.
        """
        if not self.leads_here(url):
            return None
        given = urlsplit(url)
        media_id = given.path.removeprefix(self._before).partition("/")[0]
        return self.check(media_id, _only(given.query, "expires"), _only(given.query, "signature"))

    def _signature(self, media_id: str, expires: str) -> str:
        signed = f"{media_id}:{expires}".encode(errors="replace")
        return hmac.new(self._key, signed, sha256).hexdigest()


def _only(query: str, name: str) -> str:
    """A parameter that stands there once."""
    try:
        given = parse_qs(query, max_num_fields=10).get(name, [])
    except ValueError as error:
        raise BadLinkError from error
    if len(given) != 1:
        raise BadLinkError
    return given[0]
