"""What the app's backend, or an app user, has taken away: a profile, or the messages of a conversation."""

import structlog
from flask import Response

from webhook_server import erasing
from webhook_server.api import shapes
from webhook_server.api.answers import answer, dump
from webhook_server.api.house import Effect, House
from webhook_server.domain.values import AppUser
from webhook_server.ledger import Answer, Books

_log = structlog.get_logger()


class DeletionApi:
    """Deletion over HTTP."""

    def __init__(self, house: House) -> None:
        self._house = house

    def profile(self, ref: str) -> Response:
        """DELETE /appusers/{id}/profile."""
        caller = self._house.caller()
        caller.require_jwt()

        def effect(books: Books) -> Effect:
            user = erasing.clear_profile(books, self._house.open(books, caller, ref))
            shape = shapes.app_user(user, books.devices.of(user.id))
            details = {"app_user_id": user.id}
            return Effect(Answer(200, dump({"appUser": shape}), user.id), event="profile_deleted", details=details)

        deleted = self._house.change(caller, effect)
        self._house.scrub()
        return deleted

    def messages(self, ref: str) -> Response:
        """DELETE /appusers/{id}/messages."""
        caller = self._house.caller()
        caller.require_jwt()
        now = self._house.clock.now()

        def job(books: Books) -> AppUser:
            user = self._house.open(books, caller, ref)
            erasing.clear_messages(books, user, now)
            return user

        user = self._house.ledger.write(job)
        self._house.courier.deleted(user.id)
        _log.info("messages_deleted", app_user_id=user.id)
        self._house.media.sweep()
        self._house.scrub()
        return answer({})
