"""Which function carries out which Web API method."""

from collections.abc import Callable
from typing import TypeAlias

from sandbox.identifiers import JsonObject
from sandbox.web_api.call import Call

Handler: TypeAlias = Callable[[Call], JsonObject]

HANDLERS: dict[str, Handler] = {}


def web_method(name: str) -> Callable[[Handler], Handler]:
    """Register a function as a Web API method; it returns the success's keys beside `ok`, or raises SlackError."""

    def register(handler: Handler) -> Handler:
        HANDLERS[name] = handler
        return handler

    return register
