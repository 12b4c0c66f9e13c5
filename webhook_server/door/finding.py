"""Whom an agent means who names an app user."""

from flask import Response

from webhook_server import profiles
from webhook_server.api.house import House
from webhook_server.door.ear import Ear, Views, said
from webhook_server.errors import UserNotFoundError
from webhook_server.ledger import Books
from wire import cases as wire
from wire.messages import Profile


def views(house: House, ear: Ear) -> Views:
    """What answers about app users that are named."""

    def find() -> Response:
        asked = ear.bot(wire.FindRequest)

        def told(books: Books) -> Profile:
            user = books.app_users.find(asked.user)
            if user is None:
                raise UserNotFoundError
            return profiles.told(books, user, typing=house.typing.types(user.id, house.clock.monotonic()))

        return said(house.ledger.read(told))

    return {wire.FIND: find}
