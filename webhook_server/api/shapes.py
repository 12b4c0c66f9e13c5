"""Values as clients see them, in the shapes of `models`. Fields without a value are left out, never null."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, cast, overload

from webhook_server.api import models
from webhook_server.domain.paging import seconds
from webhook_server.domain.profile import utc_time
from webhook_server.domain.values import AppUser, Device, Message, Webhook
from webhook_server.media.links import Links


def app_user(user: AppUser, devices: Iterable[Device] = ()) -> models.AppUser:
    """An app user, with the devices on which they were seen."""
    profile = user.profile
    shape = _told(
        _id=user.id,
        userId=user.user_id,
        givenName=profile.given_name,
        surname=profile.surname,
        email=profile.email,
        signedUpAt=profile.signed_up_at,
        properties=dict(profile.properties),
        conversationStarted=user.conversation.started,
        credentialRequired=user.credential_required,
        devices=[device(one) for one in devices],
        clients=[],
    )
    return cast("models.AppUser", shape)


def device(seen: Device) -> models.Device:
    """A device."""
    shape = _told(
        id=seen.id,
        platform=seen.platform,
        appVersion=seen.app_version,
        info=None if seen.info is None else dict(seen.info),
        lastSeen=utc_time(datetime.fromtimestamp(seen.last_seen, UTC).isoformat()),
        active=True,
    )
    return cast("models.Device", shape)


@overload
def conversation(user: AppUser) -> models.Conversation: ...
@overload
def conversation(user: AppUser, messages: Iterable[Message], links: Links) -> models.ConversationWithMessages: ...
def conversation(
    user: AppUser, messages: Iterable[Message] = (), links: Links | None = None
) -> models.Conversation | models.ConversationWithMessages:
    """An app user's conversation, with `messages` where they are given, and `links` for their uploads."""
    shape: models.Conversation = {
        "_id": user.conversation.id,
        "appMakers": list(user.conversation.app_makers),
        "appUsers": [user.id],
        "unreadCount": user.conversation.unread,
    }
    return shape if links is None else {**shape, "messages": [message(one, links) for one in messages]}


def message(written: Message, links: Links) -> models.Message:
    """A message. An upload gets a link that is good from now on, and stands in for a text that was not given."""
    draft = written.draft
    media_url = draft.media_url if draft.media is None else links.of(draft.media)
    shape = _told(
        _id=written.id,
        authorId=draft.author_id,
        role=draft.role,
        type=draft.type,
        name=draft.name,
        text=draft.text or media_url or "",
        avatarUrl=draft.avatar_url,
        mediaUrl=media_url,
        mediaType=draft.media_type,
        metadata=None if draft.metadata is None else dict(draft.metadata),
        received=seconds(written.received),
    )
    return cast("models.Message", shape)


def webhook(registered: Webhook) -> models.Webhook:
    """A webhook, its secret included: only the app's backend asks."""
    return {
        "_id": registered.id,
        "triggers": list(registered.triggers),
        "secret": registered.secret,
        "target": registered.target,
    }


def _told(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
