"""Those who write for the whole storm: app users like a good client, agents like people."""

import random
import threading
import time
from dataclasses import dataclass, field

import requests
from people import ADA, ALICE, BRUNO, App, Slack, shown
from storm_history import Accepted, TypedReply
from storm_plan import Weather, rng, starting, text

PEOPLE = (ALICE, BRUNO, ADA)
"""The workspace has three people who may speak to app users: with more agents some of them write on two devices."""
PATIENCE = 60.0
"""Seconds after which a writer gives up: the storm is over and things should work again."""
MOST_TRIES = 8
TYPED_AS_MESSAGE = 0.12
PROFILES = 0.05


@dataclass
class Diary:
    """What the writers did, noted as they do it. Appending is atomic."""

    sent: list[str] = field(default_factory=list)
    accepted: list[Accepted] = field(default_factory=list)
    replies: list[TypedReply] = field(default_factory=list)
    retries: list[str] = field(default_factory=list)
    mishaps: list[str] = field(default_factory=list)


class AppUser:
    """Writes one message after the other: the same Idempotency-Key until 201."""

    def __init__(self, number: int, weather: Weather, app: App, diary: Diary, over: threading.Event) -> None:
        self.user_id = f"storm-{weather.seed}-{number:02d}"
        self.name = f"Storm User {number:02d}"
        self._number = number
        self._weather = weather
        self._app = app
        self._diary = diary
        self._over = over

    def write_on(self) -> None:
        """Until the storm is over."""
        dice = rng(self._weather, "app user", self._number)
        self._over.wait(starting(self._weather, self._number))
        written = 0
        with requests.Session() as http:
            while not self._over.is_set():
                token = f"u{self._number:02d}n{written:05d}"
                self._diary.sent.append(token)
                if not self._until_accepted(http, token, text(dice, token, snags=True)):
                    return
                written += 1
                self._over.wait(dice.expovariate(1 / self._weather.app_user_pause))

    def _until_accepted(self, http: requests.Session, token: str, said: str) -> bool:
        deadline = None
        pause = 0.1
        while deadline is None or time.monotonic() < deadline:
            answer = self._try(http, token, said)
            if answer is not None and answer.status_code == 201:
                self._diary.accepted.append(Accepted(self.user_id, token, answer.json()["message"]["_id"]))
                return True
            if answer is not None and answer.status_code < 500 and answer.status_code != 429:
                self._diary.mishaps.append(f"{token} was refused: {answer.status_code} {answer.text}")
                return False
            self._diary.retries.append(token)
            if self._over.is_set() and deadline is None:
                deadline = time.monotonic() + PATIENCE
            time.sleep(pause)  # a client's pace, nothing waits for it
            pause = min(1.0, pause * 2)
        self._diary.mishaps.append(f"{token} was not accepted within {PATIENCE} s after the storm")
        return False

    def _try(self, http: requests.Session, token: str, said: str) -> requests.Response | None:
        try:
            return http.post(
                f"{self._app.base}/appusers/{self.user_id}/messages",
                json={"role": "appUser", "text": said, "name": self.name},
                headers={**self._app.backend, "Idempotency-Key": token},
                timeout=10,
            )
        except requests.RequestException:
            return None


class Agent:
    """Replies in one channel after the other; what was not sent is typed again, as people do."""

    def __init__(self, number: int, weather: Weather, sandbox_url: str, diary: Diary, over: threading.Event) -> None:
        self._name = f"agent {number}"
        self._number = number
        self._person = PEOPLE[number % len(PEOPLE)]
        self._weather = weather
        self._slack = Slack(sandbox_url)
        self._diary = diary
        self._over = over
        self._channels: list[str] = []
        self._looked = 0.0

    def write_on(self) -> None:
        """Until the storm is over."""
        dice = rng(self._weather, "agent", self._number)
        typed = 0
        while not self._over.wait(dice.expovariate(1 / self._weather.agent_pause)):
            channel_id = self._some_channel(dice)
            if channel_id is None:
                continue
            roll = dice.random()
            token = f"a{self._number:02d}n{typed:05d}"
            said = text(dice, token, snags=False)
            if roll < PROFILES:
                self._slack.command(self._person, channel_id, "!profile")
                continue
            typed += 1
            if roll < PROFILES + TYPED_AS_MESSAGE:
                self._as_message(dice, channel_id, token, said)
            else:
                self._as_command(dice, channel_id, token, said)

    def _some_channel(self, dice: random.Random) -> str | None:
        if time.monotonic() - self._looked > 1.0:
            channels = self._slack.user_channels()
            self._channels = sorted(channel["id"] for channel in channels if self._person in channel["members"])
            self._looked = time.monotonic()
        return dice.choice(self._channels) if self._channels else None

    def _as_message(self, dice: random.Random, channel_id: str, token: str, said: str) -> None:
        """`!sk TEXT`: nobody says that it was sent but its notice, so it counts as never acknowledged."""
        if doubled := dice.choice(("", "", "duplicate_next", "new_event_id_next")):
            self._slack.disturb(doubled)
        self._slack.say(self._person, channel_id, f"!sk {said}")
        self._diary.replies.append(
            TypedReply(self._name, channel_id, token, acknowledged=False, outcome="typed as a message")
        )

    def _as_command(self, dice: random.Random, channel_id: str, token: str, said: str) -> None:
        """`/sk TEXT`, typed again where Slack or the bot says that it was not sent, and after Slack's time-out too.

        Where it went out all the same, the bot says so and asks; nobody here wants to send it twice.
        """
        begun = time.time()
        outcome, tries = "", 0
        while tries < MOST_TRIES:
            tries += 1
            outcome = understood(self._slack.command(self._person, channel_id, said))
            if outcome not in TYPED_AGAIN:
                break
            time.sleep(dice.uniform(0.5, 1.5))  # a person's pace, nothing waits for it
        done = outcome in {"sent", "sent already"}
        self._diary.replies.append(TypedReply(self._name, channel_id, token, done, outcome, tries, begun))


TYPED_AGAIN = {"operation_timeout", "dispatch_failed", "nothing sent"}


def understood(answer: dict) -> str:
    """What a person understands of the answer to a command."""
    if answer["outcome"] != "ok":
        return str(answer["outcome"])
    read = shown(answer["response"] or {}).strip().lower()
    if not read:
        return "sent"
    if "already, at" in read and "it went out" in read:
        return "sent already"
    return "nothing sent" if "nothing was sent" in read else f"in doubt: {read}"
