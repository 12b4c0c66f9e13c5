"""App users: create, get, update."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Any

from flask import Response
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

from webhook_server import wording
from webhook_server.api import shapes
from webhook_server.api.answers import answer, dump
from webhook_server.api.auth import is_user_id
from webhook_server.api.bodies import Body, read
from webhook_server.api.house import Effect, House
from webhook_server.api.models import fields
from webhook_server.domain import profile
from webhook_server.domain.values import USER_ID_BYTES, AppUser, Conversation, ConversationId, Profile, UserId
from webhook_server.errors import InvalidRequestError, UserExistsError
from webhook_server.ledger import Answer, Books
from wire.ids import AppUserId


def _flat(given: dict[str, Any]) -> dict[str, Any]:
    try:
        return profile.flat_properties(given)
    except profile.NestedPropertyError as error:
        raise ValueError(wording.nested_property(error.key)) from error


def _moment(given: Any) -> Any:
    """A time as text, or as seconds since the epoch, as some of Smooch's SDKs sent it."""
    try:
        if isinstance(given, (int, float)) and not isinstance(given, bool):
            return profile.utc_time(datetime.fromtimestamp(given, UTC).isoformat())
        return profile.utc_time(given) if isinstance(given, str) else given
    except (ValueError, OverflowError, OSError) as error:
        raise ValueError(wording.signed_up_at_wrong()) from error


class ProfileBody(Body):
    """The profile fields of a request. What is left out, or null, is not told."""

    model_config = ConfigDict(alias_generator=to_camel)

    given_name: str | None = Field(None, description="Given name.", examples=["Ann"])
    surname: str | None = Field(None, description="Surname.", examples=["Lee"])
    email: str | None = Field(None, description="Email address. It identifies nobody.", examples=["ann@example.org"])
    signed_up_at: Annotated[Annotated[str, fields.MOMENT] | None, BeforeValidator(_moment)] = Field(
        None,
        description="When they signed up with the app: ISO 8601 (UTC where it names no zone), or seconds.",
        examples=["2030-12-31T23:59:59Z"],
    )
    properties: Annotated[dict[str, Any], AfterValidator(_flat), fields.FLAT] | None = Field(
        None,
        description="Facts that agents see with `!profile`. Flat; keys up to 100 bytes, texts up to 800, longer ones "
        "are shortened. `null` takes a property away.",
        examples=[{"plan": "gold", "seats": 3}],
    )

    def profile(self) -> Profile:
        """What the request tells."""
        return Profile(self.given_name, self.surname, self.email, self.signed_up_at, self.properties or {})


def checked_user_id(given: str) -> str:
    """`given`, if it may be a `userId`; for models."""
    if not is_user_id(given):
        raise ValueError(wording.user_id_size(USER_ID_BYTES))
    return given


class AppUserBody(ProfileBody):
    """A request to create an app user."""

    user_id: Annotated[str, AfterValidator(checked_user_id), fields.USER_ID] = Field(
        description="The user's ID in your app: up to 256 bytes of any Unicode.", examples=["ann"]
    )
    credential_required: bool | None = Field(
        None, description="Whether only JWTs open this app user, never the app token.", examples=[False]
    )


class AppUsersApi:
    """App users over HTTP."""

    def __init__(self, house: House) -> None:
        self._house = house

    def create(self) -> Response:
        """POST /appusers."""
        caller = self._house.caller()
        caller.require_app()
        body = read(AppUserBody)

        def effect(books: Books) -> Effect:
            if books.app_users.find(body.user_id):
                raise UserExistsError
            user = new_app_user(
                self._house, UserId(body.user_id), body.profile(), locked=bool(body.credential_required)
            )
            books.app_users.add(user, self._house.clock.now())
            return Effect(Answer(201, dump({"appUser": shapes.app_user(user)}), user.id))

        return self._house.change(caller, effect)

    def get(self, ref: str) -> Response:
        """GET /appusers/{id}."""
        user = self._house.read_user(self._house.caller(), ref)
        devices = self._house.ledger.read(lambda books: books.devices.of(user.id))
        return answer({"appUser": shapes.app_user(user, devices)})

    def update(self, ref: str) -> Response:
        """PUT /appusers/{id}."""
        caller = self._house.caller()
        body = read(ProfileBody)

        def effect(books: Books) -> Effect:
            user = self._house.open(books, caller, ref)
            known = profile.add(user.profile, body.profile())
            books.app_users.save_profile(user.id, known)
            updated = replace(user, profile=known)
            shape = shapes.app_user(updated, books.devices.of(user.id))
            return Effect(Answer(200, dump({"appUser": shape}), user.id))

        return self._house.change(caller, effect)


def new_app_user(house: House, user_id: UserId | None, told: Profile | None = None, *, locked: bool = False) -> AppUser:
    """An app user whom the ledger does not have yet; one without a `userId` is known by their device alone."""
    if user_id is not None and not is_user_id(user_id):
        raise InvalidRequestError(wording.user_id_size(USER_ID_BYTES))
    return AppUser(
        id=AppUserId(house.new_id()),
        conversation=Conversation(ConversationId(house.new_id())),
        user_id=user_id,
        profile=profile.add(Profile(), told or Profile()),
        credential_required=locked,
    )
