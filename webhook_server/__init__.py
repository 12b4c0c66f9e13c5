"""The app's side: App API, ledger, courier, webhooks. It never hears of Slack."""

from webhook_server.app import create_app, server_of

__all__ = ["create_app", "server_of"]
