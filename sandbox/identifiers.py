"""Slack's identifiers as distinct types, and the factory that makes new ones."""

import random
import string
import uuid
from typing import Any, NewType, TypeAlias

JsonObject: TypeAlias = dict[str, Any]

TeamId = NewType("TeamId", str)
AppId = NewType("AppId", str)
BotId = NewType("BotId", str)
UserId = NewType("UserId", str)
ChannelId = NewType("ChannelId", str)
Ts = NewType("Ts", str)
"""A message's timestamp, which is also its name within its channel."""
FileId = NewType("FileId", str)
ViewId = NewType("ViewId", str)
TriggerId = NewType("TriggerId", str)
EnvelopeId = NewType("EnvelopeId", str)
EventId = NewType("EventId", str)
CallId = NewType("CallId", str)

_ID_ALPHABET = string.ascii_uppercase + string.digits


class IdFactory:
    """Makes identifiers that look like Slack's; pass a seeded `rng` for the same ones each time.

    Each message has several, so they come from a generator in memory; only what nobody may guess comes from the system.
    """

    def __init__(self, rng: random.Random | None = None) -> None:
        self._rng = rng or random.Random()  # noqa: S311 - they need only differ
        self._unguessable = rng or random.SystemRandom()

    def slack_id(self, prefix: str) -> str:
        """An identifier of eleven characters beginning with the prefix, such as `C0…` for a channel."""
        return prefix + "0" + self._letters(_ID_ALPHABET, 10 - len(prefix))

    def block_id(self) -> str:
        """What Slack gives a block that came without a `block_id`."""
        return self._letters(string.ascii_letters + string.digits, 5)

    def uuid(self) -> str:
        """Five random groups, as in an envelope's identifier."""
        return str(uuid.UUID(int=self._rng.getrandbits(128), version=4))

    def secret(self, length: int = 24) -> str:
        """Letters and digits nobody guesses, for tickets and response URLs."""
        return "".join(self._unguessable.choices(string.ascii_letters + string.digits, k=length))

    def number(self, digits: int) -> str:
        """A decimal number of exactly so many digits."""
        return self._letters("123456789", 1) + self._letters(string.digits, digits - 1)

    def _letters(self, alphabet: str, length: int) -> str:
        return "".join(self._rng.choices(alphabet, k=length))
