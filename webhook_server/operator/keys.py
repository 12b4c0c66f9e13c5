"""`python -m webhook_server keys`: which keys sign the app's JWTs, a new one, and an end to one."""

import argparse
import sys
import time
from collections.abc import Callable
from typing import TextIO

from pydantic import TypeAdapter

from settings import Settings
from webhook_server import wording
from webhook_server.administration import keys
from webhook_server.domain.keys import KeyId
from webhook_server.operator.keeper import Keeper, Question, keeper
from webhook_server.operator.terminal import one_line
from wire import operators as wire

_LIST = TypeAdapter(wire.KeyList)
_NEW = TypeAdapter(wire.NewKey)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Teach `parser` what may follow the word `keys`."""
    deeds = parser.add_subparsers(dest="deed")
    deeds.add_parser("add", help=wording.help_keys_add())
    revoke = deeds.add_parser("revoke", help=wording.help_keys_revoke())
    revoke.add_argument("key_id", metavar="KID", help=wording.help_key_id())


def carry_out(
    given: argparse.Namespace, settings: Settings, now: Callable[[], float] = time.time, out: TextIO | None = None
) -> int:
    """Do what was typed, and print what came of it. Returns the exit status.

    Raises:
        OperatorError: there is no such key, or neither server nor ledger can be used.
    """
    out = out or sys.stdout
    own = KeyId(settings.sk_key_id)
    with keeper(settings, now) as ledger:
        if given.deed == "add":
            new = _added(ledger, now)
            out.write(wording.key_added(new.key_id, new.secret) + "\n")
            return 0
        if given.deed == "revoke":
            left = _revoked(ledger, KeyId(given.key_id), own, now)
            out.write(wording.key_revoked(one_line(given.key_id)) + "\n")
            if all(key.revoked is not None for key in left.keys):
                out.write(wording.no_key_left() + "\n")
            return 0
        asked = wire.KeysRequest()
        for key in ledger.ask(Question(wire.KEYS, asked, _LIST, lambda books: keys.listing(books, own))).keys:
            out.write(wording.key_line(one_line(key.key_id), _origin(key, now()), _state(key, now())) + "\n")
    return 0


def _added(ledger: Keeper, now: Callable[[], float]) -> wire.NewKey:
    key = keys.new_key(now())
    return ledger.ask(Question(wire.ADD_KEY, wire.KeysRequest(), _NEW, lambda books: keys.add(books, key)))


def _revoked(ledger: Keeper, key_id: KeyId, own: KeyId, now: Callable[[], float]) -> wire.KeyList:
    asked = wire.RevokeKeyRequest(key_id=key_id)
    return ledger.ask(Question(wire.REVOKE_KEY, asked, _LIST, lambda books: keys.revoke(books, key_id, own, now())))


def _origin(key: wire.Key, now: float) -> str:
    if key.created is None:
        return wording.key_of_settings()
    return wording.key_age(max(0.0, now - key.created))


def _state(key: wire.Key, now: float) -> str:
    return wording.key_good() if key.revoked is None else wording.key_gone(max(0.0, now - key.revoked))
