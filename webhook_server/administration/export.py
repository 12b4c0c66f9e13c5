"""What the ledger keeps of one app user, in pages."""

from webhook_server import wording
from webhook_server.api.answers import dump
from webhook_server.errors import InvalidRequestError, UserNotFoundError
from webhook_server.ledger import SECTIONS, Books
from wire import operators as wire

PAGE_CHARACTERS = 1_000_000
"""A page is full when it holds so many; a row may be longer by itself."""


def page(books: Books, asked: wire.ExportRequest) -> wire.ExportPage:
    """Part of a section.

    Raises:
        InvalidRequestError: there is no such section.
        UserNotFoundError: nobody has this ID.
    """
    if asked.section not in SECTIONS:
        raise InvalidRequestError(wording.no_such_section(asked.section))
    user = books.app_users.find(asked.user)
    if user is None:
        raise UserNotFoundError
    rows: list[str] = []
    room, after = PAGE_CHARACTERS, None
    for key, row in books.dossier.page(user.id, asked.section, asked.after):
        if room <= 0:
            break
        rows.append(dump(row))
        room, after = room - len(rows[-1]), key
    return wire.ExportPage(rows=tuple(rows), after=after)
