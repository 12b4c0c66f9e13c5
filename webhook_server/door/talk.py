"""What agents keep and look up: notes, a conversation's history, canned answers. Nobody else is told of any of it."""

from collections.abc import Callable

from flask import Response

from webhook_server import canned, history, notes
from webhook_server.api.house import House
from webhook_server.door.ear import Ear, Heard, Views, said
from webhook_server.ledger import Books
from wire import canned as wire_canned
from wire import cases
from wire.messages import Said


def views(house: House, ear: Ear) -> Views:
    """What answers about them."""
    door = _TalkDoor(house, ear)
    return {
        cases.NOTE: door.writing(cases.Note, notes.keep),
        cases.HISTORY: door.reading(cases.HistoryRequest, history.lines),
        wire_canned.CANNED_LIST: door.reading(wire_canned.CannedListRequest, canned.listing),
        wire_canned.CANNED: door.reading(wire_canned.CannedRequest, canned.find),
        wire_canned.SAVE_CANNED: door.writing(wire_canned.SaveCanned, canned.save),
        wire_canned.DELETE_CANNED: door.writing(wire_canned.CannedRequest, canned.delete),
    }


class _TalkDoor:
    def __init__(self, house: House, ear: Ear) -> None:
        self._house = house
        self._ear = ear

    def reading(self, kind: type[Heard], job: Callable[[Books, Heard], Said]) -> Callable[[], Response]:
        """What answers from the ledger."""

        def view() -> Response:
            asked = self._ear.bot(kind)
            return said(self._house.ledger.read(lambda books: job(books, asked)))

        return view

    def writing(self, kind: type[Heard], job: Callable[[Books, Heard, float], Said]) -> Callable[[], Response]:
        """What has the ledger keep, or give up, what is said."""

        def view() -> Response:
            asked, now = self._ear.bot(kind), self._house.clock.now()
            return said(self._house.ledger.write(lambda books: job(books, asked, now)))

        return view
