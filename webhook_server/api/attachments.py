"""Attachments: files that are uploaded first, and referred to by messages later."""

from hashlib import file_digest
from pathlib import Path
from typing import Annotated

from flask import Response
from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

from webhook_server import wording
from webhook_server.api.answers import answer, dump
from webhook_server.api.bodies import Body, read
from webhook_server.api.house import Effect, House
from webhook_server.api.message_body import http_url
from webhook_server.api.models import fields
from webhook_server.api.multipart import UploadBody, kept_if_told, received
from webhook_server.domain.values import MediaId
from webhook_server.errors import InvalidRequestError
from webhook_server.ledger import Answer, Books
from webhook_server.media.links import BadLinkError, ExpiredLinkError


class RemoveBody(Body):
    """Which upload shall go."""

    model_config = ConfigDict(alias_generator=to_camel)

    media_url: Annotated[str, http_url(wording.media_url_wrong()), fields.HTTP_URL] = Field(
        description="The `mediaUrl` that this server answered or told, however old."
    )


class AttachmentsApi:
    """Attachments over HTTP."""

    def __init__(self, house: House) -> None:
        self._house = house

    def create(self) -> Response:
        """POST /attachments. Smooch's `?access=public` makes no difference: every link is good for whoever has it."""
        caller = self._house.caller()
        self._house.limits.check_upload(caller)
        anonymous = caller.kind == "app_token"
        if anonymous:
            self._house.media.check_anonymous()
        with received(UploadBody, self._house.media) as body:
            about = _digest(body.source.path) if anonymous else ""
            media = self._house.media.take_in(body.source.path, body.source.name, anonymous=anonymous)

        def effect(_: Books) -> Effect:
            shape = {"mediaUrl": self._house.links.of(media), "mediaType": media.media_type}
            details = {"media_id": media.id, "media_type": media.media_type, "size": media.size}
            return Effect(Answer(201, dump(shape)), event="media_uploaded", details=details)

        return kept_if_told(self._house.media, media, lambda: self._house.change(caller, effect, about=about))

    def remove(self) -> Response:
        """POST /attachments/remove."""
        caller = self._house.caller()
        caller.require_app()
        media_id = self._meant(read(RemoveBody).media_url)
        self._house.media.remove(media_id)
        return answer({})

    def _meant(self, url: str) -> MediaId:
        try:
            media_id = self._house.links.read(url)
        except ExpiredLinkError as error:
            return error.media_id
        except BadLinkError as error:
            raise InvalidRequestError(wording.media_url_not_ours()) from error
        if media_id is None:
            raise InvalidRequestError(wording.media_url_elsewhere())
        return media_id


def _digest(path: Path) -> str:
    """Tells files apart where the credential does not tell their senders apart."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
