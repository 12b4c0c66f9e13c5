"""What more than one area says."""

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
    "Close": "Schließen",
    "Send": "Senden",
    "Cancel": "Abbrechen",
    "Nothing was sent.": "Nichts wurde gesendet.",
    "{count} open conversations are yours": "{count} offene Gespräche sind deine",
    "{count} app users wait for an answer": "{count} App-Nutzer warten auf Antwort",
    "… and {count} more": "… und {count} weitere",
}
