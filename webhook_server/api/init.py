"""POST /init: how an app's client introduces its user and the device it runs on."""

from collections.abc import Iterable
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
from webhook_server.domain.errands import Errands
from webhook_server.domain.identity import Identity, Joined, Known, Named, Newcomer, identity
from webhook_server.domain.values import AppUser, Device, DeviceId, Profile, UserId
from webhook_server.errors import ForbiddenError, UserExistsError
from webhook_server.ledger import Answer, Books
from webhook_server.merging import Met, merge


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
        None, description="The version of your app on it. Left out, it stays.", examples=["4.2.0"]
    )
    info: dict[str, Any] | None = Field(
        None,
        description="Whatever else is to be known of it. Left out, it stays; given, all of it is new.",
        examples=[{"devicePlatform": "iPhone 15"}],
    )

    def device(self, now: float) -> Device:
        """The device, seen `now` (seconds since the epoch). What has no value is not told."""
        info = self.info and {name: value for name, value in self.info.items() if value is not None}
        return Device(DeviceId(self.id), self.platform, now, self.app_version, info)


class InitBody(ProfileBody):
    """A client's introduction. Without a `userId`, here or in a JWT, the app user is known by the device."""

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
        body = _as(caller, read(InitBody))
        self._house.limits.check_introduction(caller, body.user_id or body.device.id)
        now = self._house.clock.now()
        device = body.device.device(now)

        def effect(books: Books) -> Effect:
            met = self._introduced(books, caller, body, device.id, now)
            known = profile.add(met.app_user.profile, body.profile())
            if known != met.app_user.profile:
                books.app_users.save_profile(met.app_user.id, known)
            books.devices.keep(met.app_user.id, device)
            user = replace(met.app_user, profile=known)
            return self._effect(user, books.devices.of(user.id), met.errands)

        return self._house.change(
            caller,
            effect,
            allow=lambda books: self._allow(books, caller, body, device.id),
            about=f"{body.user_id or ''}\0{device.id}",
        )

    def _effect(self, user: AppUser, devices: Iterable[Device], errands: Errands) -> Effect:
        shape = {"app": {"_id": self._house.settings.sk_app_id}, "appUser": shapes.app_user(user, devices)}
        losers = [moved.loser for moved in errands.moved]
        event = "app_users_merged" if losers else "app_user_introduced"
        details: dict[str, object] = {"app_user_id": user.id} | ({"merged_ids": losers} if losers else {})
        return Effect(Answer(200, dump(shape), user.id), errands, event, details)

    def _introduced(self, books: Books, caller: Caller, body: InitBody, device_id: DeviceId, now: float) -> Met:
        """The app user whom the client means, as they are from now on. Whoever may not be them changes nothing."""
        match _meant(books, caller, body, device_id):
            case Known(user):
                return Met(self._admit(books, caller, user))
            case Named(user, user_id):
                books.app_users.name(user.id, user_id)
                return Met(self._admit(books, caller, replace(user, user_id=user_id)))
            case Joined(survivor, loser):
                return merge(books, self._admit(books, caller, survivor), loser, now)
            case Newcomer(user_id):
                user = new_app_user(self._house, user_id, Profile())
                books.app_users.add(user, now)
                return Met(self._admit(books, caller, user))

    def _allow(self, books: Books, caller: Caller, body: InitBody, device_id: DeviceId) -> None:
        """Whether a remembered answer is for `caller`: they may be whom it tells of."""
        match _meant(books, caller, body, device_id):
            case Known(user) | Joined(user, _):
                self._admit(books, caller, user)

    def _admit(self, books: Books, caller: Caller, user: AppUser) -> AppUser:
        return self._house.admit(books, caller, user.user_id or user.id, user)


def _as(caller: Caller, body: InitBody) -> InitBody:
    """The introduction with its `userId`: an app user's JWT says whom it introduces, whether or not the body does."""
    return body if body.user_id is not None else body.model_copy(update={"user_id": caller.user_id})


def _meant(books: Books, caller: Caller, body: InitBody, device_id: DeviceId) -> Identity:
    """Whom the client introduces.

    Raises:
        ForbiddenError: an app user's JWT introduces that app user alone.
        UserExistsError: the `userId` is or was an app user's `_id`, so requests could not tell them apart.
    """
    if caller.kind == "app_user" and caller.user_id != body.user_id:
        raise ForbiddenError(wording.not_that_user())
    user_id = None if body.user_id is None else UserId(body.user_id)
    known = None if user_id is None else books.app_users.find(user_id)
    if known and known.user_id != user_id:
        raise UserExistsError
    owner_id = books.devices.owner(device_id)
    return identity(user_id, known, books.app_users.by_id(owner_id) if owner_id else None)
