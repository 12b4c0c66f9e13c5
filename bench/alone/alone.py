"""Tells when an Errbot without anything of ours is ready: it listens from the moment its plugins are active."""

import os
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

from errbot import BotPlugin


class _Ready(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Answer whoever asks."""
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Alone(BotPlugin):  # type: ignore[misc] # errbot has no types
    """The one plugin beside Errbot's own."""

    def activate(self) -> None:
        """Listen."""
        super().activate()
        server = HTTPServer(("127.0.0.1", int(os.environ["SK_BOT_PORT"])), _Ready)
        threading.Thread(target=server.serve_forever, daemon=True).start()
