"""The app's backend in a storm: it sometimes answers 500, slowly, or drops the connection."""

import json
import random
import threading
import time
from collections import Counter
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from storm_history import Delivery

MOODS = {"well": 74, "500": 8, "403": 2, "slow": 8, "drop before": 4, "drop after": 4}
MOST_BAD = 2
"""So often at most a delivery goes wrong: a third time would wait longer than the storm has patience for."""


class StormReceiver:
    """Takes webhooks. What it does to the first tries of each is thrown by dice; after that it is well."""

    def __init__(self, seed: int) -> None:
        self.deliveries: list[Delivery] = []
        self.moods: Counter[str] = Counter()
        self.calm = threading.Event()
        self._seed = seed
        self._tries: Counter[str] = Counter()
        self._lock = threading.Lock()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.serve(self, self.headers["webhook-id"], json.loads(body))

            def log_message(self, *_: object) -> None:
                pass

            def handle_one_request(self) -> None:
                try:
                    super().handle_one_request()
                except ConnectionError:  # the sender was killed
                    self.close_connection = True

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self.url = f"http://127.0.0.1:{self._server.server_port}/hook"

    @contextmanager
    def running(self):
        """Listen."""
        self._thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()

    def serve(self, handler: BaseHTTPRequestHandler, webhook_id: str, body: dict) -> None:
        """Treat one try as its mood is."""
        mood = self._mood(webhook_id)
        if mood == "slow":
            time.sleep(random.Random(webhook_id).uniform(0.5, 3.0))  # a slow answer is what is tried here
        taken = mood in {"well", "slow", "drop after"}
        answered = taken and mood != "drop after"
        with self._lock:
            self.moods[mood] += 1
            self.deliveries += [
                Delivery(
                    webhook_id, body["appUser"]["userId"], message["_id"], time.time(), taken, answered, mood == "403"
                )
                for message in body["messages"]
            ]
        if mood.startswith("drop"):
            handler.close_connection = True
            return
        handler.send_response(int(mood) if mood.isdigit() else 200)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    def _mood(self, webhook_id: str) -> str:
        with self._lock:
            self._tries[webhook_id] += 1
            tries = self._tries[webhook_id]
        if tries > MOST_BAD or self.calm.is_set():
            return "well"
        return random.Random(f"{self._seed}:{webhook_id}:{tries}").choices(list(MOODS), list(MOODS.values()))[0]
