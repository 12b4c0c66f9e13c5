"""The notices of replies and of messages that Slack refused, and the reasons in them."""

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
    "{agent} replied": "{agent} hat geantwortet",
    "⏳ sending…": "⏳ wird gesendet…",
    "🕓 waiting for the app to fetch it": "🕓 wartet, bis die App es abholt",
    "✓ delivered": "✓ zugestellt",
    "✓✓ read": "✓✓ gelesen",
    "✗ failed: not delivered": "✗ fehlgeschlagen: nicht zugestellt",
    "Only its beginning is shown here: all {count} characters went to the app.": (
        "Hier steht nur der Anfang: alle {count} Zeichen sind an die App gegangen."
    ),
    "Retry": "Noch einmal versuchen",
    "A message of {name}": "Eine Nachricht von {name}",
    "could not be shown in Slack: {reason}": "konnte in Slack nicht gezeigt werden: {reason}",
    "could not be shown in Slack": "konnte in Slack nicht gezeigt werden",
    "is being tried again…": "wird noch einmal versucht…",
    "was refused by Slack at first and is shown now": "wurde von Slack zuerst abgelehnt und ist jetzt zu sehen",
    # --- reasons
    "Slack cannot be reached": "Slack ist nicht zu erreichen",
    "Slack limits the number of calls: it goes on by itself": (
        "Slack begrenzt die Zahl der Aufrufe: es geht von selbst weiter"
    ),
    "Slack did not answer: it may have been done": "Slack hat nicht geantwortet: vielleicht ist es getan",
    "Slack refuses it ({code})": "Slack lehnt es ab ({code})",
    "the channel of this reply is archived, deleted or closed to the bot": (
        "der Channel dieser Antwort ist archiviert, gelöscht oder für den Bot geschlossen"
    ),
    "this app user was erased": "dieser App-Nutzer wurde gelöscht",
}
