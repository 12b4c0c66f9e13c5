"""The notices of agents' replies, and of messages that Slack refused."""

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
    "{agent} replied": "{agent} hat geantwortet",
    "Only its beginning is shown here: all {count} characters went to the app.": (
        "Hier steht nur der Anfang: alle {count} Zeichen sind an die App gegangen."
    ),
    "Retry": "Noch einmal versuchen",
    "A message of {name}": "Eine Nachricht von {name}",
    "⏳ sending…": "⏳ wird gesendet…",
    "🕓 waiting for the app to fetch it": "🕓 wartet, bis die App es abholt",
    "✓ delivered": "✓ zugestellt",
    "✓✓ read": "✓✓ gelesen",
    "✗ failed: not delivered": "✗ fehlgeschlagen: nicht zugestellt",
    "could not be shown in Slack": "konnte in Slack nicht gezeigt werden",
    "is being tried again…": "wird noch einmal versucht…",
    "was refused by Slack at first and is shown now": "wurde von Slack zuerst abgelehnt und ist jetzt zu sehen",
    "could not be shown in Slack: {reason}": "konnte in Slack nicht gezeigt werden: {reason}",
}
