"""Connections that are made to addresses looked up and checked at that moment, and watched while they last."""

import socket
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NewConnectionError

from webhook_server.names import Resolve
from webhook_server.watchdog import Watchdog


class CheckedAdapter(HTTPAdapter):
    """Makes connections through `look_up`, watched by `watchdog`."""

    def __init__(self, look_up: Resolve, watchdog: Watchdog) -> None:
        self._look_up = look_up
        self._watchdog = watchdog
        super().__init__(pool_connections=16, pool_maxsize=16)

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """Set up connection pools whose connections dial checked addresses."""
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = _pools(self._look_up, self._watchdog)


def _pools(look_up: Resolve, watchdog: Watchdog) -> dict[str, type[HTTPConnectionPool]]:
    """The pools for both schemes. Names and certificates are checked against the URL, as always."""

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _dial(self, look_up, watchdog)

        def getresponse(self) -> Any:
            watchdog.attach(self.sock)
            return super().getresponse()

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _dial(self, look_up, watchdog)

        def getresponse(self) -> Any:
            watchdog.attach(self.sock)
            return super().getresponse()

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


def _dial(connection: HTTPConnection, look_up: Resolve, watchdog: Watchdog) -> socket.socket:
    """Connect to the first address that answers."""
    problem: OSError | None = None
    try:
        found = look_up(connection.host.strip("[]"), connection.port)
    except OSError as error:
        raise NewConnectionError(connection, str(error)) from error
    for address in found:
        if watchdog.expired():
            break
        try:
            dialled = socket.create_connection((address, connection.port), timeout=connection.timeout)
        except OSError as error:
            problem = error
        else:
            watchdog.attach(dialled)
            dialled.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return dialled
    raise NewConnectionError(connection, str(problem)) from problem
