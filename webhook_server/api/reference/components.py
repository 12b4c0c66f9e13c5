"""What operations share: parameters, headers, and how to prove who calls."""

from collections.abc import Mapping
from typing import Any

from webhook_server.api.reference import examples, wording

Json = dict[str, Any]

PARAMETERS: Json = {
    "id": {
        "name": "id",
        "in": "path",
        "required": True,
        "description": wording.PARAMETERS["id"],
        "schema": {"type": "string", "format": "user-id", "minLength": 1, "maxLength": 256},
        "example": examples.USER_ID,
    },
    "webhookId": {
        "name": "webhookId",
        "in": "path",
        "required": True,
        "description": wording.PARAMETERS["webhookId"],
        "schema": {"type": "string", "pattern": "^[0-9a-f]{24}$"},
        "example": examples.WEBHOOK["_id"],
    },
    "mediaId": {
        "name": "mediaId",
        "in": "path",
        "required": True,
        "description": wording.PARAMETERS["mediaId"],
        "schema": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
        "example": examples.MEDIA_ID,
    },
    "name": {
        "name": "name",
        "in": "path",
        "required": True,
        "description": wording.PARAMETERS["name"],
        "schema": {"type": "string", "minLength": 1},
        "example": examples.FILE_NAME,
    },
    "Idempotency-Key": {
        "name": "Idempotency-Key",
        "in": "header",
        "required": False,
        "description": wording.PARAMETERS["Idempotency-Key"],
        "schema": {"type": "string", "minLength": 1, "maxLength": 255},
        "example": "order-A-17",
    },
    "Last-Event-ID": {
        "name": "Last-Event-ID",
        "in": "header",
        "required": False,
        "description": wording.PARAMETERS["Last-Event-ID"],
        "schema": {"type": "string", "pattern": "^[0-9]{1,18}$"},
        "example": "42",
    },
}
"""What paths and headers of requests hold, by name."""

HEADERS: Json = {
    "Retry-After": {
        "description": wording.HEADERS["Retry-After"],
        "required": True,
        "schema": {"type": "integer", "minimum": 1},
        "example": 1,
    },
    "WWW-Authenticate": {
        "description": wording.HEADERS["WWW-Authenticate"],
        "required": True,
        "schema": {"type": "string", "const": "Bearer"},
        "example": "Bearer",
    },
}
"""What headers of answers hold, by name."""

SCHEMES: Json = {
    "jwt": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": wording.SCHEMES["jwt"]},
    "appToken": {
        "type": "apiKey",
        "in": "header",
        "name": "app-token",
        "description": wording.SCHEMES["appToken"],
    },
}
"""How somebody proves who they are, by the name that `SECURITY` uses."""

SECURITY: Mapping[str, list[Json]] = {
    "app": [{"jwt": ["app"]}],
    "jwt": [{"jwt": ["app"]}, {"jwt": ["appUser"]}],
    "app_user": [{"jwt": ["app"]}, {"jwt": ["appUser"]}, {"appToken": []}],
    "anyone": [],
}
"""Which of them open an operation, by who may call it; one is enough."""
