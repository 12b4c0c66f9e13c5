"""Which path leads where, and what the reference says of it: one table that both routing and the document come from.

Whoever adds an operation adds its row here and its sentences, under the same ID, in `reference.wording`.
"""

import re
from functools import partial

from flask import Flask, request

from webhook_server import wording
from webhook_server.api import answers, headers, models
from webhook_server.api.app_users import AppUserBody, AppUsersApi, ProfileBody
from webhook_server.api.attachments import AttachmentsApi, RemoveBody
from webhook_server.api.bodies import EmptyBody
from webhook_server.api.conversation import ActivityBody, ConversationApi
from webhook_server.api.deletion import DeletionApi
from webhook_server.api.events import EventBody, EventsApi
from webhook_server.api.health import HealthApi
from webhook_server.api.house import House
from webhook_server.api.images import ImageBody, ImagesApi
from webhook_server.api.init import InitApi, InitBody
from webhook_server.api.media import MediaApi
from webhook_server.api.message_body import MessageBody
from webhook_server.api.messages import MessagesApi
from webhook_server.api.models import fields
from webhook_server.api.multipart import UploadBody
from webhook_server.api.paths import APP_ID, BAD_PATH, IdConverter, RawPaths
from webhook_server.api.reference import examples
from webhook_server.api.reference.operations import Operation, Query, Resource, Upload
from webhook_server.api.reference.pages import Reference
from webhook_server.api.stream import MEDIA_TYPE as STREAM_TYPE
from webhook_server.api.stream import StreamApi
from webhook_server.api.webhooks import WebhookBody, WebhooksApi, WebhookUpdateBody
from webhook_server.errors import (
    AppNotFoundError,
    ConversationNotFoundError,
    EmptyUploadError,
    ForbiddenError,
    ImageTooLargeError,
    ImageUnreadableError,
    InvalidRequestError,
    LinkExpiredError,
    LinkInvalidError,
    MediaBusyError,
    MediaNotFoundError,
    MediaUnavailableError,
    MultipartExpectedError,
    RangeBeyondEndError,
    TooManyListenersError,
    TooManyStreamsError,
    TooManyWebhooksError,
    UnavailableError,
    UploadTooLargeError,
    UserExistsError,
    WebhookNotFoundError,
)

PREFIX = "/v1"
"""Every path begins with it when `paths` is done with it."""

_UPLOAD_ERRORS = (
    EmptyUploadError,
    ImageTooLargeError,
    ImageUnreadableError,
    MediaBusyError,
    MediaUnavailableError,
    MultipartExpectedError,
    UploadTooLargeError,
)

RESOURCES = (
    Resource(
        "Health",
        HealthApi,
        (
            Operation("GET /healthz", HealthApi.up, "isUp", models.HealthAnswer, who="anyone", at_root=True),
            Operation(
                "GET /readyz",
                HealthApi.ready,
                "isReady",
                models.HealthAnswer,
                who="anyone",
                errors=(UnavailableError,),
                at_root=True,
            ),
        ),
    ),
    Resource(
        "App users",
        AppUsersApi,
        (
            Operation(
                "POST /appusers",
                AppUsersApi.create,
                "createAppUser",
                models.AppUserAnswer,
                201,
                who="app",
                body=AppUserBody,
                errors=(UserExistsError,),
            ),
            Operation("GET /appusers/{id}", AppUsersApi.get, "getAppUser", models.AppUserAnswer),
            Operation(
                "PUT /appusers/{id}",
                AppUsersApi.update,
                "updateAppUser",
                models.AppUserAnswer,
                body=ProfileBody,
                body_required=False,
            ),
        ),
    ),
    Resource(
        "App users",
        InitApi,
        (
            Operation(
                "POST /init",
                InitApi.init,
                "init",
                models.InitAnswer,
                body=InitBody,
                errors=(ForbiddenError, UserExistsError),
            ),
        ),
    ),
    Resource(
        "App users",
        DeletionApi,
        (
            Operation(
                "DELETE /appusers/{id}/profile", DeletionApi.profile, "deleteProfile", models.AppUserAnswer, who="jwt"
            ),
        ),
    ),
    Resource(
        "App users",
        EventsApi,
        (Operation("POST /appusers/{id}/events", EventsApi.note, "postEvent", models.EventAnswer, body=EventBody),),
    ),
    Resource(
        "Messages",
        MessagesApi,
        (
            Operation(
                "POST /appusers/{id}/messages",
                MessagesApi.post,
                "postMessage",
                models.MessageAnswer,
                201,
                body=MessageBody,
            ),
            Operation(
                "POST /appusers/{id}/conversation/messages",
                MessagesApi.post,
                "postConversationMessage",
                models.MessageAnswer,
                201,
                body=MessageBody,
            ),
            Operation(
                "GET /appusers/{id}/messages",
                MessagesApi.page,
                "getMessages",
                models.MessagesAnswer,
                query=(Query("before", fields.SECONDS), Query("after", fields.SECONDS)),
            ),
            Operation(
                "GET /appusers/{id}/conversation",
                MessagesApi.conversation,
                "getConversation",
                models.ConversationAnswer,
                errors=(ConversationNotFoundError,),
            ),
        ),
    ),
    Resource(
        "Messages",
        ConversationApi,
        (
            Operation(
                "POST /appusers/{id}/conversation/read",
                ConversationApi.read,
                "readConversation",
                models.Nothing,
                body=EmptyBody,
                body_required=False,
            ),
            Operation(
                "POST /appusers/{id}/conversation/activity",
                ConversationApi.activity,
                "postActivity",
                models.ActivityAnswer,
                body=ActivityBody,
            ),
        ),
    ),
    Resource(
        "Messages",
        DeletionApi,
        (
            Operation(
                "DELETE /appusers/{id}/messages", DeletionApi.messages, "deleteMessages", models.Nothing, who="jwt"
            ),
        ),
    ),
    Resource(
        "Messages",
        StreamApi,
        (
            Operation(
                "GET /appusers/{id}/stream",
                StreamApi.stream,
                "listen",
                models.StreamEvent,
                media_type=STREAM_TYPE,
                resumable=True,
                errors=(TooManyListenersError, TooManyStreamsError),
            ),
        ),
    ),
    Resource(
        "Files",
        ImagesApi,
        (
            Operation(
                "POST /appusers/{id}/conversation/images",
                ImagesApi.post,
                "postConversationImage",
                models.MessageAnswer,
                201,
                body=Upload(ImageBody),
                errors=_UPLOAD_ERRORS,
            ),
            Operation(
                "POST /appusers/{id}/images",
                ImagesApi.post,
                "postImage",
                models.MessageAnswer,
                201,
                body=Upload(ImageBody),
                errors=_UPLOAD_ERRORS,
            ),
        ),
    ),
    Resource(
        "Files",
        AttachmentsApi,
        (
            Operation(
                "POST /attachments",
                AttachmentsApi.create,
                "createAttachment",
                models.AttachmentAnswer,
                201,
                body=Upload(UploadBody),
                query=(Query("access", str, "public"),),
                errors=_UPLOAD_ERRORS,
            ),
            Operation(
                "POST /attachments/remove",
                AttachmentsApi.remove,
                "removeAttachment",
                models.Nothing,
                who="app",
                body=RemoveBody,
            ),
        ),
    ),
    Resource(
        "Files",
        MediaApi,
        (
            Operation(
                "GET /media/{mediaId}/{name}",
                MediaApi.get,
                "getMedia",
                bytes,
                who="anyone",
                query=(
                    Query("expires", int, examples.EXPIRES, required=True),
                    Query("signature", str, examples.SIGNATURE, required=True),
                ),
                errors=(
                    InvalidRequestError,
                    LinkExpiredError,
                    LinkInvalidError,
                    MediaNotFoundError,
                    RangeBeyondEndError,
                    UnavailableError,
                ),
                in_parts=True,
                media_type="*/*",
                at_root=True,
            ),
        ),
    ),
    Resource(
        "Webhooks",
        WebhooksApi,
        (
            Operation(
                "POST /webhooks",
                WebhooksApi.create,
                "createWebhook",
                models.WebhookAnswer,
                201,
                who="app",
                body=WebhookBody,
                errors=(TooManyWebhooksError,),
            ),
            Operation("GET /webhooks", WebhooksApi.list, "listWebhooks", models.WebhooksAnswer, who="app"),
            Operation(
                "GET /webhooks/{webhookId}",
                WebhooksApi.get,
                "getWebhook",
                models.WebhookAnswer,
                who="app",
                errors=(WebhookNotFoundError,),
            ),
            Operation(
                "PUT /webhooks/{webhookId}",
                WebhooksApi.update,
                "updateWebhook",
                models.WebhookAnswer,
                who="app",
                body=WebhookUpdateBody,
                body_required=False,
                errors=(WebhookNotFoundError,),
            ),
            Operation(
                "DELETE /webhooks/{webhookId}",
                WebhooksApi.delete,
                "deleteWebhook",
                models.Nothing,
                who="app",
                errors=(WebhookNotFoundError,),
            ),
        ),
    ),
)
"""The operations, in the order in which a reader meets them."""

_ARGUMENTS = {"id": "ref", "mediaId": "media_id", "name": "name", "webhookId": "webhook_id"}
"""What views call the IDs in paths."""


def install(app: Flask, house: House) -> None:
    """Let `app` answer the App API."""
    app.url_map.merge_slashes = False
    app.url_map.strict_slashes = False
    app.url_map.converters["id"] = IdConverter
    app.wsgi_app = RawPaths(app.wsgi_app)  # type: ignore[method-assign] # Flask's documented way to add middleware
    answers.install(app)
    headers.install(app, house.settings.sk_public_url)
    app.before_request(lambda: _check_path(house.settings.sk_app_id))
    Reference(house, RESOURCES).install(app)
    for resource in RESOURCES:
        api = resource.make(house)
        for operation in resource.operations:
            path = rule(operation)
            name = f"{operation.method} {path}"
            app.add_url_rule(path, name, partial(operation.view, api), methods=[operation.method])


def rule(operation: Operation) -> str:
    """The operation's path in Flask's words."""
    path = re.sub(r"\{(\w+)\}", lambda found: f"<id:{_ARGUMENTS[found[1]]}>", operation.path)
    return path if operation.at_root else PREFIX + path


def _check_path(app_id: str) -> None:
    """Refuse paths that no route can tell apart.

    Raises:
        AppNotFoundError: the path names another app.
        InvalidRequestError: the path is not UTF-8.
    """
    if BAD_PATH in request.environ:
        raise InvalidRequestError(wording.bad_path())
    if request.environ.get(APP_ID, app_id) != app_id:
        raise AppNotFoundError
