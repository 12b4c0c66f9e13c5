"""When an app user was seen, where, and how much there is of them: what agents read above a conversation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webhook_server.domain.profile import shorten
from webhook_server.domain.values import Device

PAGE_BYTES = 500
_PAGE_KEYS = ("currentUrl", "URL", "url", "currentTitle")
"""Under which of these a device's `info` tells what is open on it, as Smooch's web client has them; the best first."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What the ledger knows of an app user beside their profile.

    `created` is in seconds since the epoch; `first_wrote` and `last_wrote` are when they wrote, in milliseconds.
    `replies` are agents' alone.
    """

    created: float
    first_wrote: int | None = None
    last_wrote: int | None = None
    avatar_url: str | None = None
    messages: int = 0
    replies: int = 0

    @property
    def first_seen(self) -> float:
        """In seconds since the epoch. Who became somebody else may have written before that one was known."""
        return self.created if self.first_wrote is None else min(self.created, self.first_wrote / 1000)

    def last_seen(self, devices: tuple[Device, ...]) -> float:
        """In seconds since the epoch: on a device, or by what they wrote."""
        wrote = self.created if self.last_wrote is None else self.last_wrote / 1000
        return max([self.created, wrote, *(device.last_seen for device in devices)])


def page(info: Mapping[str, Any] | None) -> str | None:
    """What was last open on a device, as far as its `info` tells."""
    told = (info or {}).get
    found = next((value for key in _PAGE_KEYS if isinstance(value := told(key), str) and value.strip()), None)
    return found and shorten(found.strip(), PAGE_BYTES)
