"""What happens in a conversation besides messages: it is read, somebody types."""

from typing import Annotated, Literal

from flask import Response, request
from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

from webhook_server import reading, wording
from webhook_server.api import shapes
from webhook_server.api.answers import answer, dump
from webhook_server.api.bodies import Body, read, read_object
from webhook_server.api.house import Effect, House
from webhook_server.api.message_body import check_avatar, http_url
from webhook_server.api.models import fields
from webhook_server.domain.stream import Typing
from webhook_server.ledger import Answer, Books


class ActivityBody(Body):
    """Somebody types, or stopped."""

    model_config = ConfigDict(alias_generator=to_camel)

    role: Literal["appUser", "appMaker"] = Field(
        description="Who types: the app user, or the app itself (only with the scope `app`).", examples=["appUser"]
    )
    type: Literal["typing:start", "typing:stop"] = Field(
        description="Tell `typing:start` again while it goes on: after ten seconds it is taken to be over."
    )
    name: str | None = Field(None, description="The name of whoever types.", examples=["Ann Lee"])
    avatar_url: Annotated[str, http_url(wording.avatar_url_wrong()), fields.HTTP_URL] | None = Field(
        None, description="The picture of whoever types."
    )


class ConversationApi:
    """Reading and typing over HTTP."""

    def __init__(self, house: House) -> None:
        self._house = house

    def read(self, ref: str) -> Response:
        """POST /appusers/{id}/conversation/read."""
        caller = self._house.caller()
        read_object()
        user = self._house.read_user(caller, ref)
        nothing_new = self._house.ledger.read(lambda books: reading.is_read(books, user))
        if nothing_new and "Idempotency-Key" not in request.headers:
            return answer({})
        now = self._house.clock.now()

        def effect(books: Books) -> Effect:
            reader = self._house.open(books, caller, ref)
            errands = reading.read(books, reader, now)
            details = {"app_user_id": reader.id}
            return Effect(Answer(200, dump({})), errands, "conversation_read", details)

        return self._house.change(caller, effect, allow=lambda books: self._house.open(books, caller, ref))

    def activity(self, ref: str) -> Response:
        """POST /appusers/{id}/conversation/activity."""
        caller = self._house.caller()
        told = read(ActivityBody)
        if told.role == "appMaker":
            caller.require_app()
        check_avatar(told.avatar_url, self._house.links)
        user = self._house.read_user(caller, ref)
        starts, clock = told.type == "typing:start", self._house.clock
        if told.role == "appMaker":
            self._house.stream.typing(Typing(user.id, starts, told.role, clock.now(), told.name, told.avatar_url))
        elif starts:
            self._house.typing.start(user.id, clock.monotonic())
        else:
            self._house.typing.stop(user.id)
        return answer({"conversation": shapes.conversation(user)})
