"""Keys that sign the app's JWTs, for the operator: listed, added, revoked."""

import secrets

from webhook_server.domain.keys import Key, KeyId
from webhook_server.errors import KeyNotFoundError
from webhook_server.ledger import Books
from wire import operators as wire


def new_key(now: float) -> Key:
    """A key that nobody has yet."""
    return Key(KeyId("app_" + secrets.token_hex(12)), secrets.token_urlsafe(32), now)


def add(books: Books, key: Key) -> wire.NewKey:
    """Let `key` sign from now on. Its secret is told this once."""
    books.keys.add(key)
    return wire.NewKey(key_id=key.id, secret=key.secret)


def listing(books: Books, own: KeyId) -> wire.KeyList:
    """All keys, the settings' `own` first, without their secrets."""
    kept = {key.id: key for key in books.keys.all()}
    first = kept.pop(own, None)
    keys = [wire.Key(key_id=own, revoked=first and first.revoked)]
    keys += [wire.Key(key_id=key.id, created=key.created, revoked=key.revoked) for key in kept.values()]
    return wire.KeyList(keys=tuple(keys))


def revoke(books: Books, key_id: KeyId, own: KeyId, now: float) -> wire.KeyList:
    """Let a key open nothing any more, the settings' `own` included. Revoked again, it stays so. Returns all keys.

    Raises:
        KeyNotFoundError: there is no such key.
    """
    if key_id in {key.id for key in books.keys.all()}:
        books.keys.revoke(key_id, now)
    elif key_id == own:
        books.keys.add(Key(own, "", now, revoked=now))
    else:
        raise KeyNotFoundError
    return listing(books, own)
