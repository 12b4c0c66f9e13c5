"""A workspace in this process whose clock tests turn, and the app's raw end of Socket Mode."""

import asyncio
import heapq
import itertools
import queue
import threading
import time

import aiohttp
import pytest
import requests

from sandbox.server import Server
from sandbox.world import World

DEADLINE = 5.0


class TurnableClock:
    """Stands still until somebody turns it; may be turned from another thread than the sandbox's own."""

    def __init__(self, start=1_700_000_000.0):
        self._now = start
        self._sleepers = []
        self._serial = itertools.count()
        self._lock = threading.Lock()

    @property
    def sleepers(self):
        """How many tasks wait for the clock to be turned."""
        with self._lock:
            return sum(not future.done() for *_, future in self._sleepers)

    def now(self):
        """Seconds since 1970, as far as the clock has been turned."""
        return self._now

    def turn(self, seconds):
        """Let so many seconds pass at once, and wake whoever slept through them."""
        with self._lock:
            self._now += seconds
            while self._sleepers and self._sleepers[0][0] <= self._now:
                _, _, loop, future = heapq.heappop(self._sleepers)
                loop.call_soon_threadsafe(_wake, future)

    async def sleep(self, seconds):
        """Return when the clock has been turned so far."""
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        with self._lock:
            heapq.heappush(self._sleepers, (self._now + seconds, next(self._serial), loop, future))
        await future


def _wake(future):
    if not future.done():
        future.set_result(None)


class AppSocket:
    """One Socket Mode connection; frames are acknowledged only when a test does it."""

    def __init__(self, town, url):
        self._town = town
        self._frames = queue.Queue()
        self._websocket = town.run(self._open(url))
        self.hello = self.next()

    def next(self, timeout=DEADLINE):
        """The next frame."""
        return self._frames.get(timeout=timeout)

    def next_event(self, kind, subtype=None):
        """The next event of a type, acknowledging all on the way."""
        while True:
            frame = self.next()
            self.acknowledge(frame)
            event = frame["payload"].get("event", {})
            if event.get("type") == kind and event.get("subtype") == subtype:
                return frame["payload"]

    def is_silent(self):
        """Whether nothing waits to be read."""
        time.sleep(0.05)
        return self._frames.empty()

    def acknowledge(self, frame, payload=None):
        """Acknowledge a frame, with a payload if given."""
        answer = {"envelope_id": frame["envelope_id"]} | ({"payload": payload} if payload else {})
        self._town.run(self._websocket.send_json(answer))

    def close(self):
        """Hang up."""
        self._town.run(self._websocket.close())

    async def _open(self, url):
        websocket = await self._town.session.ws_connect(url)
        self._town.loop.create_task(self._read(websocket))
        return websocket

    async def _read(self, websocket):
        async for message in websocket:
            self._frames.put(message.json())
        self._frames.put({"type": "closed"})


class Town:
    """A sandbox served from a thread of its own."""

    def __init__(self, clock):
        self.clock = clock
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever)
        self._thread.start()
        self.world = World(clock=clock, limits_enabled=False)
        self._server = Server(self.world)
        self.url = self.run(self._server.start())
        self.session = self.run(self._new_session())
        self._http = requests.Session()

    def run(self, work):
        """Run a coroutine where the sandbox runs."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(DEADLINE)

    def api(self, method, token="xoxb-sandbox", **arguments):
        """A Web API call in JSON; the answer's body."""
        return self.api_response(method, token, **arguments).json()

    def api_response(self, method, token="xoxb-sandbox", **arguments):
        """A Web API call in JSON; the whole response."""
        headers = {"Authorization": f"Bearer {token}"}
        if METHODS_WITH_FORMS.get(method):
            return self._http.post(f"{self.url}/api/{method}", data=arguments, headers=headers)
        headers["Content-Type"] = "application/json; charset=utf-8"
        return self._http.post(f"{self.url}/api/{method}", json=arguments, headers=headers)

    def ok(self, method, **arguments):
        """A Web API call that has to succeed."""
        answer = self.api(method, **arguments)
        assert answer["ok"], answer
        return answer

    def get(self, path, **query):
        """Look at something on the people's side."""
        return self._http.get(f"{self.url}/_sandbox/{path}", params=query).json()

    def do(self, path, verb="POST", **fields):
        """Do something on the people's side that has to work."""
        response = self.try_to(path, verb, **fields)
        assert response.status_code == 200, response.text
        return response.json()

    def try_to(self, path, verb="POST", **fields):
        """Try something on the people's side."""
        return self._http.request(verb, f"{self.url}/_sandbox/{path}", json=fields)

    def later(self, deed, *args, **kwargs):
        """Begin something that waits, in a thread; call the result to get what came of it."""
        outcome = queue.Queue()
        threading.Thread(target=lambda: outcome.put(deed(*args, **kwargs)), daemon=True).start()
        return lambda: outcome.get(timeout=DEADLINE)

    def until(self, condition):
        """The condition's value, as soon as it is true."""
        end = time.monotonic() + DEADLINE
        while not (value := condition()):
            assert time.monotonic() < end, "it never came true"
            time.sleep(0.002)
        return value

    def sleep_through(self, seconds):
        """Turn the clock once somebody sleeps."""
        self.until(lambda: self.clock.sleepers)
        self.clock.turn(seconds)

    def connect(self):
        """A Socket Mode connection of the app."""
        return AppSocket(self, self.ok("apps.connections.open", token="xapp-sandbox")["url"])

    def channel(self, name="sk-maria", *members, **kind):
        """A channel of the bot with these people in it."""
        channel_id = self.ok("conversations.create", name=name, **kind)["channel"]["id"]
        if members:
            self.ok("conversations.invite", channel=channel_id, users=",".join(members))
        return channel_id

    def quiet_channel(self, name="sk-maria", *members, **kind):
        """A channel whose making no longer occupies Socket Mode."""
        channel_id = self.channel(name, *members, **kind)
        self.world.socket.forget()
        self.clock.turn(400)
        self.until(lambda: not self.clock.sleepers)
        return channel_id

    def messages(self, channel_id):
        """A channel's messages without Slack's own lines."""
        stored = self.get("messages", channel=channel_id)["messages"]
        return [message for message in stored if not message.get("subtype", "").startswith("channel_")]

    def grant(self, *scopes, events=()):
        """Give the app more scopes and events."""
        for scope in scopes:
            self.do("act/token", op="grant_scope", scope=scope)
        for event in events:
            self.do("act/token", op="subscribe", event=event)

    def close(self):
        """Stop everything."""
        self.run(self.session.close())
        self.run(self._server.stop())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(DEADLINE)
        self.loop.close()
        self._http.close()

    async def _new_session(self):
        return aiohttp.ClientSession()


METHODS_WITH_FORMS = dict.fromkeys(
    (
        "auth.revoke",
        "bots.info",
        "chat.getPermalink",
        "conversations.info",
        "conversations.list",
        "conversations.members",
        "conversations.replies",
        "files.getUploadURLExternal",
        "files.info",
        "reactions.get",
        "usergroups.list",
        "usergroups.users.list",
        "users.conversations",
        "users.info",
        "users.list",
        "users.lookupByEmail",
        "users.profile.get",
    ),
    True,
)


@pytest.fixture
def clock():
    return TurnableClock()


@pytest.fixture
def town(clock):
    town = Town(clock)
    yield town
    town.close()


@pytest.fixture
def app_socket(town):
    return town.connect()
