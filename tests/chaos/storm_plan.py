"""The storm by seed: who writes what, and when which trouble comes."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

QUIET_START = 2.0
QUIET_END = 1.0
NEWCOMERS_SHARE = 0.4
"""New app users appear during this part of the storm, so that channels are opened in the midst of it."""

METHODS = {
    "chat.postMessage": 12,
    "chat.update": 4,
    "conversations.create": 3,
    "conversations.history": 3,
    "conversations.invite": 1,
    "conversations.list": 1,
    "users.info": 1,
    "auth.test": 1,
    "apps.connections.open": 1,
}
EFFECTS = {"chat.postMessage": 6, "chat.update": 2, "conversations.create": 2}
KINDS = {"ratelimited": 3, "500": 3, "timeout_before": 4, "timeout_after": 5, "slow": 3, "reset": 3}
DISTURBANCES = {
    "drop": 3,
    "refresh": 2,
    "warning": 1,
    "hold": 3,
    "refuse": 1,
    "duplicate_next": 4,
    "new_event_id_next": 4,
}
ENDED_BY = {"hold": "release", "refuse": "accept"}
VICTIMS = {"bot": 5, "server": 4, "both": 1}

SNAGS = (
    "<!channel> and <!here>, please",
    "<@UALICE0001> come quickly, and so should @bruno",
    "see <#CGENERAL01|general> or #general",
    "<https://evil.example|your bank> *bold* _it_ `code` ~no~",
    "!sk leaked to the app user",
    "/sk x",
    "!profile",
    "&lt;!everyone&gt; &amp;amp; <!subteam^S0001>",
    "\u202eright to left\u202c and zero\u200bwidth",
    "two\nlines, and a tab\there 🦊 :fox_face:",
    "@channel @here @everyone",
)
WORDS = (
    "the order",
    "was late",
    "again",
    "when",
    "may I expect",
    "the parcel",
    "that never came",
    "and",
    "who will pay",
)


@dataclass(frozen=True)
class Step:
    """One trouble: `at` seconds after the storm began."""

    at: float
    deed: str
    target: str = ""
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Weather:
    """What makes one storm: the same weather gives the same plan.

    Pauses are the mean seconds between two messages of one person: more than Slack takes in a minute would only make
    the storm wait for its limits.
    """

    seed: int
    seconds: float
    app_users: int = 30
    agents: int = 5
    app_user_pause: float = 5.0
    agent_pause: float = 3.0
    limits: bool = True


def rng(weather: Weather, *who: object) -> random.Random:
    """The dice of one participant: nobody's throws depend on how fast the others are."""
    return random.Random(f"{weather.seed}:{':'.join(map(str, who))}")


def plan(weather: Weather) -> tuple[Step, ...]:
    """All troubles of a storm, in the order of their times."""
    steps = [*_kills(weather), *_faults(weather), *_disturbances(weather)]
    return tuple(sorted(steps, key=lambda step: step.at))


def text(dice: random.Random, token: str, *, snags: bool) -> str:
    """Something to say, recognisable by `token`; with `snags` it may try to become more than text."""
    said = " ".join(dice.choices(WORDS, k=dice.randint(1, 12)))
    if snags and dice.random() < 0.3:
        said = dice.choice((f"{dice.choice(SNAGS)} {said}", f"{said} {dice.choice(SNAGS)}"))
    return f"{said} [{token}]"


def starting(weather: Weather, number: int) -> float:
    """Seconds after which app user `number` appears."""
    return weather.seconds * NEWCOMERS_SHARE * number / weather.app_users


def _times(dice: random.Random, weather: Weather, shortest: float, longest: float) -> Iterator[float]:
    at = QUIET_START
    while (at := at + dice.uniform(shortest, longest)) < weather.seconds - QUIET_END:
        yield at


def _pick(dice: random.Random, weights: Mapping[str, int]) -> str:
    return dice.choices(list(weights), list(weights.values()))[0]


def _kills(weather: Weather) -> Iterator[Step]:
    dice = rng(weather, "kills")
    for at in _times(dice, weather, 3.0, 8.0):
        yield Step(at, "kill", _pick(dice, VICTIMS))
        if dice.random() < 0.5:  # the killed bot leaves something behind of which it never learned
            details = {"kind": "timeout_after", "times": 2, "seconds": 1.0}
            yield Step(at - 0.4, "fault", _pick(dice, EFFECTS), details)


def _faults(weather: Weather) -> Iterator[Step]:
    dice = rng(weather, "faults")
    for at in _times(dice, weather, 0.2, 1.2):
        kind = _pick(dice, KINDS)
        details = {"kind": kind, "times": dice.choice((1, 1, 1, 2, 3)), "seconds": _seconds(dice, kind)}
        yield Step(at, "fault", _pick(dice, METHODS), details)


def _seconds(dice: random.Random, kind: str) -> float:
    match kind:
        case "ratelimited":
            return float(dice.randint(1, 3))
        case "timeout_before" | "timeout_after" if dice.random() < 0.1:
            return 11.0  # longer than the desk waits for an answer
        case "reset":
            return 0.0
        case _:
            return dice.uniform(0.1, 2.0)


def _disturbances(weather: Weather) -> Iterator[Step]:
    dice = rng(weather, "disturbances")
    for at in _times(dice, weather, 0.5, 3.0):
        op = _pick(dice, DISTURBANCES)
        yield Step(at, "disturb", op)
        if op in ENDED_BY:
            yield Step(at + dice.uniform(0.3, 1.5), "disturb", ENDED_BY[op])
