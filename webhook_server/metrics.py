"""`GET /metrics`: the same numbers for Prometheus, read from the ledger when it asks."""

import hmac
import threading
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask, Response, request
from prometheus_client import CollectorRegistry, Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from settings import Settings
from settings.times import zone
from webhook_server import stats, wording
from webhook_server.clock import Clock
from webhook_server.domain.stats import Period, beginning
from webhook_server.domain.tallies import BOUNDS, Happened, next_period
from webhook_server.errors import UnauthorizedError
from webhook_server.ledger import Books, Ledger
from wire.cases import Stats
from wire.ids import AgentId

PATH = "/metrics"
PREFIX = "err_sk_"


@dataclass(frozen=True, slots=True)
class _Seen:
    """One look at the ledger."""

    today: Stats
    unclaimed: int
    handovers: dict[str, int]
    happened: Happened
    names: dict[AgentId, str]


class Metrics(Collector):
    """The numbers, each time as they are. `_lock`: what happened is counted once, however many ask."""

    def __init__(self, settings: Settings, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock
        self._zone = zone(settings.sk_time_zone)
        self._lock = threading.Lock()
        self._counted_until = clock.now()
        self._happened = Happened()
        self._names: dict[AgentId, str] = {}

    def collect(self) -> Iterator[Metric]:
        """All families.

        Raises:
            LedgerUnavailableError: the database cannot be read.
        """
        with self._lock:
            now = self._clock.now()
            period = next_period(self._counted_until, now)
            seen = self._ledger.read(lambda books: self._look(books, period, now))
            self._counted_until = period.end
            happened = self._happened = self._happened + seen.happened
            names = self._names = self._names | seen.names
        yield from _standing(seen)
        yield from _today(seen.today)
        yield from _counted(happened, names)

    def _look(self, books: Books, period: Period, now: float) -> _Seen:
        numbers = books.numbers
        counts, replies = numbers.counts(period), numbers.replies(period)
        by_agents = numbers.begun_by_agents(period)
        up_to, took = numbers.answer_times_up_to(period, BOUNDS)
        sent: dict[AgentId, int] = {}
        for tally in replies:
            sent[tally.agent.agent_id] = sent.get(tally.agent.agent_id, 0) + tally.count
        happened = Happened(
            by_app_users=counts.conversations - by_agents,
            by_agents=by_agents,
            answered=counts.answered,
            up_to=up_to,
            took=took,
            closed=counts.closed,
            replies=sent,
        )
        names = {tally.agent.agent_id: tally.agent.name for tally in sorted(replies, key=lambda tally: tally.last)}
        today = stats.numbers(books, beginning("today", now, self._zone), now)
        return _Seen(today, numbers.unclaimed(), dict(numbers.handovers()), happened, names)


def install(app: Flask, settings: Settings, ledger: Ledger, clock: Clock) -> None:
    """Let `app` answer who has the token."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Metrics(settings, ledger, clock))

    def view() -> Response:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        known = hmac.compare_digest(token.strip().encode(), settings.sk_metrics_token.encode())
        if scheme.lower() != "bearer" or not known:
            raise UnauthorizedError(wording.metrics_token_needed())
        encode, content_type = choose_encoder(request.headers.get("Accept", ""))
        return Response(encode(registry), content_type=content_type)

    app.add_url_rule(PATH, f"GET {PATH}", view, methods=["GET"])


def _standing(seen: _Seen) -> Iterator[Metric]:
    """How it stands now."""
    yield _gauge("waiting", seen.today.waiting)
    yield _gauge("longest_wait_seconds", seen.today.longest_wait or 0.0)
    mine = GaugeMetricFamily(f"{PREFIX}open_conversations", _help("open_conversations"), labels=["agent_id", "agent"])
    mine.add_metric(["", ""], seen.unclaimed)
    for each in seen.today.by_agent:
        if each.open:
            mine.add_metric([each.agent.agent_id, each.agent.name], each.open)
    yield mine
    handovers = GaugeMetricFamily(f"{PREFIX}handovers", _help("handovers"), labels=["state"])
    for state, count in seen.handovers.items():
        handovers.add_metric([state], count)
    yield handovers


def _today(today: Stats) -> Iterator[Metric]:
    """What `!stats` tells of today."""
    yield _gauge("today_conversations", today.conversations)
    yield _gauge("today_first_answers", today.answered)
    yield _gauge("today_closed", today.closed)
    took = GaugeMetricFamily(
        f"{PREFIX}today_first_answer_seconds", _help("today_first_answer_seconds"), labels=["quantile"]
    )
    for quantile, seconds in (("0.5", today.median), ("0.9", today.ninety)):
        if seconds is not None:
            took.add_metric([quantile], seconds)
    yield took


def _counted(happened: Happened, names: dict[AgentId, str]) -> Iterator[Metric]:
    """What has happened since the process began."""
    begun = CounterMetricFamily(f"{PREFIX}conversations", _help("conversations"), labels=["begun_by"])
    begun.add_metric(["app_user"], happened.by_app_users)
    begun.add_metric(["agent"], happened.by_agents)
    yield begun
    buckets = [(str(bound), float(count)) for bound, count in zip(BOUNDS, happened.up_to, strict=True)]
    buckets.append(("+Inf", float(happened.answered)))
    yield HistogramMetricFamily(
        f"{PREFIX}first_answer_seconds", _help("first_answer_seconds"), buckets=buckets, sum_value=happened.took
    )
    yield CounterMetricFamily(f"{PREFIX}closed", _help("closed"), value=happened.closed)
    replies = CounterMetricFamily(f"{PREFIX}replies", _help("replies"), labels=["agent_id", "agent"])
    for agent_id, count in happened.replies.items():
        replies.add_metric([agent_id, names[agent_id]], count)
    yield replies


def _gauge(name: str, value: float) -> Metric:
    return GaugeMetricFamily(f"{PREFIX}{name}", _help(name), value=value)


def _help(name: str) -> str:
    return wording.METRICS[name]
