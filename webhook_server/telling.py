"""A case, as it is told through the door."""

from webhook_server.domain.cases import Case
from webhook_server.domain.receipts import Speaker
from webhook_server.domain.values import Draft
from webhook_server.ledger import Books
from wire import cases as wire
from wire.messages import Agent

FIRST_WORDS = 200
"""Characters of a case's first message that are told."""


def told(books: Books, case: Case) -> wire.Case | None:
    """`case` with all that is told of it; None where its app user is gone."""
    telling = books.cases.telling(case)
    if telling is None:
        return None
    return wire.Case(
        case_id=case.id,
        app_user_id=telling.app_user.id,
        opened=case.opened,
        name=telling.name,
        user_id=telling.app_user.user_id,
        first_words=first_words(telling.message.draft) if telling.message else "",
        opened_by=_agent(case.opened_by),
        waiting_since=None if case.closed else case.waiting_since,
        claimed_by=_agent(case.claimed_by),
        first_answer=_first_answer(case),
        snoozed_until=case.snoozed_until,
        closed=_closing(case),
    )


def first_words(draft: Draft) -> str:
    """The beginning of what was said on one line; the name of its file where nothing was."""
    words = " ".join(draft.text.split())
    if not words and draft.media:
        words = draft.media.file_name
    return words if len(words) <= FIRST_WORDS else words[: FIRST_WORDS - 1].rstrip() + "…"


def _first_answer(case: Case) -> wire.FirstAnswer | None:
    first = case.first_answer
    if first is None:
        return None
    return wire.FirstAnswer(agent=_person(first.by), seconds=max(0.0, first.at - case.opened))


def _closing(case: Case) -> wire.Closing | None:
    closing = case.closed
    return wire.Closing(at=closing.at, agent=_agent(closing.by), reason=closing.reason) if closing else None


def _agent(speaker: Speaker | None) -> Agent | None:
    return _person(speaker) if speaker else None


def _person(speaker: Speaker) -> Agent:
    return Agent(agent_id=speaker.agent_id, name=speaker.name, avatar_url=speaker.avatar_url)
