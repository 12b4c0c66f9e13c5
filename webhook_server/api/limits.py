"""How often app users' own credentials, and if the operator wishes the app's, may ask."""

import math
import threading
from ipaddress import IPv6Address, ip_address, ip_network

from flask import request

from settings import Settings
from webhook_server.api.auth import Caller
from webhook_server.clock import Clock
from webhook_server.domain.allowance import Allowances, Rate
from webhook_server.errors import TooManyRequestsError
from webhook_server.ledger import Ledger
from wire.ids import AppUserId

OF_APP_USER = Rate(per_second=10.0, burst=200.0)
APP_USERS = 10_000
"""So many app users' requests are counted at a time."""

_INTERNAL_ID_LENGTH = 24
_OWN_NETWORK_BITS = 64
"""Of an IPv6 address: whoever has one has all that begin like it."""
_APP_BURST_SECONDS = 10.0


class Limits:
    """Counts requests. `_lock` guards the counts."""

    def __init__(self, settings: Settings, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock
        self._lock = threading.Lock()
        self._app_users = Allowances(OF_APP_USER, APP_USERS)
        rate = float(settings.sk_app_rate)
        self._app = Allowances(Rate(rate, rate * _APP_BURST_SECONDS), 1) if rate else None

    def check(self, caller: Caller) -> None:
        """Count the current request of `caller`.

        Raises:
            TooManyRequestsError: they have to wait.
        """
        if caller.kind == "app":
            if self._app is not None:
                self._count(self._app, caller.name)
        elif who := self._whose(caller):
            self._count(self._app_users, who)

    def check_introduction(self, caller: Caller, name: str) -> None:
        """Count an introduction, whose path names nobody: by the `userId` or device ID in its body.

        Raises:
            TooManyRequestsError: they have to wait.
        """
        if caller.kind == "app_token":
            self._count(self._app_users, f"{caller.kind}:{name}")

    def check_upload(self, caller: Caller) -> None:
        """Count an upload whose path names nobody: with the public token, by the address that it comes from.

        Raises:
            TooManyRequestsError: they have to wait.
        """
        if caller.kind == "app_token":
            self._count(self._app_users, f"{caller.kind}@{_home(request.remote_addr or '')}")

    def _count(self, allowances: Allowances, who: str) -> None:
        with self._lock:
            seconds = allowances.ask(who, self._clock.monotonic())
        if seconds > 0:
            raise TooManyRequestsError(max(1, math.ceil(seconds)))

    def _whose(self, caller: Caller) -> str:
        """The app user who is counted, by one name whichever ID the path has.

        The two credentials are counted apart: whoever has the public token must not use up an app user's own.
        """
        if caller.user_id is not None:
            return f"{caller.kind}:{caller.user_id}"
        ref = (request.view_args or {}).get("ref", "")
        if not ref:
            return ""
        if len(ref) != _INTERNAL_ID_LENGTH:
            return f"{caller.kind}:{ref}"
        user = self._ledger.read(lambda books: books.app_users.by_id(AppUserId(ref)))
        return f"{caller.kind}:{user.user_id if user and user.user_id else ref}"


def _home(address: str) -> str:
    """Where a request comes from, as far as whoever sent it cannot choose at will."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or ip_network((int(found), _OWN_NETWORK_BITS), strict=False))
