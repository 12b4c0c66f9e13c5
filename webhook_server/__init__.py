"""The app's side: App API, ledger, courier, webhooks. It never calls Slack. `app.create_app` puts it together."""
