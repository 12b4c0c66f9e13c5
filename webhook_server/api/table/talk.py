"""Messages and conversations: what is said, read, typed and listened to."""

from webhook_server.api import models
from webhook_server.api.bodies import EmptyBody
from webhook_server.api.conversation import ActivityBody, ConversationApi
from webhook_server.api.deletion import DeletionApi
from webhook_server.api.message_body import MessageBody
from webhook_server.api.messages import MessagesApi
from webhook_server.api.models import fields
from webhook_server.api.stream import MEDIA_TYPE as STREAM_TYPE
from webhook_server.api.stream import StreamApi
from webhook_server.api.table.operations import Operation, Query, Resource
from webhook_server.errors import ConversationNotFoundError, TooManyListenersError, TooManyStreamsError

RESOURCES = (
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
)
