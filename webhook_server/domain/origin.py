"""Where an app user writes from and in which language: what new conversations may be routed by."""

from collections.abc import Mapping, Sequence
from typing import Any

from webhook_server.domain.values import Device, Profile
from wire.messages import SOURCES

MOST_CHARACTERS = 100_000
"""Properties have at most so many together: they go along with every message."""
_LANGUAGE_KEYS = ("language", "locale", "browserLanguage")
"""What clients call it in a device's `info`; the last is Smooch's web client's."""


def source(devices: Sequence[Device]) -> str:
    """What the device runs that was seen last, the last of `devices`: one of `wire.messages.SOURCES`."""
    if not devices:
        return "api"
    platform = devices[-1].platform.strip().lower()
    return platform if platform in SOURCES and platform != "api" else "other"


def language(devices: Sequence[Device], profile: Profile) -> str | None:
    """What the device seen last says, else the property `language`."""
    told = [(devices[-1].info or {}).get(key) for key in _LANGUAGE_KEYS] if devices else []
    told.append(profile.properties.get("language"))
    return next((value.strip() for value in told if isinstance(value, str) and value.strip()), None)


def within_bounds(properties: Mapping[str, Any]) -> dict[str, Any]:
    """The properties that have room, in their order: whatever an app keeps there, a message gets through."""
    room = MOST_CHARACTERS
    found = {}
    for key, value in properties.items():
        taken = len(key) + len(str(value))
        if taken <= room:
            room -= taken
            found[key] = value
    return found
