"""What the operator's command asks and orders."""

import structlog
from flask import Response

from webhook_server.administration import deliveries, erasures, export, keys
from webhook_server.api.house import House
from webhook_server.domain.keys import KeyId
from webhook_server.door.ear import Ear, Views, said
from wire import operators as wire

_log = structlog.get_logger()


def views(house: House, ear: Ear) -> Views:
    """What answers to operators."""
    operators = _Operators(house, ear)
    return {
        wire.DELIVERIES: operators.deliveries,
        wire.REPLAY: operators.replay,
        wire.ERASURE: operators.erasure,
        wire.EXPORT: operators.export,
        wire.KEYS: operators.keys,
        wire.ADD_KEY: operators.add_key,
        wire.REVOKE_KEY: operators.revoke_key,
    }


class _Operators:
    """Does what they order beside the running server, which notices at once."""

    def __init__(self, house: House, ear: Ear) -> None:
        self._house = house
        self._ear = ear

    def deliveries(self) -> Response:
        """The operator wants to see what waits, or what was given up."""
        asked = self._ear.anybody(wire.ListRequest)
        return said(self._house.ledger.read(lambda books: deliveries.listing(books, asked)))

    def replay(self) -> Response:
        """The operator wants given-up deliveries to be tried again."""
        asked = self._ear.anybody(wire.ReplayRequest)
        now = self._house.clock.now()
        replayed = self._house.ledger.write(lambda books: deliveries.replay(books, asked, now))
        self._house.courier.run(replayed.errands)
        _log.info("deliveries_replayed", count=len(replayed.ids))
        return said(deliveries.replayed(replayed))

    def erasure(self) -> Response:
        """The operator wants an app user to be erased, or to see what that means or how far it is."""
        asked = self._ear.anybody(wire.ErasureRequest)
        if not asked.erase:
            return said(self._house.ledger.read(lambda books: erasures.report(books, asked)))
        now = self._house.clock.now()
        erasure = self._house.ledger.write(lambda books: erasures.erase(books, asked, now))
        self._house.stream.close(erasure.app_user_id)
        self._house.typing.stop(erasure.app_user_id)
        self._house.courier.erase(erasure.app_user_id)
        self._house.media.sweep()
        self._house.scrub()
        _log.info("app_user_erased", app_user_id=erasure.app_user_id)
        return said(erasure)

    def export(self) -> Response:
        """The operator wants to see what is kept of an app user."""
        asked = self._ear.anybody(wire.ExportRequest)
        return said(self._house.ledger.read(lambda books: export.page(books, asked)))

    def keys(self) -> Response:
        """The operator wants to see the keys."""
        self._ear.anybody(wire.KeysRequest)
        own = KeyId(self._house.settings.sk_key_id)
        return said(self._house.ledger.read(lambda books: keys.listing(books, own)))

    def add_key(self) -> Response:
        """The operator wants another key."""
        self._ear.anybody(wire.KeysRequest)
        key = keys.new_key(self._house.clock.now())
        added = self._house.ledger.write(lambda books: keys.add(books, key))
        self._house.authenticator.keys.reload()
        _log.info("key_added", key_id=key.id)
        return said(added)

    def revoke_key(self) -> Response:
        """The operator wants an end to a key. Listening clients come back, and show what they have."""
        asked = self._ear.anybody(wire.RevokeKeyRequest)
        key_id, own, now = KeyId(asked.key_id), KeyId(self._house.settings.sk_key_id), self._house.clock.now()
        left = self._house.ledger.write(lambda books: keys.revoke(books, key_id, own, now))
        self._house.authenticator.keys.reload()
        self._house.stream.close_all()
        _log.info("key_revoked", key_id=key_id)
        return said(left)
