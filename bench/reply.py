"""Reply: from the moment `/sk` was typed until the app's webhook has it, and until the channel shows the notice."""

import time
from dataclasses import dataclass

from bench.figures import Figure, Findings, Verdict, differences, quantile
from bench.relay import MILLISECONDS
from bench.scale import Scale
from bench.stand import Receiver, Stands
from bench.systems import System
from bench.workspace import counted, marker, visible_in

A_SECOND = 10
PATIENCE_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Replied:
    """One round, in milliseconds, and Slack calls by method."""

    webhook: tuple[float, ...]
    notice: tuple[float, ...]
    calls: dict[str, int]

    @property
    def calls_a_reply(self) -> float:
        """Slack calls of any kind."""
        return sum(self.calls.values()) / len(self.webhook)


def measure(stands: Stands, scale: Scale) -> Findings:
    """Ours and direct in turn."""
    systems: tuple[System, ...] = (stands.ours, stands.direct)
    found: dict[str, list[Replied]] = {system.name: [] for system in systems}
    for system in systems:
        replied(system, stands.receiver, len(system.talkers))
    for _ in range(scale.rounds):
        for system in systems:
            found[system.name].append(replied(system, stands.receiver, scale.replies))
    return _findings(found)


def replied(system: System, receiver: Receiver, count: int) -> Replied:
    """So many replies, ten a second, in one conversation after the other."""
    system.workspace.forget_calls()
    receiver.seen()
    typed: dict[str, float] = {}
    began = time.monotonic()
    for number in range(count):
        time.sleep(max(0.0, began + number / A_SECOND - time.monotonic()))
        word = marker(0, number)
        typed[word] = time.time()
        system.workspace.command(system.talkers[number % len(system.talkers)].channel_id, word)
    delivered: dict[str, float] = {}
    shown: dict[str, float] = {}
    until = time.monotonic() + PATIENCE_SECONDS
    while typed.keys() - delivered.keys() or typed.keys() - shown.keys():
        if time.monotonic() > until:
            raise TimeoutError(f"{len(delivered)} of {count} replies delivered, {len(shown)} shown")
        time.sleep(0.2)
        delivered |= receiver.seen()
        calls = system.workspace.calls()
        shown = visible_in(calls)
    return Replied(
        tuple((delivered[word] - at) * MILLISECONDS for word, at in typed.items()),
        tuple((shown[word] - at) * MILLISECONDS for word, at in typed.items()),
        counted(calls),
    )


def _findings(found: dict[str, list[Replied]]) -> Findings:
    figures: list[Figure] = []
    for name, rounds in found.items():
        for what, some in (("webhook", [one.webhook for one in rounds]), ("notice", [one.notice for one in rounds])):
            figures += [
                Figure(f"reply to {what}: median", name, "ms", tuple(quantile(one, 0.5) for one in some)),
                Figure(f"reply to {what}: 99 of 100", name, "ms", tuple(quantile(one, 0.99) for one in some)),
            ]
        figures.append(Figure("reply: Slack calls", name, "calls", tuple(one.calls_a_reply for one in rounds)))
    more = differences(*([quantile(one.webhook, 0.5) for one in found[name]] for name in ("ours", "direct")))
    calls = tuple(one.calls_a_reply for one in found["ours"])
    return Findings(
        tuple(figures),
        (
            Verdict("reply: `/sk` to webhook, median over direct's", "ms", "at most", 10.0, more),
            Verdict("Slack calls a fast reply", "calls", "at most", 1.0, calls),
        ),
    )
