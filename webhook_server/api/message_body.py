"""A message as clients send it."""

import re
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

from webhook_server import wording
from webhook_server.api.bodies import Body
from webhook_server.api.models import fields
from webhook_server.domain.values import AppUser, AuthorId, Draft, Media, MessageType, app_maker_author_id
from webhook_server.errors import InvalidRequestError
from webhook_server.media import kinds
from webhook_server.media.links import Links

_SPACE_OR_CONTROL = re.compile(r"[\x00-\x20\x7f]")


def http_url(problem: str) -> AfterValidator:
    """Lets only URLs of the web pass."""

    def check(given: str) -> str:
        try:
            parts = urlsplit(given)
        except ValueError:
            raise ValueError(problem) from None
        if parts.scheme not in {"http", "https"} or not parts.hostname or _SPACE_OR_CONTROL.search(given):
            raise ValueError(problem)
        return given

    return AfterValidator(check)


def check_avatar(url: str | None, links: Links) -> None:
    """Refuse links to uploads: they expire, and an upload without a message is removed.

    Raises:
        InvalidRequestError: `url` is one.
    """
    if url is not None and links.leads_here(url):
        raise InvalidRequestError(wording.avatar_url_expires())


class MessageBody(Body):
    """A message as a client sends it."""

    model_config = ConfigDict(alias_generator=to_camel, json_schema_extra=fields.SOMETHING_TO_SAY)

    role: Literal["appUser", "appMaker"] = Field(
        description="Who speaks: the app user, or the app itself (only with the scope `app`).", examples=["appUser"]
    )
    text: str | None = Field(
        None, description="What is said. Needed unless there is a `mediaUrl`.", examples=["Where is my order?"]
    )
    type: MessageType | None = Field(
        None, description="`image` and `file` need a `mediaUrl`; left out, it is found out.", examples=["text"]
    )
    media_url: Annotated[str, http_url(wording.media_url_wrong()), fields.HTTP_URL] | None = Field(
        None, description="Where an image or file is: yours, or what `POST /attachments` answered."
    )
    media_type: str | None = Field(None, description="The media type of what `mediaUrl` leads to.")
    name: str | None = Field(None, description="The author's name, as agents see it.", examples=["Ann Lee"])
    email: str | None = Field(None, description="The author's email address: the same, the same `authorId`.")
    avatar_url: Annotated[str, http_url(wording.avatar_url_wrong()), fields.HTTP_URL] | None = Field(
        None, description="The author's picture, at a URL that stays: no link to an upload."
    )
    metadata: dict[str, Any] | None = Field(
        None, description="Whatever you want back with the message, unchanged.", examples=[{"orderId": "A-17"}]
    )

    def draft(self, user: AppUser, media: Media | None) -> Draft:
        """The message, written by or for `user`, with the upload that it brings or that its `mediaUrl` leads to."""
        by_user = self.role == "appUser"
        return Draft(
            role=self.role,
            author_id=AuthorId(user.id) if by_user else app_maker_author_id(self.email, self.name),
            text=self._text() if media is None else self.text or "",
            type=self._type() if media is None else self._type_with(media),
            name=self.name or None,
            avatar_url=self.avatar_url,
            media_url=self.media_url if media is None else None,
            media_type=(self.media_type or None) if media is None else media.media_type,
            media=media,
            metadata=self.metadata,
        )

    def check(self) -> None:
        """Refuse what no message is.

        Raises:
            InvalidRequestError: there is nothing to say.
        """
        if self.media_url is None and self.type in {"image", "file"}:
            raise InvalidRequestError(wording.media_type_needs_url())
        if not self._text().strip():
            raise InvalidRequestError(wording.text_needed())

    def _text(self) -> str:
        return self.text or self.media_url or ""

    def _type(self) -> MessageType:
        if self.media_url is None:
            return "text"
        if self.type in {"image", "file"}:
            return self.type
        return "image" if (self.media_type or "image/").startswith("image/") else "file"

    def _type_with(self, media: Media) -> MessageType:
        """What the upload is counts, not what the client takes it for; an image may be sent as a file."""
        return "image" if media.media_type in kinds.SHOWN and self.type != "file" else "file"
