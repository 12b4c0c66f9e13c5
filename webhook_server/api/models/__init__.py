"""What answers look like. Typed dictionaries that pydantic reads: a field without a value is absent, never null."""

from webhook_server.api.models.answers import (
    ActivityAnswer,
    AppUserAnswer,
    AttachmentAnswer,
    ConversationAnswer,
    ErrorAnswer,
    EventAnswer,
    HealthAnswer,
    InitAnswer,
    MessageAnswer,
    MessagesAnswer,
    Nothing,
    WebhookAnswer,
    WebhooksAnswer,
)
from webhook_server.api.models.stream import StreamEvent
from webhook_server.api.models.values import (
    App,
    AppUser,
    Conversation,
    ConversationWithMessages,
    Device,
    Message,
    Webhook,
)

__all__ = [
    "ActivityAnswer",
    "App",
    "AppUser",
    "AppUserAnswer",
    "AttachmentAnswer",
    "Conversation",
    "ConversationAnswer",
    "ConversationWithMessages",
    "Device",
    "ErrorAnswer",
    "EventAnswer",
    "HealthAnswer",
    "InitAnswer",
    "Message",
    "MessageAnswer",
    "MessagesAnswer",
    "Nothing",
    "StreamEvent",
    "Webhook",
    "WebhookAnswer",
    "WebhooksAnswer",
]
