"""Accept: how fast and how often a message is taken.

Ours answers when it is on disk, the floor when the JWT is right.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.figures import Figure, Findings, Verdict, quantile, ratios
from bench.load import Client, Load, run
from bench.relay import relayed
from bench.scale import Scale
from bench.stand import Stands
from bench.systems import Floor, Ours, System

MANY = 16
MILLISECONDS = 1000.0
MICROSECONDS = 1e6
RELAYING = "ours, relaying"
_WARMING_SECONDS = 0.3


@dataclass(frozen=True, slots=True)
class Accepted:
    """One round, and what each message took of a processor, in microseconds."""

    load: Load
    cost: float


def measure(stands: Stands, scale: Scale) -> Findings:
    """The floor, direct and ours in turn; ours without a bot, so that nothing but accepting goes on, and with one."""
    with Floor() as floor, Ours(talkers=MANY) as alone:
        alone.server.start()
        systems: dict[str, System] = {"floor": floor, "direct": stands.direct, "ours": alone, RELAYING: stands.ours}
        found: dict[tuple[str, int], list[Accepted]] = {}
        for system in systems.values():
            accept(system, MANY, _WARMING_SECONDS)  # what is done once is no measure of what is done often
        for _ in range(scale.rounds):
            for clients in (1, MANY):
                for name, system in systems.items():
                    found.setdefault((name, clients), []).append(accept(system, clients, scale.accept_seconds))
                    if name == RELAYING:
                        relayed(system, [(0.0,)] * MANY)  # it is done when the last of each conversation is in Slack
    return _findings(found)


def accept(system: System, clients: int, seconds: float) -> Accepted:
    """Post as fast as answers come, each client for an app user of its own."""
    plan = [Client((system.message(f"talker{number}", "hello"),), seconds=seconds) for number in range(1, clients + 1)]
    before = system.processor_seconds()
    load = run(system.port, plan)
    return Accepted(load, (system.processor_seconds() - before) / load.count * MICROSECONDS)


def figures(name: str, clients: int, rounds: Sequence[Accepted]) -> tuple[Figure, ...]:
    """What is told of so many rounds."""
    by = f"accept, {clients} client{'s' if clients > 1 else ''}"
    took = [one.load.all_took for one in rounds]
    return (
        Figure(by, name, "a second", tuple(one.load.rate for one in rounds)),
        Figure(f"{by}: median", name, "ms", tuple(quantile(one, 0.5) * MILLISECONDS for one in took)),
        Figure(f"{by}: 99 of 100", name, "ms", tuple(quantile(one, 0.99) * MILLISECONDS for one in took)),
        Figure(f"{by}: processor time each", name, "µs", tuple(one.cost for one in rounds)),
    )


def _findings(found: dict[tuple[str, int], list[Accepted]]) -> Findings:
    told = [figure for (name, clients), rounds in found.items() for figure in figures(name, clients, rounds)]
    verdicts = [
        Verdict(
            f"accept: durable 201 against the floor, requests a second, {clients} client{'s' if clients > 1 else ''}",
            "of the floor",
            "at least",
            0.5,
            ratios(*([one.load.rate for one in found[name, clients]] for name in ("ours", "floor"))),
        )
        for clients in (1, MANY)
    ]
    loads = [one.load for one in found["floor", MANY]]
    cost = quantile([load.cpu_seconds / load.count for load in loads], 0.5) * MICROSECONDS
    note = f"The load costs {cost:.0f} µs of a processor a request, at the floor with {MANY} clients."
    return Findings(tuple(told), tuple(verdicts), (note,))
