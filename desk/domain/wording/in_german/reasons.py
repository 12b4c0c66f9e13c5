"""Why something was not done, told again to agents."""

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
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
