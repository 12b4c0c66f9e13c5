"""The webhook server in a test's hands: a real ledger, the Flask test client, and what tests do over and over."""

import contextlib
import hashlib
import json
import socket
import threading
from pathlib import Path

import jwt
from reference import HeldClient
from server_ledger import lay_out

from settings import load
from webhook_server.app import Outside, create_app, server_of
from webhook_server.listener import HttpServer
from wire import messages as wire
from wire.signature import sign

SECRET = "a secret long enough for every algorithm that a test may sign with" * 2
NOWHERE = "http://127.0.0.1:9"


class Office:
    """`as_app`, `as_user` and `as_token` call the App API with the three kinds of credentials."""

    def __init__(self, data_dir, clock, ids, bot_url=NOWHERE, *, webhook_seconds=20.0, **settings):
        environ = {
            "SK_DATA_DIR": str(data_dir),
            "SK_APP_TOKEN": "apt_test",
            "SK_KEY_ID": "key1",
            "SK_SECRET": SECRET,
            "SK_INTERNAL_SECRET": "the door's",
            "SK_BOT_URL": bot_url,
            "SK_PUBLIC_URL": "https://sk.example.org",
            "SK_ALLOW_PRIVATE_TARGETS": "1",
            **settings,
        }
        self.settings = load(environ, Path("/dev/null"))
        self.clock = clock
        self._outside = Outside(clock, ids, jitter=lambda: 0.5, resolve=self._resolve, webhook_seconds=webhook_seconds)
        self.names = {}
        if "SK_DATABASE_URL" not in settings:
            lay_out(Path(data_dir) / "ledger.sqlite3")
        self.open()

    def _resolve(self, host, port):
        if host in self.names:
            return self.names[host]
        if host.replace(".", "").isdigit() or ":" in host:
            return [host]
        raise OSError(host)

    def open(self):
        """Begin (again) on the same data."""
        self.app = create_app(self.settings, self._outside)
        self.server = server_of(self.app)
        self.ledger = self.server.ledger
        self.app.test_client_class = HeldClient
        self.client = self.app.test_client()

    def start(self):
        self.server.start()
        return self

    def resting(self):
        """Whether some lane waits for its time."""
        courier = self.server.courier
        crews = [courier._bot, courier._receipts, *courier._webhooks.values()]
        return any(crew._lanes.next_due() is not None for crew in crews)

    def resting_cases(self):
        """Whether news of cases wait for their time."""
        return any(lane.state == "delayed" for lane in self.server.courier._cases._lanes._lanes.values())

    def resting_while_the_bot_is_away(self):
        """Whether whoever tells the bot of cases waits for it to come back."""
        crew = self.server.courier._cases
        return crew._paused_until > crew._clock.monotonic() and not crew._hands.busy

    def close(self):
        self.server.stop(2.0)

    @contextlib.contextmanager
    def reachable(self):
        """It answers at its SK_SERVER_URL meanwhile."""
        port = int(self.settings.sk_server_url.rpartition(":")[2])
        http = HttpServer(self.app, socket.create_server(("127.0.0.1", port)))

        def run():
            http.run()
            http.drain(1.0)

        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield
        finally:
            http.stop()
            thread.join()

    def token(self, claims, *, secret=None, algorithm="HS256", **header):
        return jwt.encode(
            claims, self.settings.sk_secret if secret is None else secret, algorithm, {"kid": "key1", **header}
        )

    def call(self, method, path, body=None, *, token=None, headers=None, **options):
        headers = dict(headers or {})
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if body is not None:
            options["data"] = json.dumps(body)
            options.setdefault("content_type", "application/json")
        return self.client.open(path, method=method, headers=headers, **options)

    def as_app(self, method, path, body=None, **options):
        return self.call(method, path, body, token=self.token({"scope": "app"}), **options)

    def as_user(self, user_id, method, path, body=None, **options):
        return self.call(method, path, body, token=self.token({"scope": "appUser", "userId": user_id}), **options)

    def as_token(self, method, path, body=None, *, headers=None, **options):
        return self.call(method, path, body, headers={"app-token": "apt_test", **(headers or {})}, **options)

    def say(self, user_id, text, **fields):
        """An app user writes; returns the answer's JSON."""
        response = self.as_app("POST", f"/v1/appusers/{user_id}/messages", {"role": "appUser", "text": text, **fields})
        assert response.status_code == 201, response.text
        return response.json

    def user(self, user_id):
        return self.as_app("GET", f"/v1/appusers/{user_id}").json["appUser"]

    def texts(self, user_id):
        return [message["text"] for message in self.as_app("GET", f"/v1/appusers/{user_id}/messages").json["messages"]]

    def register(self, target, *triggers):
        """Register a webhook; returns it."""
        body = {"target": target} | ({"triggers": list(triggers)} if triggers else {})
        response = self.as_app("POST", "/v1/webhooks", body)
        assert response.status_code == 201, response.text
        return response.json["webhook"]

    def through_the_door(self, path, said, *, secret=None, now=None):
        """The bot says something."""
        body = said if isinstance(said, bytes) else said.model_dump_json(exclude_none=True).encode()
        secret = secret or self.settings.sk_internal_secret
        headers = sign(secret, "POST", path, body, self.clock.now() if now is None else now)
        return self.client.post(path, data=body, headers=headers)

    def reply(self, app_user_id, text, *, message_id=None, agent="Alice"):
        """An agent replies; returns the answer."""
        said = wire.Reply(
            message_id=message_id or hashlib.sha256(text.encode()).hexdigest()[:24],
            app_user_id=app_user_id,
            channel_id="C1",
            text=text,
            agent=wire.Agent(agent_id="UALICE", name=agent, avatar_url="https://example.org/alice.png"),
        )
        return self.through_the_door(wire.REPLIES, said)


@contextlib.contextmanager
def restarted(data_dir, clock, ids, bot_url, **always):
    """Yields what starts an office, again and again on the same data; its `shut` ends the one that runs."""
    offices = []

    def start(**settings):
        start.shut()
        offices[:] = [Office(data_dir, clock, ids, bot_url, **{**always, **settings}).start()]
        return offices[0]

    def shut():
        while offices:
            offices.pop().close()

    start.shut = shut
    try:
        yield start
    finally:
        shut()
