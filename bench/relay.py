"""Relay: from the beginning of the POST until the words stand in Slack, as the local workspace saw it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bench.figures import Figure, Findings, Verdict, differences, quantile, ratios
from bench.load import Client, Load, run
from bench.scale import Scale
from bench.stand import CONVERSATIONS, Stands
from bench.systems import System
from bench.workspace import counted, marker, visible_in

A_SECOND = 20
SLOW_SECONDS = 0.1
MILLISECONDS = 1000.0
MICROSECONDS = 1e6


@dataclass(frozen=True, slots=True)
class Relayed:
    """One round: how many milliseconds each message took, messages shown a second, and Slack calls by method.

    `cost` is what each message took of a processor, in microseconds.
    """

    latencies: tuple[float, ...]
    rate: float
    calls: dict[str, int]
    cost: float

    @property
    def median(self) -> float:
        """Milliseconds."""
        return quantile(self.latencies, 0.5)

    @property
    def slow(self) -> float:
        """Milliseconds that 99 of 100 keep to."""
        return quantile(self.latencies, 0.99)

    @property
    def calls_a_message(self) -> float:
        """Slack calls of any kind."""
        return sum(self.calls.values()) / len(self.latencies)


def measure(stands: Stands, scale: Scale) -> Findings:
    """Ours and direct in turn, without and with latency in Slack: a steady flow, then as much as goes through."""
    systems: tuple[System, ...] = (stands.ours, stands.direct)
    for system in systems:
        sustained(system, 2)
    findings = Findings()
    for slack in (0.0, SLOW_SECONDS):
        for system in systems:
            system.workspace.be_slow(slack)
        findings += _one_slack(systems, scale, slack)
    for system in systems:
        system.workspace.be_slow(0)
    return findings


def steady(system: System, seconds: float, a_second: float = A_SECOND) -> Relayed:
    """A steady flow, spread over the conversations."""
    talkers = system.talkers[:CONVERSATIONS]
    moments: dict[int, list[float]] = {}
    for number in range(int(seconds * a_second)):
        moments.setdefault(number % len(talkers), []).append(number / a_second)
    return relayed(system, [tuple(moments.get(place, ())) for place in range(len(talkers))])


def sustained(system: System, each: int) -> Relayed:
    """So many messages in each conversation, one after the other, as fast as they are taken."""
    return relayed(system, [(0.0,) * each] * CONVERSATIONS)


def relayed(system: System, moments: Sequence[tuple[float, ...]]) -> Relayed:
    """Messages at these moments, conversation by conversation, followed until all stand in Slack."""
    plan, words = [], []
    for talker, own_moments in zip(system.talkers, moments, strict=False):
        markers = [marker(talker.number, number) for number in range(len(own_moments))]
        requests = tuple(system.message(talker.user_id, f"{word} is where we are") for word in markers)
        plan.append(Client(requests, own_moments))
        words.append(markers)
    system.workspace.forget_calls()
    before = system.processor_seconds()
    load = run(system.port, plan)
    for talker, markers in zip(system.talkers, words, strict=False):
        if markers:
            system.workspace.wait_for(talker.channel_id, markers[-1])
    cost = (system.processor_seconds() - before) / sum(map(len, words)) * MICROSECONDS
    calls = system.workspace.calls()
    return _followed(load, words, calls, cost)


def _followed(load: Load, words: list[list[str]], calls: list[dict[str, Any]], cost: float) -> Relayed:
    visible = visible_in(calls)
    sent = {
        word: at
        for own_words, moments in zip(words, load.sent, strict=True)
        for word, at in zip(own_words, moments, strict=True)
    }
    missing = sent.keys() - visible.keys()
    if missing:
        raise RuntimeError(f"{len(missing)} of {len(sent)} messages did not come to stand in Slack")
    latencies = tuple((visible[word] - at) * MILLISECONDS for word, at in sent.items())
    return Relayed(latencies, len(sent) / (max(visible.values()) - min(sent.values())), counted(calls), cost)


def _one_slack(systems: tuple[System, ...], scale: Scale, slack: float) -> Findings:
    flows: dict[str, list[Relayed]] = {system.name: [] for system in systems}
    floods: dict[str, list[Relayed]] = {system.name: [] for system in systems}
    for _ in range(scale.rounds):
        for system in systems:
            flows[system.name].append(steady(system, scale.relay_seconds))
        for system in systems:
            floods[system.name].append(sustained(system, scale.sustained_each))
    slack_is = f"Slack at {slack * MILLISECONDS:.0f} ms"
    figures = [
        figure for name, rounds in flows.items() for figure in latency_figures(f"relay, {slack_is}", name, rounds)
    ]
    figures += [
        Figure(f"relay, {slack_is}: sustained", name, "a second", tuple(one.rate for one in rounds))
        for name, rounds in floods.items()
    ]
    figures += [
        Figure(f"relay, {slack_is}, sustained: processor time each", name, "µs", tuple(one.cost for one in rounds))
        for name, rounds in floods.items()
    ]
    return Findings(tuple(figures), _verdicts(flows, floods, slack))


def latency_figures(what: str, name: str, rounds: Sequence[Relayed]) -> tuple[Figure, ...]:
    """What is told of a steady flow."""
    return (
        Figure(f"{what}: median", name, "ms", tuple(one.median for one in rounds)),
        Figure(f"{what}: 99 of 100", name, "ms", tuple(one.slow for one in rounds)),
        Figure(f"{what}: Slack calls a message", name, "calls", tuple(one.calls_a_message for one in rounds)),
    )


def _verdicts(flows: dict[str, list[Relayed]], floods: dict[str, list[Relayed]], slack: float) -> tuple[Verdict, ...]:
    ours, direct = ([one.median for one in flows[name]] for name in ("ours", "direct"))
    rates = ratios([one.rate for one in floods["ours"]], [one.rate for one in floods["direct"]])
    calls = tuple(one.calls_a_message for one in flows["ours"])
    slack_is = f"Slack at {slack * MILLISECONDS:.0f} ms"
    if slack:
        latency = Verdict(f"relay, {slack_is}: median against direct's", "times", "at most", 1.15, ratios(ours, direct))
    else:
        latency = Verdict(f"relay, {slack_is}: median over direct's", "ms", "at most", 10.0, differences(ours, direct))
    return (
        latency,
        Verdict(f"relay, {slack_is}: sustained against direct's", "times", "at least", 1.0, rates),
        Verdict(f"Slack calls a relayed message, {slack_is}", "calls", "at most", 1.0, calls),
    )
