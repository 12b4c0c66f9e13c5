"""POST /appusers/{id}/images: a file and the message that brings it, in one request."""

from typing import Annotated, Literal

from flask import Response
from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

from webhook_server import wording
from webhook_server.api.house import House
from webhook_server.api.message_body import MessageBody, http_url
from webhook_server.api.messages import MessagesApi
from webhook_server.api.models import fields
from webhook_server.api.multipart import UploadBody, kept_if_told, received


class ImageBody(UploadBody):
    """An image, or another file, as a client sends it."""

    model_config = ConfigDict(alias_generator=to_camel)

    role: Literal["appUser", "appMaker"] = Field(
        description="Who sends it: the app user, or the app itself (only with the scope `app`).", examples=["appUser"]
    )
    text: str | None = Field(None, description="What is said about it.")
    name: str | None = Field(None, description="The author's name, as agents see it.", examples=["Ann Lee"])
    email: str | None = Field(None, description="The author's email address: the same, the same `authorId`.")
    avatar_url: Annotated[str, http_url(wording.avatar_url_wrong()), fields.HTTP_URL] | None = Field(
        None, description="The author's picture, at a URL that stays: no link to an upload."
    )

    def message(self) -> MessageBody:
        """The message that brings the file."""
        return MessageBody.model_construct(
            role=self.role, text=self.text, name=self.name, email=self.email, avatar_url=self.avatar_url
        )


class ImagesApi:
    """Images over HTTP."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._messages = MessagesApi(house)

    def post(self, ref: str) -> Response:
        """POST /appusers/{id}/images, POST /appusers/{id}/conversation/images."""
        caller = self._house.caller()
        self._messages.check_author(caller, ref)
        with received(ImageBody, self._house.media) as body:
            if body.role == "appMaker":
                caller.require_app()
            media = self._house.media.take_in(body.source.path, body.source.name)
        return kept_if_told(
            self._house.media, media, lambda: self._messages.accept(caller, ref, body.message(), media.id)
        )
