"""Cases go on with what is said and done, each change in the transaction of what brings it about."""

from typing import NamedTuple

from webhook_server.domain import cases
from webhook_server.domain.cases import Case, Untold
from webhook_server.domain.receipts import Speaker
from webhook_server.domain.values import AppUser
from webhook_server.ledger import Books
from wire.ids import AppUserId, MessageId
from wire.messages import Agent, Reply


class Touched(NamedTuple):
    """The case to which something belongs, if there is one, and what the bot is to be told of it."""

    case_id: int | None = None
    untold: tuple[Untold, ...] = ()


UNTOUCHED = Touched()
"""It belongs to no case."""


def wrote(books: Books, user: AppUser, message_id: MessageId, now: float) -> Touched:
    """An app user wrote: their case goes on, or one begins."""
    known = books.cases.open(user.id)
    if known is None:
        return _begin(books, cases.begun(user.id, message_id, now))
    return Touched(known.id, keep(books, known, cases.wrote(known, now)))


def replied(books: Books, reply: Reply, now: float) -> Touched:
    """An agent replied. `reply` names the app user by the ID that is theirs now."""
    agent = speaker(reply.agent)
    known = books.cases.open(reply.app_user_id)
    if known is None and reply.begins:
        return _begin(books, cases.begun_by(agent, reply.app_user_id, reply.message_id, now))
    known = known or books.cases.newest(reply.app_user_id)
    if known is None:  # they wrote before there were cases
        return UNTOUCHED
    return Touched(known.id, keep(books, known, cases.answered(known, agent, now)))


def joined(books: Books, survivor_id: AppUserId, loser_id: AppUserId, now: float) -> tuple[Untold, ...]:
    """One app user is about to become part of another: only one of their cases stays open."""
    survivors, losers = books.cases.open(survivor_id), books.cases.open(loser_id)
    known = {case.id: case for case in (survivors, losers) if case is not None}
    changes = cases.merged(survivors, losers, now)
    told = [news for case in changes for news in keep(books, known[case.id], case)]
    return tuple(news._replace(app_user_id=survivor_id) for news in told)


def keep(books: Books, before: Case, after: Case) -> tuple[Untold, ...]:
    """Keep what became of a case. Returns what the bot is to be told."""
    if after != before:
        books.cases.save(after)
    if after.sequence == before.sequence or not after.has_news:
        return ()
    quiet = 0.0 if after.quiet_until is None else cases.GRACE_SECONDS
    return (Untold(after.id, after.app_user_id, quiet),)


def speaker(agent: Agent) -> Speaker:
    """An agent, as the ledger keeps them."""
    return Speaker(agent.agent_id, agent.name, agent.avatar_url)


def _begin(books: Books, case: Case) -> Touched:
    case = books.cases.add(case)
    return Touched(case.id, (Untold(case.id, case.app_user_id),))
