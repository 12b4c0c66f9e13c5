"""Rows of the ledger, read as the values they stand for."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping

from webhook_server.domain.deliveries import Delivery
from webhook_server.domain.handovers import Event, EventId, Parcel
from webhook_server.domain.receipts import Place, ReplyReceipt, Speaker, Standing, Stranding
from webhook_server.domain.values import (
    AppUser,
    AuthorId,
    Conversation,
    ConversationId,
    Device,
    DeviceId,
    Draft,
    Media,
    Message,
    Profile,
    Webhook,
    WebhookId,
)

Columns = Mapping[str, Any] | RowMapping


def dump(value: object) -> str:
    """JSON as it is stored."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def app_user(row: Columns) -> AppUser:
    """An app user from a row of `app_users`."""
    return AppUser(
        id=row["id"],
        user_id=row["user_id"],
        profile=Profile(
            given_name=row["given_name"],
            surname=row["surname"],
            email=row["email"],
            signed_up_at=row["signed_up_at"],
            properties=json.loads(row["properties"]),
        ),
        conversation=Conversation(
            id=ConversationId(row["conversation_id"]),
            app_makers=tuple(AuthorId(author) for author in json.loads(row["app_makers"])),
            unread=row["unread"],
            last_received=row["last_received"],
            answered=row["answered"],
            told_away=row["told_away"],
        ),
        credential_required=row["credential_required"],
        seen_with_jwt=row["seen_with_jwt"],
    )


def app_user_columns(user: AppUser) -> dict[str, Any]:
    """The columns of `app_users` that hold `user`."""
    return {
        "id": user.id,
        "user_id": user.user_id,
        **profile_columns(user.profile),
        **conversation_columns(user.conversation),
        "conversation_id": user.conversation.id,
        "credential_required": user.credential_required,
        "seen_with_jwt": user.seen_with_jwt,
    }


def profile_columns(profile: Profile) -> dict[str, Any]:
    """The columns that hold a profile."""
    return {
        "given_name": profile.given_name,
        "surname": profile.surname,
        "email": profile.email,
        "signed_up_at": profile.signed_up_at,
        "properties": dump(dict(profile.properties)),
    }


def conversation_columns(conversation: Conversation) -> dict[str, Any]:
    """The columns that change as a conversation goes on."""
    return {
        "app_makers": dump(conversation.app_makers),
        "unread": conversation.unread,
        "last_received": conversation.last_received,
        "answered": conversation.answered,
        "told_away": conversation.told_away,
    }


def device(row: Columns) -> Device:
    """A device from a row of `devices`."""
    return Device(
        id=DeviceId(row["id"]),
        platform=row["platform"],
        last_seen=row["last_seen"],
        app_version=row["app_version"],
        info=None if row["info"] is None else json.loads(row["info"]),
    )


def newest_device(row: Columns) -> Device | None:
    """The device in a row of an app user with the one seen last, each of its columns after `device_`."""
    if row["device_id"] is None:
        return None
    return device({name.removeprefix("device_"): value for name, value in row.items() if name.startswith("device_")})


def device_columns(seen: Device) -> dict[str, Any]:
    """The columns of `devices` that hold a device."""
    return {
        "id": seen.id,
        "platform": seen.platform,
        "last_seen": seen.last_seen,
        "app_version": seen.app_version,
        "info": None if seen.info is None else dump(dict(seen.info)),
    }


def message(row: Columns) -> Message:
    """A message from a row of `messages.WITH_MEDIA`."""
    return Message(
        id=row["id"],
        app_user_id=row["app_user_id"],
        received=row["received"],
        draft=Draft(
            role=row["role"],
            author_id=AuthorId(row["author_id"]),
            text=row["text"],
            type=row["type"],
            name=row["name"],
            avatar_url=row["avatar_url"],
            media_url=row["media_url"],
            media_type=row["media_type"],
            media=_upload(row),
            metadata=None if row["metadata"] is None else json.loads(row["metadata"]),
        ),
        case_id=row["case_id"],
    )


def _upload(row: Columns) -> Media | None:
    if row["media_id"] is None:
        return None
    return Media(row["media_id"], row["upload_name"], row["upload_type"], row["upload_size"])


def media(row: Columns) -> Media:
    """An upload from a row of `media`."""
    return Media(row["id"], row["file_name"], row["media_type"], row["size"])


def media_columns(upload: Media) -> dict[str, Any]:
    """The columns of `media` that hold an upload."""
    return {
        "id": upload.id,
        "file_name": upload.file_name,
        "media_type": upload.media_type,
        "size": upload.size,
    }


def message_columns(written: Message) -> dict[str, Any]:
    """The columns of `messages` that hold a message."""
    draft = written.draft
    return {
        "id": written.id,
        "app_user_id": written.app_user_id,
        "received": written.received,
        "role": draft.role,
        "author_id": draft.author_id,
        "type": draft.type,
        "text": draft.text,
        "name": draft.name,
        "avatar_url": draft.avatar_url,
        "media_url": draft.media_url,
        "media_type": draft.media_type,
        "media_id": None if draft.media is None else draft.media.id,
        "metadata": None if draft.metadata is None else dump(dict(draft.metadata)),
        "case_id": written.case_id,
    }


def webhook(row: Columns) -> Webhook:
    """A webhook from a row of `webhooks`."""
    return Webhook(
        id=WebhookId(row["id"]),
        target=row["target"],
        triggers=tuple(json.loads(row["triggers"])),
        secret=row["secret"],
    )


def parcel(
    row: Columns,
    about: Message | Event,
    whose: AppUser,
    destination: Webhook | None,
    devices: tuple[Device, ...] = (),
) -> Parcel:
    """A hand-over from a row of `handovers`."""
    return Parcel(
        id=row["id"],
        trigger=row["trigger"],
        state=row["state"],
        attempts=row["attempts"],
        accepted=row["accepted"],
        first_try_at=row["first_try_at"],
        next_try_at=row["next_try_at"],
        doubt_since=row["doubt_since"],
        about=about,
        app_user=whose,
        webhook=destination,
        devices=devices,
    )


def event(row: Columns) -> Event:
    """An event from a row of `handovers`, without the message whose fate it tells."""
    return Event(EventId(row["event_id"]), json.loads(row["payload"]))


def delivery(row: RowMapping) -> Delivery:
    """A delivery from a row of `handovers` with the app user's `user_id` and the webhook's `target`."""
    return Delivery(
        id=row["id"],
        webhook_id=row["webhook_id"],
        target=row["target"],
        app_user_id=row["app_user_id"],
        user_id=row["user_id"],
        trigger=row["trigger"],
        message_id=row["message_id"],
        state=row["state"],
        accepted=row["accepted"],
        attempts=row["attempts"],
        last_error=row["last_error"],
        next_try_at=row["next_try_at"],
    )


def receipt(row: Columns) -> ReplyReceipt:
    """A receipt from a row of `receipts` with its message's text, and its file's name."""
    return ReplyReceipt(
        message_id=row["message_id"],
        app_user_id=row["app_user_id"],
        channel_id=row["channel_id"],
        speaker=Speaker(row["agent_id"], row["agent_name"], row["agent_avatar_url"]),
        text=row["text"],
        accepted=row["accepted"],
        standing=Standing(row["state"], row["reason"]),
        sequence=row["sequence"],
        shown_sequence=row["shown_sequence"],
        place=None if row["place_ts"] is None else Place(row["place_channel_id"], row["place_ts"]),
        file_name=row["file_name"],
    )


def stranding(row: RowMapping) -> Stranding:
    """A stranding from a row of `strandings`."""
    return Stranding(
        message_id=row["message_id"],
        app_user_id=row["app_user_id"],
        since=row["since"],
        state=row["state"],
        reason=row["reason"],
        sequence=row["sequence"],
        shown_sequence=row["shown_sequence"],
        place=None if row["place_ts"] is None else Place(row["place_channel_id"], row["place_ts"]),
    )


def place_columns(place: Place | None) -> dict[str, Any]:
    """The columns that keep where something stands in Slack; none for an unknown place."""
    return {} if place is None else {"place_channel_id": place.channel_id, "place_ts": place.ts}
