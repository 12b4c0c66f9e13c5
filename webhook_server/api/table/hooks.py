"""Webhooks: where the app wants to be told."""

from webhook_server.api import models
from webhook_server.api.table.operations import Operation, Resource
from webhook_server.api.webhooks import WebhookBody, WebhooksApi, WebhookUpdateBody
from webhook_server.errors import TooManyWebhooksError, WebhookNotFoundError

RESOURCES = (
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
