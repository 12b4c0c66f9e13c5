"""Canned answers: texts that agents keep, for all app users and all agents."""

from webhook_server import wording
from webhook_server.domain.notes import CannedAnswer
from webhook_server.domain.receipts import Speaker
from webhook_server.errors import CannedNotFoundError, InvalidRequestError, TooManyCannedError
from webhook_server.ledger import Books
from wire import canned as wire
from wire.messages import Agent


def listing(books: Books, _asked: wire.CannedListRequest) -> wire.CannedList:
    """All of them, by name."""
    found = books.canned.all()
    heads = [wire.CannedHead(name=each.name, beginning=" ".join(each.text.split())[: wire.BEGINNING]) for each in found]
    return wire.CannedList(answers=tuple(heads))


def find(books: Books, asked: wire.CannedRequest) -> wire.Canned:
    """One of them.

    Raises:
        CannedNotFoundError: none has this name.
    """
    found = books.canned.find(asked.name)
    if found is None:
        raise CannedNotFoundError
    return _told(found)


def save(books: Books, said: wire.SaveCanned, now: float) -> wire.CannedSaved:
    """Keep one, instead of what had its name.

    Raises:
        InvalidRequestError: there is nothing in it.
        TooManyCannedError: there is no room for another one.
    """
    if not said.text.strip():
        raise InvalidRequestError(wording.text_needed())
    known = books.canned.find(said.name)
    if known and known.text == said.text:
        return wire.CannedSaved()
    if known is None and books.canned.count() >= wire.MOST_CANNED:
        raise TooManyCannedError
    books.canned.put(CannedAnswer(said.name, said.text, Speaker(said.agent.agent_id, said.agent.name), now))
    return wire.CannedSaved(replaced=_told(known) if known else None)


def delete(books: Books, asked: wire.CannedRequest, _now: float) -> wire.Canned:
    """Remove one, and tell what it was.

    Raises:
        CannedNotFoundError: none has this name.
    """
    found = find(books, asked)
    books.canned.remove(asked.name)
    return found


def _told(answer: CannedAnswer) -> wire.Canned:
    agent = Agent(agent_id=answer.speaker.agent_id, name=answer.speaker.name)
    return wire.Canned(name=answer.name, text=answer.text, agent=agent, saved=answer.saved)
