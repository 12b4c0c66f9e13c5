"""Peers made of a handler, on a real port."""

import threading
from contextlib import contextmanager
from http.server import HTTPServer


@contextmanager
def listening(handler):
    """Somebody who answers as this handler does; yields their address."""
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
