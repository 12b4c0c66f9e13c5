"""What Slack documents about one Web API method."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum


class Tier(IntEnum):
    """Calls that a method takes in any sixty seconds, per app and workspace.

    POSTING and SPECIAL stand for what Slack leaves open ("special"): hundreds a minute, and for chat.postMessage
    about one a second in each channel beside it (see `sandbox.limits`).
    """

    TWO = 20
    THREE = 50
    FOUR = 100
    POSTING = 300
    SPECIAL = 600


@dataclass(frozen=True, slots=True)
class Method:
    """One method: who may call it how often with what, and what it may answer.

    `scopes`: any one of them opens the method; none: no scope needed. `output`: top-level keys of a success, each with
    the kind of object it holds, or "" for plain values. `app_token`: called with the `xapp-` token.
    """

    name: str
    tier: Tier
    scopes: tuple[str, ...]
    required: frozenset[str]
    optional: frozenset[str]
    output: Mapping[str, str]
    errors: frozenset[str]
    takes_json: bool
    app_token: bool

    @property
    def arguments(self) -> frozenset[str]:
        """All documented arguments, the token aside."""
        return self.required | self.optional


def method(
    name: str,
    tier: Tier,
    *,
    scopes: str = "",
    required: str = "",
    optional: str = "",
    output: str = "",
    errors: str = "",
    takes_json: bool = False,
    app_token: bool = False,
) -> Method:
    """A method from words separated by spaces; an output word `key:kind` names the kind of object behind the key."""
    keys = (word.partition(":") for word in output.split())
    return Method(
        name,
        tier,
        tuple(scopes.split()),
        frozenset(required.split()),
        frozenset(optional.split()),
        {key: kind for key, _, kind in keys},
        frozenset(errors.split()),
        takes_json,
        app_token,
    )
