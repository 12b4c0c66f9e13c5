"""Server-sent events: what happens in a conversation, told at once to all of the app user's clients that listen."""

from webhook_server.stream.hub import Hub
from webhook_server.stream.lines import Timing

__all__ = ["Hub", "Timing"]
