"""The app's side: App API, ledger, courier, webhooks. It never calls Slack."""

from webhook_server.app import create_app, server_of

__all__ = ["create_app", "server_of"]
