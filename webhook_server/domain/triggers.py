"""Which events a webhook is told of."""

from collections.abc import Iterable

from webhook_server.domain.values import Role

DEFAULT = ("message",)
CONVERSATION_START = "conversation:start"
CONVERSATION_READ = "conversation:read"
DELIVERY_SUCCESS = "delivery:success"
DELIVERY_FAILURE = "delivery:failure"
MERGE = "merge:appUser"

LIVE = frozenset(
    {
        "*",
        "message",
        "message:appUser",
        "message:appMaker",
        CONVERSATION_START,
        CONVERSATION_READ,
        DELIVERY_SUCCESS,
        DELIVERY_FAILURE,
        MERGE,
    }
)

SILENT = frozenset(
    {
        "appUser:delete",
        "client:add",
        "client:remove",
        "client:update",
        "conversation:referral",
        "conversation:typing",
        "link:failure",
        "link:match",
        "link:success",
        "message:delivery:channel",
        "message:delivery:failure",
        "message:delivery:user",
        "passthrough:apple:interactive",
        "passthrough:shopify:chat",
        "payment:success",
        "postback",
        "typing:appUser",
    }
)
"""Smooch's other names: accepted, so that existing clients register, and never fired."""

KNOWN = LIVE | SILENT


def unknown(names: Iterable[str]) -> list[str]:
    """The names that are no trigger."""
    return [name for name in names if name not in KNOWN]


def of_message(role: Role) -> str:
    """The trigger that a message of `role` fires."""
    return f"message:{role}"


def wants(subscribed: Iterable[str], trigger: str) -> bool:
    """Whether a webhook with the triggers `subscribed` is told of `trigger`. `message` covers both roles."""
    accepted = {trigger, "*"}
    if trigger.startswith("message:"):
        accepted.add("message")
    return not accepted.isdisjoint(subscribed)
