"""One storm: everybody writes while trouble comes, then it calms down, everything settles, and its history is read."""

import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import requests
from people import ALICE, GENERAL, App, Slack
from processes import Stack
from storm_checker import unsettled
from storm_history import NOTICE, History
from storm_plan import Step, Weather
from storm_receiver import StormReceiver
from storm_trouble import Trouble
from storm_watch import Watch, conversation, posts
from storm_writers import Agent, AppUser, Diary, understood

QUIET_SECONDS = 5.5
"""So long nothing is posted any more: longer than the longest pause between two tries of the courier."""
POLL_SECONDS = 0.5
RETRY = "sk_retry"


@dataclass(frozen=True)
class Outcome:
    """A storm's history, the weather it had, and how long it took to settle."""

    history: History
    weather: Weather
    settled_after: float
    unsettled: tuple[str, ...]


class Storm:
    """Blows once."""

    def __init__(self, stack: Stack, weather: Weather, steps: Sequence[Step]) -> None:
        self._weather = weather
        self._steps = tuple(steps)
        self._slack = Slack(stack.sandbox_url)
        self._app = App(stack.server_url, stack.settings)
        self._over = threading.Event()
        self._diary = Diary()
        self._trouble = Trouble(stack, self._over)
        self._watch = Watch(self._slack, self._over)
        self._retried: set[str] = set()
        self._receiver = StormReceiver(weather.seed)
        self._users = [
            AppUser(number, weather, self._app, self._diary, self._over) for number in range(weather.app_users)
        ]
        self._agents = [
            Agent(number, weather, stack.sandbox_url, self._diary, self._over) for number in range(weather.agents)
        ]

    def blow(self, settle_within: float) -> Outcome:
        """The whole storm; `settle_within` seconds after its end everything is judged, settled or not."""
        if self._weather.limits:
            requests.post(f"{self._slack.url}/limits", json={"enabled": True}, timeout=10).raise_for_status()
        with self._receiver.running():
            self._app.webhook(self._receiver.url)
            with self._everybody_at_work():
                self._trouble.make(self._steps)
                self._over.wait(max(0.0, self._ends_at - time.monotonic()))
            self._receiver.calm.set()
            began = time.monotonic()
            waiting = self._settle(began + settle_within)
            return Outcome(self._history(), self._weather, time.monotonic() - began, tuple(waiting))

    @contextmanager
    def _everybody_at_work(self):
        self._ends_at = time.monotonic() + self._weather.seconds
        work = [*(user.write_on for user in self._users), *(agent.write_on for agent in self._agents)]
        threads = [threading.Thread(target=each, name=each.__qualname__) for each in (*work, self._watch.keep_watch)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._over.set()
            self._trouble.end()
            for thread in threads:
                thread.join()

    def _settle(self, deadline: float) -> list[str]:
        """Wait until everything is where it belongs and nothing is posted any more."""
        held = False
        while True:
            history = self._history()
            waiting = unsettled(history)
            if time.monotonic() > deadline:
                return waiting
            if not waiting and not held:  # what Slack sends again a minute later is no part of this history
                self._trouble.hold()
                held = True
            if not waiting and self._quiet_for() > QUIET_SECONDS:
                return []
            self._retry_failed(history)
            time.sleep(POLL_SECONDS)

    def _retry_failed(self, history: History) -> None:
        """Agents press Retry where a notice says that the app refused a reply."""
        for notice in history.posts_of(NOTICE):
            if "✗ failed" not in notice.text or notice.ts in self._retried:
                continue
            if understood(self._slack.press(ALICE, notice.channel_id, notice.ts, RETRY)) == "sent":
                self._retried.add(notice.ts)

    def _quiet_for(self) -> float:
        latest = max((call.ended for call in self._watch.calls.values() if "chat." in call.method), default=0.0)
        return time.time() - latest

    def _history(self) -> History:
        self._watch.look()
        channels = tuple(channel["id"] for channel in self._slack.user_channels())
        read = ((user, conversation(self._app, user.user_id, user.name)) for user in self._users)
        talks = {user.user_id: talk for user, talk in read if talk}
        return History(
            sent=len(self._diary.sent),
            accepted=tuple(self._diary.accepted),
            replies=tuple(self._diary.replies),
            conversations=talks,
            dispatch_channel=GENERAL,
            channels=channels,
            posts=posts(self._slack, channels),
            deliveries=tuple(self._receiver.deliveries),
            calls=tuple(self._watch.calls.values()),
            envelopes=tuple(self._watch.envelopes.values()),
            kills=tuple(self._trouble.kills),
            cuts=tuple(self._trouble.cuts),
            troubles=self._trouble.made + Counter({f"webhook {k}": v for k, v in self._receiver.moods.items()}),
            mishaps=(*self._diary.mishaps, *self._trouble.mishaps),
            retries=len(self._diary.retries),
            retried=len(self._retried),
        )
