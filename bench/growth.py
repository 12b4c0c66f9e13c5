"""Growth: what a hundred thousand known users cost that a hundred do not."""

import contextlib
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.accept import MANY, Accepted, accept
from bench.figures import Figure, Findings, Verdict, differences, ratios
from bench.known import Talker
from bench.load import Client, run
from bench.relay import MILLISECONDS, Relayed, latency_figures, relayed, steady
from bench.scale import Scale
from bench.stand import CONVERSATIONS, Stands
from bench.start import bot_alone, seconds_to_start
from bench.systems import Ours
from bench.workspace import counted, marker
from desk.channel_book import TinyChannelBook
from desk.channel_book.book import FILE_NAME

NEWCOMERS = 3
SETTLE_SECONDS = 150.0
LISTINGS = ("conversations.list", "users.list", "users.conversations", "conversations.members")


@dataclass
class Grown:
    """What was measured with one number of known users, round by round."""

    accepted: list[Accepted] = field(default_factory=list)
    flows: list[Relayed] = field(default_factory=list)
    disturbed: list[Relayed] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    listings: list[float] = field(default_factory=list)


def measure(_: Stands, scale: Scale) -> Findings:
    """All sizes stand side by side and are measured in turn."""
    with tempfile.TemporaryDirectory(prefix="sk-bench-") as spare, contextlib.ExitStack() as stack:
        books = {size: Path(spare, str(size)) for size in scale.growth}
        stands: dict[int, Ours] = {}
        for size in scale.growth:
            stands[size] = stack.enter_context(Ours(talkers=CONVERSATIONS, known_users=size))
        for size, ours in stands.items():  # filled once: making so many lines takes longer than writing them
            books[size].mkdir()
            shutil.copy(ours.data_dir / "desk" / FILE_NAME, books[size])
        found = {size: Grown() for size in scale.growth}
        alone = _starts(stands, found, scale)
        for size, ours in stands.items():
            relayed(ours, [(0.0,) * 4] * CONVERSATIONS)
            found[size].memory.append(ours.memory())
        for _round in range(scale.rounds):
            for size, ours in stands.items():
                found[size].flows.append(steady(ours, scale.relay_seconds))
            for size, ours in stands.items():
                found[size].accepted.append(accept(ours, MANY, scale.accept_seconds))
                relayed(ours, [(0.0,)] * MANY)  # what was accepted just now is out of the way
        for turn in range(scale.newcomer_rounds):
            for size in (min(stands), max(stands)):
                found[size].disturbed.append(_with_newcomers(stands[size], scale.relay_seconds, turn))
        for size, ours in stands.items():
            found[size].memory.append(ours.memory())
        stack.close()  # nothing goes on beside the writes
        writes = {size: _writes(books[size], size) for size in scale.growth}
    return _findings(found, alone, writes)


def _starts(stands: dict[int, Ours], found: dict[int, Grown], scale: Scale) -> list[float]:
    """Start the bots again and again, in turn with an Errbot that has nothing to do; leave ours running."""
    alone = []
    for ours in stands.values():
        ours.server.start()
    for turn in range(scale.starts):
        alone.append(bot_alone())
        for size, ours in stands.items():
            ours.workspace.forget_calls()
            found[size].starts.append(seconds_to_start(ours.bot))
            calls = counted(ours.workspace.calls())
            found[size].listings.append(float(sum(calls.get(method, 0) for method in LISTINGS)))
            if turn < scale.starts - 1:
                ours.bot.end()
    return alone


def _with_newcomers(ours: Ours, seconds: float, turn: int) -> Relayed:
    """A steady flow of known users, while others write for the first time and get channels."""
    users = [f"newcomer-{turn}-{number}" for number in range(NEWCOMERS)]
    moments = tuple(number * seconds / NEWCOMERS for number in range(NEWCOMERS))
    newcomers = Client(tuple(ours.message(user, "Hello, I am new here.") for user in users), moments)
    beside = threading.Thread(target=run, args=(ours.port, [newcomers]))
    beside.start()
    try:
        return steady(ours, seconds)
    finally:
        beside.join()
        _settled(ours, users)


def _settled(ours: Ours, users: Sequence[str]) -> None:
    """Wait until all that newcomers' first messages caused is done: their second ones come after that."""
    words = {user: marker(0, number) for number, user in enumerate(users)}
    run(ours.port, [Client(tuple(ours.message(user, word) for user, word in words.items()))])
    until = time.monotonic() + SETTLE_SECONDS
    while set(words.values()) - ours.workspace.visible().keys():
        if time.monotonic() > until:
            raise TimeoutError("the newcomers' messages did not come to stand in Slack")
        time.sleep(0.2)


def _writes(directory: Path, size: int) -> list[float]:
    """Milliseconds until a new mapping is on disk, in a channel book of this size."""
    took = []
    book = TinyChannelBook(directory)
    for number in range(size + 1, size + 1 + NEWCOMERS):
        entry = Talker(number).entry
        began = time.monotonic()
        book.keep(entry)
        took.append((time.monotonic() - began) * MILLISECONDS)
    book.close()
    return took


def _findings(found: dict[int, Grown], alone: list[float], writes: dict[int, list[float]]) -> Findings:
    figures = [Figure("start of Errbot alone, without a chat", "Errbot", "s", tuple(alone))]
    for size, grown in found.items():
        of = f"{size:,} known users"
        figures += [
            Figure(f"{of}: accept, {MANY} clients", "ours", "a second", tuple(one.load.rate for one in grown.accepted)),
            Figure(f"{of}: accept: processor time each", "ours", "µs", tuple(one.cost for one in grown.accepted)),
            *latency_figures(f"{of}: relay", "ours", grown.flows),
            Figure(f"{of}: relay: processor time each", "ours", "µs", tuple(one.cost for one in grown.flows)),
            *(latency_figures(f"{of}: relay beside newcomers", "ours", grown.disturbed)[:2] if grown.disturbed else ()),
            Figure(f"{of}: start of the bot", "ours", "s", tuple(grown.starts)),
            Figure(f"{of}: memory, both processes", "ours", "MB", tuple(grown.memory)),
            Figure(f"{of}: new mapping on disk", "ours", "ms", tuple(writes[size])),
        ]
    return Findings(tuple(figures), _verdicts(found, alone, writes))


def _verdicts(found: dict[int, Grown], alone: list[float], writes: dict[int, list[float]]) -> tuple[Verdict, ...]:
    few, many = min(found), max(found)
    least, most = found[few], found[many]
    of = f"{many:,} known users"
    accepted = ratios([1 / one.load.rate for one in most.accepted], [1 / one.load.rate for one in least.accepted])
    relay = ratios([one.median for one in most.flows], [one.median for one in least.flows])
    beyond = differences(most.starts, alone)
    undisturbed = statistics.median(one.slow for one in most.flows)
    blocked = tuple(one.slow - undisturbed for one in most.disturbed)
    durable = tuple(took / MILLISECONDS for took in writes[many])
    return (
        Verdict(f"{of} against {few}: accept, seconds a request", "times", "at most", 1.1, accepted),
        Verdict(f"{of} against {few}: relay, median", "times", "at most", 1.1, relay),
        Verdict(f"{of}: bot ready, beyond Errbot alone", "s", "at most", 1.5, beyond),
        Verdict(f"{of}: listing calls at the start", "calls", "at most", 0.0, tuple(most.listings)),
        Verdict(f"{of}: new mapping durable", "s", "at most", 1.0, durable),
        Verdict(f"{of}: 99 of 100 relays beside newcomers, over the same alone", "ms", "at most", 10.0, blocked),
        Verdict(f"{of}: memory, both processes", "MB", "at most", 400.0, (max(most.memory),)),
    )
