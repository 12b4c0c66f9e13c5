"""Messages and the conversation: post, list, get."""

from typing import Any

from flask import Response, request

from webhook_server import intake, wording
from webhook_server.api import shapes
from webhook_server.api.answers import answer, dump
from webhook_server.api.app_users import new_app_user
from webhook_server.api.auth import Caller
from webhook_server.api.bodies import read
from webhook_server.api.house import Effect, House
from webhook_server.api.message_body import MessageBody, check_avatar
from webhook_server.api.paths import raw_path
from webhook_server.domain.paging import Cut, NoTimeError, TwoCutsError, cut, seconds
from webhook_server.domain.values import AppUser, Media, MediaId, UserId
from webhook_server.errors import ConversationNotFoundError, InvalidRequestError
from webhook_server.ledger import Answer, Books, Page
from webhook_server.media.links import BadLinkError, ExpiredLinkError
from wire.ids import MessageId


class MessagesApi:
    """Messages over HTTP."""

    def __init__(self, house: House) -> None:
        self._house = house

    def post(self, ref: str) -> Response:
        """POST /appusers/{id}/messages, POST /appusers/{id}/conversation/messages."""
        caller = self._house.caller()
        body = read(MessageBody)
        body.check()
        return self.accept(caller, ref, body, self._referred(body.media_url))

    def accept(self, caller: Caller, ref: str, body: MessageBody, media_id: MediaId | None) -> Response:
        """Take a message into the conversation, with an upload if `media_id` names one."""
        if body.role == "appMaker":
            caller.require_app()
        check_avatar(body.avatar_url, self._house.links)
        message_id, now = MessageId(self._house.new_id()), self._house.clock.now()
        absence = self._house.attendances.told()

        def effect(books: Books) -> Effect:
            user = self._author(books, caller, ref)
            draft = body.draft(user, None if media_id is None else _upload(books, media_id))
            accepted = intake.accept(books, user, message_id, draft, now, absence=absence)
            shape = {
                "message": shapes.message(accepted.message, self._house.links),
                "conversation": shapes.conversation(accepted.app_user, [accepted.message], self._house.links),
            }
            details = {"role": body.role, "message_id": message_id, "app_user_id": user.id}
            return Effect(Answer(201, dump(shape), user.id), accepted.errands, "message_accepted", details)

        return self._house.change(caller, effect, allow=lambda books: self._allow(books, caller, ref))

    def page(self, ref: str) -> Response:
        """GET /appusers/{id}/messages."""
        caller = self._house.caller()
        try:
            wanted = cut(request.args.get("before"), request.args.get("after"))
        except TwoCutsError as error:
            raise InvalidRequestError(wording.two_cuts()) from error
        except NoTimeError as error:
            raise InvalidRequestError(wording.no_time()) from error
        user, page = self._fetched(self._house.read_user(caller, ref), wanted)
        shape: dict[str, Any] = {
            "conversation": shapes.conversation(user),
            "messages": [shapes.message(message, self._house.links) for message in page.messages],
        }
        return answer(shape | self._neighbours(page))

    def conversation(self, ref: str) -> Response:
        """GET /appusers/{id}/conversation."""
        user = self._house.read_user(self._house.caller(), ref)
        if not user.conversation.started:
            raise ConversationNotFoundError
        user, page = self._fetched(user, Cut())
        return answer({"conversation": shapes.conversation(user, page.messages, self._house.links)})

    def check_author(self, caller: Caller, ref: str) -> None:
        """Refuse those early who may not write as `ref`: before they send a file."""
        if caller.kind != "app":
            self._house.read_user(caller, ref)

    def _referred(self, media_url: str | None) -> MediaId | None:
        """The upload that `media_url` leads to; None: it leads elsewhere.

        Raises:
            InvalidRequestError: it leads here, and is no good.
        """
        try:
            return None if media_url is None else self._house.links.read(media_url)
        except BadLinkError as error:
            raise InvalidRequestError(wording.media_url_not_ours()) from error
        except ExpiredLinkError as error:
            raise InvalidRequestError(wording.media_url_expired()) from error

    def _author(self, books: Books, caller: Caller, ref: str) -> AppUser:
        """Whose conversation it is. The app's backend may begin one with somebody new."""
        known = books.app_users.find(ref)
        if known or caller.kind != "app":
            return self._house.admit(books, caller, ref, known)
        user = new_app_user(self._house, UserId(ref))
        books.app_users.add(user, self._house.clock.now())
        return user

    def _allow(self, books: Books, caller: Caller, ref: str) -> None:
        if caller.kind != "app":
            self._house.open(books, caller, ref)

    def _fetched(self, user: AppUser, wanted: Cut) -> tuple[AppUser, Page]:
        """A page that the app user's client, or the app for them, gets: agents who wait to hear that are told."""
        page = self._house.ledger.read(lambda books: books.messages.page(user, wanted))
        if not page.messages:
            survivor = self._house.ledger.read(lambda books: books.app_users.by_id(user.id))
            if survivor and survivor.id != user.id:  # merged since they were looked up, and their messages are there
                return self._fetched(survivor, wanted)
        self._house.stream.got(message.id for message in page.messages if message.draft.role == "appMaker")
        return user, page

    def _neighbours(self, page: Page) -> dict[str, str]:
        """URLs of the pages before and after, as the client addressed this one."""
        here = self._house.settings.sk_public_url + raw_path(request.environ)
        links = {}
        if page.older:
            links["previous"] = f"{here}?before={seconds(page.messages[0].received)!r}"
        if page.newer:
            links["next"] = f"{here}?after={seconds(page.messages[-1].received)!r}"
        return links


def _upload(books: Books, media_id: MediaId) -> Media:
    media = books.media.find(media_id)
    if media is None:
        raise InvalidRequestError(wording.media_url_gone())
    return media
