"""Errbot's web server, with connections that are kept: werkzeug closes each after one answer."""

import io
from functools import partial
from typing import Any

from errbot.core_plugins import flask_app
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler
from werkzeug.test import run_wsgi_app

IDLE_SECONDS = 60
"""Longer than our webhook server keeps a connection of which it asks nothing."""
NOTICE_SECONDS = 0.05
"""After so long at most the server notices that it is to end, which the end of the process waits for."""
MOST_BODY_BYTES = 5_000_000
"""What is longer, or does not say how long it is, is left to werkzeug, and its connection is closed."""


def keep_connections(plugin: Any) -> None:
    """Have Errbot's plugin `Webserver`, which is not active yet, serve with connections that are kept."""
    plugin.run_server = partial(_run, plugin)


def _run(plugin: Any) -> None:
    try:
        plugin.server = ThreadedWSGIServer(plugin.config["HOST"], plugin.config["PORT"], flask_app, handler=_Handler)
        plugin.server.serve_forever(NOTICE_SECONDS)
    except Exception:  # the edge of the plugin's thread, as in Errbot's own
        plugin.log.exception("The webserver exploded.")


class _Handler(WSGIRequestHandler):
    """Answers one request after another, and each in one piece.

    The body is taken in whole before the application sees the request: what is left of one would be read as the next.
    """

    protocol_version = "HTTP/1.1"
    timeout = IDLE_SECONDS
    disable_nagle_algorithm = True
    wbufsize = -1

    def run_wsgi(self) -> None:
        """Answer a request."""
        length = self._length()
        if length is None:
            super().run_wsgi()
            return
        body = self.rfile.read(length)
        if len(body) < length:  # whoever asked is gone
            self.close_connection = True
            return
        self.environ = self.make_environ()
        self.environ["wsgi.input"] = io.BytesIO(body)
        pieces, status, headers = run_wsgi_app(self.server.app, self.environ, buffered=True)
        answer = b"".join(pieces)
        code, _, reason = status.partition(" ")
        self.send_response_only(int(code), reason)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)
        self.wfile.flush()

    def log_error(self, format: str, *args: Any) -> None:  # noqa: A002 - the name it has there
        """An idle connection that ends is no error."""
        if not format.startswith("Request timed out"):
            super().log_error(format, *args)

    def _length(self) -> int | None:
        """The body's length; None where it is not simply that of an order."""
        length = self.headers.get("Content-Length", "")
        plain = self.command == "POST" and "Transfer-Encoding" not in self.headers and "Expect" not in self.headers
        return (
            int(length) if plain and length.isascii() and length.isdigit() and int(length) <= MOST_BODY_BYTES else None
        )
