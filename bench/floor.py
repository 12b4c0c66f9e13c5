"""The floor: a bare Flask handler on the webhook server's WSGI server, which checks the JWT and answers."""

import os
import signal
import socket
import sys
import time

import jwt
from flask import Flask, request

from webhook_server.listener import HttpServer


def create_app(key_id: str, secret: str) -> Flask:
    """The least that can be asked of whoever takes messages."""
    app = Flask("floor", static_folder=None)

    @app.get("/readyz")
    def readyz() -> dict[str, str]:
        return {"status": "ready"}

    @app.post("/v1/appusers/<user_id>/messages")
    def take(user_id: str) -> tuple[dict[str, object], int]:
        token = request.headers["Authorization"].removeprefix("Bearer ")
        claims = jwt.decode(token, secret, ["HS256"])
        if jwt.get_unverified_header(token).get("kid") != key_id or claims.get("scope") != "app":
            return {"error": {"code": "unauthorized"}}, 401
        return {"message": {"authorId": user_id, "received": time.time()}}, 201

    return app


def main() -> None:
    """Answer on the port given until SIGTERM."""
    app = create_app(os.environ["SK_KEY_ID"], os.environ["SK_SECRET"])
    http = HttpServer(app, socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=1024), always={})
    signal.signal(signal.SIGTERM, lambda *_: http.stop())
    http.run()


if __name__ == "__main__":
    main()
