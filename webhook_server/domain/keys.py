"""Keys that sign the app's JWTs, as operators see them."""

from dataclasses import dataclass, field
from typing import NewType

KeyId = NewType("KeyId", str)
"""A key's ID, which a JWT's header names as `kid`."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key that was added by command. Times are seconds since the epoch; a revoked key opens nothing any more."""

    id: KeyId
    secret: str = field(repr=False)
    created: float
    revoked: float | None = None
