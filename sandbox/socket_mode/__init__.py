"""Socket Mode: how events, commands and interactions reach the app, and how it acknowledges them."""

from sandbox.socket_mode.envelopes import Answer, Outcome
from sandbox.socket_mode.socket import SocketMode

__all__ = ["Answer", "Outcome", "SocketMode"]
