"""The table of operations: routing and the reference both come from it.

Whoever adds an operation adds its row here and its sentences, under the same ID, in `reference.wording`.
"""

from webhook_server.api.table import health, hooks, people, talk, uploads

RESOURCES = (*people.RESOURCES, *talk.RESOURCES, *uploads.RESOURCES, *hooks.RESOURCES, *health.RESOURCES)
"""The operations, in the order in which a reader meets them."""

__all__ = ["RESOURCES"]
