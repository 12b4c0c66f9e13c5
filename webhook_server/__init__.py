"""The app's side: App API, ledger, courier, webhooks. It never calls Slack. `create_app` puts it together."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from webhook_server.app import create_app, server_of

__all__ = ["create_app", "server_of"]


def __getattr__(name: str) -> Any:
    """The two from `app`, imported when they are asked for: whoever runs a module of the package decides when."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from webhook_server import app  # noqa: PLC0415 - see above

    return getattr(app, name)
