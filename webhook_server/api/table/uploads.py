"""Files: uploaded, sent, fetched and removed."""

from webhook_server.api import models
from webhook_server.api.attachments import AttachmentsApi, RemoveBody
from webhook_server.api.images import ImageBody, ImagesApi
from webhook_server.api.media import MediaApi
from webhook_server.api.multipart import UploadBody
from webhook_server.api.reference import examples
from webhook_server.api.table.operations import Operation, Query, Resource, Upload
from webhook_server.errors import (
    EmptyUploadError,
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
    UnavailableError,
    UploadTooLargeError,
)

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
)
