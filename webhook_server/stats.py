"""The numbers, as agents ask for them."""

from webhook_server.domain.stats import Deeds, Period, most_first
from webhook_server.ledger import Books
from wire.cases import AgentStats, Stats
from wire.messages import Agent

MEDIAN, NINETY = 50, 90


def numbers(books: Books, since: float, now: float) -> Stats:
    """What happened since `since`, and how it stands at `now`."""
    period = Period(since)
    counts = books.numbers.counts(period)
    waiting, oldest = books.numbers.waiting()
    return Stats(
        since=since,
        conversations=counts.conversations,
        answered=counts.answered,
        closed=counts.closed,
        waiting=waiting,
        median=books.numbers.answer_time(period, MEDIAN),
        ninety=books.numbers.answer_time(period, NINETY),
        longest_wait=None if oldest is None else max(0.0, now - oldest),
        by_agent=tuple(_told(deeds) for deeds in sorted(books.numbers.deeds(period), key=most_first)),
    )


def _told(deeds: Deeds) -> AgentStats:
    return AgentStats(
        agent=Agent(agent_id=deeds.agent.agent_id, name=deeds.agent.name),
        first_answers=deeds.first_answers,
        replies=deeds.replies,
        closed=deeds.closed,
        open=deeds.open,
    )
