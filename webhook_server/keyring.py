"""The keys that are good at this moment, in memory: no request waits for the ledger to be known."""

import threading

import structlog

from settings import Settings
from webhook_server.ledger import Ledger

_log = structlog.get_logger()


class Keyring:
    """The key of the settings and those that were added by command, without the revoked ones.

    `_lock` keeps an older view of the ledger from replacing a newer one.
    """

    def __init__(self, settings: Settings, ledger: Ledger) -> None:
        self._own = (settings.sk_key_id, settings.sk_secret)
        self._ledger = ledger
        self._lock = threading.Lock()
        self._secrets: dict[str, str] = {}
        self.reload()

    def secret(self, key_id: str) -> str | None:
        """The secret of a key; None where there is none that is good."""
        return self._secrets.get(key_id)

    def reload(self) -> None:
        """Take up what changed in the ledger: it holds from the next request on."""
        with self._lock:
            kept = self._ledger.read(lambda books: books.keys.all())
            good = dict([(key.id, key.secret) for key in kept] + [self._own])
            for key in kept:
                if key.revoked is not None:
                    del good[key.id]
            self._secrets = good
        if self._own[0] not in good:
            _log.warning("settings_key_is_revoked", key_id=self._own[0])
