"""An app user as agents see them: their profile, and what the ledger knows of them."""

from webhook_server.domain.sightings import Sighting, page
from webhook_server.domain.values import AppUser, Device
from webhook_server.ledger import Books
from wire.messages import Counts, Profile, ProfileDevice

DEVICES_TOLD = 5


def told(books: Books, user: AppUser, *, typing: bool) -> Profile:
    """Everything about `user`, as it is in the ledger now."""
    devices = books.devices.of(user.id)[::-1]
    sighting = books.sightings.of(user.id) or Sighting(user.conversation.last_received / 1000)
    return Profile(
        app_user_id=user.id,
        user_id=user.user_id,
        given_name=user.profile.given_name,
        surname=user.profile.surname,
        email=user.profile.email,
        signed_up_at=user.profile.signed_up_at,
        conversation_started=user.conversation.started,
        typing=typing,
        properties=dict(user.profile.properties),
        avatar_url=sighting.avatar_url,
        verified=user.locked,
        devices=tuple(map(_device, devices[:DEVICES_TOLD])),
        more_devices=max(0, len(devices) - DEVICES_TOLD),
        first_seen=sighting.first_seen,
        last_seen=sighting.last_seen(devices),
        counts=Counts(messages=sighting.messages, replies=sighting.replies),
    )


def _device(device: Device) -> ProfileDevice:
    return ProfileDevice(
        platform=device.platform,
        last_seen=device.last_seen,
        app_version=device.app_version,
        page=page(device.info),
    )
