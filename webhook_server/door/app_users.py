"""App users, as agents see them: by their ID or as an agent names them, and what was said last."""

from flask import Response

from webhook_server import profiles, recent
from webhook_server.api.house import House
from webhook_server.domain.values import AppUser
from webhook_server.door.ear import Ear, Views, said
from webhook_server.errors import UserNotFoundError
from webhook_server.ledger import Books
from wire import cases
from wire import messages as wire


def views(house: House, ear: Ear) -> Views:
    """What answers about app users."""

    def shown(books: Books, user: AppUser | None) -> wire.Profile:
        if user is None:
            raise UserNotFoundError
        return profiles.told(books, user, typing=house.typing.types(user.id, house.clock.monotonic()))

    def profile() -> Response:
        """An app user as they are now."""
        asked = ear.bot(wire.ProfileRequest)
        return said(house.ledger.read(lambda books: shown(books, books.app_users.by_id(asked.app_user_id))))

    def find() -> Response:
        """Whom an agent means."""
        asked = ear.bot(cases.FindRequest)
        return said(house.ledger.read(lambda books: shown(books, books.app_users.find(asked.user))))

    def last_said() -> Response:
        """What was said last in a conversation that goes on in another channel."""
        asked = ear.bot(wire.RecentRequest)
        found = house.ledger.read(lambda books: recent.messages(books, asked))
        if found is None:
            raise UserNotFoundError
        return said(found)

    return {wire.PROFILE: profile, cases.FIND: find, wire.RECENT: last_said}
