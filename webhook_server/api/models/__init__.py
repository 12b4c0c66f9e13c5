"""What answers look like. Typed dictionaries that pydantic reads: a field without a value is absent, never null."""

from webhook_server.api.models.answers import (
    AppUserAnswer,
    AttachmentAnswer,
    ConversationAnswer,
    ErrorAnswer,
    HealthAnswer,
    InitAnswer,
    MessageAnswer,
    MessagesAnswer,
    Nothing,
    WebhookAnswer,
    WebhooksAnswer,
)
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
    "App",
    "AppUser",
    "AppUserAnswer",
    "AttachmentAnswer",
    "Conversation",
    "ConversationAnswer",
    "ConversationWithMessages",
    "Device",
    "ErrorAnswer",
    "HealthAnswer",
    "InitAnswer",
    "Message",
    "MessageAnswer",
    "MessagesAnswer",
    "Nothing",
    "Webhook",
    "WebhookAnswer",
    "WebhooksAnswer",
]
