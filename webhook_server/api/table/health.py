"""Health: open to everyone, at the root."""

from webhook_server.api import models
from webhook_server.api.health import HealthApi
from webhook_server.api.table.operations import Operation, Resource
from webhook_server.errors import UnavailableError

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
)
