"""Names of the internet, looked up within a time limit: the system's own look-up has none that we could set."""

import socket
import threading
from collections.abc import Callable
from concurrent.futures import Future
from ipaddress import ip_address

from webhook_server import wording

Resolve = Callable[[str, int], list[str]]
"""Host and port to numeric addresses; raises OSError where there are none."""

LOOK_UP_SECONDS = 5.0
AT_ONCE = 32
"""Look-ups that hang stay about until the system gives them up: so many threads they may hold."""


def addresses(host: str, port: int) -> list[str]:
    """The numeric addresses of `host`.

    Raises:
        OSError: it has none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[4][0]) for address in found))


class Names:
    """Looks up names, each on a thread that is left alone when it takes too long."""

    def __init__(self, resolve: Resolve, seconds: float = LOOK_UP_SECONDS) -> None:
        self._resolve = resolve
        self._seconds = seconds
        self._free = threading.Semaphore(AT_ONCE)

    def __call__(self, host: str, port: int) -> list[str]:
        """The numeric addresses of `host`.

        Raises:
            OSError: it has none, or the answer took too long.
        """
        if _is_numeric(host):
            return self._resolve(host, port)
        if not self._free.acquire(timeout=self._seconds):
            raise TimeoutError(wording.look_up_too_slow(host))
        found: Future[list[str]] = Future()
        threading.Thread(target=self._look_up, args=(host, port, found), name="look-up", daemon=True).start()
        try:
            return found.result(self._seconds)
        except TimeoutError as error:
            raise TimeoutError(wording.look_up_too_slow(host)) from error

    def _look_up(self, host: str, port: int, found: "Future[list[str]]") -> None:
        try:
            found.set_result(self._resolve(host, port))
        except Exception as error:  # noqa: BLE001 - it belongs to whoever waits
            found.set_exception(error)
        finally:
            self._free.release()


def _is_numeric(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
