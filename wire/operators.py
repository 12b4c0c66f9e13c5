"""What an operator's command and the webhook server say. Every request is a POST with one of these as its JSON body."""

from typing import Literal

from pydantic import Field

from wire.ids import AppUserId, MessageId
from wire.messages import Said

DELIVERIES = "/internal/deliveries"
"""Path on the webhook server: what waits or was given up (`ListRequest` → `Listing`)."""
REPLAY = "/internal/replay"
"""Path on the webhook server: given-up deliveries are tried again (`ReplayRequest` → `Replayed`)."""
ERASURE = "/internal/erasure"
"""Path on the webhook server: what erasing an app user means, and how far it is (`ErasureRequest` → `Erasure`)."""
EXPORT = "/internal/export"
"""Path on the webhook server: what it keeps of an app user (`ExportRequest` → `ExportPage`)."""
KEYS = "/internal/keys"
"""Path on the webhook server: the keys that sign the app's JWTs (`KeysRequest` → `KeyList`)."""
ADD_KEY = "/internal/keys/add"
"""Path on the webhook server: another key (`KeysRequest` → `NewKey`)."""
REVOKE_KEY = "/internal/keys/revoke"
"""Path on the webhook server: an end to a key (`RevokeKeyRequest` → `KeyList`)."""


class ListRequest(Said):
    """Asks for deliveries in one state, oldest first, those with IDs greater than `after`; of one webhook if named."""

    state: Literal["waiting", "dead"]
    webhook_id: str | None = None
    after: int = 0


class Delivery(Said):
    """A message on its way to a webhook, or, where none is named, to Slack. Times are seconds since the epoch.

    Without a message it tells of an event; `trigger` says of which.
    """

    delivery_id: int
    trigger: str
    message_id: MessageId | None = None
    app_user_id: AppUserId
    state: Literal["waiting", "dead"]
    accepted: float
    tries: int
    user_id: str | None = None
    webhook_id: str | None = None
    target: str | None = None
    last_error: str | None = None
    next_try_at: float | None = None


class Listing(Said):
    """Deliveries, oldest first. Where there are none, there are no more."""

    deliveries: tuple[Delivery, ...]


class ReplayRequest(Said):
    """Asks that given-up deliveries be tried again: these, those of one webhook, or, where neither is said, all.

    Of them the oldest, those with IDs greater than `after`.
    """

    delivery_ids: tuple[int, ...] | None = None
    webhook_id: str | None = None
    after: int = 0


class Replayed(Said):
    """The deliveries that are tried again. `more`: there may be others like them; ask for those after these."""

    delivery_ids: tuple[int, ...]
    more: bool = False


class ErasureRequest(Said):
    """Asks about an app user, by `_id` or `userId`. With `erase`: that they be erased, if they are still there."""

    user: str
    erase: bool = False


class Erasure(Said):
    """An app user who is there, with how much is theirs; or was erased, and how far that is. Times as everywhere.

    `present`: nothing was done. `waiting`: gone from the ledger, and Slack's part goes on. `deleted` counts messages
    that were removed from Slack, `refused` tells what Slack kept, a sentence each.
    """

    app_user_id: AppUserId
    state: Literal["present", "waiting", "done"]
    user_id: str | None = None
    name: str | None = None
    messages: int = 0
    notes: int = 0
    uploads: int = 0
    devices: int = 0
    merged: int = 0
    asked: float | None = None
    deleted: int = 0
    refused: tuple[str, ...] = ()
    finished: float | None = None


class ExportRequest(Said):
    """Asks for what is kept of an app user, by `_id` or `userId`: one section of it, what comes after `after`."""

    user: str
    section: str
    after: int | str | None = None


class ExportPage(Said):
    """Part of a section, each row as JSON. `after`: ask again with this, there may be more."""

    rows: tuple[str, ...]
    after: int | str | None = None


class KeysRequest(Said):
    """Asks for the keys, or for another one."""


class RevokeKeyRequest(Said):
    """Asks that a key open nothing any more."""

    key_id: str


class Key(Said):
    """A key, without its secret. Times are seconds since the epoch; `created` is absent for the settings' own."""

    key_id: str
    created: float | None = None
    revoked: float | None = None


class KeyList(Said):
    """All keys, the settings' own first, those that were revoked included."""

    keys: tuple[Key, ...]


class NewKey(Said):
    """A key that was just added. Nobody is told its secret again."""

    key_id: str
    secret: str = Field(repr=False)
