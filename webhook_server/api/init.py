"""POST /init: how an app's client introduces its user and the device it runs on."""

from dataclasses import replace
from typing import Annotated, Any

from flask import Response
from pydantic import AfterValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

from webhook_server import wording
from webhook_server.api import shapes
from webhook_server.api.answers import dump
from webhook_server.api.app_users import ProfileBody, checked_user_id, new_app_user
from webhook_server.api.auth import Caller
from webhook_server.api.bodies import Body, read
from webhook_server.api.house import Effect, House
from webhook_server.api.models import fields
from webhook_server.domain import profile
from webhook_server.domain.values import AppUser, Device, DeviceId, Profile, UserId
from webhook_server.errors import ForbiddenError, UserExistsError
from webhook_server.ledger import Answer, Books


class DeviceBody(Body):
    """The device that a client runs on."""

    model_config = ConfigDict(alias_generator=to_camel)

    id: str = Field(
        min_length=1,
        max_length=256,
        description="Chosen by the client once, and kept on the device.",
        examples=["6d1f0c3e-8b1a-4f4e-9a53-2f5f0f6f7c11"],
    )
    platform: str = Field(min_length=1, max_length=64, description="What the device runs.", examples=["ios"])
    app_version: Annotated[str, Field(max_length=256)] | None = Field(
        None, description="The version of your app on it.", examples=["4.2.0"]
    )
    info: dict[str, Any] | None = Field(
        None, description="Whatever else agents may need to know.", examples=[{"devicePlatform": "iPhone 15"}]
    )

    def device(self, now: float) -> Device:
        """The device, seen `now` (seconds since the epoch)."""
        return Device(DeviceId(self.id), self.platform, now, self.app_version, self.info)


class InitBody(ProfileBody):
    """A client's introduction. Without a `userId` the app user is known by the device."""

    device: DeviceBody = Field(description="The device.")
    user_id: Annotated[str, AfterValidator(checked_user_id), fields.USER_ID] | None = Field(
        None, description="The user's ID in your app, once they have logged in.", examples=["ann"]
    )


class InitApi:
    """Introductions over HTTP."""

    def __init__(self, house: House) -> None:
        self._house = house

    def init(self) -> Response:
        """POST /init."""
        caller = self._house.caller()
        body = read(InitBody)
        self._house.limits.check_introduction(caller, body.user_id or body.device.id)
        device, now = body.device.device(self._house.clock.now()), self._house.clock.now()

        def effect(books: Books) -> Effect:
            user = self._introduced(books, caller, body, device.id, now)
            known = profile.add(user.profile, body.profile())
            if known != user.profile:
                books.app_users.save_profile(user.id, known)
            books.devices.keep(user.id, device)
            shape = shapes.app_user(replace(user, profile=known), books.devices.of(user.id))
            return Effect(Answer(200, dump({"app": {"_id": self._house.settings.sk_app_id}, "appUser": shape})))

        return self._house.change(
            caller,
            effect,
            allow=lambda books: self._allow(books, caller, body, device.id),
            about=f"{body.user_id or ''}\0{device.id}",
        )

    def _introduced(self, books: Books, caller: Caller, body: InitBody, device_id: DeviceId, now: float) -> AppUser:
        """The app user whom the client means: known by `userId`, else by the device, else new."""
        _check_scope(caller, body)
        found = _meant(books, body, device_id)
        if found is None:
            user = new_app_user(self._house, UserId(body.user_id) if body.user_id else None, Profile())
            books.app_users.add(user, now)
        elif body.user_id and found.user_id is None:
            books.app_users.name(found.id, UserId(body.user_id))
            user = replace(found, user_id=UserId(body.user_id))
        else:
            user = found
        return self._house.admit(books, caller, user.user_id or user.id, user)

    def _allow(self, books: Books, caller: Caller, body: InitBody, device_id: DeviceId) -> None:
        _check_scope(caller, body)
        found = _meant(books, body, device_id)
        if found is not None:
            self._house.admit(books, caller, found.user_id or found.id, found)


def _check_scope(caller: Caller, body: InitBody) -> None:
    """An app user's JWT introduces that app user alone."""
    if caller.kind == "app_user" and caller.user_id != body.user_id:
        raise ForbiddenError(wording.not_that_user())


def _meant(books: Books, body: InitBody, device_id: DeviceId) -> AppUser | None:
    """Whom the ledger knows: by `userId`; else the anonymous app user of the device.

    A device tells nobody who used it before under a name: without a `userId` a new anonymous app user begins.

    Raises:
        UserExistsError: the `userId` is another app user's `_id`, so requests could not tell them apart.
    """
    if body.user_id and (found := books.app_users.find(body.user_id)):
        if found.user_id != body.user_id:
            raise UserExistsError
        return found
    owner_id = books.devices.owner(device_id)
    owner = books.app_users.by_id(owner_id) if owner_id else None
    return owner if owner and owner.user_id is None else None
