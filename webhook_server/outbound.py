"""HTTP to addresses that others chose: public ones only unless allowed, checked where the connection is made."""

from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urljoin

import requests
from requests import codes
from urllib3 import Timeout
from urllib3.exceptions import HTTPError

from webhook_server.dialling import CheckedAdapter
from webhook_server.domain.targets import is_public
from webhook_server.names import Resolve, addresses
from webhook_server.watchdog import Watchdog

ANSWER_SECONDS = 20.0
"""The whole of an exchange, from the look-up of the name to the head of the answer."""
CONNECT_SECONDS = 5.0
ANSWER_BYTES = 65_536
REDIRECTS = 3
"""A file may have moved so often; each step is checked like the first."""

_USER_AGENT = "err-sk-files/1"
_NOTHING_FOUND = "nothing is there"
_MOVES_ON = "it moves on and on"


class TooSlowError(Exception):
    """The answer did not come in time."""


class TooMuchError(Exception):
    """The answer is larger than was asked for."""


class PrivateAddressError(Exception):
    """The host has no address on the open internet."""


def permitted(host: str, port: int, *, allow_private: bool, resolve: Resolve = addresses) -> list[str]:
    """The addresses of `host` that may be connected to.

    Raises:
        OSError: it has none.
        PrivateAddressError: it has private ones only.
    """
    found = resolve(host, port)
    allowed = found if allow_private else [address for address in found if is_public(address)]
    if not allowed:
        raise PrivateAddressError(host)
    return allowed


class Outbound:
    """Sends to permitted addresses only, whatever a name stands for a moment later. Safe to use from many threads.

    `seconds` limits each exchange. Neither proxies nor passwords are taken from the environment: a proxy would look up
    names by itself.
    """

    def __init__(self, *, allow_private: bool, resolve: Resolve = addresses, seconds: float = ANSWER_SECONDS) -> None:
        self.seconds = seconds
        self._watchdog = Watchdog()
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))  # nobody's are anybody else's
        adapter = CheckedAdapter(
            lambda host, port: permitted(host, port, allow_private=allow_private, resolve=resolve), self._watchdog
        )
        self._session.mount("http://", adapter)
        self._session.mount("https://", adapter)

    def post(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        """POST `body` and return the answer's status. Redirects are not followed.

        Raises:
            TooSlowError: the answer was not there in time.
            PrivateAddressError: the host has private addresses only.
            requests.RequestException: it could not be reached, or gave no answer.
        """
        timeout: Any = Timeout(connect=min(self.seconds, CONNECT_SECONDS), total=self.seconds)
        with self._watchdog.limit(self.seconds) as limit:
            try:
                response = self._session.post(
                    url, body, headers=headers, timeout=timeout, allow_redirects=False, stream=True
                )
            except requests.ReadTimeout as error:
                raise TooSlowError from error
            except requests.RequestException as error:
                if limit.expired:
                    raise TooSlowError from error
                raise
            if limit.expired:  # cut off within its head, which then looks complete
                response.close()
                raise TooSlowError
            _finish(response)
            return response.status_code

    def fetch(self, url: str, *, most: int, seconds: float) -> bytes:
        """GET what lies at `url`, or where that redirects to, as it is sent: at most `most` bytes, within `seconds`.

        Raises:
            TooSlowError: it was not there in time.
            TooMuchError: it is larger.
            PrivateAddressError: a host on the way has private addresses only.
            requests.RequestException: it could not be had.
        """
        with self._watchdog.limit(seconds) as limit:
            try:
                content = self._followed(url, most, seconds)
            except requests.ReadTimeout as error:
                raise TooSlowError from error
            except (requests.RequestException, HTTPError) as error:
                if limit.expired:
                    raise TooSlowError from error
                raise requests.RequestException(str(error)) from error
            if limit.expired:  # cut off, which may look like the end
                raise TooSlowError
            return content

    def _followed(self, url: str, most: int, seconds: float) -> bytes:
        timeout: Any = Timeout(connect=min(seconds, CONNECT_SECONDS), total=seconds)
        headers = {"Accept-Encoding": "identity", "User-Agent": _USER_AGENT}
        for _ in range(REDIRECTS + 1):
            if self._watchdog.expired():
                raise TooSlowError
            with self._session.get(url, headers=headers, timeout=timeout, allow_redirects=False, stream=True) as found:
                if not found.is_redirect:
                    return _content(found, most)
                url = urljoin(url, found.headers["Location"])
        raise requests.TooManyRedirects(_MOVES_ON)


def _content(response: requests.Response, most: int) -> bytes:
    if response.status_code != codes.ok:
        raise requests.RequestException(_NOTHING_FOUND)
    content = bytearray()
    while piece := response.raw.read(ANSWER_BYTES, decode_content=False):
        content += piece
        if len(content) > most:
            raise TooMuchError
    if not content:
        raise requests.RequestException(_NOTHING_FOUND)
    return bytes(content)


def _finish(response: requests.Response) -> None:
    """Read a short answer to its end, so that the connection can be used again; close it after a long one."""
    try:
        response.raw.read(ANSWER_BYTES)
    except (OSError, HTTPError):  # the status has been read, and nothing else matters
        response.close()
    else:
        response.close() if response.raw.length_remaining else response.raw.release_conn()
